#include "endpoint/WebSocketUrl.h"

#include "endpoint/OpeningRequest.h"
#include "endpoint/UrlParser.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestWebSocketUrl final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingLocalLeavesTheMachine_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("origin");
        const auto row = [](const QString &typed, const QString &host, const QString &origin) {
            QTest::newRow(qPrintable(typed)) << typed << host << origin;
        };
        row(u"ws://h"_s, u"h"_s, u"http://h"_s);
        row(u"wss://me:pw@h:8443/x"_s, u"h:8443"_s, u"https://h:8443"_s);
        row(u"ws://h:80/"_s, u"h"_s, u"http://h"_s);
        row(u"wss://h:443/"_s, u"h"_s, u"https://h"_s);
        row(u"ws://h:443/"_s, u"h:443"_s, u"http://h:443"_s);
        row(u"ws://[fe80::1%25eth0]:9001/"_s, u"[fe80::1]:9001"_s, u"http://[fe80::1]:9001"_s);
        row(u"wss://[fe80::1%eth0]/"_s, u"[fe80::1]"_s, u"https://[fe80::1]"_s);
        row(u"wss://example.com./"_s, u"example.com."_s, u"https://example.com."_s);
        row(u"ws+unix:///run/a.sock:/x"_s, u"localhost"_s, u"http://localhost"_s);
    }

    void nothingLocalLeavesTheMachine()
    {
        QFETCH(QString, typed);
        QFETCH(QString, host);
        const WebSocketUrl url = parseUrl(typed).value();
        QCOMPARE(url.hostField(), host);
        QTEST(url.origin(), "origin");
        QCOMPARE(openingRequest(url, {}).host, host.toLatin1());
    }

    void asksASocketForItsResource()
    {
        const HandshakeRequest request =
            openingRequest(parseUrl(u"ws+unix:///run/a.sock:/feed%20x?y=%2F"_s).value(), {});
        QCOMPARE(request.target, "/feed%20x?y=%2F");
        QCOMPARE(request.host, "localhost");
        QCOMPARE(openingRequest(parseUrl(u"ws+unix:///run/a.sock"_s).value(), {}).target, "/");
    }

    void namesThePeer()
    {
        QCOMPARE(peerName(parseUrl(u"wss://me:secret@example.com:1/x"_s).value()), u"example.com:1"_s);
        QCOMPARE(peerName(parseUrl(u"wss://example.com/x"_s).value()), u"example.com"_s);
        QCOMPARE(peerName(parseUrl(u"ws+unix:///run/a%20b.sock:/x"_s).value()), u"/run/a b.sock"_s);
    }

    void isEmptyAtFirst()
    {
        QVERIFY(WebSocketUrl().isEmpty());
        QVERIFY(!parseUrl(u"h"_s)->isEmpty());
        QVERIFY(!parseUrl(u"ws+unix:///a"_s)->isEmpty());
    }
};

SOCKEYE_TEST(TestWebSocketUrl, QCoreApplication)
#include "tst_websocketurl.moc"
