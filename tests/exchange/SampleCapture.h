#pragma once

#include "capture/CaptureWriter.h"
#include "wire/FrameEncoder.h"

#include <QTemporaryDir>

namespace sockeye {

/// Builds a capture by the real writer. Times go up by a millisecond an entry, from 2026-11-22T15:20:00.123456789Z on.
class SampleCapture final
{
public:
    SampleCapture();

    /// The file; finishes it when asked for the first time.
    [[nodiscard]] QString path();
    [[nodiscard]] QString directory() const { return m_directory.path(); }
    [[nodiscard]] int entryCount() const { return m_entries; }

    ConnectionId addConnection(const ConnectionRecord &record);
    void addEvent(ConnectionId connection, EventKind event, const QString &text);
    /// A message of one frame; out goes masked with 01 02 03 04.
    void addMessage(ConnectionId connection, Direction direction, Opcode opcode, const QByteArray &payload,
                    const Findings &findings = {});
    void add(NewEntry entry);
    void annotate(EntryId id, const Annotation &annotation);
    [[nodiscard]] Timestamp nextTime();

    /// Three connections (one that worked, one that was not reached, one that was refused with 403) and an entry of
    /// every kind.
    void addEverything();

    /// Quotes, a backslash, line breaks, control characters, NUL and DEL.
    [[nodiscard]] static QByteArray trickyText();
    static constexpr int EntriesOfEverything = 19;
    static constexpr char Password[] = "pa55w0rd";
    static constexpr char Token[] = "t0k3n";
    static constexpr char Bearer[] = "b3ar3r";
    static constexpr char Cookie[] = "c00k13";

private:
    void addWorkingConnection();
    void addDataOf(ConnectionId connection);
    void addFailedConnections();

    QTemporaryDir m_directory;
    std::unique_ptr<CaptureWriter> m_writer;
    QString m_path;
    qint64 m_time;
    int m_entries = 0;
};

} // namespace sockeye
