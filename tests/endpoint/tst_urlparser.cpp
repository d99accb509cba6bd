#include "endpoint/UrlParser.h"

#include "endpoint/OpeningRequest.h"
#include "support/TestProgram.h"

#include <QRandomGenerator>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestUrlParser final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptedUrls_data();
    void acceptedUrls();
    void refusedUrls_data();
    void refusedUrls();
    void takesUserInformation_data();
    void takesUserInformation();
    void neverQuotesAPassword_data();
    void neverQuotesAPassword();
    void cutsLongPartsInErrors();
    void placeMarkersInTheUrlStayText();
    void keepsTheTargetAsTyped_data();
    void keepsTheTargetAsTyped();
    void anyTargetComesBack();
    void encodesWhatMayNotStand_data();
    void encodesWhatMayNotStand();
    void saysNothingOfOtherUrls_data();
    void saysNothingOfOtherUrls();
    void knowsTheSameUrl_data();
    void knowsTheSameUrl();
};

void TestUrlParser::acceptedUrls_data()
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
    QTest::newRow("localhost and empty port") << u"localhost:/x"_s << u"ws://localhost/x"_s;
    QTest::newRow("below localhost") << u"api.localhost"_s << u"ws://api.localhost"_s;
    QTest::newRow("IPv4") << u"192.168.0.7:80/x"_s << u"ws://192.168.0.7:80/x"_s;
    QTest::newRow("IPv4 in hex") << u"ws://0x7f.1/"_s << u"ws://127.0.0.1/"_s;
    QTest::newRow("IPv6") << u"[::1]:9001"_s << u"ws://[::1]:9001"_s;
    QTest::newRow("IPv6 in full") << u"ws://[0:0:0:0:0:0:0:1]/"_s << u"ws://[::1]/"_s;
    QTest::newRow("zone") << u"ws://[fe80::1%25eth0]:1/"_s << u"ws://[fe80::1%25eth0]:1/"_s;
    QTest::newRow("zone as typed by many") << u"ws://[fe80::1%eth0]:1/"_s << u"ws://[fe80::1%25eth0]:1/"_s;
    QTest::newRow("final dot") << u"wss://example.com./x"_s << u"wss://example.com./x"_s;
    QTest::newRow("letters beyond ASCII") << u"wss://ä.example/"_s << u"wss://xn--4ca.example/"_s;
    QTest::newRow("escapes in the host") << u"wss://EX%61mple.com/"_s << u"wss://example.com/"_s;
    QTest::newRow("name") << u"example.com/feed"_s << u"wss://example.com/feed"_s;
    QTest::newRow("name with port") << u"example.com:8080/feed"_s << u"wss://example.com:8080/feed"_s;
    QTest::newRow("name with port alone") << u"h:1"_s << u"wss://h:1"_s;
    QTest::newRow("user without scheme") << u"me:pw@example.com/feed"_s << u"wss://me:pw@example.com/feed"_s;
    QTest::newRow("name that looks like an address") << u"1.2.3.400/x"_s << u"wss://1.2.3.400/x"_s;
    QTest::newRow("query without path") << u"ws://example.com?x"_s << u"ws://example.com?x"_s;
    QTest::newRow("slashes without scheme") << u"//example.com/a"_s << u"wss://example.com/a"_s;
    QTest::newRow("URL in the query") << u"localhost/?u=http://a"_s << u"ws://localhost/?u=http://a"_s;
    QTest::newRow("at signs in path and query") << u"ws://h:80/@a/b?c@d"_s << u"ws://h:80/@a/b?c@d"_s;
    QTest::newRow("empty port") << u"ws://example.com:/a"_s << u"ws://example.com/a"_s;
    QTest::newRow("highest port") << u"ws://h:65535"_s << u"ws://h:65535"_s;
    QTest::newRow("socket") << u"ws+unix:///run/a.sock:/feed?x=1"_s << u"ws+unix:///run/a.sock:/feed?x=1"_s;
    QTest::newRow("socket alone") << u"ws+unix:///run/a.sock"_s << u"ws+unix:///run/a.sock:/"_s;
    QTest::newRow("socket and query") << u"WS+UNIX:///run/a.sock?x"_s << u"ws+unix:///run/a.sock:/?x"_s;
    QTest::newRow("underscore") << u"ws://my_host:1/"_s << u"ws://my_host:1/"_s;
}

void TestUrlParser::acceptedUrls()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    const auto parsed = parseUrl(text);
    QVERIFY2(parsed.ok(), qPrintable(parsed.message()));
    QCOMPARE(parsed->toString(), url);
    QCOMPARE(parseUrl(url).value(), parsed.value());
}

void TestUrlParser::refusedUrls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");

    QTest::newRow("empty") << QString() << u"There is no URL."_s;
    QTest::newRow("blank") << u"  \t "_s << u"There is no URL."_s;
    QTest::newRow("space") << u"ws://exa mple.com"_s << u"a space at character 9, where the host is"_s;
    QTest::newRow("line break in the host") << u"ws://h\nb/"_s << u"is not a valid name"_s;
    QTest::newRow("backslashes") << u"ws:\\\\host"_s << u"has a “\\” at character 4"_s;
    QTest::newRow("backslash behind the host") << u"ws://host\\path"_s << u"has a “\\” at character 10"_s;
    QTest::newRow("ftp") << u"ftp://example.com"_s << u"“ftp://” is not a WebSocket scheme"_s;
    QTest::newRow("misspelt scheme") << u"wsss://example.com"_s << u"“wsss://” is not a WebSocket scheme"_s;
    QTest::newRow("misspelt scheme and slashes") << u"htp:/x"_s << u"“htp:” is not a WebSocket scheme"_s;
    QTest::newRow("scheme of another kind") << u"javascript:alert"_s << u"“javascript:” is not a WebSocket"_s;
    QTest::newRow("no scheme before ://") << u"://example.com"_s << u"“://” is not a WebSocket scheme"_s;
    QTest::newRow("one slash") << u"wss:/host"_s << u"“wss:” must be followed by two slashes"_s;
    QTest::newRow("no slash") << u"ws:host"_s << u"“ws:” must be followed by two slashes"_s;
    QTest::newRow("no host") << u"ws://"_s << u"names no host. Write one as in ws://"_s;
    QTest::newRow("path only") << u"/feed"_s << u"names no host. Write one as in wss://"_s;
    QTest::newRow("port without host") << u"ws://:9001/"_s << u"names no host"_s;
    QTest::newRow("user without host") << u"ws://user@/"_s << u"names no host"_s;
    QTest::newRow("port in letters") << u"ws://host:http/"_s << u"The port “http” is not a number"_s;
    QTest::newRow("port 0") << u"ws://host:0/"_s << u"The port “0” is not a number from 1"_s;
    QTest::newRow("port too high") << u"ws://host:65536/"_s << u"The port “65536”"_s;
    QTest::newRow("port with sign") << u"ws://host:+80/"_s << u"The port “+80”"_s;
    QTest::newRow("fragment") << u"ws://host/a#news"_s << u"Remove “#news”, or write %23"_s;
    QTest::newRow("fragment at once") << u"ws://host#news"_s << u"Remove “#news”, or write %23"_s;
    QTest::newRow("fragment without scheme") << u"host/a#"_s << u"RFC 6455 section 3"_s;
    QTest::newRow("fragment with an at sign") << u"ws://host/a#b@c"_s << u"Remove what follows the “#”"_s;
    QTest::newRow("IPv6 without brackets") << u"ws://fe80::1/"_s << u"in brackets: [fe80::1]"_s;
    QTest::newRow("IPv6 alone") << u"fe80::1"_s << u"in brackets: [fe80::1]"_s;
    QTest::newRow("open bracket") << u"ws://[::1/"_s << u"no closing bracket"_s;
    QTest::newRow("text after bracket") << u"ws://[::1]9001/"_s << u"“9001” after the address"_s;
    QTest::newRow("no address in brackets") << u"ws://[x]/"_s << u"The host “[x]” is not a valid"_s;
    QTest::newRow("address of the future") << u"ws://[v1.x]/"_s << u"The host “[v1.x]” is not a valid"_s;
    QTest::newRow("empty zone") << u"ws://[fe80::1%]/"_s << u"without a zone"_s;
    QTest::newRow("escaped slash in the host") << u"ws://a%2fb/"_s << u"The host “a%2fb” is not a valid"_s;
    QTest::newRow("socket with TLS") << u"wss+unix:///run/a.sock:/"_s << u"Write ws+unix:///path/to.sock:/resource"_s;
    QTest::newRow("no socket") << u"ws+unix://"_s << u"names no socket"_s;
    QTest::newRow("socket with a host") << u"ws+unix://run/a.sock"_s << u"whole path after ws+unix://"_s;
    QTest::newRow("socket of one slash") << u"ws+unix:/run/a.sock"_s << u"must be followed by two slashes"_s;
    QTest::newRow("resource without slash") << u"ws+unix:///a.sock:feed"_s << u"“feed” after the socket's path"_s;
    QTest::newRow("host of dots") << u"ws://a..b/"_s << u"The host “a..b” is not a valid"_s;
    QTest::newRow("quoted") << u"“ws://h/”"_s << u"begins with a quotation mark, “"_s;
    QTest::newRow("before the scheme") << u"\u200bws://h/"_s << u"at character 1: U+200B zero width space"_s;
    QTest::newRow("in the scheme") << u"w\u2060s://h/"_s << u"at character 2: U+2060 word joiner"_s;
    QTest::newRow("half a character") << (u"ws://h/a"_s + QChar(0xd83d)) << u"U+D83D, half of a surrogate pair"_s;
}

void TestUrlParser::refusedUrls()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto parsed = parseUrl(text);
    QVERIFY2(!parsed.ok(), qPrintable(text));
    QVERIFY2(parsed.message().contains(says), qPrintable(parsed.message()));
}

void TestUrlParser::takesUserInformation_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::newRow("escaped") << u"ws://us%40er:pa:ss@127.0.0.1:9001/x"_s << u"us@er"_s << u"pa:ss"_s;
    QTest::newRow("at sign in the password") << u"ws://me:p@ss@127.0.0.1:9001/x"_s << u"me"_s << u"p@ss"_s;
    QTest::newRow("address of mail") << u"ws://me@corp.com:pw@127.0.0.1:9001/x"_s << u"me@corp.com"_s << u"pw"_s;
    QTest::newRow("domain") << u"ws://CORP\\me:pw@127.0.0.1:9001/x"_s << u"CORP\\me"_s << u"pw"_s;
    QTest::newRow("space") << u"ws://me:p s@127.0.0.1:9001/x"_s << u"me"_s << u"p s"_s;
    QTest::newRow("percent") << u"ws://me:100%@127.0.0.1:9001/x"_s << u"me"_s << u"100%"_s;
    QTest::newRow("brackets") << u"ws://me:[p]@127.0.0.1:9001/x"_s << u"me"_s << u"[p]"_s;
    QTest::newRow("beyond ASCII") << u"ws://mé:pä@127.0.0.1:9001/x"_s << u"mé"_s << u"pä"_s;
    QTest::newRow("no password") << u"ws://me@127.0.0.1:9001/x"_s << u"me"_s << QString();
}

void TestUrlParser::takesUserInformation()
{
    QFETCH(QString, text);
    const auto parsed = parseUrl(text);
    QVERIFY2(parsed.ok(), qPrintable(parsed.message()));
    QTEST(parsed->user(), "user");
    QTEST(parsed->password(), "password");
    QCOMPARE(parsed->host.name(), u"127.0.0.1"_s);
    QCOMPARE(parsed->port, 9001);
    QCOMPARE(parsed->target.bytes(), "/x");
    QCOMPARE(parseUrl(parsed->toString()).value(), parsed.value());
    QCOMPARE(parseUrl(parsed->shown())->user(), parsed->user());
    QVERIFY(parseUrl(parsed->shown())->password().isEmpty());
}

void TestUrlParser::neverQuotesAPassword_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    for (const QString &scheme : {u"ws://"_s, u"wss://"_s, u""_s}) {
        const auto row = [&scheme](const char *name, const QString &rest, const QString &says) {
            QTest::addRow("%s %s", qPrintable(scheme), name) << scheme + rest << says;
        };
        row("slash", u"me:secr/et99@127.0.0.1:9001/"_s, u"A “/” in the user or the password"_s);
        row("hash", u"me:secr#et99@127.0.0.1:9001/"_s, u"Write %23 for it"_s);
        row("question mark", u"me:secr?et99@127.0.0.1:9001/"_s, u"Write %3F for it"_s);
        row("hash behind digits", u"me:12#secret99@127.0.0.1:9001/"_s, u"Write %23 for it"_s);
        row("hash and at sign", u"me:secr@et#et99@127.0.0.1:9001/"_s, u"A “#” in the user or the password"_s);
        row("port", u"me:secret99@127.0.0.1:x/"_s, u"The port “x” is not a number"_s);
        row("host", u"me:secret99@a..b/"_s, u"The host “a..b” is not a valid"_s);
        row("no host", u"me:secret99@/"_s, u"names no host"_s);
        row("IPv6", u"me:secret99@fe80::1/"_s, u"in brackets: [fe80::1]"_s);
    }
    QTest::newRow("other scheme") << u"htp://me:secret99@h/"_s << u"“htp://” is not a WebSocket scheme"_s;
    QTest::newRow("one slash") << u"ws:/me:secret99@h/"_s << u"must be followed by two slashes"_s;
}

void TestUrlParser::neverQuotesAPassword()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto parsed = parseUrl(text);
    QVERIFY2(!parsed.ok(), qPrintable(parsed.ok() ? parsed->toString() : QString()));
    QVERIFY2(parsed.message().contains(says), qPrintable(parsed.message()));
    for (const QString &part : {u"secr"_s, u"et99"_s, u"12"_s})
        QVERIFY2(!parsed.message().remove(u"127.0.0.1:9001"_s).contains(part), qPrintable(parsed.message()));
}

void TestUrlParser::cutsLongPartsInErrors()
{
    const auto parsed = parseUrl(u"ws://host:"_s + QString(100'000, u'x'));
    QVERIFY(!parsed.ok());
    QVERIFY2(parsed.message().size() < 200, qPrintable(parsed.message()));
}

void TestUrlParser::placeMarkersInTheUrlStayText()
{
    const auto parsed = parseUrl(u"ws://host/a#%1%2"_s);
    QVERIFY(!parsed.ok());
    QVERIFY2(parsed.message().contains(u"Remove “#%1%2”"_s), qPrintable(parsed.message()));
}

void TestUrlParser::keepsTheTargetAsTyped_data()
{
    QTest::addColumn<QString>("target");
    for (const char *target : {"/a%2fb",
                               "/a%2Fb",
                               "/%7Euser",
                               "/%41bc",
                               "/x?a=%0d%0a",
                               "/x?t=2026-01-01T00%3a00",
                               "/x?b=%2B+c",
                               "/a/../b",
                               "/./a/.",
                               "/..",
                               "/%2e%2e/x",
                               "/x?",
                               "/?",
                               "//a//b",
                               "/a;b=c,d",
                               "/a:b@c",
                               "/!$&'()*+,;=",
                               "/%",
                               "/%zz",
                               "/%4",
                               "/x?a=b?c/d:e@f",
                               "/x?a[0]=1&b={}|^`\\",
                               "/[x]|",
                               "/x?'a'",
                               "/~-._",
                               "/%00",
                               "/%C3%A9%ff"})
        QTest::newRow(target) << QString::fromLatin1(target);
}

void TestUrlParser::keepsTheTargetAsTyped()
{
    QFETCH(QString, target);
    for (const QString &before : {u"ws://127.0.0.1:9001"_s, u"wss://me:pw@example.com"_s, u"http://[::1]"_s,
                                  u"localhost:1"_s, u"ws+unix:///run/a%20b.sock:"_s}) {
        const auto parsed = parseUrl(before + target);
        QVERIFY2(parsed.ok(), qPrintable(parsed.message()));
        QCOMPARE(openingRequest(parsed.value(), {}).target, target.toLatin1());
        QCOMPARE(parseUrl(parsed->toString()).value(), parsed.value());
        QVERIFY2(parsed->shown().endsWith(target), qPrintable(parsed->shown()));
        QCOMPARE(encodingNote(before + target), QString());
    }
}

/// What may stand in a request target is never touched, in whatever order it comes.
void TestUrlParser::anyTargetComesBack()
{
    const QByteArray allowed =
        "ABCXYZabcxyz0189-._~!$&'()*+,;=:@/?%%%[]|..//" // as a table of chances: some come more often
        "%2f%41%";
    QRandomGenerator random(20261129);
    for (int i = 0; i < 5'000; ++i) {
        QByteArray target = "/";
        const int length = random.bounded(40);
        for (int c = 0; c < length; ++c)
            target += allowed[random.bounded(int(allowed.size()))];
        const auto parsed = parseUrl(u"ws://example.com:9001"_s + QString::fromLatin1(target));
        QVERIFY2(parsed.ok(), target.constData());
        QCOMPARE(parsed->target.bytes(), target);
        QCOMPARE(parseUrl(parsed->toString()).value(), parsed.value());
    }
}

void TestUrlParser::encodesWhatMayNotStand_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QString>("says");
    QTest::newRow("letter") << u"/é"_s << QByteArray("/%C3%A9") << u"“é” is sent as %C3%A9."_s;
    QTest::newRow("emoji") << u"/😀"_s << QByteArray("/%F0%9F%98%80") << u"“😀” is sent as %F0%9F%98%80."_s;
    QTest::newRow("space") << u"/a b?c d"_s << QByteArray("/a%20b?c%20d") << u"A space is sent as %20."_s;
    QTest::newRow("quotes") << u"/x?q=\"a\""_s << QByteArray("/x?q=%22a%22") << u"“\"” is sent as %22."_s;
    QTest::newRow("angles") << u"/<x>"_s << QByteArray("/%3Cx%3E") << u"“<” is sent as %3C. “>” is sent as %3E."_s;
    QTest::newRow("braces in the path") << u"/{id}?{id}"_s << QByteArray("/%7Bid%7D?{id}")
                                        << u"“{” is sent as %7B. “}” is sent as %7D."_s;
    QTest::newRow("backslash in the path") << u"/a\\b"_s << QByteArray("/a%5Cb") << u"“\\” is sent as %5C."_s;
    QTest::newRow("invisible") << u"/a\u200bb"_s << QByteArray("/a%E2%80%8Bb")
                               << u"U+200B zero width space is sent as %E2%80%8B."_s;
    QTest::newRow("line break") << u"/a\r\nb"_s << QByteArray("/a%0D%0Ab")
                                << u"U+000D carriage return is sent as %0D. U+000A line feed is sent as %0A."_s;
    QTest::newRow("many") << u"/äöüß"_s << QByteArray("/%C3%A4%C3%B6%C3%BC%C3%9F")
                          << u"“ä” is sent as %C3%A4. “ö” is sent as %C3%B6. “ü” is sent as %C3%BC. One more "
                             "character is sent likewise."_s;
}

void TestUrlParser::encodesWhatMayNotStand()
{
    QFETCH(QString, typed);
    QFETCH(QByteArray, sent);
    QFETCH(QString, says);
    for (const QString &before : {u"ws://h"_s, u"ws+unix:///a.sock:"_s}) {
        const auto parsed = parseUrl(before + typed);
        QVERIFY2(parsed.ok(), qPrintable(parsed.message()));
        QCOMPARE(parsed->target.bytes(), sent);
        QCOMPARE(encodingNote(before + typed), says);
    }
}

void TestUrlParser::saysNothingOfOtherUrls_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("not complete") << u"ws://"_s;
    QTest::newRow("refused") << u"ws://h/é#x"_s;
    QTest::newRow("host beyond ASCII") << u"ws://é.example/"_s;
    QTest::newRow("user beyond ASCII") << u"ws://é:é@h/"_s;
}

void TestUrlParser::saysNothingOfOtherUrls()
{
    QFETCH(QString, text);
    QCOMPARE(encodingNote(text), QString());
}

void TestUrlParser::knowsTheSameUrl_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("same");
    QTest::newRow("as it is") << u"ws://h/a"_s << u"ws://h/a"_s << true;
    QTest::newRow("no path") << u"ws://h:9001"_s << u"ws://h:9001/"_s << true;
    QTest::newRow("blanks around") << u" ws://h/ "_s << u"ws://h/"_s << true;
    QTest::newRow("password") << u"ws://me:secret@h/"_s << u"ws://me@h/"_s << true;
    QTest::newRow("user") << u"ws://me@h/"_s << u"ws://you@h/"_s << false;
    QTest::newRow("path") << u"ws://h/a"_s << u"ws://h/b"_s << false;
    QTest::newRow("scheme") << u"ws://h/"_s << u"wss://h/"_s << false;
    QTest::newRow("no URLs") << u"ftp://x"_s << u"ftp://x"_s << true;
    QTest::newRow("one is none") << u"ftp://x"_s << u"ws://x"_s << false;
}

void TestUrlParser::knowsTheSameUrl()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QTEST(isSameUrl(one, other), "same");
    QTEST(isSameUrl(other, one), "same");
}

SOCKEYE_TEST(TestUrlParser, QCoreApplication)
#include "tst_urlparser.moc"
