// Pings, pongs and closes as the endpoint's policies want them, the keepalive, and how long pongs take.

#include "connection/SessionFixture.h"

#include "support/TestProgram.h"
#include "wire/FrameEncoder.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class TapControlTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pongDelayed();
    void pongNever();
    void pongWithOtherPayload_data();
    void pongWithOtherPayload();
    void delayedPongsStayBounded();
    void closeDelayed();
    void closeNever();
    void closeNeverUntilTheUserGivesUp();
    void keepsAlive();
    void timesEachPing();
    void takesASilentPeerForDead();
    void takesAPeerThatNeverReadsForDead();
    void countsTheKeepaliveOnly();
    void waitsForEverIfTold();
    void closesAnIdleConnection();
    void connectsAgainAfterAnIdleConnection();
    void aPeerThatSendsIsNotIdle();
};

namespace {
using Answer = ControlPolicy::Answer;
constexpr std::chrono::milliseconds ControlDelay{150};

QList<Frame> framesOf(const SessionFixture &f, Opcode opcode)
{
    QList<Frame> frames = decodeFrames(f.server.received());
    frames.removeIf([opcode](const Frame &frame) { return frame.header.opcode != opcode; });
    return frames;
}

QList<Entry> entriesOf(SessionFixture &f, EntryKind kind)
{
    QList<Entry> entries = f.messages();
    entries.removeIf([kind](const Entry &entry) { return entry.kind != kind; });
    return entries;
}
} // namespace

void TapControlTest::pongDelayed()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.control.pong = Answer::Delayed;
    endpoint.control.pongDelay = ControlDelay;
    QVERIFY(f.open(endpoint, {.echo = true, .closeAfterMessages = 0, .lenient = false}));
    f.server.send(serverFrame(Opcode::Ping, "1") + serverFrame(Opcode::Ping, "2") + serverFrame(Opcode::Text, "now"));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 3);
    // Nothing else waits for it.
    const QList<Frame> sent = decodeFrames(f.server.received());
    QCOMPARE(sent[0].payload, QByteArray("now"));
    QCOMPARE(sent[1].payload, QByteArray("1"));
    QCOMPARE(sent[2].payload, QByteArray("2"));
    const QList<Entry> pings = entriesOf(f, EntryKind::Ping);
    const QList<Entry> pongs = entriesOf(f, EntryKind::Pong);
    QCOMPARE(pongs.size(), 2);
    QVERIFY(pongs[0].time - pings[0].time >= ControlDelay - std::chrono::milliseconds(1));
}

void TapControlTest::pongNever()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.control.pong = Answer::Never;
    QVERIFY(f.open(endpoint, {.echo = true, .closeAfterMessages = 0, .lenient = false}));
    f.server.send(serverFrame(Opcode::Ping, "?").repeated(3) + serverFrame(Opcode::Text, "after"));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    QCOMPARE(decodeFrames(f.server.received())[0].payload, QByteArray("after"));
    QCOMPARE(entriesOf(f, EntryKind::Ping).size(), 3);
    QCOMPARE(entriesOf(f, EntryKind::Pong).size(), 0);
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
}

void TapControlTest::pongWithOtherPayload_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<Answer>("answer");
    QTest::newRow("other") << QByteArray("other") << Answer::AtOnce;
    QTest::newRow("empty") << QByteArray("") << Answer::AtOnce;
    QTest::newRow("the longest, delayed") << QByteArray(125, 'x') << Answer::Delayed;
}

void TapControlTest::pongWithOtherPayload()
{
    QFETCH(QByteArray, payload);
    QFETCH(Answer, answer);
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.control.pong = answer;
    endpoint.control.pongDelay = ControlDelay;
    endpoint.control.pongPayload = payload;
    QVERIFY(f.open(endpoint));
    f.server.send(serverFrame(Opcode::Ping, "mine"));
    QTRY_COMPARE(framesOf(f, Opcode::Pong).size(), 1);
    QCOMPARE(framesOf(f, Opcode::Pong)[0].payload, payload);
    QCOMPARE(entriesOf(f, EntryKind::Pong)[0].head, payload);
}

void TapControlTest::delayedPongsStayBounded()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.control.pong = Answer::Delayed;
    endpoint.control.pongDelay = std::chrono::milliseconds(500);
    QVERIFY(f.open(endpoint));
    f.server.send(serverFrame(Opcode::Ping, "p").repeated(5'000) + serverFrame(Opcode::Text, "end"));
    QTRY_VERIFY(framesOf(f, Opcode::Pong).size() >= 1'000);
    QTRY_COMPARE(f.session->status().messagesIn, 1);
    QVERIFY(framesOf(f, Opcode::Pong).size() < 5'000);
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
}

void TapControlTest::closeDelayed()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.control.close = Answer::Delayed;
    endpoint.control.closeDelay = ControlDelay;
    QVERIFY(f.open(endpoint));
    f.server.send(serverFrame(Opcode::Close, encodeCloseBody(1001, u"going")));
    QTRY_COMPARE(f.session->status().state, SessionStatus::State::Closing);
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1001);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::Clean);
    QVERIFY(record.end->sentCloseTime - record.end->receivedCloseTime >= ControlDelay - std::chrono::milliseconds(1));
}

void TapControlTest::closeNever()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.control.close = Answer::Never;
    QVERIFY(f.open(endpoint));
    f.server.send(serverFrame(Opcode::Close, encodeCloseBody(4000, u"well?")));
    QTRY_COMPARE(f.session->status().state, SessionStatus::State::Closing);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QVERIFY(f.server.received().isEmpty());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::Dropped);
    QVERIFY(!record.end->sentClose);
    QCOMPARE(record.end->receivedClose->code, quint16(4000));
    QVERIFY2(record.endText.contains(u"our policy left it unanswered"), qPrintable(record.endText));
}

void TapControlTest::closeNeverUntilTheUserGivesUp()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.control.close = Answer::Never;
    QVERIFY(f.open(endpoint));
    f.server.send(serverFrame(Opcode::Close, encodeCloseBody(1000, {})));
    QTRY_COMPARE(f.session->status().state, SessionStatus::State::Closing);
    f.session->close();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Aborted);
    QVERIFY(f.worksAgain());
}

void TapControlTest::keepsAlive()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.keepalive = {.interval = std::chrono::milliseconds(20), .deadAfter = 0};
    QVERIFY(f.open(endpoint));
    QTRY_VERIFY(framesOf(f, Opcode::Ping).size() >= 3);
    QTRY_VERIFY(f.session->status().pingsOutstanding >= 3);
    QVERIFY(f.session->status().roundTrip.count() < 0);
    const QList<Frame> pings = framesOf(f, Opcode::Ping);
    QVERIFY(pings[0].payload != pings[1].payload && pings[1].payload != pings[2].payload);
    // Several are on their way, and their pongs come in a bunch: each has its own time.
    f.server.send(serverFrame(Opcode::Pong, pings[0].payload) + serverFrame(Opcode::Pong, pings[1].payload) +
                  serverFrame(Opcode::Pong, pings[2].payload));
    QTRY_COMPARE(entriesOf(f, EntryKind::Pong).size(), 3);
    const QList<Entry> sent = entriesOf(f, EntryKind::Ping);
    const QList<Entry> pongs = entriesOf(f, EntryKind::Pong);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(pongs[i].latency, pongs[i].time - sent[i].time);
        QVERIFY(pongs[i].latency.count() > 0);
        QCOMPARE(sent[i].latency, Nanoseconds(-1));
    }
    QVERIFY(pongs[0].latency > pongs[2].latency);
    QTRY_COMPARE(f.session->status().roundTrip, pongs[2].latency);
}

void TapControlTest::timesEachPing()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Pong, "nobody asked"));
    QVERIFY(f.session->send({Opcode::Ping, "a"}));
    QVERIFY(f.session->send({Opcode::Ping, "b"}));
    QTRY_COMPARE(framesOf(f, Opcode::Ping).size(), 2);
    QTRY_COMPARE(f.session->status().pingsOutstanding, 2);
    f.server.send(serverFrame(Opcode::Pong, "b"));
    QTRY_COMPARE(f.session->status().pingsOutstanding, 0);
    f.server.send(serverFrame(Opcode::Pong, "c"));
    QTRY_COMPARE(entriesOf(f, EntryKind::Pong).size(), 3);
    const QList<Entry> pongs = entriesOf(f, EntryKind::Pong);
    QCOMPARE(pongs[0].latency, Nanoseconds(-1));
    QCOMPARE(pongs[1].latency, pongs[1].time - entriesOf(f, EntryKind::Ping)[1].time);
    QCOMPARE(pongs[2].latency, Nanoseconds(-1));
}

void TapControlTest::takesASilentPeerForDead()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.keepalive = {.interval = std::chrono::milliseconds(50), .deadAfter = 3};
    QVERIFY(f.open(endpoint));
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::Dropped);
    QCOMPARE(record.closeCode, quint16(1006));
    QVERIFY2(record.endText.contains(u"3 ping"), qPrintable(record.endText));
    QCOMPARE(record.end->tcp, TcpEnd::Ours);
    QCOMPARE(entriesOf(f, EntryKind::Ping).size(), 3);
    QTRY_VERIFY(!f.server.isConnected());
    QVERIFY(f.worksAgain());
}

void TapControlTest::takesAPeerThatNeverReadsForDead()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.keepalive = {.interval = std::chrono::milliseconds(50), .deadAfter = 3};
    QVERIFY(f.open(endpoint));
    f.server.stopReading();
    for (int i = 0; i < 32; ++i)
        QVERIFY(f.session->send({Opcode::Binary, QByteArray(1024 * 1024, 'x')}));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Dropped);
    QVERIFY2(f.session->status().endText.contains(u"without a pong"), qPrintable(f.session->status().endText));
    QVERIFY(f.worksAgain());
}

/// The user's own pings, which this peer leaves alone, say nothing about its health.
void TapControlTest::countsTheKeepaliveOnly()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.keepalive = {.interval = std::chrono::milliseconds(300), .deadAfter = 4};
    QVERIFY(f.open(endpoint));
    int answered = 0;
    connect(&f.server, &RawServer::bytesReceived, this, [&] {
        const QList<Frame> pings = framesOf(f, Opcode::Ping);
        for (; answered < pings.size(); ++answered) {
            if (pings[answered].payload != "mine")
                f.server.send(serverFrame(Opcode::Pong, pings[answered].payload));
        }
    });
    for (int i = 0; i < 10; ++i)
        QVERIFY(f.session->send({Opcode::Ping, "mine"}));
    QTRY_VERIFY(entriesOf(f, EntryKind::Pong).size() >= 3);
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
}

void TapControlTest::waitsForEverIfTold()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.keepalive = {.interval = std::chrono::milliseconds(10), .deadAfter = 0};
    QVERIFY(f.open(endpoint));
    QTRY_VERIFY(framesOf(f, Opcode::Ping).size() >= 10);
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
}

void TapControlTest::closesAnIdleConnection()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.idle = std::chrono::milliseconds(50);
    connect(&f.server, &RawServer::bytesReceived, this, [&f] {
        if (!framesOf(f, Opcode::Close).isEmpty()) {
            f.server.send(serverFrame(Opcode::Close, encodeCloseBody(1001, {})));
            f.server.end(RawServer::End::Fin);
        }
    });
    QVERIFY(f.open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    QCOMPARE(f.record().closeCode, quint16(1001));
    QCOMPARE(framesOf(f, Opcode::Close).constFirst().payload, encodeCloseBody(1001, QStringLiteral("idle timeout")));
    const QList<Entry> entries = f.entries();
    QVERIFY(std::any_of(entries.cbegin(), entries.cend(), [](const Entry &entry) {
        return entry.head.startsWith("Nothing has come for 50.0 ms, the idle timeout");
    }));
}

void TapControlTest::connectsAgainAfterAnIdleConnection()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.idle = std::chrono::milliseconds(50);
    endpoint.timeouts.close = std::chrono::milliseconds(50);
    endpoint.reconnect.enabled = true;
    endpoint.reconnect.first = std::chrono::milliseconds(1);
    QVERIFY(f.session->open(endpoint));
    QTRY_VERIFY(f.session->status().connection.value() >= 2);
}

void TapControlTest::aPeerThatSendsIsNotIdle()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.idle = std::chrono::milliseconds(400);
    QVERIFY(f.open(endpoint));
    // Control frames count as well: the peer is there.
    QTimer feed;
    connect(&feed, &QTimer::timeout, this, [&f] { f.server.send(serverFrame(Opcode::Ping, "x")); });
    feed.start(std::chrono::milliseconds(20));
    QTRY_VERIFY(entriesOf(f, EntryKind::Pong).size() >= 40);
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
}

SOCKEYE_TEST(TapControlTest, QCoreApplication)
#include "tst_tap_control.moc"
