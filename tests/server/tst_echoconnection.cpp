#include "server/EchoPeer.h"

#include "support/TestProgram.h"
#include "wire/PermessageDeflate.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <vector>

using namespace sockeye;
using namespace sockeye::test;

/// The echo server, byte for byte.
class EchoConnectionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answers_data();
    void answers();
    void repeatsEveryCloseCode_data();
    void repeatsEveryCloseCode();
    void fails_data();
    void fails();
    void agreesOnDeflate_data();
    void agreesOnDeflate();
    void choosesTheSubprotocol();
    void refusesRequests_data();
    void refusesRequests();
    void waitsForTheRequestSoLong();
    void waitsForSlowReaders();
    void limitsMessages();
    void servesTwoThousandClients();

private:
    std::unique_ptr<EchoServer> m_server;
};

void EchoConnectionTest::init()
{
    m_server = std::make_unique<EchoServer>();
    const auto started = m_server->start(0, {.maxMessage = 256 * 1024, .handshakeTimeout = std::chrono::seconds(20)});
    QVERIFY2(started, qPrintable(started.message()));
}

void EchoConnectionTest::answers_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &sent, const QByteArray &expected) {
        QTest::newRow(name) << sent << expected;
    };
    const QByteArray euro("\xe2\x82\xac");
    row("text", clientFrame(0x81, "hello"), serverFrame(0x81, "hello"));
    row("binary", clientFrame(0x82, QByteArray("\x00\xff", 2)), serverFrame(0x82, QByteArray("\x00\xff", 2)));
    row("nothing", clientFrame(0x81, ""), serverFrame(0x81, ""));
    row("16-bit length", clientFrame(0x82, QByteArray(60'000, 'x')), serverFrame(0x82, QByteArray(60'000, 'x')));
    row("byte order mark", clientFrame(0x81, "\xef\xbb\xbfhi"), serverFrame(0x81, "\xef\xbb\xbfhi"));
    row("NUL and noncharacters", clientFrame(0x81, QByteArray("\x00\xef\xbf\xbf\xef\xb7\x90", 7)),
        serverFrame(0x81, QByteArray("\x00\xef\xbf\xbf\xef\xb7\x90", 7)));
    row("split character", clientFrame(0x01, "a" + euro.first(1)) + clientFrame(0x80, euro.sliced(1) + "b"),
        serverFrame(0x81, "a" + euro + "b"));
    row("character in three fragments",
        clientFrame(0x01, euro.first(1)) + clientFrame(0x00, euro.sliced(1, 1)) + clientFrame(0x80, euro.last(1)),
        serverFrame(0x81, euro));
    row("empty fragments", clientFrame(0x02, "") + clientFrame(0x00, "") + clientFrame(0x80, ""),
        serverFrame(0x82, ""));
    row("ping between fragments", clientFrame(0x01, "a") + clientFrame(0x89, "p") + clientFrame(0x80, "b"),
        serverFrame(0x8a, "p") + serverFrame(0x81, "ab"));
    row("empty ping", clientFrame(0x89, ""), serverFrame(0x8a, ""));
    row("longest ping", clientFrame(0x89, QByteArray(125, '\xfe')), serverFrame(0x8a, QByteArray(125, '\xfe')));
    row("several pings", clientFrame(0x89, "1") + clientFrame(0x89, "2") + clientFrame(0x81, "t"),
        serverFrame(0x8a, "1") + serverFrame(0x8a, "2") + serverFrame(0x81, "t"));
    row("pong that nobody asked for", clientFrame(0x8a, "?") + clientFrame(0x81, "t"), serverFrame(0x81, "t"));
    row("empty close", clientFrame(0x88, ""), serverFrame(0x88, ""));
    row("close behind a message", clientFrame(0x81, "t") + clientFrame(0x88, closeBody(1000)),
        serverFrame(0x81, "t") + serverFrame(0x88, closeBody(1000)));
    row("message behind a close", clientFrame(0x88, closeBody(1000)) + clientFrame(0x81, "t"),
        serverFrame(0x88, closeBody(1000)));
    row("close between fragments", clientFrame(0x01, "a") + clientFrame(0x88, closeBody(1001)),
        serverFrame(0x88, closeBody(1001)));
}

void EchoConnectionTest::answers()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, expected);
    {
        EchoPeer peer(*m_server);
        QVERIFY(peer.open());
        peer.send(sent);
        QVERIFY(peer.waitFor(expected.size()));
        QCOMPARE(peer.received(), expected);
    }
    // The same, byte by byte: a read may end anywhere. What is long need not be.
    if (sent.size() > 1000)
        return;
    EchoPeer peer(*m_server);
    QVERIFY(peer.open());
    for (const char byte : std::as_const(sent)) {
        peer.send(QByteArray(1, byte));
        QVERIFY(peer.waitUntilSent());
    }
    QVERIFY(peer.waitFor(expected.size()));
    QCOMPARE(peer.received(), expected);
}

void EchoConnectionTest::repeatsEveryCloseCode_data()
{
    QTest::addColumn<quint16>("code");
    for (const int code :
         {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
        QTest::addRow("%d", code) << static_cast<quint16>(code);
}

void EchoConnectionTest::repeatsEveryCloseCode()
{
    QFETCH(quint16, code);
    EchoPeer peer(*m_server);
    QVERIFY(peer.open());
    const QByteArray body = closeBody(code, "Gr\xc3\xbcnde");
    peer.send(clientFrame(0x88, body));
    QVERIFY(peer.waitForEnd());
    QCOMPARE(peer.received(), serverFrame(0x88, body));
}

void EchoConnectionTest::fails_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<quint16>("code");
    const auto row = [](const char *name, const QByteArray &sent, quint16 code = 1002) {
        QTest::newRow(name) << sent << code;
    };
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
        row(qPrintable(QStringLiteral("close code %1").arg(code)),
            clientFrame(0x88, closeBody(static_cast<quint16>(code))));
    row("close of one byte", clientFrame(0x88, "\x03"));
    row("close reason that is not UTF-8", clientFrame(0x88, closeBody(1000, "\xff")), 1007);
    row("text that is not UTF-8", clientFrame(0x81, "a\xff"), 1007);
    row("text with half a character", clientFrame(0x81, "\xe2\x82"), 1007);
    row("text that cannot become UTF-8, not ended", clientFrame(0x01, "\xff"), 1007);
    row("surrogate", clientFrame(0x81, "\xed\xa0\x80"), 1007);
    row("reserved bit", clientFrame(0xc1, "a"));
    row("reserved data opcode", clientFrame(0x83, "a"));
    row("reserved control opcode", clientFrame(0x8b, "a"));
    row("no mask", serverFrame(0x81, "a"));
    row("ping in fragments", clientFrame(0x09, "a"));
    row("ping of 126 bytes", clientFrame(0x89, QByteArray(126, 'a')));
    row("continuation of nothing", clientFrame(0x80, "a"));
    row("message within a message", clientFrame(0x01, "a") + clientFrame(0x81, "b"));
    row("length with its highest bit", QByteArray::fromHex("82ff8000000000000000"
                                                           "00000000"));
    row("length beyond the limit",
        QByteArray::fromHex("82ff0000000000040001"
                            "00000000"),
        1009);
    row("fragments beyond the limit",
        (clientFrame(0x02, QByteArray(60'000, 'a')) + clientFrame(0x00, QByteArray(60'000, 'a')).repeated(4)), 1009);
}

void EchoConnectionTest::fails()
{
    QFETCH(QByteArray, sent);
    QFETCH(quint16, code);
    EchoPeer peer(*m_server);
    QVERIFY(peer.open());
    peer.send(sent);
    QVERIFY(peer.waitForEnd());
    const QByteArray received = peer.received();
    QVERIFY2(received.size() > 4, received.toHex().constData());
    QCOMPARE(received.first(1), QByteArray("\x88"));
    QCOMPARE(received.size(), 2 + qsizetype(received.at(1)));
    QCOMPARE(received.mid(2, 2), closeBody(code));
    // And says why.
    QVERIFY2(received.size() > 20, received.constData());
}

void EchoConnectionTest::agreesOnDeflate_data()
{
    QTest::addColumn<QByteArray>("offer");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<DeflateParameters>("agreed");
    const auto row = [](const char *offer, const char *answer, const DeflateParameters &agreed) {
        QTest::newRow(offer) << QByteArray(offer) << QByteArray(answer) << agreed;
    };
    row("permessage-deflate", "permessage-deflate", {});
    row("permessage-deflate; client_max_window_bits", "permessage-deflate", {});
    row("permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover",
        {.serverNoContextTakeover = true});
    row("permessage-deflate; client_no_context_takeover", "permessage-deflate; client_no_context_takeover",
        {.clientNoContextTakeover = true});
    row("permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits=8",
        {.serverMaxWindowBits = 8});
    row("permessage-deflate; client_max_window_bits=9", "permessage-deflate; client_max_window_bits=9",
        {.clientMaxWindowBits = 9});
    row("permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; "
        "client_max_window_bits=11",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; "
        "client_max_window_bits=11",
        {true, true, 10, 11});
    row("x-other, permessage-deflate; level=9, permessage-deflate", "permessage-deflate", {});
}

void EchoConnectionTest::agreesOnDeflate()
{
    QFETCH(QByteArray, offer);
    QFETCH(QByteArray, answer);
    QFETCH(DeflateParameters, agreed);
    EchoPeer peer(*m_server);
    QVERIFY(peer.open("Sec-WebSocket-Extensions: " + offer + "\r\n"));
    QVERIFY2(peer.reply().contains("\r\nSec-WebSocket-Extensions: " + answer + "\r\n"), peer.reply().constData());

    Deflater deflater(agreed.clientMaxWindowBits, agreed.clientNoContextTakeover);
    Inflater inflater(agreed.serverMaxWindowBits, agreed.serverNoContextTakeover);
    QByteArray plain("said twice, and by reference the second time if the window reaches so far. ");
    plain = plain.repeated(10);
    qsizetype firstSize = 0;
    for (int i = 0; i < 2; ++i) {
        const qsizetype before = peer.received().size();
        peer.send(clientFrame(0xc1, deflater.deflate(plain)));
        QVERIFY(peer.waitFor(before + 3));
        const QByteArray frame = peer.received().sliced(before);
        QCOMPARE(frame.first(1), QByteArray("\xc1"));
        QCOMPARE(frame.size(), 2 + qsizetype(frame.at(1)));
        QByteArray inflated;
        QVERIFY(inflater.inflate(frame.sliced(2), 10'000, inflated) == Inflater::Status::Ok);
        QVERIFY(inflater.finishMessage(10'000, inflated) == Inflater::Status::Ok);
        QCOMPARE(inflated, plain);
        if (i == 0)
            firstSize = frame.size();
        else if (agreed.serverMaxWindowBits == 15)
            QCOMPARE(frame.size() < firstSize, !agreed.serverNoContextTakeover);
    }
    // Messages need not be compressed.
    const qsizetype before = peer.received().size();
    peer.send(clientFrame(0x81, "plain"));
    QVERIFY(peer.waitFor(before + 3));
    QCOMPARE(peer.received().mid(before, 1), QByteArray("\xc1"));
}

void EchoConnectionTest::choosesTheSubprotocol()
{
    EchoPeer first(*m_server);
    QVERIFY(first.open("Sec-WebSocket-Protocol: a, b\r\n"));
    QVERIFY2(first.reply().contains("\r\nSec-WebSocket-Protocol: a\r\n"), first.reply().constData());

    EchoServer choosy;
    QVERIFY(choosy.start(0, {.subprotocols = {"c", "b"}}));
    EchoPeer second(choosy);
    QVERIFY(second.open("Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b\r\n"));
    QVERIFY2(second.reply().contains("\r\nSec-WebSocket-Protocol: b\r\n"), second.reply().constData());
    EchoPeer third(choosy);
    QVERIFY(third.open("Sec-WebSocket-Protocol: a\r\n"));
    QVERIFY2(!third.reply().contains("Sec-WebSocket-Protocol"), third.reply().constData());
}

void EchoConnectionTest::refusesRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    const QByteArray valid("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    const auto changed = [&valid](const char *from, const char *to) { return QByteArray(valid).replace(from, to); };
    const auto row = [](const char *name, const QByteArray &request, int status, const char *header = "") {
        QTest::newRow(name) << request << status << QByteArray(header);
    };
    row("plain HTTP", "GET /favicon.ico HTTP/1.1\r\nHost: a\r\n\r\n", 426, "Upgrade: websocket\r\n");
    row("another protocol", changed("websocket\r\n", "h2c\r\n"), 426, "Upgrade: websocket\r\n");
    row("another version", changed(": 13", ": 12"), 426, "Sec-WebSocket-Version: 13\r\n");
    row("no version", changed("Sec-WebSocket-Version: 13\r\n", ""), 426, "Sec-WebSocket-Version: 13\r\n");
    row("POST", changed("GET", "POST"), 405, "Allow: GET\r\n");
    row("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 405, "Allow: GET\r\n");
    row("no key", changed("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""), 400);
    row("short key", changed("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ="), 400);
    row("no Host", changed("Host: a\r\n", ""), 400);
    row("HTTP/1.0", changed("HTTP/1.1", "HTTP/1.0"), 400);
    row("no Connection", changed("Connection: Upgrade\r\n", ""), 400);
    row("TLS", QByteArray::fromHex("16030100a5010000a10303"), 400);
    row("no HTTP", "hello\r\n\r\n", 400);
    row("endless", "GET / HTTP/1.1\r\n" + QByteArray("X: y\r\n").repeated(2'000), 431);
}

void EchoConnectionTest::refusesRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QByteArray, header);
    QSignalSpy counts(m_server.get(), &EchoServer::clientCountChanged);
    EchoPeer peer(*m_server);
    peer.send(request);
    QVERIFY(peer.waitForEnd());
    const QByteArray reply = peer.received();
    QVERIFY2(reply.startsWith("HTTP/1.1 " + QByteArray::number(status) + ' '), reply.constData());
    QVERIFY2(reply.contains("\r\n" + header), reply.constData());
    const qsizetype end = reply.indexOf("\r\n\r\n") + 4;
    QVERIFY2(reply.contains("\r\nContent-Length: " + QByteArray::number(reply.size() - end) + "\r\n"),
             reply.constData());
    QVERIFY2(reply.sliced(end).contains("WebSocket") && reply.endsWith(".\n"), reply.constData());
    QCOMPARE(counts.count(), 0);
}

void EchoConnectionTest::waitsForTheRequestSoLong()
{
    EchoServer hasty;
    QVERIFY(hasty.start(0, {.handshakeTimeout = std::chrono::milliseconds(100)}));
    EchoPeer silent(hasty);
    EchoPeer slow(hasty);
    slow.send("GET / HTTP/1.1\r\n");
    EchoPeer quick(hasty);
    QVERIFY(quick.open());
    QVERIFY(silent.waitForEnd());
    QVERIFY(slow.waitForEnd());
    // Once open, a client may be as silent as it likes.
    quick.send(clientFrame(0x81, "there"));
    QVERIFY(quick.waitFor(7));
}

void EchoConnectionTest::waitsForSlowReaders()
{
    constexpr qsizetype Size = 60'000;
    constexpr int Count = 250;
    EchoServer strict;
    QVERIFY(strict.start(0, {.maxUnsent = 256 * 1024}));
    EchoPeer slow(strict);
    QVERIFY(slow.open());
    slow.setReading(false);
    for (int i = 0; i < Count; ++i)
        slow.send(clientFrame(0x82, QByteArray(Size, static_cast<char>(i))));
    // Until it goes on no more: for so long nothing was taken.
    qint64 left = -1;
    QElapsedTimer still;
    QVERIFY(QTest::qWaitFor(
        [&] {
            if (slow.unsent() != std::exchange(left, slow.unsent()))
                still.start();
            return still.hasExpired(500);
        },
        30'000));
    QVERIFY2(left > Count * Size / 4, QByteArray::number(left).constData());

    // Meanwhile others are served.
    EchoPeer other(strict);
    QVERIFY(other.open());
    other.send(clientFrame(0x81, "here"));
    QVERIFY(other.waitFor(6));

    slow.setReading(true);
    QVERIFY(slow.waitFor(Count * (Size + 4)));
    for (int i = 0; i < Count; ++i)
        QCOMPARE(slow.received().at(i * (Size + 4) + 4), static_cast<char>(i));
}

/// A small message that inflates to a large one, too.
void EchoConnectionTest::limitsMessages()
{
    EchoPeer peer(*m_server);
    QVERIFY(peer.open("Sec-WebSocket-Extensions: permessage-deflate\r\n"));
    Deflater deflater(15, false);
    peer.send(clientFrame(0xc2, deflater.deflate(QByteArray(256 * 1024, 'a'))));
    QVERIFY(peer.waitFor(100));
    QCOMPARE(peer.received().first(1), QByteArray("\xc2"));
    peer.send(clientFrame(0xc2, deflater.deflate(QByteArray(256 * 1024 + 1, 'a'))));
    QVERIFY(peer.waitForEnd());
    QVERIFY(peer.received().contains("\x88"));
    QVERIFY(peer.received().contains(closeBody(1009)));
}

void EchoConnectionTest::servesTwoThousandClients()
{
    constexpr int Count = 2'000;
    QSignalSpy counts(m_server.get(), &EchoServer::clientCountChanged);
    QSignalSpy troubles(m_server.get(), &EchoServer::troubled);
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    int echoes = 0;
    for (int i = 0; i < Count; ++i) {
        auto &client = clients.emplace_back(std::make_unique<QTcpSocket>());
        const QByteArray text = QByteArray::number(i);
        connect(client.get(), &QTcpSocket::readyRead, this, [&echoes, socket = client.get(), text] {
            // Whole or not at all: the text is at the end of what has come.
            if (socket->peek(1000).endsWith(serverFrame(0x81, text)))
                ++echoes;
        });
        client->connectToHost(QHostAddress::LocalHost, m_server->port());
        client->write("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n" +
                      clientFrame(0x81, text));
    }
    QTRY_COMPARE_WITH_TIMEOUT(echoes, Count, 60'000);
    QTRY_COMPARE(counts.last().first().toInt(), Count);
    QCOMPARE(troubles.count(), 0);
    clients.clear();
    QTRY_COMPARE_WITH_TIMEOUT(counts.last().first().toInt(), 0, 20'000);
}

SOCKEYE_TEST(EchoConnectionTest, QCoreApplication)
#include "tst_echoconnection.moc"
