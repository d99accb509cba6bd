// Connections on which one side asks and the other answers, as entries of a capture.
#pragma once

#include "tests/capture/Samples.h"

#include <QMap>

namespace sockeye::samples {

/// Entries in the order of their making, at the times that the test says.
class SampleTalk final
{
public:
    /// The message's entry. `atUs` is its time in microseconds.
    EntryId say(Direction direction, const QByteArray &payload, qint64 atUs, bool isText = true,
                ConnectionId connection = ConnectionId(1))
    {
        NewEntry entry = text(payload, 1'700'000'000'000'000'000 + atUs * 1'000);
        entry.kind = isText ? EntryKind::Text : EntryKind::Binary;
        entry.direction = direction;
        entry.connection = connection;
        m_entries.append(entry);
        return EntryId(m_entries.size());
    }
    EntryId ask(const QByteArray &payload, qint64 atUs) { return say(Direction::Out, payload, atUs); }
    EntryId answer(const QByteArray &payload, qint64 atUs) { return say(Direction::In, payload, atUs); }
    EntryId ask(const char *hex, qint64 atUs, ConnectionId connection)
    {
        return say(Direction::Out, QByteArray::fromHex(hex), atUs, false, connection);
    }
    EntryId answer(const char *hex, qint64 atUs, ConnectionId connection)
    {
        return say(Direction::In, QByteArray::fromHex(hex), atUs, false, connection);
    }
    [[nodiscard]] const QList<NewEntry> &entries() const { return m_entries; }

private:
    QList<NewEntry> m_entries;
};

} // namespace sockeye::samples
