#include "integration/LiveSession.h"
#include "peers/PeerProcess.h"
#include "peers/TestCa.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "wire/CloseCode.h"

#include <QtTest>

#include <map>

using namespace sockeye;
using namespace sockeye::test;

namespace {

[[nodiscard]] QString modeName(bool tls)
{
    return tls ? QStringLiteral("wss") : QStringLiteral("ws");
}

} // namespace

/// Sockeye against servers of other makers, over ws and wss: what is seen live and what stands in the capture.
class PeersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void exchangesMessages_data() { addPeers(); }
    void exchangesMessages();
    void answersPings_data() { addPeers(); }
    void answersPings();
    void sendsPings_data() { addPeers(); }
    void sendsPings();
    void keepsTheOrderOfABurst_data() { addPeers(); }
    void keepsTheOrderOfABurst();
    void seesThePeerClose_data() { addPeers(); }
    void seesThePeerClose();
    void closes_data() { addPeers(); }
    void closes();
    void seesThePeerDrop_data() { addPeers(); }
    void seesThePeerDrop();

private:
    static void addPeers();
    [[nodiscard]] bool connectTo(LiveSession &live);
    [[nodiscard]] Endpoint endpoint();

    TestCa m_ca;
    TestCa::Certificate m_certificate;
    std::map<QString, PeerProcess> m_peers;
};

void PeersTest::initTestCase()
{
    QVERIFY2(m_ca.create(), qPrintable(m_ca.errorText()));
    m_certificate = m_ca.issueLocal();
    QVERIFY2(!m_certificate.certificateFile.isEmpty(), qPrintable(m_ca.errorText()));
}

void PeersTest::addPeers()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<bool>("tls");
    for (const char *peer : {"websocketpp", "python", "node"}) {
        for (const bool tls : {false, true})
            QTest::addRow("%s %s", peer, tls ? "wss" : "ws") << QString::fromLatin1(peer) << tls;
    }
}

/// The peer of the data row, started when it is first asked for. Its URL is empty if it cannot be had.
Endpoint PeersTest::endpoint()
{
    QFETCH(QString, peer);
    QFETCH(bool, tls);
    const PeerCommand command = echoPeer(peer);
    if (!command.isAvailable())
        return {};
    PeerProcess &process = m_peers[peer + modeName(tls)];
    if (process.port() == 0) {
        QStringList arguments;
        if (tls)
            arguments = {QStringLiteral("--tls"), m_certificate.certificateFile, m_certificate.keyFile};
        if (!process.start(command, arguments))
            qFatal("%s", qUtf8Printable(process.errorText()));
    }
    Endpoint endpoint;
    endpoint.url = process.url(modeName(tls));
    endpoint.tls.caFile = m_ca.caFile();
    return endpoint;
}

bool PeersTest::connectTo(LiveSession &live)
{
    const Endpoint target = endpoint();
    if (target.url.isEmpty()) {
        if (peersAreRequired())
            qFatal("The peer is not installed, though it is required here");
        return false;
    }
    QSignalSpy opened(&live.session(), &Session::opened);
    if (const Result<> result = live.session().open(target); !result)
        qFatal("%s", qUtf8Printable(result.message()));
    if (opened.isEmpty() && !opened.wait(Patience))
        qFatal("The peer's handshake did not come about: %s", qUtf8Printable(live.status().endText));
    return true;
}

#define CONNECT_OR_SKIP(live)                                                                                          \
    if (!connectTo(live))                                                                                              \
    QSKIP("This peer is not installed")
#define SEND(live, ...)                                                                                                \
    do {                                                                                                               \
        const Result<> sent = (live).session().send(Outgoing{__VA_ARGS__});                                            \
        QVERIFY2(sent.ok(), qPrintable(sent.message()));                                                               \
    } while (false)
#define FINISH(live, recorded)                                                                                         \
    const Result<Recorded> recorded##Result = (live).finish();                                                         \
    QVERIFY2(recorded##Result.ok(), qPrintable(recorded##Result.message()));                                           \
    const Recorded &recorded = recorded##Result.value();                                                               \
    QCOMPARE(headerProblem(recorded), QString());                                                                      \
    QCOMPARE(recorded.connections.size(), 1)

void PeersTest::exchangesMessages()
{
    const QList<Outgoing> messages{
        {Opcode::Text, "hello"},
        {Opcode::Text, "gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x9f"},
        {Opcode::Text, {}},
        {Opcode::Binary, QByteArray::fromHex("00ff10")},
        {Opcode::Binary, {}},
        {Opcode::Text, QByteArray(125, 'a')},
        {Opcode::Text, QByteArray(126, 'b')},
        {Opcode::Binary, QByteArray(65'535, 'c')},
        {Opcode::Binary, QByteArray(65'536, '\0')},
        {Opcode::Text, QByteArray(1024 * 1024, 'd')},
    };
    LiveSession live;
    CONNECT_OR_SKIP(live);
    QSignalSpy closed(&live.session(), &Session::closed);
    for (const Outgoing &message : messages)
        SEND(live, message.opcode, message.payload);
    QTRY_COMPARE_WITH_TIMEOUT(live.status().messagesIn, messages.size(), Patience);
    QCOMPARE(live.status().messagesOut, messages.size());
    live.session().close();
    QVERIFY(!closed.isEmpty() || closed.wait(Patience));

    FINISH(live, recorded);
    for (const Direction direction : {Direction::Out, Direction::In}) {
        const QList<RecordedEntry> text = recorded.of(EntryKind::Text, direction);
        const QList<RecordedEntry> binary = recorded.of(EntryKind::Binary, direction);
        QCOMPARE(text.size() + binary.size(), messages.size());
        QCOMPARE(binary.size(), 4);
        qsizetype i = 0;
        for (const QByteArray &payload : recorded.messages(direction))
            QVERIFY2(payload == messages.at(i++).payload, qPrintable(QStringLiteral("message %1").arg(i)));
    }
    const ConnectionRecord &connection = recorded.connections.first();
    QVERIFY(connection.requestHead.startsWith("GET / HTTP/1.1\r\n"));
    QVERIFY(connection.requestHead.endsWith("\r\n\r\n"));
    QVERIFY(connection.responseHead.startsWith("HTTP/1.1 101 "));
    QVERIFY(connection.responseHead.endsWith("\r\n\r\n"));
    QVERIFY(!connection.checks.isEmpty());
    for (const HandshakeCheck &check : connection.checks)
        QVERIFY2(check.passed, qPrintable(check.text));
    QVERIFY(connection.timings.total > Nanoseconds(0));
    QFETCH(bool, tls);
    QCOMPARE(!connection.tls.version.isEmpty(), tls);
    QCOMPARE(!connection.tls.chainPem.isEmpty(), tls);
}

void PeersTest::answersPings()
{
    LiveSession live;
    CONNECT_OR_SKIP(live);
    QSignalSpy closed(&live.session(), &Session::closed);
    SEND(live, Opcode::Text, "ping abc");
    // What was echoed after the ping tells that the ping has come.
    SEND(live, Opcode::Text, "after");
    QTRY_COMPARE_WITH_TIMEOUT(live.status().messagesIn, 1, Patience);
    live.session().close();
    QVERIFY(!closed.isEmpty() || closed.wait(Patience));

    FINISH(live, recorded);
    const QList<RecordedEntry> pings = recorded.of(EntryKind::Ping, Direction::In);
    const QList<RecordedEntry> pongs = recorded.of(EntryKind::Pong, Direction::Out);
    QCOMPARE(pings.size(), 1);
    QCOMPARE(pings.first().payload, "abc");
    QCOMPARE(pongs.size(), 1);
    QCOMPARE(pongs.first().payload, "abc");
    QVERIFY(pongs.first().entry.id > pings.first().entry.id);
    QVERIFY(pongs.first().entry.time >= pings.first().entry.time);
}

void PeersTest::sendsPings()
{
    LiveSession live;
    CONNECT_OR_SKIP(live);
    QSignalSpy closed(&live.session(), &Session::closed);
    SEND(live, Opcode::Ping, "are you there");
    SEND(live, Opcode::Text, "after");
    QTRY_COMPARE_WITH_TIMEOUT(live.status().messagesIn, 1, Patience);
    QVERIFY(!live.session().send(Outgoing{Opcode::Ping, QByteArray(126, 'x')}).ok());
    live.session().close();
    QVERIFY(!closed.isEmpty() || closed.wait(Patience));

    FINISH(live, recorded);
    QCOMPARE(recorded.of(EntryKind::Ping, Direction::Out).size(), 1);
    const QList<RecordedEntry> pongs = recorded.of(EntryKind::Pong, Direction::In);
    QCOMPARE(pongs.size(), 1);
    QCOMPARE(pongs.first().payload, "are you there");
}

void PeersTest::keepsTheOrderOfABurst()
{
    constexpr int Count = 1000;
    LiveSession live;
    CONNECT_OR_SKIP(live);
    SEND(live, Opcode::Text, "count 1000");
    QTRY_COMPARE_WITH_TIMEOUT(live.status().messagesIn, Count, Patience);

    FINISH(live, recorded);
    const QList<QByteArray> messages = recorded.messages(Direction::In);
    QCOMPARE(messages.size(), Count);
    for (int i = 0; i < Count; ++i)
        QCOMPARE(messages.at(i), QByteArray::number(i));
}

void PeersTest::seesThePeerClose()
{
    LiveSession live;
    CONNECT_OR_SKIP(live);
    QSignalSpy closed(&live.session(), &Session::closed);
    SEND(live, Opcode::Text, "close 4001 bye");
    QVERIFY(!closed.isEmpty() || closed.wait(Patience));
    QCOMPARE(live.status().state, SessionStatus::State::Closed);
    QCOMPARE(live.status().endKind, EndKind::Clean);
    QCOMPARE(live.status().closeCode, quint16(4001));
    QVERIFY2(live.status().endText.contains(QStringLiteral("4001")), qPrintable(live.status().endText));

    FINISH(live, recorded);
    const QList<RecordedEntry> theirs = recorded.of(EntryKind::Close, Direction::In);
    const QList<RecordedEntry> ours = recorded.of(EntryKind::Close, Direction::Out);
    QCOMPARE(theirs.size(), 1);
    QCOMPARE(parseCloseBody(theirs.first().payload).code, quint16(4001));
    QCOMPARE(parseCloseBody(theirs.first().payload).reason, QStringLiteral("bye"));
    QCOMPARE(ours.size(), 1);
    QCOMPARE(parseCloseBody(ours.first().payload).code, quint16(4001));
    const ConnectionRecord &connection = recorded.connections.first();
    QCOMPARE(connection.endKind, EndKind::Clean);
    QCOMPARE(connection.closeCode, quint16(4001));
    QCOMPARE(connection.closeReason, QStringLiteral("bye"));
    QVERIFY(connection.ended > connection.started);
    QCOMPARE(recorded.lastEvent(), EventKind::Closed);
}

void PeersTest::closes()
{
    LiveSession live;
    CONNECT_OR_SKIP(live);
    QSignalSpy closed(&live.session(), &Session::closed);
    live.session().close(4002, QStringLiteral("done"));
    QVERIFY(!closed.isEmpty() || closed.wait(Patience));
    QCOMPARE(live.status().endKind, EndKind::Clean);

    FINISH(live, recorded);
    const QList<RecordedEntry> ours = recorded.of(EntryKind::Close, Direction::Out);
    const QList<RecordedEntry> theirs = recorded.of(EntryKind::Close, Direction::In);
    QCOMPARE(ours.size(), 1);
    QCOMPARE(parseCloseBody(ours.first().payload).code, quint16(4002));
    QCOMPARE(parseCloseBody(ours.first().payload).reason, QStringLiteral("done"));
    QCOMPARE(theirs.size(), 1);
    QVERIFY(theirs.first().entry.id > ours.first().entry.id);
    QCOMPARE(recorded.lastEvent(), EventKind::Closed);
}

void PeersTest::seesThePeerDrop()
{
    LiveSession live;
    CONNECT_OR_SKIP(live);
    QSignalSpy closed(&live.session(), &Session::closed);
    SEND(live, Opcode::Text, "drop");
    QVERIFY(!closed.isEmpty() || closed.wait(Patience));
    QCOMPARE(live.status().endKind, EndKind::Dropped);
    QCOMPARE(live.status().closeCode, CloseCode::Abnormal);

    FINISH(live, recorded);
    QVERIFY(recorded.of(EntryKind::Close, Direction::In).isEmpty());
    QVERIFY(recorded.of(EntryKind::Close, Direction::Out).isEmpty());
    QCOMPARE(recorded.connections.first().endKind, EndKind::Dropped);
    QCOMPARE(recorded.lastEvent(), EventKind::Broken);
}

SOCKEYE_TEST(PeersTest, QCoreApplication)
#include "tst_peers.moc"
