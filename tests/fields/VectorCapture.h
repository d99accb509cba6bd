// The vectors of a file as the messages of a capture.
#pragma once

#include "tests/capture/Samples.h"
#include "tests/formats/Vectors.h"

#include <QDir>

namespace sockeye::vectors {

/// Every file of tests/vectors.
inline QStringList files()
{
    return QDir(QStringLiteral(SOCKEYE_VECTORS)).entryList({QStringLiteral("*.jsonl")});
}

inline QList<NewEntry> entriesOf(const QString &file)
{
    QList<NewEntry> entries;
    for (const Vector &vector : read(file)) {
        entries.append(samples::text(vector.input.payload));
        entries.last().kind = vector.input.isText ? EntryKind::Text : EntryKind::Binary;
        entries.last().direction = vector.input.direction;
        entries.last().connection = ConnectionId(1);
    }
    return entries;
}

} // namespace sockeye::vectors
