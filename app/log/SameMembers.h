#pragma once

#include "log/EntrySummaries.h"

#include <QHash>

namespace sockeye {

/// Tells in summaries which values the message before of the same connection, direction and shape had, too. The shape
/// is that of the summary: the names of its members, and what those say that tell kinds of messages apart ("type",
/// "method", ...). It is given entries in their order; its memory is bounded.
class SameMembers final
{
public:
    /// Shapes of all connections that are remembered.
    static constexpr qsizetype MaxShapes = 1000;
    /// How many entries before those of a page are looked at.
    static constexpr qint64 LookBack = 64;

    void mark(const Entry &entry, QList<SummaryPart> &summary);

private:
    QHash<QByteArray, QList<SummaryPart>> m_latest;
};

} // namespace sockeye
