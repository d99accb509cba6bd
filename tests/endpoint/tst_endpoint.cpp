#include "endpoint/Endpoint.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestEndpoint final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptedUrls_data();
    void acceptedUrls();
    void refusedUrls_data();
    void refusedUrls();
    void keepsUserInfo();
    void keepsQueryAsWritten();
    void cutsLongPartsInErrors();
    void placeMarkersInTheUrlStayText();
    void sendsEnabledHeadersOnly();
    void readsFingerprints();
};

void TestEndpoint::acceptedUrls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");

    QTest::newRow("ws") << u"ws://example.com/feed"_s << u"ws://example.com/feed"_s;
    QTest::newRow("wss with port") << u"wss://example.com:8443/feed?x=1"_s << u"wss://example.com:8443/feed?x=1"_s;
    QTest::newRow("http") << u"http://example.com/"_s << u"ws://example.com/"_s;
    QTest::newRow("https") << u"https://example.com/"_s << u"wss://example.com/"_s;
    QTest::newRow("scheme in capitals") << u"WSS://example.com"_s << u"wss://example.com"_s;
    QTest::newRow("space around") << u"  ws://localhost:9001 \n"_s << u"ws://localhost:9001"_s;
    QTest::newRow("localhost") << u"localhost:9001/echo"_s << u"ws://localhost:9001/echo"_s;
    QTest::newRow("below localhost") << u"api.localhost"_s << u"ws://api.localhost"_s;
    QTest::newRow("IPv4") << u"192.168.0.7:80/x"_s << u"ws://192.168.0.7:80/x"_s;
    QTest::newRow("IPv6") << u"[::1]:9001"_s << u"ws://[::1]:9001"_s;
    QTest::newRow("name") << u"example.com/feed"_s << u"wss://example.com/feed"_s;
    QTest::newRow("name that looks like an address") << u"1.2.3.400/x"_s << u"wss://1.2.3.400/x"_s;
    QTest::newRow("query without path") << u"ws://example.com?x"_s << u"ws://example.com?x"_s;
    QTest::newRow("slashes without scheme") << u"//example.com/a"_s << u"wss://example.com/a"_s;
    QTest::newRow("URL in the query") << u"localhost/?u=http://a"_s << u"ws://localhost/?u=http://a"_s;
    QTest::newRow("empty port") << u"ws://example.com:/a"_s << u"ws://example.com/a"_s;
    QTest::newRow("highest port") << u"ws://h:65535"_s << u"ws://h:65535"_s;
    QTest::newRow("socket") << u"ws+unix:///run/a.sock:/feed?x=1"_s << u"ws+unix:///run/a.sock:/feed?x=1"_s;
    QTest::newRow("socket alone") << u"ws+unix:///run/a.sock"_s << u"ws+unix:///run/a.sock:/"_s;
    QTest::newRow("socket and query") << u"WS+UNIX:///run/a.sock?x"_s << u"ws+unix:///run/a.sock:/?x"_s;
    QTest::newRow("underscore") << u"ws://my_host:1/"_s << u"ws://my_host:1/"_s;
}

void TestEndpoint::acceptedUrls()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    const auto parsed = parseUrl(text);
    QVERIFY2(parsed.ok(), qPrintable(parsed.message()));
    QCOMPARE(parsed->toString(QUrl::FullyEncoded), url);
}

void TestEndpoint::refusedUrls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");

    QTest::newRow("empty") << QString() << u"There is no URL."_s;
    QTest::newRow("blank") << u"  \t "_s << u"There is no URL."_s;
    QTest::newRow("space") << u"ws://exa mple.com"_s << u"a space at character 9. Remove it, or write %20"_s;
    QTest::newRow("line break") << u"ws://h/a\nb"_s << u"invisible character at character 9"_s;
    QTest::newRow("NUL") << (u"ws://h/a"_s + QChar(0)) << u"invisible character at character 9"_s;
    QTest::newRow("backslash") << u"ws:\\\\host"_s << u"has a “\\” at character 4"_s;
    QTest::newRow("ftp") << u"ftp://example.com"_s << u"“ftp://” is not a WebSocket scheme"_s;
    QTest::newRow("misspelt scheme") << u"wsss://example.com"_s << u"“wsss://” is not a WebSocket scheme"_s;
    QTest::newRow("no scheme before ://") << u"://example.com"_s << u"“://” is not a WebSocket scheme"_s;
    QTest::newRow("one slash") << u"wss:/host"_s << u"“wss:” must be followed by two slashes"_s;
    QTest::newRow("no slash") << u"ws:host"_s << u"“ws:” must be followed by two slashes"_s;
    QTest::newRow("no host") << u"ws://"_s << u"names no host. Write one after ws://"_s;
    QTest::newRow("path only") << u"/feed"_s << u"names no host. Write one after wss://"_s;
    QTest::newRow("port without host") << u"ws://:9001/"_s << u"names no host"_s;
    QTest::newRow("user without host") << u"ws://user@/"_s << u"names no host"_s;
    QTest::newRow("port in letters") << u"ws://host:http/"_s << u"The port “http” is not a number"_s;
    QTest::newRow("port 0") << u"ws://host:0/"_s << u"The port “0” is not a number from 1"_s;
    QTest::newRow("port too high") << u"ws://host:65536/"_s << u"The port “65536”"_s;
    QTest::newRow("port with sign") << u"ws://host:+80/"_s << u"The port “+80”"_s;
    QTest::newRow("fragment") << u"ws://host/a#news"_s << u"Remove “#news”, or write %23"_s;
    QTest::newRow("fragment without scheme") << u"host/a#"_s << u"RFC 6455 section 3"_s;
    QTest::newRow("IPv6 without brackets") << u"ws://fe80::1/"_s << u"in brackets: [fe80::1]"_s;
    QTest::newRow("open bracket") << u"ws://[::1/"_s << u"no closing bracket"_s;
    QTest::newRow("text after bracket") << u"ws://[::1]9001/"_s << u"“9001” after the address"_s;
    QTest::newRow("no address in brackets") << u"ws://[x]/"_s << u"The host “[x]” is not a valid"_s;
    QTest::newRow("socket with TLS") << u"wss+unix:///run/a.sock:/"_s << u"Write ws+unix:///path/to.sock:/resource"_s;
    QTest::newRow("no socket") << u"ws+unix://"_s << u"names no socket"_s;
    QTest::newRow("socket with a host") << u"ws+unix://run/a.sock"_s << u"whole path after ws+unix://"_s;
    QTest::newRow("socket of one slash") << u"ws+unix:/run/a.sock"_s << u"must be followed by two slashes"_s;
    QTest::newRow("resource without slash") << u"ws+unix:///a.sock:feed"_s << u"“feed” after the socket's path"_s;
    QTest::newRow("host of dots") << u"ws://a..b/"_s << u"The host “a..b” is not a valid"_s;
}

void TestEndpoint::refusedUrls()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto parsed = parseUrl(text);
    QVERIFY2(!parsed.ok(), qPrintable(text));
    QVERIFY2(parsed.message().contains(says), qPrintable(parsed.message()));
}

void TestEndpoint::keepsUserInfo()
{
    const auto parsed = parseUrl(u"ws://us%40er:pa:ss@example.com:9001/x"_s);
    QVERIFY2(parsed.ok(), qPrintable(parsed.message()));
    QCOMPARE(parsed->userName(QUrl::FullyDecoded), u"us@er"_s);
    QCOMPARE(parsed->password(QUrl::FullyDecoded), u"pa:ss"_s);
    QCOMPARE(parsed->host(), u"example.com"_s);
    QCOMPARE(parsed->port(), 9001);
}

void TestEndpoint::keepsQueryAsWritten()
{
    const auto parsed = parseUrl(u"ws://h/a%2Fb?q=%7B%22a%22%3A1%7D&x=é"_s);
    QVERIFY2(parsed.ok(), qPrintable(parsed.message()));
    QCOMPARE(parsed->path(QUrl::FullyEncoded), u"/a%2Fb"_s);
    QCOMPARE(parsed->query(QUrl::FullyEncoded), u"q=%7B%22a%22%3A1%7D&x=%C3%A9"_s);
}

void TestEndpoint::cutsLongPartsInErrors()
{
    const auto parsed = parseUrl(u"ws://host:"_s + QString(100'000, u'x'));
    QVERIFY(!parsed.ok());
    QVERIFY2(parsed.message().size() < 200, qPrintable(parsed.message()));
}

void TestEndpoint::placeMarkersInTheUrlStayText()
{
    const auto parsed = parseUrl(u"ws://host/a#%1%2"_s);
    QVERIFY(!parsed.ok());
    QVERIFY2(parsed.message().contains(u"Remove “#%1%2”"_s), qPrintable(parsed.message()));
}

void TestEndpoint::sendsEnabledHeadersOnly()
{
    Endpoint endpoint;
    endpoint.headers = {{u"X-B"_s, u"é"_s, true},
                        {u"X-Off"_s, u"1"_s, false},
                        {QString(), QString(), true},
                        {u"x-b"_s, QString(), true},
                        {QString(), u"value"_s, true}};
    const HeaderFields expected{{"X-B", "\xc3\xa9"}, {"x-b", ""}, {"", "value"}};
    QCOMPARE(enabledHeaders(endpoint), expected);
}

void TestEndpoint::readsFingerprints()
{
    const QString plain = u"0123456789abcdef"_s.repeated(4);
    QCOMPARE(parseFingerprint(plain).value(), plain);
    QCOMPARE(parseFingerprint(u" 01:23:45:67:89:AB:CD:EF:"_s + plain.mid(16).toUpper()).value(), plain);
    QCOMPARE(parseFingerprint({}).value(), QString());
    QVERIFY(!parseFingerprint(plain.mid(1)).ok());
    QVERIFY(!parseFingerprint(plain + u'0').ok());
    QVERIFY(!parseFingerprint(QString(64, u'g')).ok());
}

SOCKEYE_TEST(TestEndpoint, QCoreApplication)
#include "tst_endpoint.moc"
