#include "bench/TickerSession.h"

#include "wire/FrameEncoder.h"

#include <QStringList>

#include <algorithm>
#include <thread>

namespace sockeye {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::array<const char *, 16> Symbols = {"AAPL", "MSFT", "NVDA", "AMZN", "GOOG", "META", "TSLA", "ORCL",
                                                  "ADBE", "INTC", "AMD",  "CSCO", "NFLX", "QCOM", "SAP",  "ASML"};
constexpr std::array<const char *, 2> FeedNames = {"trades", "orders"};
/// 2026-01-05T09:00:00Z
constexpr qint64 StartNs = 1'767'603'600'000'000'000;
constexpr qint64 LongestNs = 8LL * 3600 * 1'000'000'000;
constexpr qint64 MaxGapNs = 50'000'000;
constexpr int ConnectionsPerFeed = 3;

Opcode opcodeOf(EntryKind kind)
{
    return static_cast<Opcode>(kind);
}

FrameSpec specOf(Direction direction, Opcode opcode, bool compressed)
{
    FrameSpec spec;
    spec.opcode = opcode;
    spec.rsv = compressed ? quint8(Rsv1) : quint8(0);
    if (direction == Direction::Out)
        spec.maskKey = {0x12, 0x34, 0x56, 0x78};
    return spec;
}

void addPrice(QByteArray &text, qint64 cents)
{
    text += QByteArray::number(cents / 100);
    text += '.';
    text += char('0' + cents / 10 % 10);
    text += char('0' + cents % 10);
}

} // namespace

TickerSession::TickerSession(CaptureWriter &writer, qint64 entries, qsizetype payloadSize)
    : m_writer(writer)
    , m_goal(entries)
    , m_payloadSize(payloadSize)
    , m_now(timestampFromNs(StartNs))
    , m_meanGap(std::clamp<qint64>(LongestNs / std::max<qint64>(entries, 1), 1000, MaxGapNs))
{
    for (size_t i = 0; i < Symbols.size(); ++i)
        m_cents.push_back(5000 + random(50'000));
}

void TickerSession::record(const std::function<void(qint64)> &progress)
{
    for (qint64 reported = 0; m_appended < m_goal;) {
        tick();
        // Seven of ten messages are trades.
        Feed &feed = m_feeds[random(10) < 7 ? 0 : 1];
        if (!feed.isOpen)
            connect(feed);
        else if (!feed.ping.isEmpty() && feed.pongDue <= m_now)
            sendPong(feed);
        else if (m_appended >= feed.endsAfter)
            disconnect(feed);
        else
            sendMessage(feed);
        if (m_appended - reported >= 10'000) {
            reported = m_appended;
            progress(m_appended);
        }
    }
    for (Feed &feed : m_feeds) {
        if (feed.isOpen)
            end(feed, 1000, {}, u"Disconnected: 1000"_s);
    }
}

/// Time goes on, faster now and slower then: a wave of some minutes, a burst now and then.
void TickerSession::tick()
{
    const qint64 seconds = (toNs(m_now) - StartNs) / 1'000'000'000;
    const qint64 wave = 50 + std::abs(seconds % 600 - 300) / 3;
    const bool isBurst = seconds % 97 < 2;
    m_now += Nanoseconds(m_meanGap * wave * (40 + random(120)) / 10'000 / (isBurst ? 8 : 1) + 1);
}

void TickerSession::connect(Feed &feed)
{
    const QString name = QLatin1StringView(FeedNames[&feed == &m_feeds[0] ? 0 : 1]);
    ConnectionRecord &connection = feed.connection;
    connection = {};
    connection.id = m_writer.newConnectionId();
    connection.url = u"wss://ticker.example.com/%1?v=2"_s.arg(name);
    connection.started = m_now;
    connection.peerAddress = u"203.0.113.7:443"_s;
    connection.requestHead = "GET /" + name.toUtf8() +
                             "?v=2 HTTP/1.1\r\nHost: ticker.example.com\r\n"
                             "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n";
    connection.responseHead = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    connection.extensions = u"permessage-deflate"_s;
    connection.timings = {2ms, 12ms, Nanoseconds(-1), 25ms, 14ms, 53ms};
    feed.endsAfter = m_appended + std::max<qint64>(m_goal / ConnectionsPerFeed - random(m_goal / 10 + 1), 1);
    feed.ping.clear();
    feed.isOpen = true;
    event(feed, EventKind::Connecting, u"Connecting to %1"_s.arg(connection.url));
    m_now += 53ms;
    m_writer.put(connection);
    event(feed, EventKind::Open, u"Connected to 203.0.113.7:443"_s);
    sendText(feed, R"({"op":"subscribe","channel":")" + name.toUtf8() + R"(","depth":10})", Direction::Out);
}

void TickerSession::disconnect(Feed &feed)
{
    feed.isOpen = false;
    append(made(feed, EntryKind::Close, Direction::In, encodeCloseBody(1012, u"service restart")));
    m_now += 1ms;
    append(made(feed, EntryKind::Close, Direction::Out, encodeCloseBody(1012, {})));
    end(feed, 1012, u"service restart"_s, u"The peer closed the connection: 1012, service restart"_s);
    event(feed, EventKind::Closed, feed.connection.endText);
    m_now += 5s;
}

/// The connection's record alone: the capture has exactly as many entries as were asked for.
void TickerSession::end(Feed &feed, quint16 code, const QString &reason, const QString &text)
{
    ConnectionRecord &connection = feed.connection;
    connection.ended = m_now;
    connection.endKind = EndKind::Clean;
    connection.closeCode = code;
    connection.closeReason = reason;
    connection.endText = text;
    m_writer.put(connection);
}

void TickerSession::sendMessage(Feed &feed)
{
    const qint64 lot = random(100'000);
    ++feed.sequence;
    if (lot < 5)
        sendText(feed, snapshot(feed), Direction::In);
    else if (lot < 25)
        sendFragments(feed);
    else if (lot < 300 && feed.ping.isEmpty())
        sendPing(feed);
    else if (lot < 900)
        sendText(feed, R"({"type":"heartbeat"})", Direction::In);
    else if (lot < 3000)
        sendBinary(feed);
    else if (lot < 5000)
        sendText(feed, R"({"op":"ack","seq":)" + QByteArray::number(feed.sequence) + '}', Direction::Out);
    else
        sendText(feed, trade(feed), Direction::In);
}

void TickerSession::sendText(Feed &feed, const QByteArray &text, Direction direction)
{
    NewEntry entry = made(feed, EntryKind::Text, direction, text);
    if (entry.kind == EntryKind::Text && random(20'000) == 0) {
        entry.findings = {{Severity::Warning, u"frame.length"_s, u"RFC 6455 5.2"_s,
                           u"The length is not written in the shortest form."_s, -1, 0}};
    } else if (random(200'000) == 0) {
        entry.payload += '\xff';
        entry.findings = {{Severity::Error, u"text.utf8"_s, u"RFC 6455 8.1"_s, u"The text is not valid UTF-8."_s,
                           entry.payload.size() - 1, 1007}};
    }
    append(std::move(entry));
}

void TickerSession::sendBinary(Feed &feed)
{
    QByteArray bytes("\x08\x96\x01\x12\xde\xad\xbe\xef", 8);
    bytes.resize(std::max<qsizetype>(m_payloadSize, 16));
    for (qsizetype i = 8; i + 8 <= bytes.size(); i += 8) {
        const quint64 noise = m_random();
        std::memcpy(bytes.data() + i, &noise, 8);
    }
    append(made(feed, EntryKind::Binary, Direction::In, bytes));
}

void TickerSession::sendFragments(Feed &feed)
{
    NewEntry entry = made(feed, EntryKind::Text, Direction::In, trade(feed));
    const auto half = static_cast<quint64>(entry.payload.size() / 2);
    FrameSpec first = specOf(Direction::In, Opcode::Text, false);
    first.fin = false;
    entry.frames.clear();
    entry.frames.append(makeHeader(first, half));
    entry.frames.append(makeHeader(specOf(Direction::In, Opcode::Continuation, false),
                                   static_cast<quint64>(entry.payload.size()) - half));
    entry.compressed = false;
    entry.wireSize = entry.payload.size() + entry.frames[0].size + entry.frames[1].size;
    append(std::move(entry));
}

void TickerSession::sendPing(Feed &feed)
{
    feed.ping = "keepalive " + QByteArray::number(++feed.pings);
    feed.pinged = m_now;
    feed.pongDue = m_now + 8ms + Nanoseconds(random(40) == 0 ? random(400'000'000) : random(30'000'000));
    append(made(feed, EntryKind::Ping, Direction::Out, feed.ping));
}

void TickerSession::sendPong(Feed &feed)
{
    NewEntry entry = made(feed, EntryKind::Pong, Direction::In, std::exchange(feed.ping, {}));
    entry.latency = m_now - feed.pinged;
    append(std::move(entry));
}

NewEntry TickerSession::made(const Feed &feed, EntryKind kind, Direction direction, const QByteArray &payload) const
{
    NewEntry entry;
    entry.connection = feed.connection.id;
    entry.time = m_now;
    entry.direction = direction;
    entry.kind = kind;
    entry.payload = payload;
    // Every third trade or so crossed the wire in half of its size.
    entry.compressed = kind == EntryKind::Text && direction == Direction::In && feed.sequence % 3 == 0;
    const qsizetype onWire = entry.compressed ? (payload.size() + 1) / 2 : payload.size();
    entry.frames.append(makeHeader(specOf(direction, opcodeOf(kind), entry.compressed), static_cast<quint64>(onWire)));
    entry.wireSize = entry.frames.front().size + onWire;
    return entry;
}

void TickerSession::event(const Feed &feed, EventKind kind, const QString &text)
{
    append(NewEntry::fromEvent(feed.connection.id, m_now, kind, text));
}

void TickerSession::append(NewEntry &&entry)
{
    if (m_appended == m_goal)
        return;
    while (!m_writer.hasRoom())
        std::this_thread::sleep_for(1ms);
    m_writer.append(std::move(entry));
    ++m_appended;
}

const QByteArray &TickerSession::trade(const Feed &feed)
{
    const auto symbol = static_cast<size_t>(random(qint64(Symbols.size())));
    qint64 &cents = m_cents[symbol];
    cents = std::max<qint64>(cents + random(21) - 10, 100);
    m_text.resize(0);
    m_text.reserve(m_payloadSize + 32);
    m_text += R"({"type":"trade","symbol":")";
    m_text += Symbols[symbol];
    m_text += R"(","seq":)";
    m_text += QByteArray::number(feed.sequence);
    m_text += R"(,"data":{"price":)";
    addPrice(m_text, cents);
    m_text += R"(,"size":)";
    m_text += QByteArray::number(1 + random(900));
    m_text += R"(},"book":[)";
    for (qint64 level = 1; m_text.size() < m_payloadSize - 7; ++level) {
        addPrice(m_text, std::max<qint64>(cents - level, 1));
        m_text += ',';
    }
    m_text += R"(0]})";
    return m_text;
}

QByteArray TickerSession::snapshot(const Feed &feed)
{
    const qsizetype size = 4096 + random(60'000);
    QByteArray text;
    text.reserve(size + 100);
    text += R"({"type":"snapshot","seq":)" + QByteArray::number(feed.sequence) + R"(,"levels":[)";
    while (text.size() < size) {
        text += R"({"price":)";
        addPrice(text, 100 + random(50'000));
        text += R"(,"size":)" + QByteArray::number(random(1000)) + "},";
    }
    text += R"({"price":0,"size":0}],"checksum":")" + QByteArray::number(m_random(), 16) + R"("})";
    return text;
}

} // namespace sockeye
