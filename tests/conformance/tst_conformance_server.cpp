#include "conformance/CaseLoader.h"
#include "conformance/ConformanceServer.h"
#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QtTest>

using namespace sockeye;
using namespace sockeye::conformance;

namespace {

const QByteArray Key("\x01\x02\x03\x04", 4);

[[nodiscard]] QByteArray maskedFrame(quint8 firstByte, QByteArray payload)
{
    for (qsizetype i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<char>(payload.at(i) ^ Key.at(i % 4));
    const char head[]{static_cast<char>(firstByte), static_cast<char>(0x80 | payload.size())};
    return QByteArray(head, 2) + Key + payload;
}

[[nodiscard]] QByteArray textFrame(const QByteArray &payload)
{
    return maskedFrame(0x81, payload);
}

[[nodiscard]] QByteArray pongFrame(const QByteArray &payload)
{
    return maskedFrame(0x8a, payload);
}

[[nodiscard]] QByteArray closeFrame(quint16 code)
{
    const char bytes[]{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
    return maskedFrame(0x88, QByteArray(bytes, 2));
}

[[nodiscard]] QByteArray request(const QString &id, const QByteArray &furtherLines = {})
{
    return "GET /case/" + id.toLatin1() +
           " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n" +
           furtherLines + "\r\n";
}

} // namespace

/// A judge that never fails anyone proves nothing: clients that say exactly these bytes get the verdict they deserve.
class ConformanceServerTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void judges_data();
    void judges();
    void cutsWrites();
    void refusesWhatMakesNoSense_data();
    void refusesWhatMakesNoSense();

private:
    [[nodiscard]] ConformanceResult judge(const QByteArray &sent, bool endsTcp);

    std::unique_ptr<ConformanceServer> m_server;
};

void ConformanceServerTest::initTestCase()
{
    const auto cases = builtInCases(Subject::Client);
    QVERIFY2(cases.ok(), qPrintable(cases.message()));
    m_server = std::make_unique<ConformanceServer>(cases.value());
    const auto listening = m_server->listen();
    QVERIFY2(listening.ok(), qPrintable(listening.message()));
}

ConformanceResult ConformanceServerTest::judge(const QByteArray &sent, bool endsTcp)
{
    QSignalSpy results(m_server.get(), &ConformanceServer::finished);
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, m_server->port());
    client.write(sent);
    if (endsTcp)
        client.disconnectFromHost();
    // The socket's own end is its answer to the server's.
    if (results.isEmpty() && !results.wait(60'000))
        return {{}, Verdict::Passed, QStringLiteral("no verdict"), {}, {}};
    return results.first().first().value<ConformanceResult>();
}

void ConformanceServerTest::judges_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("frames");
    QTest::addColumn<bool>("endsTcp");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const char *id, const QByteArray &frames, Verdict verdict,
                        const char *why = "", bool endsTcp = false) {
        QTest::newRow(name) << QString::fromLatin1(id) << frames << endsTcp << verdict << QString::fromLatin1(why);
    };
    const QByteArray hello = textFrame("Hello, world!");
    row("echo", "7.1.1", hello + closeFrame(1000), Verdict::Passed);
    row("echo in fragments", "7.1.1", maskedFrame(0x01, "Hello, ") + maskedFrame(0x80, "world!") + closeFrame(1000),
        Verdict::Passed);
    row("other echo", "7.1.1", textFrame("Hello, World!") + closeFrame(1000), Verdict::Failed, "expected the echo");
    row("echo as binary", "7.1.1", maskedFrame(0x82, "Hello, world!") + closeFrame(1000), Verdict::Failed,
        "a binary of 13");
    row("two echoes", "7.1.1", hello + hello + closeFrame(1000), Verdict::Failed, "a text of 13 bytes came");
    row("no echo", "7.1.1", closeFrame(1000), Verdict::Failed, "expected the echo");
    row("silence", "7.1.1", {}, Verdict::Failed, "nothing came any more");
    row("no close", "7.1.1", hello, Verdict::Failed, "nothing came any more");
    row("other close", "7.1.1", hello + closeFrame(1001), Verdict::Failed, "a close frame with 1001");
    row("TCP ended", "7.1.1", hello, Verdict::Failed, "TCP ended", true);
    row("no mask", "7.1.1", QByteArray("\x81\x01") + 'a', Verdict::Failed, "without a mask");
    row("reserved bit", "7.1.1", maskedFrame(0xc1, "Hello, world!"), Verdict::Failed, "reserved bits 4");
    row("reserved opcode", "7.1.1", maskedFrame(0x83, "a"), Verdict::Failed, "opcode 3");
    row("fragmented control", "7.1.1", maskedFrame(0x0a, "a"), Verdict::Failed, "in fragments");
    row("text that is not UTF-8", "7.1.1", maskedFrame(0x81, "\xff"), Verdict::Failed, "not UTF-8");
    row("reserved close code", "7.1.1", hello + closeFrame(1005), Verdict::Failed, "may not be sent");
    row("continues nothing", "7.1.1", maskedFrame(0x80, "a"), Verdict::Failed, "without a message");
    row("long length", "7.1.1", QByteArray("\x81\xfe\x00\x01", 4) + Key + 'a', Verdict::Failed, "in 2 bytes");
    row("data after close", "7.1.1", hello + closeFrame(1000) + hello, Verdict::Failed, "after its close");
    row("pong", "2.2", pongFrame("Hello, world!") + closeFrame(1000), Verdict::Passed);
    row("other pong", "2.2", pongFrame("Hello") + closeFrame(1000), Verdict::Failed, "expected a pong");
    row("pong to a pong", "2.7", pongFrame({}) + closeFrame(1000), Verdict::Failed, "a pong of 0 bytes");
    row("last pong only", "2.10", pongFrame("payload-9") + closeFrame(1000), Verdict::NonStrict, "not every ping");
    row("first pong only", "2.10", pongFrame("payload-0") + closeFrame(1000), Verdict::Failed, "expected a pong");
    row("failed", "2.5", closeFrame(1002), Verdict::Passed);
    row("failed with another code", "2.5", closeFrame(1000), Verdict::Failed, "expected a close frame with 1002");
    row("failed by ending TCP", "2.5", {}, Verdict::NonStrict, "without a close frame", true);
    row("answered what is wrong", "2.5", pongFrame(QByteArray(125, '\xfe')) + closeFrame(1002), Verdict::Failed,
        "a pong");
    row("may end TCP", "7.9.1", {}, Verdict::Passed, "", true);
    row("answered a bad code", "7.9.1", closeFrame(1000), Verdict::Failed, "expected a close frame with 1002");
    row("failed too early", "6.4.1", closeFrame(1007), Verdict::Failed, "expected nothing");
    row("offers no compression", "12.1.1", {}, Verdict::Failed, "permessage-deflate");
    row("unknown case", "99.1", {}, Verdict::Failed, "no such case");
}

void ConformanceServerTest::judges()
{
    QFETCH(QString, id);
    QFETCH(QByteArray, frames);
    QFETCH(bool, endsTcp);
    QFETCH(Verdict, verdict);
    QFETCH(QString, why);
    // Only who says nothing is to run out of time.
    const bool isSilent = why.startsWith(u"nothing came");
    m_server->setPatience(isSilent ? std::chrono::milliseconds(200) : std::chrono::seconds(30));
    const ConformanceResult result = judge(request(id) + frames, endsTcp);
    QVERIFY2(result.verdict == verdict, qPrintable(result.why));
    QVERIFY2(result.why.contains(why), qPrintable(result.why));
    QCOMPARE(result.id, id);
}

void ConformanceServerTest::cutsWrites()
{
    QTcpSocket client;
    QByteArray received;
    qsizetype reads = 0;
    connect(&client, &QTcpSocket::readyRead, this, [&] {
        received += client.readAll();
        ++reads;
    });
    client.connectToHost(QHostAddress::LocalHost, m_server->port());
    client.write(request(QStringLiteral("2.6")));
    const QByteArray ping = QByteArray("\x89\x7d") + QByteArray(125, '\xfe');
    QTRY_VERIFY(received.endsWith(ping));
    // The two ends take turns, so hardly any two bytes are read together.
    QVERIFY2(reads > ping.size() / 4, QByteArray::number(reads).constData());
}

void ConformanceServerTest::refusesWhatMakesNoSense_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("word") << QByteArray("txet \"a\"");
    QTest::newRow("payload") << QByteArray("text abc");
    QTest::newRow("hex") << QByteArray("text hex:abc");
    QTest::newRow("count") << QByteArray("pieces many");
    QTest::newRow("expectation") << QByteArray("expect wonders");
    QTest::newRow("no code") << QByteArray("expect fail");
    QTest::newRow("too much") << QByteArray("expect echo twice");
    QTest::newRow("parameter") << QByteArray("deflate window=9");
    QTest::newRow("request to a client") << QByteArray("method POST");
    QTest::newRow("subject") << QByteArray("only-for everybody");
}

void ConformanceServerTest::refusesWhatMakesNoSense()
{
    QFETCH(QByteArray, line);
    QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("a.cases")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("family a\ncase 1 title\n" + line + "\n");
    file.close();
    const auto cases = loadCases(directory.path());
    QVERIFY(!cases.ok());
    QVERIFY2(cases.message().contains(u"a.cases, line 3"), qPrintable(cases.message()));
    QVERIFY2(cases.message().contains(QString::fromUtf8(line)), qPrintable(cases.message()));
}

SOCKEYE_TEST(ConformanceServerTest, QCoreApplication)

#include "tst_conformance_server.moc"
