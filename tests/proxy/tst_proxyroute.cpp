#include "proxy/ProxyRoute.h"

#include "endpoint/UrlParser.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class ProxyRouteTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsVariables_data();
    void readsVariables();
    void namesWhatItCannotDo_data();
    void namesWhatItCannotDo();
    void theEndpointDecides();
    void tellsTheWay();
    void tellsWhyAProxyCannotBeReached();
};

namespace {
ProxyEnvironment variable(const QString &name, const QString &value)
{
    QProcessEnvironment environment;
    environment.insert(name, value);
    return ProxyEnvironment(environment);
}

const WebSocketUrl Ws = parseUrl(u"ws://peer.test/"_s).value();
} // namespace

void ProxyRouteTest::readsVariables_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<ProxyRoute::Kind>("kind");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    using Kind = ProxyRoute::Kind;
    QTest::newRow("no scheme") << u"p:3128"_s << Kind::Http << u"p:3128"_s << QString() << QString();
    QTest::newRow("http") << u"http://p:3128"_s << Kind::Http << u"p:3128"_s << QString() << QString();
    QTest::newRow("capitals") << u"HTTP://p:3128/"_s << Kind::Http << u"p:3128"_s << QString() << QString();
    QTest::newRow("blanks") << u" p:3128 "_s << Kind::Http << u"p:3128"_s << QString() << QString();
    QTest::newRow("curl's port") << u"p"_s << Kind::Http << u"p:1080"_s << QString() << QString();
    QTest::newRow("user") << u"me:s3cret@p:3128"_s << Kind::Http << u"p:3128"_s << u"me"_s << u"s3cret"_s;
    QTest::newRow("encoded") << u"http://me:s%40c@p:3128"_s << Kind::Http << u"p:3128"_s << u"me"_s << u"s@c"_s;
    QTest::newRow("IPv6") << u"http://[::1]:3128"_s << Kind::Http << u"[::1]:3128"_s << QString() << QString();
    QTest::newRow("socks5") << u"socks5://p"_s << Kind::Socks5 << u"p:1080"_s << QString() << QString();
    QTest::newRow("socks5h") << u"socks5h://me:x@p:9"_s << Kind::Socks5 << u"p:9"_s << u"me"_s << u"x"_s;
}

void ProxyRouteTest::readsVariables()
{
    QFETCH(QString, value);
    QFETCH(ProxyRoute::Kind, kind);
    QFETCH(QString, name);
    QFETCH(QString, user);
    QFETCH(QString, password);
    const auto route = proxyRoute(Ws, {}, variable(u"all_proxy"_s, value));
    QVERIFY2(route.ok(), qPrintable(route.message()));
    QCOMPARE(route->kind, kind);
    QCOMPARE(route->name(), name);
    QCOMPARE(route->credentials, (HttpCredentials{user, password}));
    QCOMPARE(route->variable, u"all_proxy"_s);
    QVERIFY2(route->text().startsWith(u"through the proxy "_s) && route->text().endsWith(u" (all_proxy)"_s),
             qPrintable(route->text()));
    QVERIFY(!route->text().contains(u"s3cret"_s));
}

void ProxyRouteTest::namesWhatItCannotDo_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("says");
    QTest::newRow("https") << u"https://me:s3cret@p:443"_s
                           << u"The proxy https://p:443 (http_proxy) is to be reached over TLS"_s;
    QTest::newRow("socks4") << u"socks4://p:1"_s << u"of a kind that Sockeye does not know"_s;
    QTest::newRow("socks4a") << u"socks4a://me:s3cret@p:1"_s << u"The proxy socks4a://p:1 (http_proxy)"_s;
    QTest::newRow("ftp") << u"ftp://p"_s << u"http:// and socks5://"_s;
    QTest::newRow("no port") << u"http://p:port"_s << u"The variable http_proxy of the environment"_s;
}

void ProxyRouteTest::namesWhatItCannotDo()
{
    QFETCH(QString, value);
    QFETCH(QString, says);
    const auto route = proxyRoute(Ws, {}, variable(u"http_proxy"_s, value));
    QVERIFY(!route.ok());
    QVERIFY2(route.message().contains(says), qPrintable(route.message()));
    QVERIFY2(!route.message().contains(u"s3cret"_s), qPrintable(route.message()));
    // For where it does not count, it does not matter either.
    QVERIFY(proxyRoute(parseUrl(u"wss://peer.test/"_s).value(), {}, variable(u"http_proxy"_s, value)).ok());
}

void ProxyRouteTest::theEndpointDecides()
{
    const ProxyEnvironment environment = variable(u"http_proxy"_s, u"p:1"_s);
    const auto none = proxyRoute(Ws, u"none"_s, environment);
    QVERIFY(none.ok() && none->isDirect());
    QCOMPARE(none->text(), u"directly; not used: http_proxy (the connection is to use no proxy)"_s);
    const auto own = proxyRoute(Ws, u"http://me:s3cret@q"_s, environment);
    QVERIFY(own.ok());
    QCOMPARE(own->text(), u"through the proxy http://q:8080; not used: http_proxy (the connection names its own)"_s);
    QCOMPARE(own->credentials, (HttpCredentials{u"me"_s, u"s3cret"_s}));
    const auto socks = proxyRoute(Ws, u"socks5://[::1]"_s, ProxyEnvironment(QProcessEnvironment()));
    QVERIFY(socks.ok());
    QCOMPARE(socks->text(), u"through the proxy socks5://[::1]:1080"_s);
    QVERIFY(!proxyRoute(Ws, u"ftp://p"_s, environment).ok());
    // Its own proxy is asked for this machine, too.
    QVERIFY(!proxyRoute(parseUrl(u"ws://localhost/"_s).value(), u"http://q"_s, environment)->isDirect());
}

void ProxyRouteTest::tellsTheWay()
{
    QCOMPARE(proxyRoute(parseUrl(u"ws://localhost/"_s).value(), {}, ProxyEnvironment(QProcessEnvironment()))->text(),
             QString());
    QProcessEnvironment both;
    both.insert(u"http_proxy"_s, u"http://p:1"_s);
    both.insert(u"HTTPS_PROXY"_s, u"http://me:s3cret@q:2"_s);
    both.insert(u"no_proxy"_s, u"other.test"_s);
    QCOMPARE(proxyRoute(Ws, {}, ProxyEnvironment(both))->text(),
             u"through the proxy http://p:1 (http_proxy); not used: HTTPS_PROXY (for wss:// only)"_s);
    const auto direct = proxyRoute(parseUrl(u"ws://other.test/"_s).value(), {}, ProxyEnvironment(both));
    QCOMPARE(direct->text(),
             u"directly; not used: http_proxy (no_proxy has “other.test”), HTTPS_PROXY (for wss:// only)"_s);
    QVERIFY(direct->unusedText().contains(u"http_proxy (no_proxy has “other.test”)"_s));
    QCOMPARE(ProxyRoute().unusedText(), QString());
}

void ProxyRouteTest::tellsWhyAProxyCannotBeReached()
{
    ProxyRoute route;
    route.host = u"p"_s;
    route.port = 1;
    QVERIFY(proxyErrorText(route, QAbstractSocket::HostNotFoundError, {}).contains(u"host “p” was not found"_s));
    QVERIFY(proxyErrorText(route, QAbstractSocket::ConnectionRefusedError, {}).contains(u"p:1 refused"_s));
    route.variable = u"http_proxy"_s;
    QVERIFY(proxyErrorText(route, QAbstractSocket::SocketTimeoutError, {}).contains(u"variable http_proxy"_s));
    QVERIFY(proxyErrorText(route, QAbstractSocket::NetworkError, u"words"_s).contains(u": words. "_s));
}

SOCKEYE_TEST(ProxyRouteTest, QCoreApplication)
#include "tst_proxyroute.moc"
