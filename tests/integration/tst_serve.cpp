#include "integration/Program.h"
#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QtTest>

#include <memory>
#include <vector>

using namespace sockeye::test;

/// `sockeye serve` as a program: what it takes, what it says.
class ServeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesUsage_data();
    void refusesUsage();
    void choosesSubprotocols();
#ifdef Q_OS_UNIX
    void saysThatItIsFull();
#endif
};

namespace {

/// What it listens on, by its first line; 0 if it says something else.
quint16 portOf(const QByteArray &said)
{
    static const QRegularExpression line(QStringLiteral("listening on ws://127\\.0\\.0\\.1:(\\d+)/"));
    return static_cast<quint16>(line.match(QString::fromUtf8(said)).captured(1).toUInt());
}

std::unique_ptr<QTcpSocket> asked(quint16 port, const QByteArray &furtherLines = {},
                                  const QHostAddress &address = QHostAddress::LocalHost)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(address, port);
    socket->write("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" +
                  furtherLines + "\r\n");
    return socket;
}

bool isAccepted(QTcpSocket &socket)
{
    return QTest::qWaitFor([&] { return socket.peek(1000).contains("\r\n\r\n"); }, Patience) &&
           socket.peek(13) == "HTTP/1.1 101 ";
}
} // namespace

void ServeTest::refusesUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("named");
    const auto row = [](const char *name, const QStringList &arguments, const char *named) {
        QTest::newRow(name) << arguments << QByteArray(named);
    };
    row("port", {QStringLiteral("--port"), QStringLiteral("70000")}, "65535");
    row("argument", {QStringLiteral("9001")}, "--port");
    row("two subprotocols in one", {QStringLiteral("--subprotocol"), QStringLiteral("a, b")}, "“a, b”");
    row("no subprotocol", {QStringLiteral("--subprotocol"), QString()}, "“”");
    row("beyond ASCII", {QStringLiteral("--subprotocol"), QStringLiteral("é")}, "“é”");
}

void ServeTest::refusesUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);
    Program program;
    QCOMPARE(program.run(QStringList{QStringLiteral("serve")} + arguments), 1);
    const QByteArray said = program.errors();
    QVERIFY2(said.contains(named), said.constData());
}

void ServeTest::choosesSubprotocols()
{
    Program program;
    program.start({QStringLiteral("serve"), QStringLiteral("--subprotocol"), QStringLiteral("mqtt"),
                   QStringLiteral("--subprotocol"), QStringLiteral("stomp")});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT(portOf(said += program.output()) != 0, Patience);
    const auto client = asked(portOf(said), "Sec-WebSocket-Protocol: wamp, stomp, mqtt\r\n");
    QVERIFY(isAccepted(*client));
    const QByteArray reply = client->readAll();
    QVERIFY2(reply.contains("\r\nSec-WebSocket-Protocol: mqtt\r\n"), reply.constData());
    QTcpSocket probe;
    probe.connectToHost(QHostAddress::LocalHostIPv6, portOf(said));
    if (!probe.waitForConnected(Patience) && probe.error() != QAbstractSocket::ConnectionRefusedError)
        QSKIP("there is no IPv6 here");
    const auto second = asked(portOf(said), {}, QHostAddress::LocalHostIPv6);
    QVERIFY(isAccepted(*second));
}

#ifdef Q_OS_UNIX
/// Clients beyond what the system allows wait until others leave, and the user is told.
void ServeTest::saysThatItIsFull()
{
    QProcess shell;
    shell.start(QStringLiteral("sh"),
                {QStringLiteral("-c"), QStringLiteral("ulimit -n 64 && exec \"$SOCKEYE_PROGRAM\" serve")});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT(portOf(said += shell.readAllStandardOutput()) != 0, Patience);
    const quint16 port = portOf(said);
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    for (int i = 0; i < 80; ++i)
        clients.push_back(asked(port));
    QByteArray errors;
    QTRY_VERIFY2_WITH_TIMEOUT((errors += shell.readAllStandardError()).contains("ulimit -n"), errors.constData(),
                              Patience);
    QVERIFY2(errors.contains("can take no more than"), errors.constData());
    QTRY_VERIFY_WITH_TIMEOUT(clients.front()->bytesAvailable() > 0, Patience);
    QCOMPARE(clients.back()->bytesAvailable(), 0);
    while (clients.size() > 1)
        clients.erase(clients.begin());
    QVERIFY(isAccepted(*clients.back()));
    shell.terminate();
    QVERIFY(shell.waitForFinished(Patience));
}
#endif

SOCKEYE_TEST(ServeTest, QCoreApplication)
#include "tst_serve.moc"
