#include "conformance/CaseLoader.h"
#include "conformance/ConformanceClient.h"
#include "conformance/HeadLines.h"
#include "support/TestProgram.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

using namespace sockeye;
using namespace sockeye::conformance;

namespace {

const QByteArray Accepted("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: {accept}\r\n\r\n");

[[nodiscard]] QByteArray frame(quint8 firstByte, const QByteArray &payload)
{
    const char head[]{static_cast<char>(firstByte), static_cast<char>(payload.size())};
    return QByteArray(head, 2) + payload;
}

[[nodiscard]] QByteArray serverCloseFrame(quint16 code)
{
    const char bytes[]{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
    return frame(0x88, QByteArray(bytes, 2));
}

/// A server that says exactly these bytes to each client, once its request has come.
class ScriptedServer final : public QTcpServer
{
public:
    ScriptedServer(const QByteArray &reply, const QByteArray &frames, bool endsTcp)
    {
        connect(this, &QTcpServer::newConnection, this, [=, this] {
            QTcpSocket *socket = nextPendingConnection();
            auto request = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, this, [=] {
                const bool hadHead = request->contains("\r\n\r\n");
                *request += socket->readAll();
                if (hadHead || !request->contains("\r\n\r\n"))
                    return;
                const QByteArray key = HeadLines(*request).value("sec-websocket-key");
                const QByteArray accept =
                    QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
                        .toBase64();
                socket->write(QByteArray(reply).replace("{accept}", accept) + frames);
                if (endsTcp)
                    socket->disconnectFromHost();
            });
        });
        listen(QHostAddress::LocalHost);
    }
    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(serverPort())); }
};

} // namespace

/// A judge that never fails anyone proves nothing: servers that say exactly these bytes get the verdict they deserve.
class ConformanceClientTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void judgesFrames_data();
    void judgesFrames();
    void judgesReplies_data();
    void judgesReplies();
    void saysWhatItCannotReach();

private:
    [[nodiscard]] ConformanceResult judge(const QString &id, const QUrl &url);

    QHash<QString, ConformanceCase> m_cases;
    ConformanceClient m_client;
};

void ConformanceClientTest::initTestCase()
{
    const auto cases = builtInCases(Subject::Server);
    QVERIFY2(cases, qPrintable(cases.message()));
    for (const ConformanceCase &one : cases.value())
        m_cases.insert(one.id, one);
}

ConformanceResult ConformanceClientTest::judge(const QString &id, const QUrl &url)
{
    QSignalSpy results(&m_client, &ConformanceClient::finished);
    m_client.run(url, m_cases.value(id));
    if (results.isEmpty() && !results.wait(60'000))
        return {id, Verdict::Passed, QStringLiteral("no verdict"), {}, {}};
    return results.first().first().value<ConformanceResult>();
}

void ConformanceClientTest::judgesFrames_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("frames");
    QTest::addColumn<bool>("endsTcp");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("came");
    const auto row = [](const char *name, const char *id, const QByteArray &frames, Verdict verdict,
                        const char *came = "", bool endsTcp = true) {
        QTest::newRow(name) << QString::fromLatin1(id) << frames << endsTcp << verdict << QString::fromUtf8(came);
    };
    const QByteArray hello = frame(0x81, "Hello, world!");
    row("echo", "7.1.1", hello + serverCloseFrame(1000), Verdict::Passed);
    row("echo in fragments", "7.1.1", frame(0x01, "Hello, ") + frame(0x80, "world!") + serverCloseFrame(1000),
        Verdict::Passed);
    row("other echo", "7.1.1", frame(0x81, "Hello, World!") + serverCloseFrame(1000), Verdict::Failed, "a text of 13");
    row("echo as binary", "7.1.1", frame(0x82, "Hello, world!") + serverCloseFrame(1000), Verdict::Failed,
        "a binary of 13");
    row("two echoes", "7.1.1", hello + hello + serverCloseFrame(1000), Verdict::Failed, "a text of 13 bytes came");
    row("silence", "7.1.1", {}, Verdict::Failed, "nothing came any more", false);
    row("no close", "7.1.1", hello, Verdict::Failed, "TCP ended");
    row("other close", "7.1.1", hello + serverCloseFrame(1001), Verdict::Failed, "a close frame with 1001");
    row("TCP not ended", "7.1.1", hello + serverCloseFrame(1000), Verdict::NonStrict, "it did not", false);
    row("mask", "7.1.1", QByteArray::fromHex("818100000000") + 'a', Verdict::Failed, "a masked frame");
    row("reserved bit", "7.1.1", frame(0xc1, "Hello, world!"), Verdict::Failed, "reserved bits 4");
    row("reserved opcode", "7.1.1", frame(0x83, "a"), Verdict::Failed, "opcode 3");
    row("fragmented control", "7.1.1", frame(0x0a, "a"), Verdict::Failed, "in fragments");
    row("continues nothing", "7.1.1", frame(0x80, "a"), Verdict::Failed, "without a message");
    row("text that is not UTF-8", "7.1.1", frame(0x81, "\xff"), Verdict::Failed, "not UTF-8");
    row("reserved close code", "7.1.1", hello + serverCloseFrame(1006), Verdict::Failed, "may not be sent");
    row("long length", "7.1.1", QByteArray("\x81\x7e\x00\x01", 4) + 'a', Verdict::Failed, "in 2 bytes");
    row("data after close", "7.1.1", hello + serverCloseFrame(1000) + hello, Verdict::Failed, "after its close");
    row("pong", "2.2", frame(0x8a, "Hello, world!") + serverCloseFrame(1000), Verdict::Passed);
    row("other pong", "2.2", frame(0x8a, "Hello") + serverCloseFrame(1000), Verdict::Failed, "a pong");
    row("last pong only", "2.10", frame(0x8a, "payload-9") + serverCloseFrame(1000), Verdict::NonStrict,
        "not every ping");
    row("failed", "2.5", serverCloseFrame(1002), Verdict::Passed);
    row("failed with another code", "2.5", serverCloseFrame(1000), Verdict::Failed, "a close frame with 1000");
    row("failed by ending TCP", "2.5", {}, Verdict::NonStrict, "without a close frame");
    row("took a frame without a mask", "14.1", hello, Verdict::Failed, "a text of 13");
    row("refused a frame without a mask", "14.1", serverCloseFrame(1002), Verdict::Passed);
    row("knows no compression", "12.1.1", {}, Verdict::Unsupported, "declined");
    row("compressed without being asked", "7.1.1", frame(0xc1, "\x00"), Verdict::Failed, "reserved bits");
}

void ConformanceClientTest::judgesFrames()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, frames);
    QFETCH(bool, endsTcp);
    QFETCH(Verdict, verdict);
    QFETCH(QString, came);
    const ScriptedServer server(Accepted, frames, endsTcp);
    const bool isSilent = came.startsWith(u"nothing came");
    m_client.setPatience(isSilent ? std::chrono::milliseconds(200) : std::chrono::seconds(30));
    const ConformanceResult result = judge(id, server.url());
    QVERIFY2(result.verdict == verdict, qPrintable(result.why));
    QVERIFY2(result.came.contains(came), qPrintable(result.came));
    QCOMPARE(result.id, id);
    QCOMPARE(result.why.isEmpty(), verdict == Verdict::Passed);
    QCOMPARE(result.expected.isEmpty(), verdict == Verdict::Passed);
    QCOMPARE(m_client.running(), 0);
}

void ConformanceClientTest::judgesReplies_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("came");
    const auto row = [](const char *name, const char *id, const QByteArray &reply, Verdict verdict,
                        const char *came = "") {
        QTest::newRow(name) << QString::fromLatin1(id) << reply << verdict << QString::fromUtf8(came);
    };
    const auto changed = [](const char *from, const char *to) { return QByteArray(Accepted).replace(from, to); };
    const auto with = [](const char *line) { return QByteArray(Accepted).chopped(2) + line + "\r\n\r\n"; };
    // Passed as far as the frames, of which there are none.
    row("accepted", "20.1.1", Accepted, Verdict::Failed, "TCP ended");
    row("in other words", "20.1.1",
        changed("Upgrade: websocket\r\nConnection: Upgrade", "connection: foo, UPGRADE\r\nupgrade: WebSocket"),
        Verdict::Failed, "TCP ended");
    row("refused", "20.1.1", "HTTP/1.1 403 Forbidden\r\n\r\n", Verdict::Failed, "403 Forbidden");
    row("no HTTP", "20.1.1", "SSH-2.0-a\r\n\r\n", Verdict::Failed, "SSH");
    row("nothing", "20.1.1", "", Verdict::Failed, "without a reply");
    row("no Upgrade", "20.1.1", changed("Upgrade: websocket\r\n", ""), Verdict::Failed, "“”");
    row("no Connection", "20.1.1", changed("Connection: Upgrade\r\n", ""), Verdict::Failed, "“”");
    row("wrong answer to the key", "20.1.1", changed("{accept}", "AAAA"), Verdict::Failed, "AAAA");
    row("a subprotocol that was not offered", "20.1.1", with("Sec-WebSocket-Protocol: chat.example"), Verdict::Failed,
        "chat.example");
    row("a subprotocol that was offered", "20.1.9", with("Sec-WebSocket-Protocol: superchat.example"), Verdict::Failed,
        "TCP ended");
    row("an extension that was not offered", "20.1.1", with("Sec-WebSocket-Extensions: x-unknown"), Verdict::Failed,
        "x-unknown");
    row("an invalid offer accepted", "20.4.2", with("Sec-WebSocket-Extensions: permessage-deflate"), Verdict::Failed,
        "permessage-deflate");
    row("POST refused", "20.2.1", "HTTP/1.1 405 Method Not Allowed\r\n\r\n", Verdict::Passed);
    row("POST refused in another way", "20.2.1", "HTTP/1.1 404 Not Found\r\n\r\n", Verdict::NonStrict, "404");
    row("POST accepted", "20.2.1", Accepted, Verdict::Failed, "accepted");
    row("POST not answered", "20.2.1", "", Verdict::NonStrict, "without a reply");
    row("old version, right one named", "20.3.1", "HTTP/1.1 426 Upgrade Required\r\nSec-WebSocket-Version: 13\r\n\r\n",
        Verdict::Passed);
    row("old version, right one among others", "20.3.1",
        "HTTP/1.1 400 Bad Request\r\nSec-WebSocket-Version: 14, 13\r\n\r\n", Verdict::Passed);
    row("old version, right one not named", "20.3.1", "HTTP/1.1 426 Upgrade Required\r\n\r\n", Verdict::Failed, "“”");
    row("deflate with an unknown parameter", "13.1.1", with("Sec-WebSocket-Extensions: permessage-deflate; level=9"),
        Verdict::Failed, "level");
    row("deflate without what was asked for", "13.3.1", with("Sec-WebSocket-Extensions: permessage-deflate"),
        Verdict::Failed, "permessage-deflate");
    row("deflate twice", "13.1.1", with("Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate"),
        Verdict::Failed, "permessage");
    row("a window of the client's that was not offered", "13.1.1",
        with("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9"), Verdict::Failed, "client_max");
}

void ConformanceClientTest::judgesReplies()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, reply);
    QFETCH(Verdict, verdict);
    QFETCH(QString, came);
    m_client.setPatience(std::chrono::seconds(30));
    const ScriptedServer server(reply, {}, true);
    const ConformanceResult result = judge(id, server.url());
    QVERIFY2(result.verdict == verdict, qPrintable(result.why));
    QVERIFY2(result.came.contains(came), qPrintable(result.came));
    QCOMPARE(result.why.isEmpty(), verdict == Verdict::Passed);
}

void ConformanceClientTest::saysWhatItCannotReach()
{
    quint16 port = 0;
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        port = probe.serverPort();
    }
    const ConformanceResult nobody =
        judge(QStringLiteral("1.1.1"), QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(port)));
    QVERIFY(nobody.verdict == Verdict::Failed);
    QVERIFY2(nobody.came.contains(u"refused"), qPrintable(nobody.why));
    const ConformanceResult https = judge(QStringLiteral("1.1.1"), QUrl(QStringLiteral("https://127.0.0.1/")));
    QVERIFY(https.verdict == Verdict::Failed);
    QVERIFY2(https.expected.contains(u"ws://"), qPrintable(https.why));
}

SOCKEYE_TEST(ConformanceClientTest, QCoreApplication)
#include "tst_conformance_client.moc"
