#include "capture/EntryRow.h"

#include "capture/CaptureSchema.h"

#include <algorithm>
#include <limits>

namespace sockeye::EntryRow {

namespace {

EntryKind kindFrom(qint64 value)
{
    switch (value) {
    case qint64(EntryKind::Text):
    case qint64(EntryKind::Binary):
    case qint64(EntryKind::Close):
    case qint64(EntryKind::Ping):
    case qint64(EntryKind::Pong):
    case qint64(EntryKind::Event):
        return static_cast<EntryKind>(value);
    default:
        return EntryKind::Raw;
    }
}

template<typename Enum>
Enum enumFrom(qint64 value, Enum last, Enum otherwise)
{
    return value >= 0 && value <= qint64(last) ? static_cast<Enum>(value) : otherwise;
}

int countFrom(qint64 value)
{
    return static_cast<int>(std::clamp<qint64>(value, 0, std::numeric_limits<int>::max()));
}

} // namespace

QByteArray columns()
{
    return "id, connection, time_ns, direction, kind, event, flags, size, wire_size, frame_count, finding_count, "
           "severity, latency_ns, "
           "head";
}

Entry read(const SqliteStatement &row)
{
    Entry entry;
    entry.id = EntryId(row.number(0));
    entry.connection = ConnectionId(row.number(1));
    entry.time = CaptureSchema::timeFrom(row.number(2));
    entry.direction = enumFrom(row.number(3), Direction::None, Direction::None);
    entry.kind = kindFrom(row.number(4));
    entry.event = enumFrom(row.number(5), EventKind::Redirect, EventKind::Notice);
    const qint64 flags = row.number(6);
    entry.compressed = (flags & CaptureSchema::Compressed) != 0;
    entry.complete = (flags & CaptureSchema::Incomplete) == 0;
    entry.size = std::max<qint64>(row.number(7), 0);
    entry.wireSize = std::max<qint64>(row.number(8), 0);
    entry.frameCount = countFrom(row.number(9));
    entry.findingCount = countFrom(row.number(10));
    entry.severity = enumFrom(row.number(11), Severity::Error, Severity::Error);
    entry.latency = Nanoseconds(row.isNull(12) ? -1 : row.number(12));
    const QByteArrayView head = row.bytes(13);
    const qint64 headSize = std::min<qint64>({head.size(), Entry::HeadSize, entry.size});
    entry.head = head.first(headSize).toByteArray();
    return entry;
}

FrameHeaders oneFrame(QByteArrayView header)
{
    FrameHeaders frames;
    FrameHeader parsed;
    if (!header.isEmpty() && FrameHeader::parse(header, parsed))
        frames.append(parsed);
    return frames;
}

Finding finding(const SqliteStatement &row)
{
    return {enumFrom(row.number(0), Severity::Error, Severity::Error),
            row.text(1),
            row.text(2),
            row.text(3),
            row.isNull(4) ? -1 : row.number(4),
            static_cast<quint16>(row.number(5))};
}

} // namespace sockeye::EntryRow
