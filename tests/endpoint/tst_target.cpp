#include "endpoint/Target.h"

#include "endpoint/UrlParser.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestTarget final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dials_data();
    void dials();
    void refusesConnectTo_data();
    void refusesConnectTo();
};

void TestTarget::dials_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("connectTo");
    QTest::addColumn<Target>("target");
    const auto row = [](const char *name, const QString &url, const QString &connectTo, const Target &target) {
        QTest::newRow(name) << url << connectTo << target;
    };
    row("ws", u"ws://example.com"_s, {}, {u"example.com"_s, 80, {}, {}});
    row("wss", u"wss://example.com/x"_s, {}, {u"example.com"_s, 443, {}, {}});
    row("IPv6", u"ws://[::1]:9001"_s, {}, {u"::1"_s, 9001, {}, {}});
    row("host and port", u"wss://example.com"_s, u"10.0.0.1:8443"_s, {u"10.0.0.1"_s, 8443, {}, {}});
    row("host", u"wss://example.com"_s, u" staging.example.com "_s, {u"staging.example.com"_s, 443, {}, {}});
    row("port", u"wss://example.com"_s, u":8443"_s, {u"example.com"_s, 8443, {}, {}});
    row("host and empty port", u"wss://example.com:1"_s, u"a:"_s, {u"a"_s, 1, {}, {}});
    row("IPv6 and port", u"wss://example.com"_s, u"[fe80::1]:9001"_s, {u"fe80::1"_s, 9001, {}, {}});
    row("IPv6 alone", u"ws://example.com"_s, u"[::1]"_s, {u"::1"_s, 80, {}, {}});
    row("zone", u"ws://[fe80::1%25eth0]:9001"_s, {}, {u"fe80::1"_s, 9001, {}, u"eth0"_s});
    row("zone to connect to", u"ws://example.com"_s, u"[fe80::1%eth0]"_s, {u"fe80::1"_s, 80, {}, u"eth0"_s});
    row("final dot", u"ws://example.com."_s, {}, {u"example.com."_s, 80, {}, {}});
    row("socket", u"ws+unix:///run/my%20app.sock:/feed"_s, {}, {{}, 0, u"/run/my app.sock"_s, {}});
    row("colon in a socket's path", u"ws+unix:///run/a%3Ab:/c:d"_s, {}, {{}, 0, u"/run/a:b"_s, {}});
}

void TestTarget::dials()
{
    QFETCH(QString, url);
    QFETCH(QString, connectTo);
    QFETCH(Target, target);
    const auto found = targetOf(parseUrl(url).value(), connectTo);
    QVERIFY2(found.ok(), qPrintable(found.message()));
    QCOMPARE(found->host, target.host);
    QCOMPARE(found->port, target.port);
    QCOMPARE(found->socketPath, target.socketPath);
    QCOMPARE(found->zone, target.zone);
    QCOMPARE(found->dialledHost(), target.zone.isEmpty() ? target.host : target.host + u'%' + target.zone);
}

void TestTarget::refusesConnectTo_data()
{
    QTest::addColumn<QString>("connectTo");
    QTest::addColumn<QString>("says");
    QTest::newRow("colon") << u":"_s << u"“:” is no address"_s;
    QTest::newRow("URL") << u"ws://example.com"_s << u"//example.com” is not a number"_s;
    QTest::newRow("path") << u"example.com/x"_s << u"no address to connect to"_s;
    QTest::newRow("user") << u"me@example.com"_s << u"no address to connect to"_s;
    QTest::newRow("port") << u"a:99999"_s << u"“99999” is not a number"_s;
    QTest::newRow("bare IPv6") << u"::1"_s << u"in brackets: [::1]"_s;
    QTest::newRow("no address in brackets") << u"[x]:1"_s << u"no address to connect to"_s;
}

void TestTarget::refusesConnectTo()
{
    QFETCH(QString, connectTo);
    QFETCH(QString, says);
    const auto found = targetOf(parseUrl(u"wss://example.com/"_s).value(), connectTo);
    QVERIFY(!found.ok());
    QVERIFY2(found.message().contains(says), qPrintable(found.message()));
    QVERIFY(!targetOf(parseUrl(u"ws+unix:///a.sock:/"_s).value(), u"b:1"_s).ok());
}

SOCKEYE_TEST(TestTarget, QCoreApplication)
#include "tst_target.moc"
