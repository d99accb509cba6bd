#include "integration/LiveSession.h"
#include "peers/PeerProcess.h"
#include "peers/PeerTale.h"
#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;
using namespace sockeye::test;

namespace {

/// Both sides' wishes as to compression, and what comes of them.
struct Agreement
{
    const char *name;
    DeflateOptions offer;
    /// What the peer is started with, as README.md says; null for no permessage-deflate.
    const char *peer;
    /// Of Sec-WebSocket-Extensions; empty for no compression.
    QStringList agreed;
};

[[nodiscard]] QList<Agreement> agreements()
{
    const DeflateOptions usual;
    DeflateOptions none;
    none.offered = false;
    DeflateOptions noTakeover;
    noTakeover.serverNoContextTakeover = true;
    noTakeover.clientNoContextTakeover = true;
    DeflateOptions narrow;
    narrow.serverMaxWindowBits = 10;
    narrow.clientMaxWindowBits = 9;
    const QString name = QStringLiteral("permessage-deflate");
    const QString serverForgets = QStringLiteral("server_no_context_takeover");
    const QString clientForgets = QStringLiteral("client_no_context_takeover");
    return {
        {"not offered", none, "{}", {}},
        {"refused", usual, nullptr, {}},
        {"as it is", usual, "{}", {name}},
        {"no takeover", noTakeover, "{}", {name, serverForgets}},
        {"narrow windows", narrow, "{}", {name, QStringLiteral("server_max_window_bits=10")}},
        {"the peer's terms",
         usual,
         R"({"server_no_context_takeover": true, "client_no_context_takeover": true,
             "server_max_window_bits": 11, "client_max_window_bits": 10})",
         {name, serverForgets, clientForgets, QStringLiteral("server_max_window_bits=11"),
          QStringLiteral("client_max_window_bits=10")}},
    };
}

/// Messages that bring out headers of all lengths, fragments and the window that outlives a message.
[[nodiscard]] QList<Outgoing> script()
{
    const QByteArray lines = QByteArray("All work and no play makes Jack a dull boy.\n").repeated(30);
    QByteArray noise(70'000, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : noise) {
        state = state * 1'664'525 + 1'013'904'223;
        byte = static_cast<char>(state >> 24);
    }
    Outgoing bySize{Opcode::Text, lines};
    bySize.fragmentation.size = 16;
    Outgoing byOffset{Opcode::Binary, QByteArray::fromHex("00010203040506070809")};
    byOffset.fragmentation.offsets = {3, 7};
    byOffset.compress = false;
    Outgoing plain{Opcode::Text, lines};
    plain.compress = false;
    return {
        {Opcode::Text, "hello"},
        {Opcode::Text, "gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x9f"},
        {Opcode::Text, {}},
        {Opcode::Ping, "one of ours"},
        {Opcode::Text, lines},
        {Opcode::Text, lines},
        {Opcode::Binary, noise},
        bySize,
        byOffset,
        plain,
        {Opcode::Text, "count 10"},
        {Opcode::Text, "fragments to- geth- er"},
        {Opcode::Text, "ping one of theirs"},
    };
}

/// Data messages that come back for the script: all but the three commands and the ping are echoed.
constexpr qint64 Replies = 9 + 10 + 1;

[[nodiscard]] QList<RecordedEntry> framesOf(const Recorded &recorded, Direction direction)
{
    QList<RecordedEntry> entries;
    for (const RecordedEntry &candidate : recorded.entries) {
        if (candidate.entry.direction == direction)
            entries += candidate;
    }
    return entries;
}

[[nodiscard]] QList<QByteArray> headersOf(const RecordedEntry &recorded)
{
    QList<QByteArray> headers;
    for (const FrameHeader &header : recorded.frames)
        headers += header.view().toByteArray().toHex();
    return headers;
}

[[nodiscard]] QList<QByteArray> headersOf(const ToldMessage &told)
{
    QList<QByteArray> headers;
    for (const QByteArray &header : told.headers)
        headers += header.toHex();
    return headers;
}

[[nodiscard]] qint64 wireSizeOf(const ToldMessage &told)
{
    qint64 size = told.wirePayload.size();
    for (const QByteArray &header : told.headers)
        size += header.size();
    return size;
}

} // namespace

/// A capture against what the peer's own library says it sent and received, frame by frame in both directions.
class PeerFramesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithThePeer_data();
    void agreesWithThePeer();

private:
    static void exchange(LiveSession &live, const Endpoint &endpoint, bool peerCloses);
    static void compare(const Recorded &recorded, const PeerTale &tale, Direction direction);
};

void PeerFramesTest::agreesWithThePeer_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<int>("agreement");
    QTest::addColumn<bool>("peerCloses");
    for (const char *peer : {"node", "python"}) {
        for (int i = 0; i < agreements().size(); ++i)
            QTest::addRow("%s, %s", peer, agreements().at(i).name) << QString::fromLatin1(peer) << i << (i % 2 == 0);
    }
}

void PeerFramesTest::exchange(LiveSession &live, const Endpoint &endpoint, bool peerCloses)
{
    QSignalSpy opened(&live.session(), &Session::opened);
    QSignalSpy closed(&live.session(), &Session::closed);
    const Result<> result = live.session().open(endpoint);
    QVERIFY2(result.ok(), qPrintable(result.message()));
    QVERIFY2(!opened.isEmpty() || opened.wait(Patience), qPrintable(live.status().endText));
    for (const Outgoing &message : script()) {
        const Result<> sent = live.session().send(message);
        QVERIFY2(sent.ok(), qPrintable(sent.message()));
    }
    QTRY_COMPARE_WITH_TIMEOUT(live.status().messagesIn, Replies, Patience);
    if (peerCloses)
        QVERIFY(live.session().send(Outgoing{Opcode::Text, "close 4001 enough"}).ok());
    else
        live.session().close(4002, QStringLiteral("done"));
    QVERIFY(!closed.isEmpty() || closed.wait(Patience));
    QCOMPARE(live.status().endKind, EndKind::Clean);
    QCOMPARE(live.status().closeCode, quint16(peerCloses ? 4001 : 4002));
}

void PeerFramesTest::compare(const Recorded &recorded, const PeerTale &tale, Direction direction)
{
    const QList<RecordedEntry> ours = framesOf(recorded, direction);
    const QList<ToldMessage> theirs = tale.messages(direction);
    for (qsizetype i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
        const RecordedEntry &mine = ours.at(i);
        const ToldMessage &told = theirs.at(i);
        QCOMPARE(headersOf(mine), headersOf(told));
        QVERIFY2(mine.payload == told.payload,
                 qPrintable(QStringLiteral("payload of entry %1").arg(mine.entry.id.value())));
        QCOMPARE(mine.entry.wireSize, wireSizeOf(told));
        QCOMPARE(mine.entry.compressed, (told.headers.first().front() & 0x40) != 0);
        if (!mine.entry.compressed)
            QCOMPARE(mine.payload, told.wirePayload);
        QVERIFY(mine.entry.complete);
        QVERIFY2(mine.findings.isEmpty(), qPrintable(mine.findings.value(0).text));
    }
    QCOMPARE(ours.size(), theirs.size());
}

void PeerFramesTest::agreesWithThePeer()
{
    QFETCH(QString, peer);
    QFETCH(int, agreement);
    QFETCH(bool, peerCloses);
    const PeerCommand command = echoPeer(peer);
    if (!command.isAvailable()) {
        QVERIFY2(!peersAreRequired(), "The peer is not installed, though it is required here");
        QSKIP("This peer is not installed");
    }
    const Agreement wanted = agreements().at(agreement);
    QStringList arguments{QStringLiteral("--tell")};
    if (wanted.peer != nullptr)
        arguments += {QStringLiteral("--deflate"), QString::fromLatin1(wanted.peer)};
    PeerProcess process;
    QVERIFY2(process.start(command, arguments), qPrintable(process.errorText()));
    Endpoint endpoint;
    endpoint.url = process.url();
    endpoint.deflate = wanted.offer;

    LiveSession live;
    exchange(live, endpoint, peerCloses);
    if (QTest::currentTestFailed())
        return;
    const Result<PeerTale> tale = PeerTale::read(process, Patience);
    QVERIFY2(tale.ok(), qPrintable(tale.message()));
    const Result<Recorded> read = live.finish();
    QVERIFY2(read.ok(), qPrintable(read.message()));
    const Recorded &recorded = read.value();
    QCOMPARE(headerProblem(recorded), QString());
    compare(recorded, tale.value(), Direction::Out);
    compare(recorded, tale.value(), Direction::In);

    const ConnectionRecord &connection = recorded.connections.first();
    QCOMPARE(connection.extensions.isEmpty(), wanted.agreed.isEmpty());
    for (const QString &parameter : wanted.agreed)
        QVERIFY2(connection.extensions.contains(parameter), qPrintable(connection.extensions));
    // What is worth comparing has to have been there: fragments, pings of both sides, and compression where agreed.
    const qint64 compressed = connection.compressedIn.messages;
    QCOMPARE(compressed > 0, !wanted.agreed.isEmpty());
    QCOMPARE(connection.compressedOut.messages > 0, !wanted.agreed.isEmpty());
    const QList<RecordedEntry> pings = recorded.of(EntryKind::Ping, Direction::In);
    QCOMPARE(pings.size(), 2);
    QCOMPARE(recorded.of(EntryKind::Pong, Direction::In).size(), 1);
    QCOMPARE(recorded.of(EntryKind::Pong, Direction::Out).size(), 2);
    const QList<RecordedEntry> texts = recorded.of(EntryKind::Text, Direction::In);
    const auto fragmented = std::find_if(texts.cbegin(), texts.cend(),
                                         [](const RecordedEntry &text) { return text.payload == "to-geth-er"; });
    QVERIFY(fragmented != texts.cend());
    QVERIFY(fragmented->frames.size() >= 3);
    QVERIFY(fragmented->entry.id > pings.first().entry.id);
}

SOCKEYE_TEST(PeerFramesTest, QCoreApplication)
#include "tst_peerframes.moc"
