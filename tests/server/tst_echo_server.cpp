#include "server/EchoServer.h"

#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QHostAddress>
#include <QNetworkInterface>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QWebSocket>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestEchoServer final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listensOnLoopbackOnly();
    void echoesText_data();
    void echoesText();
    void echoesBinary_data();
    void echoesBinary();
    void keepsTheOrder();
    void answersPings();
    void answersACloseWithItsCode();
    void servesManyClients();
    void refusesInvalidText();
    void survivesGarbage();
    void takenPortIsAnError();
    void startsOnAChosenPort();
    void stopsWhileClientsAreConnected();
    void startsAgain();
    void secondStartIsAnError();

private:
    static void open(QWebSocket &client, const EchoServer &server);
};

void TestEchoServer::open(QWebSocket &client, const EchoServer &server)
{
    QSignalSpy connected(&client, &QWebSocket::connected);
    client.open(server.url());
    QVERIFY2(connected.wait(test::Patience), qPrintable(client.errorString()));
}

void TestEchoServer::listensOnLoopbackOnly()
{
    EchoServer server;
    QVERIFY(!server.isListening());
    QVERIFY(server.url().isEmpty());
    const auto started = server.start();
    QVERIFY2(started.ok(), qPrintable(started.message()));
    QVERIFY(server.isListening());
    QVERIFY(server.port() != 0);
    QCOMPARE(server.url(), QUrl(u"ws://127.0.0.1:%1/"_s.arg(server.port())));

    const QList<QHostAddress> addresses = QNetworkInterface::allAddresses();
    for (const QHostAddress &address : addresses) {
        if (address.isLoopback())
            continue;
        QTcpSocket socket;
        socket.connectToHost(address, server.port());
        QVERIFY2(!socket.waitForConnected(500), qPrintable(address.toString()));
    }
}

void TestEchoServer::echoesText_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("short") << u"hello"_s;
    QTest::newRow("empty") << u""_s;
    QTest::newRow("beyond ASCII") << u"é\u20ac\U0001F41F"_s;
    QTest::newRow("control characters") << (u"a\r\n\t"_s + QChar(0) + u'b');
    QTest::newRow("16-bit length") << QString(126, u'x');
    QTest::newRow("64-bit length") << QString(70'000, u'y');
    QTest::newRow("5 MiB") << QString(5 * 1024 * 1024, u'z');
}

void TestEchoServer::echoesText()
{
    QFETCH(QString, text);
    EchoServer server;
    QVERIFY(server.start().ok());
    QWebSocket client;
    open(client, server);
    QSignalSpy texts(&client, &QWebSocket::textMessageReceived);
    QSignalSpy binaries(&client, &QWebSocket::binaryMessageReceived);
    client.sendTextMessage(text);
    QTRY_COMPARE_WITH_TIMEOUT(texts.count(), 1, test::Patience);
    QVERIFY(texts.first().first().toString() == text);
    QCOMPARE(binaries.count(), 0);
}

void TestEchoServer::echoesBinary_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("short") << QByteArray("\x00\xff\x10", 3);
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("looks like text") << QByteArray("hello");
    QTest::newRow("5 MiB") << QByteArray(5 * 1024 * 1024, '\xa5');
}

void TestEchoServer::echoesBinary()
{
    QFETCH(QByteArray, bytes);
    EchoServer server;
    QVERIFY(server.start().ok());
    QWebSocket client;
    open(client, server);
    QSignalSpy texts(&client, &QWebSocket::textMessageReceived);
    QSignalSpy binaries(&client, &QWebSocket::binaryMessageReceived);
    client.sendBinaryMessage(bytes);
    QTRY_COMPARE_WITH_TIMEOUT(binaries.count(), 1, test::Patience);
    QVERIFY(binaries.first().first().toByteArray() == bytes);
    QCOMPARE(texts.count(), 0);
}

void TestEchoServer::keepsTheOrder()
{
    constexpr int Count = 2000;
    EchoServer server;
    QVERIFY(server.start().ok());
    QWebSocket client;
    open(client, server);
    QStringList came;
    connect(&client, &QWebSocket::textMessageReceived, this, [&came](const QString &text) { came += text; });
    connect(&client, &QWebSocket::binaryMessageReceived, this,
            [&came](const QByteArray &bytes) { came += QString::fromLatin1(bytes); });
    QStringList sent;
    for (int i = 0; i < Count; ++i) {
        sent += QString::number(i);
        if (i % 2 == 0)
            client.sendTextMessage(sent.last());
        else
            client.sendBinaryMessage(sent.last().toLatin1());
    }
    QTRY_COMPARE_WITH_TIMEOUT(came.size(), Count, test::Patience);
    QCOMPARE(came, sent);
}

void TestEchoServer::answersPings()
{
    EchoServer server;
    QVERIFY(server.start().ok());
    QWebSocket client;
    open(client, server);
    QSignalSpy pongs(&client, &QWebSocket::pong);
    client.ping("are you there");
    QVERIFY(pongs.wait(test::Patience));
    QCOMPARE(pongs.first().at(1).toByteArray(), QByteArray("are you there"));
}

void TestEchoServer::answersACloseWithItsCode()
{
    EchoServer server;
    QVERIFY(server.start().ok());
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, server.port());
    QVERIFY(client.waitForConnected(test::Patience));
    client.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    QByteArray came;
    connect(&client, &QTcpSocket::readyRead, this, [&] { came += client.readAll(); });
    QTRY_VERIFY_WITH_TIMEOUT(came.contains("\r\n\r\n"), test::Patience);
    QVERIFY2(came.startsWith("HTTP/1.1 101"), came.constData());
    came.clear();
    // Close, masked with zeros: 4000.
    client.write(QByteArray::fromHex("8882000000000fa0"));
    QTRY_VERIFY_WITH_TIMEOUT(came.size() >= 4, test::Patience);
    QCOMPARE(came.first(2), QByteArray::fromHex("8802"));
    QCOMPARE(came.mid(2, 2), QByteArray::fromHex("0fa0"));
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QAbstractSocket::UnconnectedState, test::Patience);
}

void TestEchoServer::servesManyClients()
{
    constexpr int Count = 100;
    EchoServer server;
    QSignalSpy counts(&server, &EchoServer::clientCountChanged);
    QVERIFY(server.start().ok());
    std::vector<std::unique_ptr<QWebSocket>> clients;
    QStringList came;
    for (int i = 0; i < Count; ++i) {
        clients.push_back(std::make_unique<QWebSocket>());
        QWebSocket *client = clients.back().get();
        connect(client, &QWebSocket::connected, this, [client, i] { client->sendTextMessage(QString::number(i)); });
        connect(client, &QWebSocket::textMessageReceived, this,
                [&came, i](const QString &text) { came += u"%1=%2"_s.arg(i).arg(text); });
        client->open(server.url());
    }
    QTRY_COMPARE_WITH_TIMEOUT(came.size(), Count, test::Patience);
    came.removeDuplicates();
    QCOMPARE(came.size(), Count);
    for (int i = 0; i < Count; ++i)
        QVERIFY(came.contains(u"%1=%1"_s.arg(i)));
    QTRY_COMPARE_WITH_TIMEOUT(counts.last().first().toInt(), Count, test::Patience);
    clients.clear();
    QTRY_COMPARE_WITH_TIMEOUT(counts.last().first().toInt(), 0, test::Patience);
}

void TestEchoServer::refusesInvalidText()
{
    EchoServer server;
    QVERIFY(server.start().ok());
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, server.port());
    QVERIFY(client.waitForConnected(test::Patience));
    client.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
    QByteArray came;
    connect(&client, &QTcpSocket::readyRead, this, [&] { came += client.readAll(); });
    QTRY_VERIFY_WITH_TIMEOUT(came.contains("\r\n\r\n"), test::Patience);
    came.clear();
    client.write(QByteArray::fromHex("818100000000ff"));
    QTRY_VERIFY_WITH_TIMEOUT(came.size() >= 4, test::Patience);
    QCOMPARE(came.front(), '\x88');
    QCOMPARE(came.mid(2, 2), QByteArray::fromHex("03ef"));
}

void TestEchoServer::survivesGarbage()
{
    EchoServer server;
    QVERIFY(server.start().ok());
    QTcpSocket garbage;
    garbage.connectToHost(QHostAddress::LocalHost, server.port());
    QVERIFY(garbage.waitForConnected(test::Patience));
    garbage.write("\x16\x03\x01 this is not HTTP\r\n\r\n");
    QTRY_COMPARE_WITH_TIMEOUT(garbage.state(), QAbstractSocket::UnconnectedState, test::Patience);

    QWebSocket client;
    open(client, server);
    QSignalSpy texts(&client, &QWebSocket::textMessageReceived);
    client.sendTextMessage(u"still here"_s);
    QVERIFY(texts.wait(test::Patience));
}

void TestEchoServer::takenPortIsAnError()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    EchoServer server;
    const auto started = server.start(other.serverPort());
    QVERIFY(!started.ok());
    QVERIFY2(started.message().contains(QString::number(other.serverPort())), qPrintable(started.message()));
    QVERIFY2(started.message().contains(u"Choose another port"_s), qPrintable(started.message()));
    QVERIFY(!server.isListening());
    QVERIFY2(server.start().ok(), "a failed start must not stand in the way of the next");
}

void TestEchoServer::startsOnAChosenPort()
{
    quint16 port = 0;
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        port = probe.serverPort();
    }
    EchoServer server;
    const auto started = server.start(port);
    QVERIFY2(started.ok(), qPrintable(started.message()));
    QCOMPARE(server.port(), port);
    QWebSocket client;
    open(client, server);
}

void TestEchoServer::stopsWhileClientsAreConnected()
{
    EchoServer server;
    QSignalSpy counts(&server, &EchoServer::clientCountChanged);
    QVERIFY(server.start().ok());
    QWebSocket first;
    QWebSocket second;
    open(first, server);
    open(second, server);
    QTRY_COMPARE_WITH_TIMEOUT(counts.count(), 2, test::Patience);
    QSignalSpy gone(&first, &QWebSocket::disconnected);
    server.stop();
    QVERIFY(!server.isListening());
    QTRY_COMPARE_WITH_TIMEOUT(gone.count(), 1, test::Patience);
    QCOMPARE(first.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
    QTRY_COMPARE_WITH_TIMEOUT(second.state(), QAbstractSocket::UnconnectedState, test::Patience);
    QTRY_COMPARE_WITH_TIMEOUT(counts.last().first().toInt(), 0, test::Patience);
    server.stop();
}

void TestEchoServer::startsAgain()
{
    EchoServer server;
    QVERIFY(server.start().ok());
    const quint16 port = server.port();
    {
        QWebSocket client;
        open(client, server);
        server.stop();
    }
    const auto again = server.start(port);
    QVERIFY2(again.ok(), qPrintable(again.message()));
    QCOMPARE(server.port(), port);
    QWebSocket client;
    open(client, server);
    QSignalSpy texts(&client, &QWebSocket::textMessageReceived);
    client.sendTextMessage(u"again"_s);
    QVERIFY(texts.wait(test::Patience));
}

void TestEchoServer::secondStartIsAnError()
{
    EchoServer server;
    QVERIFY(server.start().ok());
    const quint16 port = server.port();
    QVERIFY(!server.start().ok());
    QCOMPARE(server.port(), port);
    QVERIFY(server.isListening());
}

SOCKEYE_TEST(TestEchoServer, QCoreApplication)
#include "tst_echo_server.moc"
