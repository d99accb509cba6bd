#pragma once

#include "capture/CaptureWriter.h"
#include "reading/CaptureLoader.h"
#include "wire/FrameEncoder.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace sockeye::test {

/// A capture made by the real writer, with a loader that reads it.
class SampleCapture final
{
public:
    SampleCapture()
    {
        auto created = CaptureWriter::create(m_dir.filePath(QStringLiteral("sample.sockeye")));
        if (created)
            m_writer = std::move(created).value();
        else
            qFatal("%s", qPrintable(created.message()));
    }

    [[nodiscard]] CaptureWriter &writer() { return *m_writer; }
    [[nodiscard]] QString file(const QString &name) const { return m_dir.filePath(name); }

    ConnectionId addConnection(ConnectionRecord record)
    {
        record.id = m_writer->newConnectionId();
        m_writer->put(record);
        return record.id;
    }

    /// An entry of one frame.
    EntryId add(ConnectionId connection, EntryKind kind, const QByteArray &payload, Direction direction = Direction::In)
    {
        FrameSpec spec;
        spec.opcode = kind == EntryKind::Raw ? Opcode(11) : Opcode(static_cast<quint8>(kind));
        if (direction == Direction::Out)
            spec.maskKey = {0x37, 0xfa, 0x21, 0x3d};
        NewEntry entry;
        entry.connection = connection;
        entry.direction = direction;
        entry.kind = kind;
        entry.payload = payload;
        entry.frames.append(makeHeader(spec, static_cast<quint64>(payload.size())));
        return add(std::move(entry));
    }

    EntryId add(NewEntry entry)
    {
        entry.time = timestampFromNs(++m_now);
        for (const FrameHeader &frame : entry.frames)
            entry.wireSize += frame.size + static_cast<qint64>(frame.payloadSize);
        return m_writer->append(std::move(entry));
    }

    /// Writes out what was added and opens it for reading.
    [[nodiscard]] CaptureLoader &loader()
    {
        m_writer->flush();
        if (!m_loader)
            m_loader = std::make_unique<CaptureLoader>(m_writer->path());
        return *m_loader;
    }

private:
    QTemporaryDir m_dir;
    std::unique_ptr<CaptureWriter> m_writer;
    std::unique_ptr<CaptureLoader> m_loader;
    qint64 m_now = 0;
};

} // namespace sockeye::test
