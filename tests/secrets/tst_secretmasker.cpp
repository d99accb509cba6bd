#include "secrets/SecretMasker.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestSecretMasker final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void heads_data();
    void heads();
    void urls_data();
    void urls();
    void texts();
    void headerValues_data();
    void headerValues();
    void subprotocols_data();
    void subprotocols();
    void bodies_data();
    void bodies();
    void countsWhatItMasks();
};

void TestSecretMasker::heads_data()
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

void TestSecretMasker::heads()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, masked);
    QCOMPARE(maskSecrets(head), masked);
    QCOMPARE(maskSecrets(masked), masked);
}

void TestSecretMasker::urls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("masked");
    const auto same = [](const char *name, const QString &url) { QTest::newRow(name) << url << url; };

    same("empty", QString());
    same("plain", u"wss://example.com:8080/feed?x=1&y=%20&z#"_s);
    same("no value", u"ws://h/?token&token="_s);
    same("secret in the path's name", u"ws://h/token=1/x"_s);
    same("at in the path", u"ws://h/a:b@c"_s);
    same("IPv6", u"ws://[::1]:9001/"_s);
    QTest::newRow("user only") << u"ws://t0ken@h/"_s << u"ws://***@h/"_s;
    QTest::newRow("password") << u"ws://ann:se:c@ret@h:1/x"_s << u"ws://ann:***@h:1/x"_s;
    QTest::newRow("password without scheme") << u"ann:secret@h/x"_s << u"ann:***@h/x"_s;
    QTest::newRow("no user") << u"ws://:secret@h"_s << u"ws://:***@h"_s;
    QTest::newRow("case and escapes of names")
        << u"ws://h/?Access%5FTOKEN=a=b&x=%41&API-Key=c"_s << u"ws://h/?Access%5FTOKEN=***&x=%41&API-Key=***"_s;
    for (const QString &name : {u"token"_s, u"secret"_s, u"password"_s, u"api_key"_s, u"apikey"_s, u"key"_s, u"auth"_s,
                                u"sig"_s, u"X-Amz-Signature"_s, u"jwt"_s, u"X-Amz-Credential"_s}) {
        QTest::newRow(qPrintable(name)) << u"ws://h/?a=1&%1=v&b=2"_s.arg(name) << u"ws://h/?a=1&%1=***&b=2"_s.arg(name);
    }
    same("names that only look so", u"ws://h/?keyboard=us&author=ann&design=1&encode=x&status_code=2"_s);
    same("a colon in a path", u"/a:b@c?x=1"_s);
    QTest::newRow("password with a slash") << u"ws://u:pa/ss@h/x"_s << u"ws://u:***@h/x"_s;
    QTest::newRow("code") << u"ws://h/?code=1&auth_code=2"_s << u"ws://h/?code=***&auth_code=***"_s;
    QTest::newRow("reference") << u"/x?token=1"_s << u"/x?token=***"_s;
    QTest::newRow("no scheme") << u"//u:p@h/?token=1"_s << u"//u:***@h/?token=***"_s;
    const QString jwt = u"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"_s;
    QTest::newRow("token by its shape") << u"ws://h/%1/x?y=%1#%1"_s.arg(jwt) << u"ws://h/***/x?y=***#***"_s;
    QTest::newRow("URL in a query") << u"ws://h/?to=https%3A%2F%2Fg%2F%3Ftoken%3Dx&n=a%3Ab"_s
                                    << u"ws://h/?to=***&n=a%3Ab"_s;
    QTest::newRow("semicolons") << u"ws://h/?a=1;token=x;y&b=2"_s << u"ws://h/?a=1;token=***&b=2"_s;
    QTest::newRow("beyond ASCII") << u"ws://h/é?token=ü&x=é"_s << u"ws://h/é?token=***&x=é"_s;
}

void TestSecretMasker::urls()
{
    QFETCH(QString, url);
    QFETCH(QString, masked);
    QCOMPARE(maskSecretsInUrl(url), masked);
}

void TestSecretMasker::texts()
{
    QCOMPARE(maskSecretsInText(u"Connecting to ws://u:p@h/?token=x, then “wss://h/?sig=1” and http://h."_s),
             u"Connecting to ws://u:***@h/?token=***, then “wss://h/?sig=***” and http://h."_s);
    QCOMPARE(maskSecretsInText(u"token=1, {\"apiKey\": \"x y\"} and Password: p; Bearer abcdef"_s),
             u"token=***, {\"apiKey\": \"*** y\"} and Password: ***; Bearer ***"_s);
    const QString plain = u"a@b: c ://x é\n The peer closed with code: 1008, status code=401, key 5: basic auth"_s;
    QCOMPARE(maskSecretsInText(plain), plain);
}

void TestSecretMasker::headerValues_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("masked");
    const auto same = [](const char *name, const char *value) {
        QTest::newRow(name) << QByteArray(name) << QByteArray(value) << QByteArray(value);
    };
    same("WWW-Authenticate", "Basic realm=\"a\"");
    same("Access-Control-Allow-Credentials", "true");
    same("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    same("Content-Security-Policy", "default-src 'self' https://h/");
    same("Server", "nginx \xe9");
    QTest::newRow("Location") << QByteArray("Location") << QByteArray("/x?token=1&a=2")
                              << QByteArray("/x?token=***&a=2");
    QTest::newRow("Origin") << QByteArray("Origin") << QByteArray("https://u@h") << QByteArray("https://***@h");
    QTest::newRow("Link") << QByteArray("Link") << QByteArray("<https://h/?sig=1>; rel=next, <https://h/\xe9>")
                          << QByteArray("<https://h/?sig=***>; rel=next, <https://h/\xe9>");
    QTest::newRow("by shape") << QByteArray("X-Data") << QByteArray("Bearer abcdef") << QByteArray("***");
    QTest::newRow("client certificate") << QByteArray("X-Client-Cert") << QByteArray("MIIB") << QByteArray("***");
}

void TestSecretMasker::headerValues()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    SecretMasker masker;
    QTEST(masker.headerValue(name, value), "masked");
}

void TestSecretMasker::subprotocols_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<QString>("masked");
    const auto same = [](const char *name, const QString &list) { QTest::newRow(name) << list << list; };
    same("empty", {});
    same("registered", u"graphql-transport-ws, v12.stomp, mqtt, wamp.2.json,  v5.channel.k8s.io"_s);
    same("own", u"my-protocol.v1,chat"_s);
    QTest::newRow("bearer") << u"bearer, xyz"_s << u"bearer, ***"_s;
    QTest::newRow("Deepgram") << u"token, 0123456789"_s << u"token, ***"_s;
    QTest::newRow("beside a registered one")
        << u"graphql-ws, Bearer, xyz, graphql-transport-ws"_s << u"graphql-ws, Bearer, ***, graphql-transport-ws"_s;
    QTest::newRow("Kubernetes") << u"base64url.bearer.authorization.k8s.io.dG9r, v5.channel.k8s.io"_s
                                << u"base64url.bearer.authorization.k8s.io.***, v5.channel.k8s.io"_s;
    QTest::newRow("OpenAI") << u"realtime, openai-insecure-api-key.sk-x1, openai-beta.realtime-v1"_s
                            << u"realtime, openai-insecure-api-key.***, openai-beta.realtime-v1"_s;
    QTest::newRow("AppSync") << u"aws-appsync-event-ws, header-eyJob3N0IjoiaCJ9"_s
                             << u"aws-appsync-event-ws, header-***"_s;
    QTest::newRow("long base64") << u"chat, Q29ycmVjdEhvcnNlQmF0dGVyeTEy"_s << u"chat, ***"_s;
}

void TestSecretMasker::subprotocols()
{
    QFETCH(QString, list);
    QFETCH(QString, masked);
    QCOMPARE(maskSecretsInSubprotocols(list), masked);
    QCOMPARE(maskSecretsInSubprotocols(masked), masked);
}

void TestSecretMasker::bodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("masked");
    const auto same = [](const char *name, const QByteArray &body) { QTest::newRow(name) << body << body; };
    same("empty", {});
    same("HTML", "<p class=\"a\">Unauthorized: sign in, key 5</p>");
    same("bytes", QByteArray("\x00\xff={", 4));
    same("error", R"({"code":401,"message":"no"})");
    QTest::newRow("JSON") << QByteArray(R"({"error":"x", "access_token" : "t"})")
                          << QByteArray(R"({"error":"x", "access_token" : "***"})");
    QTest::newRow("form") << QByteArray("grant_type=x&client_secret=s%20t")
                          << QByteArray("grant_type=x&client_secret=***");
    QTest::newRow("text") << QByteArray("denied: https://u:p@h/?sig=1 \xe9")
                          << QByteArray("denied: https://u:***@h/?sig=*** \xe9");
    QTest::newRow("STOMP") << QByteArray("CONNECT\nlogin:me\npasscode:p\n\n")
                           << QByteArray("CONNECT\nlogin:me\npasscode:***\n\n");
}

void TestSecretMasker::bodies()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, masked);
    QCOMPARE(maskSecretsInBody(body), masked);
    QCOMPARE(maskSecretsInBody(masked), masked);
}

void TestSecretMasker::countsWhatItMasks()
{
    SecretMasker masker;
    static_cast<void>(masker.url("ws://u:p@h/?token=1&a=2&sig=3"));
    QCOMPARE(masker.count(), 3);
    static_cast<void>(masker.url("ws://u:***@h/?token=***"));
    QCOMPARE(masker.count(), 3);
    static_cast<void>(masker.head("GET /?key=1 HTTP/1.1\r\nCookie: a\r\nX: y\r\n\r\n"));
    QCOMPARE(masker.count(), 5);
}

SOCKEYE_TEST(TestSecretMasker, QCoreApplication)
#include "tst_secretmasker.moc"
