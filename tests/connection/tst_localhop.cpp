#include "connection/LocalHop.h"

#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

using namespace sockeye;

class LocalHopTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesItsOwn();
    void dropsStrangers();
    void listensOnlyUntilItCame();
};

namespace {
/// What a stranger hears after asking for the path.
bool isDropped(quint16 port, const QByteArray &path)
{
    QTcpSocket stranger;
    stranger.connectToHost(QHostAddress::LocalHost, port);
    if (!QTest::qWaitFor([&] { return stranger.state() == QAbstractSocket::ConnectedState; }))
        return false;
    stranger.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n\r\n");
    return QTest::qWaitFor([&] { return stranger.state() == QAbstractSocket::UnconnectedState; }) &&
           stranger.readAll().isEmpty();
}
} // namespace

void LocalHopTest::takesItsOwn()
{
    LocalHop hop;
    QVERIFY(hop.listen());
    QCOMPARE(hop.url().host(), QStringLiteral("127.0.0.1"));
    QCOMPARE(hop.url().path().size(), 33); // a slash and 128 bits in hex
    QSignalSpy dialled(&hop, &LocalHop::dialled);
    QWebSocket socket;
    socket.open(hop.url());
    QVERIFY(dialled.wait());
    QCOMPARE(QByteArray::fromBase64(dialled[0][0].toByteArray()).size(), 16);
    hop.accept();
    QSignalSpy connected(&socket, &QWebSocket::connected);
    QVERIFY(connected.wait());
    QVERIFY(hop.isConnected());
}

void LocalHopTest::dropsStrangers()
{
    LocalHop hop;
    QVERIFY(hop.listen());
    const quint16 port = static_cast<quint16>(hop.url().port());
    QVERIFY(isDropped(port, "/"));
    QVERIFY(isDropped(port, "/00000000000000000000000000000000"));
    QVERIFY(isDropped(port, hop.url().path().toLatin1() + "0"));

    QSignalSpy dialled(&hop, &LocalHop::dialled);
    QWebSocket socket;
    socket.open(hop.url());
    QVERIFY(dialled.wait());
}

void LocalHopTest::listensOnlyUntilItCame()
{
    LocalHop hop;
    QVERIFY(hop.listen());
    const QUrl url = hop.url();
    QSignalSpy dialled(&hop, &LocalHop::dialled);
    QWebSocket socket;
    socket.open(url);
    QVERIFY(dialled.wait());

    QTcpSocket late;
    QSignalSpy failed(&late, &QTcpSocket::errorOccurred);
    late.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(url.port()));
    QVERIFY(!failed.isEmpty() || failed.wait());
    QCOMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);
}

SOCKEYE_TEST(LocalHopTest, QCoreApplication)
#include "tst_localhop.moc"
