#pragma once

#include "widgets/hex/HexLayout.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <utility>

namespace sockeye {

/// A run of a message's payload with a name.
struct ByteBookmark
{
    HexRange range;
    QString name;

    friend bool operator==(const ByteBookmark &, const ByteBookmark &) = default;
};

/// The bookmarks of bytes in a tab's messages, one message at a time. They are kept as long as the tab: annotations of
/// a capture are about entries, and have no place for them.
class ByteBookmarks final : public QObject
{
    Q_OBJECT

public:
    /// Of one message.
    static constexpr qsizetype MaxBookmarks = 1000;

    explicit ByteBookmarks(QObject *parent = nullptr);

    /// Goes over to another message.
    void showEntry(const QString &capture, EntryId entry);
    /// By their places.
    [[nodiscard]] const QList<ByteBookmark> &all() const { return m_shown; }
    /// Null for none there; of several the one that begins last.
    [[nodiscard]] const ByteBookmark *at(ByteOffset byte) const;
    /// The next one behind this byte, or the one before; beyond the last one the first. Null for none at all.
    [[nodiscard]] const ByteBookmark *step(ByteOffset from, bool isForward) const;
    /// Sets one, or gives the one of the same bytes another name.
    void set(const ByteBookmark &bookmark);
    /// Takes those away that have to do with these bytes.
    void remove(HexRange range);

Q_SIGNALS:
    void changed();

private:
    void keep();

    std::pair<QString, qint64> m_entry;
    QList<ByteBookmark> m_shown;
    QHash<std::pair<QString, qint64>, QList<ByteBookmark>> m_kept;
};

} // namespace sockeye
