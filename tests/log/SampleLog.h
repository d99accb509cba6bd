#pragma once

#include "capture/CaptureWriter.h"
#include "record/Entry.h"

#include <QTemporaryDir>

#include <array>

namespace sockeye {

/// A capture in a folder of its own, written by the real writer.
class SampleLog final
{
public:
    static constexpr qint64 Start = 1'795'363'200'000'000'000; // 2026-11-22T16:00:00Z

    SampleLog()
        : SampleLog(CaptureWriter::Limits())
    {
    }
    explicit SampleLog(CaptureWriter::Limits limits)
    {
        auto created = CaptureWriter::create(m_directory.filePath(QStringLiteral("log.sockeye")), limits);
        Q_ASSERT(created);
        m_writer = std::move(created).value();
        m_connection = m_writer->newConnectionId();
        ConnectionRecord record;
        record.id = m_connection;
        record.url = QStringLiteral("ws://127.0.0.1:9001/");
        record.started = timestampFromNs(Start);
        m_writer->put(record);
    }

    [[nodiscard]] CaptureWriter &writer() { return *m_writer; }
    [[nodiscard]] QString path() const { return m_writer->path(); }

    /// `afterUs` is the time since the entry before it.
    EntryId add(Direction direction, EntryKind kind, const QByteArray &payload, qint64 afterUs = 1000)
    {
        m_now += afterUs * 1000;
        NewEntry entry;
        entry.connection = m_connection;
        entry.time = timestampFromNs(m_now);
        entry.direction = direction;
        entry.kind = kind;
        entry.payload = payload;
        entry.wireSize = payload.size() + 2;
        return m_writer->append(std::move(entry));
    }

    EntryId addEvent(EventKind event, const QString &text, qint64 afterUs = 1000)
    {
        m_now += afterUs * 1000;
        return m_writer->append(NewEntry::fromEvent(m_connection, timestampFromNs(m_now), event, text));
    }

    EntryId addWithFinding(Severity severity, const QByteArray &payload, qint64 afterUs = 1000)
    {
        m_now += afterUs * 1000;
        NewEntry entry;
        entry.connection = m_connection;
        entry.time = timestampFromNs(m_now);
        entry.payload = payload;
        entry.findings.append({severity, QStringLiteral("message.utf8"), QStringLiteral("RFC 6455 8.1"),
                               QStringLiteral("The text is not valid UTF-8."), 0, 1007});
        return m_writer->append(std::move(entry));
    }

    /// Messages in turn: text in, text out, binary in, ping in; 1 ms apart, numbered from 0.
    EntryId addMany(int count)
    {
        EntryId last = m_writer->committed();
        for (int n = 0; n < count; ++n) {
            const QByteArray number = QByteArray::number(n);
            switch (n % 4) {
            case 0:
                last = add(Direction::In, EntryKind::Text, "{\"n\":" + number + '}');
                break;
            case 1:
                last = add(Direction::Out, EntryKind::Text, "call " + number);
                break;
            case 2:
                last = add(Direction::In, EntryKind::Binary, QByteArray::fromHex("00ff10") + number);
                break;
            default:
                last = add(Direction::In, EntryKind::Ping, number);
                break;
            }
        }
        m_writer->flush();
        return last;
    }

    /// One of every kind and trouble, as in a short session. 15 entries.
    EntryId addEveryKind()
    {
        const QByteArray cbor = QByteArray::fromHex("a4657479706565747261646565707269636500fb406c6d1eb851eb85");
        addEvent(EventKind::Open, QStringLiteral("Connected · 101 Switching Protocols"), 0);
        add(Direction::Out, EntryKind::Text, R"({"op":"subscribe","channel":"trades","id":"6f1d"})", 84'913);
        add(Direction::In, EntryKind::Text, R"({"ok":true,"subscribed":1})", 36'494);
        add(Direction::In, EntryKind::Binary, cbor + cbor, 18'615);
        add(Direction::In, EntryKind::Binary, cbor, 13'848);
        add(Direction::In, EntryKind::Ping, "heat", 47'248);
        add(Direction::Out, EntryKind::Pong, "heat", 122);
        add(Direction::In, EntryKind::Text, R"({"type":"book","symbol":"AAPL","bids":)" + QByteArray(1200, '0'),
            31'779);
        add(Direction::In, EntryKind::Text, "grüße, 你好 and a line\nbreak", 7'532);
        add(Direction::In, EntryKind::Raw, QByteArray::fromHex("8b00"), 47'453);
        add(Direction::In, EntryKind::Text, {}, 1'204'000);
        addWithFinding(Severity::Warning, R"({"type":"trade","symbol":"MSFT"})", 3'723'000'000);
        addWithFinding(Severity::Error, QByteArray::fromHex("7b2274223a22ff227d"), 8'312);
        add(Direction::Out, EntryKind::Close, QByteArray::fromHex("03ef") + "invalid payload data", 287);
        const EntryId last = addEvent(EventKind::Broken, QStringLiteral("The connection was reset by the server."), 90);
        m_writer->flush();
        return last;
    }

private:
    QTemporaryDir m_directory;
    std::unique_ptr<CaptureWriter> m_writer;
    ConnectionId m_connection;
    qint64 m_now = Start;
};

} // namespace sockeye
