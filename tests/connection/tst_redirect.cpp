#include "connection/Redirect.h"

#include "endpoint/UrlParser.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class RedirectTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsStatus_data();
    void followsStatus();
    void resolves_data();
    void resolves();
    void refuses_data();
    void refuses();
    void stopsAtTheLimit();
    void seesLoops();
    void leavesOutWhatIsForOneHost_data();
    void leavesOutWhatIsForOneHost();
};

namespace {
WebSocketUrl urlOf(const QString &text)
{
    return parseUrl(text).value();
}

HttpHead reply(int status, const QByteArray &location)
{
    HttpHead head;
    head.startLine = "HTTP/1.1 " + QByteArray::number(status) + " Somewhere";
    if (!location.isNull())
        head.fields = {{"location", location}};
    return head;
}
} // namespace

void RedirectTest::followsStatus_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isRedirect");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status << true;
    for (const int status : {101, 200, 300, 304, 305, 404, 503})
        QTest::addRow("%d", status) << status << false;
}

void RedirectTest::followsStatus()
{
    QFETCH(int, status);
    QFETCH(bool, isRedirect);
    const auto step = RedirectTrail(urlOf(u"ws://h/"_s), 5).judge(reply(status, "/x"));
    QCOMPARE(step.has_value(), isRedirect);
    if (isRedirect) {
        QVERIFY(step->follow);
        QCOMPARE(step->text, u"Redirected with %1 to ws://h/x"_s.arg(status));
    }
}

void RedirectTest::resolves_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("target");
    const auto row = [](const char *name, const QString &from, const QByteArray &location, const QString &target) {
        QTest::newRow(name) << from << location << target;
    };
    row("absolute", u"ws://a/x"_s, "ws://b:81/y?z=%20", u"ws://b:81/y?z=%20"_s);
    row("http", u"ws://a/x"_s, "http://b/y", u"ws://b/y"_s);
    row("https", u"ws://a/x"_s, "https://b/y", u"wss://b/y"_s);
    row("path", u"wss://a:8443/x/y?q"_s, "/z", u"wss://a:8443/z"_s);
    row("relative path", u"ws://a/x/y"_s, "z?q=1", u"ws://a/x/z?q=1"_s);
    row("parent", u"ws://a/x/y/z"_s, "../w", u"ws://a/x/w"_s);
    row("query", u"ws://a/x"_s, "?q", u"ws://a/x?q"_s);
    row("host alone", u"wss://a/x"_s, "//b/y", u"wss://b/y"_s);
    row("fragment", u"ws://a/x"_s, "/y#part", u"ws://a/y"_s);
    row("user stays here", u"ws://me:pw@a/x"_s, "/y", u"ws://me:pw@a/y"_s);
    row("user stays at the same host", u"ws://me:pw@a/x"_s, "ws://a:80/y", u"ws://me:pw@a:80/y"_s);
    row("user stays behind", u"ws://me:pw@a/x"_s, "ws://b/y", u"ws://b/y"_s);
    row("socket", u"ws+unix:///run/a%20b.sock:/x/y"_s, "z?q", u"ws+unix:///run/a%20b.sock:/x/z?q"_s);
    row("escapes", u"ws://a/%7e/x"_s, "%2e%2f%41?t=00%3a00+%0d", u"ws://a/%7e/%2e%2f%41?t=00%3a00+%0d"_s);
    row("escapes with a scheme", u"ws://a/x"_s, "wss://b/%2f/%7E?%3d", u"wss://b/%2f/%7E?%3d"_s);
    row("dots with a scheme", u"ws://a/x"_s, "ws://b/a/../c/./d", u"ws://b/a/../c/./d"_s);
    row("dots without one", u"ws://a/x"_s, "/a/../c/./d", u"ws://a/c/d"_s);
    row("dots behind a host", u"ws://a/x"_s, "//b/a/../c", u"ws://b/c"_s);
    row("dots of our own", u"ws://a/b/../c/d"_s, "?q", u"ws://a/b/../c/d?q"_s);
    row("empty query", u"ws://a/x"_s, "/y?", u"ws://a/y?"_s);
    row("bytes beyond ASCII", u"ws://a/x"_s, "/caf\xe9/\xc3\xa9", u"ws://a/caf%E9/%C3%A9"_s);
    row("spaces", u"ws://a/x"_s, "/a b?c d", u"ws://a/a%20b?c%20d"_s);
    row("zone stays here", u"ws://[fe80::1%25eth0]:9/x"_s, "/y", u"ws://[fe80::1%25eth0]:9/y"_s);
    row("zone stays at the same host", u"ws://[fe80::1%25eth0]:9/x"_s, "ws://[fe80::1]:9/y",
        u"ws://[fe80::1%25eth0]:9/y"_s);
    row("escaped user", u"ws://me:p%40s@a/x"_s, "/y", u"ws://me:p%40s@a/y"_s);
    row("escapes behind a socket", u"ws+unix:///run/a%3Ab.sock:/x/y"_s, "%2f?%41",
        u"ws+unix:///run/a%3Ab.sock:/x/%2f?%41"_s);
    row("from a socket to a host", u"ws+unix:///run/a.sock:/x"_s, "wss://b/y", u"wss://b/y"_s);
}

void RedirectTest::resolves()
{
    QFETCH(QString, from);
    QFETCH(QByteArray, location);
    QFETCH(QString, target);
    const auto step = RedirectTrail(urlOf(from), 5).judge(reply(307, location));
    QVERIFY(step);
    QVERIFY2(step->follow, qPrintable(step->text));
    QCOMPARE(step->target.toString(), target);
}

void RedirectTest::refuses_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("says");
    QTest::newRow("no Location") << u"ws://a/"_s << QByteArray() << u"without a Location"_s;
    QTest::newRow("empty") << u"ws://a/"_s << QByteArray("") << u"without a Location"_s;
    QTest::newRow("file") << u"ws://a/"_s << QByteArray("file:///etc/passwd") << u"no WebSocket address"_s;
    QTest::newRow("a socket of ours") << u"ws://a/"_s << QByteArray("ws+unix:///run/a.sock:/")
                                      << u"no WebSocket address"_s;
    QTest::newRow("no URL") << u"ws://a/"_s << QByteArray("http://[x") << u"no WebSocket address"_s;
    QTest::newRow("no host") << u"ws://a/"_s << QByteArray("http://") << u"no WebSocket address"_s;
    QTest::newRow("TLS given up") << u"wss://a/"_s << QByteArray("http://a/x") << u"would give up TLS"_s;
    QTest::newRow("a novel") << u"ws://a/"_s << '/' + QByteArray(100'000, 'x')
                             << u"100001 bytes, which is not followed"_s;
    QTest::newRow("a zone of others") << u"ws://a/"_s << QByteArray("ws://[fe80::2%25eth1]/x")
                                      << u"no WebSocket address"_s;
    QTest::newRow("scheme alone") << u"ws://a/b/c"_s << QByteArray("ws:g") << u"no WebSocket address"_s;
    QTest::newRow("a password") << u"ws://a/"_s << QByteArray("ftp://me:secret@b/") << u"“ftp://b/”"_s;
    QTest::newRow("itself by its port") << u"ws://a/x"_s << QByteArray("ws://a:80/x") << u"a loop"_s;
    QTest::newRow("itself without a path") << u"ws://a"_s << QByteArray("/") << u"a loop"_s;
    QTest::newRow("itself") << u"ws://a/x"_s << QByteArray("/x") << u"a loop"_s;
}

void RedirectTest::refuses()
{
    QFETCH(QString, from);
    QFETCH(QByteArray, location);
    QFETCH(QString, says);
    const auto step = RedirectTrail(urlOf(from), 5).judge(reply(302, location));
    QVERIFY(step);
    QVERIFY(!step->follow);
    QVERIFY2(step->text.contains(says), qPrintable(step->text));
    QVERIFY(step->text.size() < 500);
}

void RedirectTest::stopsAtTheLimit()
{
    const auto none = RedirectTrail(urlOf(u"ws://a/0"_s), 0).judge(reply(302, "/1"));
    QVERIFY(none && !none->follow);
    QCOMPARE(none->target, urlOf(u"ws://a/1"_s));
    QVERIFY2(none->text.contains(u"let redirects be followed"_s), qPrintable(none->text));

    RedirectTrail trail(urlOf(u"ws://a/0"_s), 2);
    QVERIFY(trail.judge(reply(302, "/1"))->follow);
    trail.add(urlOf(u"ws://a/1"_s));
    QVERIFY(trail.judge(reply(302, "/2"))->follow);
    trail.add(urlOf(u"ws://a/2"_s));
    const auto third = trail.judge(reply(302, "/3"));
    QVERIFY(!third->follow);
    QVERIFY2(third->text.contains(u"the limit of 2"_s), qPrintable(third->text));
}

void RedirectTest::seesLoops()
{
    RedirectTrail trail(urlOf(u"ws://a/0"_s), 10);
    trail.add(urlOf(u"ws://a/1"_s));
    const auto back = trail.judge(reply(302, "ws://a/0"));
    QVERIFY(!back->follow);
    QVERIFY2(back->text.contains(u"a loop"_s), qPrintable(back->text));
}

void RedirectTest::leavesOutWhatIsForOneHost_data()
{
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("keeps");
    QTest::newRow("same place") << u"wss://a/other"_s << true;
    QTest::newRow("port written out") << u"wss://a:443/other"_s << true;
    QTest::newRow("another host") << u"wss://b/feed"_s << false;
    QTest::newRow("another port") << u"wss://a:444/feed"_s << false;
    QTest::newRow("another scheme") << u"ws://a:443/feed"_s << false;
}

void RedirectTest::leavesOutWhatIsForOneHost()
{
    QFETCH(QString, to);
    QFETCH(bool, keeps);
    Endpoint endpoint;
    endpoint.url = u"wss://a/feed"_s;
    endpoint.subprotocols = {u"chat"_s, u"base64url.bearer.authorization.k8s.io.QWxhZGRpbg"_s};
    endpoint.tls.verify = false;
    endpoint.headers = {
        {u"User-Agent"_s, u"me"_s}, {u"X-Session"_s, u"s"_s}, {u"authorization"_s, u"Bearer x"_s}, {u"X-A"_s, u"1"_s},
        {u"Cookie"_s, u"s=1"_s},    {u"X-Api-Key"_s, u"k"_s}, {u"Proxy-Authorization"_s, u"p"_s},  {u"HOST"_s, u"a"_s}};
    endpoint.connectTo = u"127.0.0.1:1"_s;
    endpoint.tls.serverName = u"a"_s;
    endpoint.tls.trustedFingerprint = QString(64, u'0');
    endpoint.tls.pinnedKeys = {QString(64, u'1')};
    endpoint.tls.caFile = u"ca.pem"_s;
    endpoint.tls.certificateFile = u"me.pem"_s;
    endpoint.tls.keyFile = u"key.pem"_s;
    endpoint.tls.passphrase = u"open"_s;
    const auto [next, withheld] = redirectedEndpoint(endpoint, urlOf(endpoint.url), urlOf(to));
    QCOMPARE(next.url, to);
    QCOMPARE(next.tls.caFile, endpoint.tls.caFile);
    Endpoint expected = endpoint;
    expected.url = to;
    if (!keeps) {
        expected.headers = {{u"User-Agent"_s, u"me"_s}};
        expected.subprotocols = {u"chat"_s};
        expected.tls.verify = true;
        expected.connectTo.clear();
        expected.tls.serverName.clear();
        expected.tls.certificateFile.clear();
        expected.tls.keyFile.clear();
        expected.tls.passphrase.clear();
    }
    QVERIFY(next == expected);
    QCOMPARE(withheld.isEmpty(), keeps);
    // Said by name; no value is.
    const QString said = withheld.join(u' ');
    QCOMPARE(said.contains(u"authorization"_s), !keeps);
    QVERIFY2(!said.contains(u"Bearer"_s) && !said.contains(u"QWxh"_s), qPrintable(said));
}

SOCKEYE_TEST(RedirectTest, QCoreApplication)
#include "tst_redirect.moc"
