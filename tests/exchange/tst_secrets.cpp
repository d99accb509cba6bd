#include "exchange/Secrets.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestSecrets final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void heads_data();
    void heads();
    void urls_data();
    void urls();
    void texts();
};

void TestSecrets::heads_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("masked");
    const auto same = [](const char *name, const QByteArray &head) { QTest::newRow(name) << head << head; };

    same("empty", "");
    same("nothing secret", "GET / HTTP/1.1\r\nHost: h\r\nX-B:  2 \r\nx-b:\r\n\r\n");
    same("garbage", QByteArray("\x00\xff no head at all", 18));
    same("bytes that are no UTF-8", "HTTP/1.1 200 \xe9\r\nX: \xff\r\n\r\n");
    same("empty value", "GET / HTTP/1.1\r\nAuthorization:  \r\n\r\n");
    same("key of the handshake", "GET / HTTP/1.1\r\nSec-WebSocket-Key: abc\r\nSec-WebSocket-Accept: def\r\n\r\n");
    QTest::newRow("case and white space kept")
        << QByteArray("GET / HTTP/1.1\r\nauthoRIZation:\t Basic abc \r\nB: 1\r\n\r\n")
        << QByteArray("GET / HTTP/1.1\r\nauthoRIZation:\t *** \r\nB: 1\r\n\r\n");
    for (const QByteArray &name :
         {QByteArray("Proxy-Authorization"), QByteArray("Cookie"), QByteArray("SET-COOKIE"), QByteArray("X-Api-Key"),
          QByteArray("X-Auth-Token"), QByteArray("Client-Secret-2"), QByteArray("X-Password")}) {
        QTest::newRow(name.constData()) << "HTTP/1.1 101 X\r\n" + name + ": value; a=b\r\nZ: 1\r\n\r\n"
                                        << "HTTP/1.1 101 X\r\n" + name + ": ***\r\nZ: 1\r\n\r\n";
    }
    QTest::newRow("every one of duplicates")
        << QByteArray("HTTP/1.1 101 X\r\nCookie: a\r\nX: y\r\nCookie: b\r\n\r\n")
        << QByteArray("HTTP/1.1 101 X\r\nCookie: ***\r\nX: y\r\nCookie: ***\r\n\r\n");
    QTest::newRow("folded") << QByteArray("GET / HTTP/1.1\r\nCookie: a=1;\r\n\t b=2\r\nX: y\r\n z\r\n\r\n")
                            << QByteArray("GET / HTTP/1.1\r\nCookie: ***\r\n\t ***\r\nX: y\r\n z\r\n\r\n");
    QTest::newRow("bare line feeds") << QByteArray("GET / HTTP/1.1\nCookie: a\nX: y\n\n")
                                     << QByteArray("GET / HTTP/1.1\nCookie: ***\nX: y\n\n");
    QTest::newRow("cut off") << QByteArray("GET / HTTP/1.1\r\nCookie: a")
                             << QByteArray("GET / HTTP/1.1\r\nCookie: ***");
    QTest::newRow("request target") << QByteArray("GET /a?x=1&access_token=t&y HTTP/1.1\r\n\r\n")
                                    << QByteArray("GET /a?x=1&access_token=***&y HTTP/1.1\r\n\r\n");
    QTest::newRow("URLs in headers") << QByteArray("HTTP/1.1 302 Found\r\nLocation: wss://u:p@h/?sig=1#token=2\r\n\r\n")
                                     << QByteArray(
                                            "HTTP/1.1 302 Found\r\nLocation: wss://u:***@h/?sig=***#token=***\r\n\r\n");
}

void TestSecrets::heads()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, masked);
    QCOMPARE(maskSecrets(head), masked);
    QCOMPARE(maskSecrets(masked), masked);
}

void TestSecrets::urls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("masked");
    const auto same = [](const char *name, const QString &url) { QTest::newRow(name) << url << url; };

    same("empty", QString());
    same("plain", u"wss://example.com:8080/feed?x=1&y=%20&z#"_s);
    same("no value", u"ws://h/?token&token="_s);
    same("user only", u"ws://ann@h/"_s);
    same("secret in the path's name", u"ws://h/token=1/x"_s);
    same("at in the path", u"ws://h/a:b@c"_s);
    same("IPv6", u"ws://[::1]:9001/"_s);
    QTest::newRow("password") << u"ws://ann:se:c@ret@h:1/x"_s << u"ws://ann:***@h:1/x"_s;
    QTest::newRow("password without scheme") << u"ann:secret@h/x"_s << u"ann:***@h/x"_s;
    QTest::newRow("no user") << u"ws://:secret@h"_s << u"ws://:***@h"_s;
    QTest::newRow("case and escapes of names")
        << u"ws://h/?Access%5FTOKEN=a=b&x=%41&API-Key=c"_s << u"ws://h/?Access%5FTOKEN=***&x=%41&API-Key=***"_s;
    for (const QString &name : {u"token"_s, u"secret"_s, u"password"_s, u"api_key"_s, u"apikey"_s, u"key"_s, u"auth"_s,
                                u"sig"_s, u"X-Amz-Signature"_s, u"jwt"_s, u"X-Amz-Credential"_s}) {
        QTest::newRow(qPrintable(name)) << u"ws://h/?a=1&%1=v&b=2"_s.arg(name) << u"ws://h/?a=1&%1=***&b=2"_s.arg(name);
    }
    same("names that only look so", u"ws://h/?keyboard=us&author=ann&design=1"_s);
    QTest::newRow("semicolons") << u"ws://h/?a=1;token=x;y&b=2"_s << u"ws://h/?a=1;token=***&b=2"_s;
    QTest::newRow("beyond ASCII") << u"ws://h/é?token=ü&x=é"_s << u"ws://h/é?token=***&x=é"_s;
}

void TestSecrets::urls()
{
    QFETCH(QString, url);
    QFETCH(QString, masked);
    QCOMPARE(maskSecretsInUrl(url), masked);
}

void TestSecrets::texts()
{
    QCOMPARE(maskSecretsInText(u"Connecting to ws://u:p@h/?token=x, then “wss://h/?sig=1” and http://h."_s),
             u"Connecting to ws://u:***@h/?token=*** then “wss://h/?sig=***” and http://h."_s);
    const QString plain = u"a@b: token=1 ://x é\n"_s;
    QCOMPARE(maskSecretsInText(plain), plain);
}

SOCKEYE_TEST(TestSecrets, QCoreApplication)
#include "tst_secrets.moc"
