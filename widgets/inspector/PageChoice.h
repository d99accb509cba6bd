#pragma once

#include "record/ConnectionRecord.h"
#include "record/Entry.h"

#include <QHash>

namespace sockeye {

/// Which page of the inspector is in front: the one that says most about what is shown, unless the user has chosen
/// another one for its kind. What was chosen before anything was shown holds for all kinds without a choice of their
/// own.
class PageChoice final
{
public:
    /// What is shown, as far as the choice goes.
    enum class Kind : quint8 {
        Nothing,
        Text, ///< an entry that is read: text, a control frame, an event
        Bytes,
        Fields,      ///< a binary message that some format fits
        Connection,  ///< no entry, but a connection
        Refusal,     ///< a handshake that was not accepted
        Interruption ///< the abnormal end of a connection that was open
    };

    /// Null for no entry, for no connection. `hasFormat` says whether some format fits a binary entry.
    [[nodiscard]] static Kind kindOf(const Entry *entry, bool hasFormat, const ConnectionRecord *connection);

    /// The user has brought this page to the front while such was shown.
    void choose(Kind kind, const QString &title) { m_chosen.insert(kind, title); }
    /// The page's title; empty if any will do.
    [[nodiscard]] QString pageFor(Kind kind) const;

private:
    QHash<Kind, QString> m_chosen;
};

} // namespace sockeye
