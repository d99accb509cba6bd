#include "integration/LiveSession.h"
#include "peers/PeerProcess.h"
#include "peers/TlsServer.h"
#include "server/EchoServer.h"
#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QFileInfo>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// Through Squid, on loopback: what other makers' proxies say is more than what ours do.
class SquidTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opens_data();
    void opens();
    void opensUnderTls();
    void readsARefusal_data();
    void readsARefusal();

private:
    [[nodiscard]] QString proxy(const QString &scheme, const QString &credentials) const
    {
        return u"http://"_s + credentials +
               u"127.0.0.1:%1"_s.arg(scheme == u"basic" ? m_basic.port() : m_digest.port());
    }

    QTemporaryDir m_basicDirectory;
    QTemporaryDir m_digestDirectory;
    PeerProcess m_basic;
    PeerProcess m_digest;
};

void SquidTest::initTestCase()
{
    const PeerCommand basic = squidPeer(m_basicDirectory.path(), u"basic"_s);
    if (!basic.isAvailable()) {
        // scripts/common: not installed where the system would start it for the whole network.
        const bool isRequired = peersAreRequired() && !QFileInfo::exists(u"/run/systemd/system"_s);
        QVERIFY2(!isRequired, "Squid is not installed, though it is required here");
        QSKIP("Squid is not installed");
    }
    QVERIFY2(m_basic.start(basic), qPrintable(m_basic.errorText()));
    QVERIFY2(m_digest.start(squidPeer(m_digestDirectory.path(), u"digest"_s)), qPrintable(m_digest.errorText()));
}

void SquidTest::opens_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QString>("host");
    for (const QString &host : {u"127.0.0.1"_s, u"localhost"_s, u"[::1]"_s}) {
        QTest::addRow("Basic to %s", qPrintable(host)) << u"basic"_s << host;
        QTest::addRow("Digest to %s", qPrintable(host)) << u"digest"_s << host;
    }
}

void SquidTest::opens()
{
    QFETCH(QString, scheme);
    QFETCH(QString, host);
    EchoServer server;
    const Result<> started = server.start();
    QVERIFY2(started.ok(), qPrintable(started.message()));
    const bool isIpv6 = host.startsWith(u'[');
    if (isIpv6) {
        QTcpSocket probe;
        probe.connectToHost(QHostAddress::LocalHostIPv6, server.port());
        if (!probe.waitForConnected(Patience))
            QSKIP("there is no IPv6 here");
    }
    LiveSession live;
    QSignalSpy opened(&live.session(), &Session::opened);
    Endpoint endpoint;
    endpoint.url = u"ws://%1:%2/"_s.arg(host).arg(server.port());
    endpoint.proxy = proxy(scheme, u"me:s3cret@"_s);
    endpoint.ipPreference = isIpv6 ? IpPreference::Any : IpPreference::V4;
    QVERIFY(live.session().open(endpoint).ok());
    QVERIFY2(!opened.isEmpty() || opened.wait(Patience), qPrintable(live.status().endText));
    live.session().abort();
    const Result<Recorded> recorded = live.finish();
    QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
    const QList<ProxyStep> steps = recorded->connections.constFirst().proxySteps;
    QCOMPARE(steps.size(), 2);
    QVERIFY(steps[0].reply.startsWith("HTTP/1.1 407 ") && steps[0].body.contains("ERR_CACHE_ACCESS_DENIED"));
    QVERIFY(steps[1].reply.startsWith("HTTP/1.1 200 "));
}

void SquidTest::opensUnderTls()
{
    TestCa ca;
    QVERIFY2(ca.create(), qPrintable(ca.errorText()));
    const TlsServer server({.certificate = ca.issue(u"DNS:localhost,IP:127.0.0.1"_s),
                            .clientCaFile = {},
                            .protocol = QSsl::SecureProtocols,
                            .alpn = {}});
    LiveSession live;
    QSignalSpy opened(&live.session(), &Session::opened);
    Endpoint endpoint;
    endpoint.url = server.url();
    endpoint.tls.caFile = ca.caFile();
    endpoint.proxy = proxy(u"digest"_s, u"me:s3cret@"_s);
    QVERIFY(live.session().open(endpoint).ok());
    QVERIFY2(!opened.isEmpty() || opened.wait(Patience), qPrintable(live.status().endText));
    QVERIFY(server.requestHead().startsWith("GET / HTTP/1.1\r\n"));
}

void SquidTest::readsARefusal_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("credentials");
    QTest::addColumn<QString>("says");
    QTest::addColumn<QByteArray>("page");
    // Port 1 of this machine: nobody listens there.
    QTest::newRow("nobody there") << u"ws://127.0.0.1:1/"_s << u"me:s3cret@"_s << u"503 Service Unavailable"_s
                                  << QByteArray("ERR_CONNECT_FAIL");
    QTest::newRow("not allowed") << u"ws://blocked.localhost:1/"_s << u"me:s3cret@"_s << u"403 Forbidden"_s
                                 << QByteArray("ERR_ACCESS_DENIED");
    QTest::newRow("wrong password") << u"ws://127.0.0.1:1/"_s << u"me:wr0ng@"_s << u"did not take the user “me”"_s
                                    << QByteArray("ERR_CACHE_ACCESS_DENIED");
    QTest::newRow("no password") << u"ws://127.0.0.1:1/"_s << QString() << u"wants a user and a password"_s
                                 << QByteArray("ERR_CACHE_ACCESS_DENIED");
}

void SquidTest::readsARefusal()
{
    QFETCH(QString, url);
    QFETCH(QString, credentials);
    QFETCH(QString, says);
    QFETCH(QByteArray, page);
    for (const QString &scheme : {u"basic"_s, u"digest"_s}) {
        LiveSession live;
        QSignalSpy closed(&live.session(), &Session::closed);
        Endpoint endpoint;
        endpoint.url = url;
        endpoint.proxy = proxy(scheme, credentials);
        QVERIFY(live.session().open(endpoint).ok());
        QVERIFY(!closed.isEmpty() || closed.wait(Patience));
        QVERIFY2(live.status().endText.contains(says), qPrintable(live.status().endText));
        const Result<Recorded> recorded = live.finish();
        QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
        const ProxyStep step = recorded->connections.constFirst().proxySteps.constLast();
        QVERIFY2((step.reply + step.body).contains(page), step.reply.constData());
        QVERIFY(step.body.contains("</html>"));
    }
}

SOCKEYE_TEST(SquidTest, QCoreApplication)
#include "tst_squid.moc"
