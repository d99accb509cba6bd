#include "exchange/SampleCapture.h"

#include "wire/CloseCode.h"

namespace sockeye {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 Start = 1'795'360'800'123'456'789;

constexpr char RequestHead[] = "GET /feed?token=t0k3n&x=1 HTTP/1.1\r\n"
                               "Host: example.com:9001\r\n"
                               "Upgrade: websocket\r\n"
                               "Connection: Upgrade\r\n"
                               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                               "Sec-WebSocket-Version: 13\r\n"
                               "authorization: Bearer b3ar3r\r\n"
                               "Cookie: id=c00k13; theme=dark\r\n"
                               "X-Plain: one\r\n"
                               "X-Plain: two\r\n"
                               "\r\n";
constexpr char ResponseHead[] = "HTTP/1.1 101 Switching Protocols\r\n"
                                "Upgrade: websocket\r\n"
                                "Connection: Upgrade\r\n"
                                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                                "Set-Cookie: sid=c00k13; Path=/feed; Secure; HttpOnly\r\n"
                                "\r\n";
} // namespace

SampleCapture::SampleCapture()
    : m_path(m_directory.filePath(u"sample.sockeye"_s))
    , m_time(Start)
{
    auto writer = CaptureWriter::create(m_path);
    if (!writer)
        qFatal("%s", qPrintable(writer.message()));
    m_writer = std::move(writer).value();
}

QString SampleCapture::path()
{
    if (m_writer) {
        if (auto finished = m_writer->finish(); !finished)
            qFatal("%s", qPrintable(finished.message()));
        m_writer.reset();
    }
    return m_path;
}

Timestamp SampleCapture::nextTime()
{
    return timestampFromNs(std::exchange(m_time, m_time + 1'000'000));
}

ConnectionId SampleCapture::addConnection(const ConnectionRecord &record)
{
    ConnectionRecord stored = record;
    stored.id = m_writer->newConnectionId();
    m_writer->put(stored);
    return stored.id;
}

void SampleCapture::annotate(EntryId id, const Annotation &annotation)
{
    m_writer->annotate({{id, annotation}});
}

void SampleCapture::add(NewEntry entry)
{
    while (!m_writer->hasRoom())
        m_writer->flush();
    m_writer->append(std::move(entry));
    ++m_entries;
}

void SampleCapture::addEvent(ConnectionId connection, EventKind event, const QString &text)
{
    add(NewEntry::fromEvent(connection, nextTime(), event, text));
}

void SampleCapture::addMessage(ConnectionId connection, Direction direction, Opcode opcode, const QByteArray &payload,
                               const Findings &findings)
{
    FrameSpec spec;
    spec.opcode = opcode;
    if (direction == Direction::Out)
        spec.maskKey = std::array<quint8, 4>{1, 2, 3, 4};
    Message message;
    message.direction = direction;
    message.opcode = opcode;
    message.payload = payload;
    message.time = nextTime();
    message.frames.append(makeHeader(spec, static_cast<quint64>(payload.size())));
    message.wireSize = message.frames.first().size + payload.size();
    message.findings = findings;
    add(NewEntry::fromMessage(connection, std::move(message)));
}

QByteArray SampleCapture::trickyText()
{
    static constexpr char text[] = "{\"a\": \"\xc3\xa9\\\", 1}\r\nsecond\tline\x01\x1b[2J\0\x7f.";
    return QByteArray(text, sizeof text - 1);
}

void SampleCapture::addEverything()
{
    addWorkingConnection();
    addFailedConnections();
}

void SampleCapture::addWorkingConnection()
{
    ConnectionRecord record;
    record.url = u"ws://ann:pa55w0rd@example.com:9001/feed?token=t0k3n&x=1"_s;
    record.started = timestampFromNs(Start);
    record.peerAddress = u"203.0.113.7:9001"_s;
    record.requestHead = RequestHead;
    record.responseHead = ResponseHead;
    record.timings = {Nanoseconds(1'500'000),  Nanoseconds(20'250'000), Nanoseconds(-1),
                      Nanoseconds(30'000'000), Nanoseconds(40'000'000), Nanoseconds(91'750'000)};
    record.ended = timestampFromNs(Start + 2'000'000'000);
    record.endKind = EndKind::Clean;
    record.closeCode = CloseCode::Normal;
    record.closeReason = u"bye"_s;
    record.endText = u"Closed by the peer: 1000 normal closure, “bye”."_s;
    const ConnectionId connection = addConnection(record);

    addEvent(connection, EventKind::Connecting, u"Connecting to %1"_s.arg(record.url));
    addEvent(connection, EventKind::Open, u"Connected"_s);
    addDataOf(connection);
    addMessage(connection, Direction::In, Opcode::Close, encodeCloseBody(1000, u"bye, \"friend\""));
    addMessage(connection, Direction::Out, Opcode::Close, encodeCloseBody(1000, {}));
    addMessage(connection, Direction::In, Opcode::Close, QByteArray());
    addMessage(connection, Direction::In, Opcode::Close, QByteArray("\x03"),
               {{Severity::Error, u"close.one-byte"_s, u"RFC 6455 5.5.1"_s, u"The close has one byte."_s, 0, 1002}});
    addEvent(connection, EventKind::Closed, record.endText);
}

void SampleCapture::addDataOf(ConnectionId connection)
{
    addMessage(connection, Direction::In, Opcode::Text, "hello");
    addMessage(connection, Direction::Out, Opcode::Text, trickyText());
    addMessage(connection, Direction::In, Opcode::Binary, QByteArray("\x00\xff\x10", 3));
    addMessage(connection, Direction::In, Opcode::Ping, "hear");
    addMessage(connection, Direction::Out, Opcode::Pong, "hear");

    NewEntry fragmented;
    fragmented.connection = connection;
    fragmented.time = nextTime();
    fragmented.direction = Direction::In;
    fragmented.kind = EntryKind::Text;
    fragmented.compressed = true;
    fragmented.payload = QByteArray("lorem \xe2\x82\xac ").repeated(200);
    fragmented.frames = {makeHeader({.fin = false, .rsv = Rsv1, .opcode = Opcode::Text, .maskKey = {}}, 30),
                         makeHeader({.fin = true, .rsv = 0, .opcode = Opcode::Continuation, .maskKey = {}}, 10)};
    fragmented.wireSize = 44;
    add(fragmented);

    addMessage(connection, Direction::In, Opcode::Text, "bad \xff\xfe end \xe2\x82",
               {{Severity::Error, u"message.utf8"_s, u"RFC 6455 8.1"_s, u"Byte 4 is not UTF-8."_s, 4, 1007}});
    addMessage(connection, Direction::In, Opcode(0xB), "reserved");

    NewEntry garbage;
    garbage.connection = connection;
    garbage.time = nextTime();
    garbage.direction = Direction::In;
    garbage.kind = EntryKind::Raw;
    garbage.complete = false;
    garbage.payload = QByteArray("\x81\x7e", 2);
    garbage.wireSize = 2;
    add(garbage);
}

void SampleCapture::addFailedConnections()
{
    ConnectionRecord unreachable;
    unreachable.url = u"ws://localhost:1/"_s;
    unreachable.started = nextTime();
    unreachable.ended = unreachable.started;
    unreachable.endKind = EndKind::ConnectFailed;
    unreachable.closeCode = CloseCode::Abnormal;
    unreachable.endText = u"localhost refused the connection on port 1."_s;
    addEvent(addConnection(unreachable), EventKind::Failed, unreachable.endText);

    ConnectionRecord refused = unreachable;
    refused.url = u"ws://localhost:80/"_s;
    refused.peerAddress = u"[::1]:80"_s;
    refused.endKind = EndKind::HandshakeFailed;
    refused.requestHead = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    refused.responseHead = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\nLocation: /login?token=t0k3n\r\n\r\n";
    refused.responseBody = "go away";
    refused.endText = u"The server answered 403 Forbidden."_s;
    addEvent(addConnection(refused), EventKind::Failed, refused.endText);
    addEvent(ConnectionId(1), EventKind::Notice, u"A late word on the first connection"_s);
}

} // namespace sockeye
