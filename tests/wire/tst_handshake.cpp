#include "wire/Handshake.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

namespace {

HandshakeRequest rfcRequest()
{
    HandshakeRequest request;
    request.target = "/chat";
    request.host = "server.example.com";
    request.key = "dGhlIHNhbXBsZSBub25jZQ==";
    return request;
}

HttpHead reply(const QByteArray &lines, const QByteArray &statusLine = "HTTP/1.1 101 Switching Protocols")
{
    HttpHeadParser parser;
    const QByteArray bytes = statusLine + "\r\n" + lines + "\r\n";
    QByteArrayView input = bytes;
    parser.feed(input);
    return parser.head();
}

const QByteArray GoodUpgrade = "Upgrade: websocket\r\n";
const QByteArray GoodConnection = "Connection: Upgrade\r\n";
const QByteArray GoodAccept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
const QByteArray GoodReply = GoodUpgrade + GoodConnection + GoodAccept;

QStringList failures(const HandshakeVerdict &verdict)
{
    QStringList names;
    for (const HandshakeCheck &check : verdict.checks) {
        if (!check.passed && !check.isRemark())
            names += check.rule;
    }
    return names;
}

QStringList remarks(const HandshakeVerdict &verdict)
{
    QStringList names;
    for (const HandshakeCheck &check : verdict.checks) {
        if (check.isRemark())
            names += check.rule;
    }
    return names;
}

QString textOf(const HandshakeVerdict &verdict, const QString &rule)
{
    for (const HandshakeCheck &check : verdict.checks) {
        if (check.rule == rule)
            return check.text;
    }
    return {};
}

} // namespace

class TestHandshake final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptOfTheRfc();
    void plainRequest();
    void fullRequest();
    void userHeaders_data();
    void userHeaders();
    void headersAreChecked_data();
    void headersAreChecked();
    void subprotocolsAreChecked_data();
    void subprotocolsAreChecked();
    void goodReplyPasses();
    void replies_data();
    void replies();
    void everyCheckIsListed();
    void foldedReplyIsToldAndAccepted();
    void duplicatesAreNamed();
    void remarksOnWhatOthersRefuse_data();
    void remarksOnWhatOthersRefuse();
    void remarksOnWhatTheParserSaw();
    void offers_data();
    void offers();
    void replacedKeyIsTheOneAnswered();
    void replacedOffersAreTheOnesAnswered();
    void textsShowBothSides();
    void emptyVerdictIsNotAccepted();
};

void TestHandshake::acceptOfTheRfc()
{
    QCOMPARE(acceptFor("dGhlIHNhbXBsZSBub25jZQ=="), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
}

void TestHandshake::plainRequest()
{
    QCOMPARE(composeRequest(rfcRequest()), QByteArray("GET /chat HTTP/1.1\r\n"
                                                      "Host: server.example.com\r\n"
                                                      "Upgrade: websocket\r\n"
                                                      "Connection: Upgrade\r\n"
                                                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                                      "Sec-WebSocket-Version: 13\r\n"
                                                      "User-Agent: Sockeye/" SOCKEYE_VERSION "\r\n"
                                                      "\r\n"));
}

void TestHandshake::fullRequest()
{
    HandshakeRequest request = rfcRequest();
    request.subprotocols = {QStringLiteral("chat"), QStringLiteral("superchat")};
    request.extensions = "permessage-deflate; client_max_window_bits";
    request.headers = {{"Cookie", "a=1"}, {"X-Twice", "1"}, {"Origin", "https://example.com"}, {"x-twice", "2"}};
    QCOMPARE(composeRequest(request),
             QByteArray("GET /chat HTTP/1.1\r\n"
                        "Host: server.example.com\r\n"
                        "Upgrade: websocket\r\n"
                        "Connection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        "Sec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Protocol: chat, superchat\r\n"
                        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
                        "User-Agent: Sockeye/" SOCKEYE_VERSION "\r\n"
                        "Cookie: a=1\r\n"
                        "X-Twice: 1\r\n"
                        "Origin: https://example.com\r\n"
                        "x-twice: 2\r\n"
                        "\r\n"));
}

void TestHandshake::userHeaders_data()
{
    QTest::addColumn<HeaderFields>("headers");
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<QByteArray>("replaced");
    const auto row = [](const char *name, const HeaderFields &headers, const char *part, const char *replaced) {
        QTest::newRow(name) << headers << QByteArray(part) << QByteArray(replaced);
    };
    row("Host in its place", {{"X-A", "1"}, {"host", "other"}}, "HTTP/1.1\r\nhost: other\r\nUpgrade: ", "Host: ");
    row("Upgrade", {{"UPGRADE", "h2c"}}, "\r\nUPGRADE: h2c\r\nConnection: ", "Upgrade: ");
    row("Connection", {{"Connection", "keep-alive, Upgrade"}},
        "\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Key", "Connection: Upgrade");
    row("key", {{"sec-websocket-key", "x"}}, "\r\nsec-websocket-key: x\r\nSec-WebSocket-Version: ", "dGhl");
    row("version", {{"Sec-WebSocket-Version", "8"}},
        "\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Protocol: ", ": 13");
    row("protocol", {{"Sec-Websocket-Protocol", "mine"}},
        "\r\nSec-Websocket-Protocol: mine\r\nSec-WebSocket-Extensions", "chat\r\n");
    row("extensions", {{"sec-websocket-extensions", "mine"}},
        "\r\nsec-websocket-extensions: mine\r\nUser-Agent: ", ": foo");
    row("user agent", {{"X-A", "1"}, {"user-agent", "Me"}}, "\r\nuser-agent: Me\r\nX-A: 1\r\n\r\n", "Sockeye");
    row("several of one name", {{"host", "one"}, {"X-A", "1"}, {"HOST", "two"}},
        "HTTP/1.1\r\nhost: one\r\nHOST: two\r\nUpgrade: ", "Host: ");
    row("order of the others", {{"host", "one"}, {"X-A", "1"}, {"X-B", "2"}, {"HOST", "two"}},
        "Sockeye/" SOCKEYE_VERSION "\r\nX-A: 1\r\nX-B: 2\r\n\r\n", "Host: ");
    row("empty value", {{"Host", ""}}, "HTTP/1.1\r\nHost: \r\nUpgrade: ", "server.example.com");
}

void TestHandshake::userHeaders()
{
    QFETCH(HeaderFields, headers);
    QFETCH(QByteArray, part);
    QFETCH(QByteArray, replaced);
    HandshakeRequest request = rfcRequest();
    request.target = "/";
    request.subprotocols = {QStringLiteral("chat")};
    request.extensions = "foo";
    QVERIFY(composeRequest(request).contains(replaced));
    request.headers = headers;
    const QByteArray bytes = composeRequest(request);
    QVERIFY2(bytes.contains(part), bytes.constData());
    QVERIFY2(!bytes.contains(replaced), bytes.constData());
    for (const HeaderField &field : headers)
        QCOMPARE(bytes.count(field.name + ": " + field.value + "\r\n"), 1);
}

void TestHandshake::headersAreChecked_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("good");
    const auto row = [](const char *label, const QByteArray &name, const QByteArray &value, bool good) {
        QTest::newRow(label) << name << value << good;
    };
    row("plain", "X-A", "b", true);
    row("any value", "X-A", "\t\xc3\xa9; \"q\", %1", true);
    row("empty value", "X-A", "", true);
    row("empty name", "", "b", false);
    row("space in the name", "X A", "b", false);
    row("colon in the name", "X-A:", "b", false);
    row("CR LF in the name", "X-A: b\r\nX-B", "c", false);
    row("NUL in the name", QByteArray("X\0A", 3), "b", false);
    row("CR in the value", "X-A", "b\rc", false);
    row("LF in the value", "X-A", "b\nc", false);
    row("CR LF in the value", "X-A", "b\r\nX-B: c", false);
    row("NUL in the value", "X-A", QByteArray("b\0c", 3), false);
}

void TestHandshake::headersAreChecked()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(bool, good);
    const Result<> result = checkHeaders({{"X-Fine", "1"}, {name, value}, {"X-Fine", "2"}});
    QCOMPARE(result.ok(), good);
    if (!good)
        QVERIFY2(result.message().contains(QString::fromUtf8(name)), qPrintable(result.message()));
}

void TestHandshake::subprotocolsAreChecked_data()
{
    QTest::addColumn<QStringList>("subprotocols");
    QTest::addColumn<QString>("culprit");
    QTest::newRow("none") << QStringList() << QString();
    QTest::newRow("two") << QStringList{QStringLiteral("chat"), QStringLiteral("v1.x+json")} << QString();
    QTest::newRow("case makes a difference")
        << QStringList{QStringLiteral("chat"), QStringLiteral("Chat")} << QString();
    QTest::newRow("twice") << QStringList{QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("b")}
                           << QStringLiteral("“b”");
    QTest::newRow("comma") << QStringList{QStringLiteral("a,b")} << QStringLiteral("“a,b”");
    QTest::newRow("space") << QStringList{QStringLiteral("a b")} << QStringLiteral("“a b”");
    QTest::newRow("line break") << QStringList{QStringLiteral("a\r\nX: b")} << QStringLiteral("“a");
    QTest::newRow("letters beyond ASCII") << QStringList{QStringLiteral("ä")} << QStringLiteral("“ä”");
    QTest::newRow("empty") << QStringList{QString()} << QStringLiteral("“”");
}

void TestHandshake::subprotocolsAreChecked()
{
    QFETCH(QStringList, subprotocols);
    QFETCH(QString, culprit);
    const Result<> result = checkSubprotocols(subprotocols);
    QCOMPARE(result.ok(), culprit.isEmpty());
    QVERIFY2(result.message().contains(culprit), qPrintable(result.message()));
}

void TestHandshake::goodReplyPasses()
{
    const HandshakeVerdict verdict = judgeReply(rfcRequest(), reply(GoodReply));
    QCOMPARE(failures(verdict), QStringList());
    QVERIFY(verdict.accepted());
    QCOMPARE(verdict.reason(), QString());
    QCOMPARE(verdict.subprotocol, QString());
    QCOMPARE(verdict.extensions, QByteArray());
}

void TestHandshake::replies_data()
{
    QTest::addColumn<QByteArray>("statusLine");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QStringList>("failed");
    const auto row = [](const char *name, const QByteArray &statusLine, const QByteArray &lines,
                        const QStringList &failed) { QTest::newRow(name) << statusLine << lines << failed; };
    const QByteArray ok("HTTP/1.1 101 Switching Protocols");
    const QString accept = QStringLiteral("accept");
    const QString connection = QStringLiteral("connection");
    const QString upgrade = QStringLiteral("upgrade");
    const QString version = QStringLiteral("http-version");
    row("HTTP/1.2", "HTTP/1.2 101 x", GoodReply, {});
    row("HTTP/1.0", "HTTP/1.0 101 x", GoodReply, {});
    row("HTTP/0.9", "HTTP/0.9 101 x", GoodReply, {version});
    row("HTTP/2", "HTTP/2 101", GoodReply, {version});
    row("HTTP/1.10", "HTTP/1.10 101 x", GoodReply, {version});
    row("HTTP/1.", "HTTP/1. 101 x", GoodReply, {version});
    row("status 200", "HTTP/1.1 200 OK", GoodReply, {QStringLiteral("status")});
    row("no status", "HTTP/1.1 abc", GoodReply, {QStringLiteral("status")});
    row("refused", "HTTP/1.1 403 Forbidden", "Content-Length: 0\r\n",
        {QStringLiteral("status"), upgrade, connection, accept});
    row("upgrade in capitals", ok, "UPGRADE: WebSocket\r\n" + GoodConnection + GoodAccept, {});
    row("upgrade in a list", ok, "Upgrade: h2c, websocket\r\n" + GoodConnection + GoodAccept, {upgrade});
    row("upgrade before others", ok, "Upgrade: websocket, foo\r\n" + GoodConnection + GoodAccept, {upgrade});
    row("upgrade and a comma", ok, "Upgrade: websocket,\r\n" + GoodConnection + GoodAccept, {upgrade});
    row("upgrade with a version", ok, "Upgrade: websocket/13\r\n" + GoodConnection + GoodAccept, {upgrade});
    row("two upgrades", ok, "Upgrade: websocket\r\nUpgrade: h2c\r\n" + GoodConnection + GoodAccept, {upgrade});
    row("no upgrade", ok, GoodConnection + GoodAccept, {upgrade});
    row("other upgrade", ok, "Upgrade: websockets\r\n" + GoodConnection + GoodAccept, {upgrade});
    row("connection as a list", ok, GoodUpgrade + "Connection: keep-alive, Upgrade\r\n" + GoodAccept, {});
    row("connection over two lines", ok, GoodUpgrade + "Connection: keep-alive\r\nconnection: upGRADE\r\n" + GoodAccept,
        {});
    row("no connection", ok, GoodUpgrade + GoodAccept, {connection});
    row("connection closes", ok, GoodUpgrade + "Connection: close\r\n" + GoodAccept, {connection});
    row("connection that looks alike", ok, GoodUpgrade + "Connection: no-upgrade\r\n" + GoodAccept, {connection});
    row("no accept", ok, GoodUpgrade + GoodConnection, {accept});
    row("other accept", ok, GoodUpgrade + GoodConnection + "Sec-WebSocket-Accept: AAAA\r\n", {accept});
    row("accept in lower case", ok, GoodUpgrade + GoodConnection + GoodAccept.toLower(), {accept});
    row("accept with white space", ok,
        GoodUpgrade + GoodConnection + "Sec-WebSocket-Accept: \t s3pPLMBiTxaQ9kYGzzhZRbK+xOo= \r\n", {});
    row("accept twice", ok, GoodReply + GoodAccept, {QStringLiteral("duplicates")});
    row("accept right and wrong", ok, GoodReply + "Sec-WebSocket-Accept: AAAA\r\n",
        {accept, QStringLiteral("duplicates")});
    row("upgrade twice", ok, GoodReply + GoodUpgrade, {});
    row("connection twice", ok, GoodReply + GoodConnection, {});
    row("subprotocol twice", ok, GoodReply + "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: a\r\n",
        {QStringLiteral("subprotocol"), QStringLiteral("duplicates")});
    row("subprotocol not offered", ok, GoodReply + "Sec-WebSocket-Protocol: chat\r\n", {QStringLiteral("subprotocol")});
    row("extension not offered", ok, GoodReply + "Sec-WebSocket-Extensions: permessage-deflate\r\n",
        {QStringLiteral("extensions")});
}

void TestHandshake::replies()
{
    QFETCH(QByteArray, statusLine);
    QFETCH(QByteArray, lines);
    QFETCH(QStringList, failed);
    const HandshakeVerdict verdict = judgeReply(rfcRequest(), reply(lines, statusLine));
    QCOMPARE(failures(verdict), failed);
    QCOMPARE(verdict.accepted(), failed.isEmpty());
    QCOMPARE(verdict.reason(), failed.isEmpty() ? QString() : textOf(verdict, failed.front()));
}

void TestHandshake::everyCheckIsListed()
{
    const QStringList expected{
        QStringLiteral("status"),     QStringLiteral("http-version"), QStringLiteral("upgrade"),
        QStringLiteral("connection"), QStringLiteral("accept"),       QStringLiteral("subprotocol"),
        QStringLiteral("extensions"), QStringLiteral("duplicates"),   QStringLiteral("folding")};
    for (const HttpHead &head : {reply(GoodReply), reply({}, "HTTP/0.9 500 Broken"), HttpHead()}) {
        QStringList listed;
        for (const HandshakeCheck &check : judgeReply(rfcRequest(), head).checks) {
            listed += check.rule;
            QVERIFY2(check.text.endsWith(u'.'), qPrintable(check.text));
            QVERIFY(check.section.startsWith(QStringLiteral("RFC ")));
        }
        QCOMPARE(listed, expected);
    }
}

void TestHandshake::foldedReplyIsToldAndAccepted()
{
    for (const QByteArray &fold : {QByteArray("\r\n "), QByteArray("\r\n\t"), QByteArray("\n \t ")}) {
        const HandshakeVerdict verdict = judgeReply(
            rfcRequest(), reply(GoodUpgrade + "Connection: keep-alive," + fold + "Upgrade\r\n" + GoodAccept));
        QCOMPARE(failures(verdict), QStringList{QStringLiteral("folding")});
        QVERIFY(verdict.accepted());
        QCOMPARE(verdict.reason(), QString());
    }
    // White space within a line folds nothing.
    QCOMPARE(failures(judgeReply(rfcRequest(), reply(GoodReply + "X-A: b \t c\r\n"))), QStringList());
}

void TestHandshake::duplicatesAreNamed()
{
    const HandshakeVerdict verdict = judgeReply(rfcRequest(), reply(GoodReply + GoodAccept));
    QVERIFY(textOf(verdict, QStringLiteral("duplicates")).contains(QStringLiteral("Sec-WebSocket-Accept")));
    // It is right, and said to be.
    QVERIFY(textOf(verdict, QStringLiteral("accept")).contains(QStringLiteral("it stands 2 times")));
}

void TestHandshake::remarksOnWhatOthersRefuse_data()
{
    QTest::addColumn<QByteArray>("statusLine");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QStringList>("expected");
    const QByteArray ok("HTTP/1.1 101 Switching Protocols");
    const auto row = [](const char *name, const QByteArray &statusLine, const QByteArray &lines,
                        const QStringList &expected) { QTest::newRow(name) << statusLine << lines << expected; };
    const QByteArray chat("Sec-WebSocket-Protocol: chat\r\n");
    row("none", ok, GoodReply + chat, {});
    row("no subprotocol", ok, GoodReply, {QStringLiteral("subprotocol.none")});
    row("connection as a list", ok, GoodUpgrade + "Connection: keep-alive, Upgrade\r\n" + GoodAccept + chat,
        {QStringLiteral("connection.list")});
    row("upgrade twice", ok, GoodReply + chat + GoodUpgrade, {QStringLiteral("upgrade.twice")});
    row("HTTP/1.0", "HTTP/1.0 101 x", GoodReply + chat, {QStringLiteral("http-version.old")});
    row("a length of 0", ok, GoodReply + chat + "Content-Length: 0\r\n", {QStringLiteral("framing.content-length")});
    row("chunked", ok, GoodReply + chat + "transfer-encoding: chunked\r\n",
        {QStringLiteral("framing.transfer-encoding")});
    row("no extension", ok, GoodReply + chat + "Sec-WebSocket-Extensions:\r\n", {QStringLiteral("extensions.empty")});
    row("only commas", ok, GoodReply + chat + "Sec-WebSocket-Extensions: , ,\r\n",
        {QStringLiteral("extensions.empty")});
    row("several", "HTTP/1.0 101 x", GoodReply + "Content-Length: 5\r\n",
        {QStringLiteral("subprotocol.none"), QStringLiteral("http-version.old"),
         QStringLiteral("framing.content-length")});
    row("a refusal", "HTTP/1.0 403 No", "Content-Length: 0\r\n", {});
}

void TestHandshake::remarksOnWhatOthersRefuse()
{
    QFETCH(QByteArray, statusLine);
    QFETCH(QByteArray, lines);
    QFETCH(QStringList, expected);
    HandshakeRequest request = rfcRequest();
    request.subprotocols = {QStringLiteral("chat")};
    const HandshakeVerdict verdict = judgeReply(request, reply(lines, statusLine));
    QCOMPARE(remarks(verdict), expected);
    QCOMPARE(verdict.accepted(), statusLine.contains("101"));
    for (const HandshakeCheck &check : verdict.checks)
        QCOMPARE(check.isRemark(), expected.contains(check.rule));
}

void TestHandshake::remarksOnWhatTheParserSaw()
{
    Finding bare;
    bare.severity = Severity::Note;
    bare.rule = QStringLiteral("http.bare-line-feed");
    Finding interim = bare;
    interim.rule = QStringLiteral("http.interim");
    Finding blanks = bare;
    blanks.rule = QStringLiteral("accept.blanks");
    const HandshakeVerdict verdict = judgeReply(rfcRequest(), reply(GoodReply), {bare, interim, blanks});
    QCOMPARE(remarks(verdict), (QStringList{bare.rule, interim.rule, blanks.rule}));
    QVERIFY(verdict.accepted());
}

void TestHandshake::offers_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<QString>("subprotocol");
    QTest::addColumn<QByteArray>("extensions");
    const auto row = [](const char *name, const char *lines, bool accepted, const char *subprotocol,
                        const char *extensions) {
        QTest::newRow(name) << QByteArray(lines) << accepted << QString::fromLatin1(subprotocol)
                            << QByteArray(extensions);
    };
    row("nothing chosen", "", true, "", "");
    row("second subprotocol", "Sec-WebSocket-Protocol: superchat\r\n", true, "superchat", "");
    row("subprotocol in other case", "Sec-WebSocket-Protocol: Chat\r\n", false, "Chat", "");
    row("both subprotocols", "Sec-WebSocket-Protocol: chat, superchat\r\n", false, "chat, superchat", "");
    row("subprotocol twice", "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Protocol: chat\r\n", false, "chat", "");
    row("empty subprotocol", "Sec-WebSocket-Protocol:\r\n", false, "", "");
    row("extension", "Sec-WebSocket-Extensions: foo\r\n", true, "", "foo");
    row("extension with parameters", "Sec-WebSocket-Extensions: permessage-deflate ; server_max_window_bits=10\r\n",
        true, "", "permessage-deflate ; server_max_window_bits=10");
    row("both extensions", "Sec-WebSocket-Extensions: foo\r\nSec-WebSocket-Extensions: permessage-deflate\r\n", true,
        "", "foo, permessage-deflate");
    row("one of them not offered", "Sec-WebSocket-Extensions: foo, bar\r\n", false, "", "foo, bar");
}

void TestHandshake::offers()
{
    QFETCH(QByteArray, lines);
    QFETCH(bool, accepted);
    QFETCH(QString, subprotocol);
    QFETCH(QByteArray, extensions);
    HandshakeRequest request = rfcRequest();
    request.subprotocols = {QStringLiteral("chat"), QStringLiteral("superchat")};
    request.extensions = "permessage-deflate; client_max_window_bits, foo";
    const HandshakeVerdict verdict = judgeReply(request, reply(GoodReply + lines));
    QCOMPARE(verdict.accepted(), accepted);
    QCOMPARE(verdict.subprotocol, subprotocol);
    QCOMPARE(verdict.extensions, extensions);
    // What is not built in may be offered all the same, and is told.
    const auto isCheck = [](const HandshakeCheck &check) { return check.rule == QStringLiteral("extensions"); };
    const auto check = std::find_if(verdict.checks.begin(), verdict.checks.end(), isCheck);
    QCOMPARE(check->text.contains(QStringLiteral("Sockeye does not know")), accepted && extensions.startsWith("foo"));
}

void TestHandshake::replacedKeyIsTheOneAnswered()
{
    HandshakeRequest request = rfcRequest();
    request.key = "AAAAAAAAAAAAAAAAAAAAAA==";
    QCOMPARE(failures(judgeReply(request, reply(GoodReply))), QStringList{QStringLiteral("accept")});
    request.headers = {{"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="}};
    QCOMPARE(failures(judgeReply(request, reply(GoodReply))), QStringList());
}

void TestHandshake::replacedOffersAreTheOnesAnswered()
{
    HandshakeRequest request = rfcRequest();
    request.subprotocols = {QStringLiteral("chat")};
    request.headers = {{"Sec-WebSocket-Protocol", "mine, other"}, {"Sec-WebSocket-Extensions", "foo"}};
    QVERIFY(judgeReply(request, reply(GoodReply + "Sec-WebSocket-Protocol: mine\r\n")).accepted());
    QVERIFY(!judgeReply(request, reply(GoodReply + "Sec-WebSocket-Protocol: chat\r\n")).accepted());
    QVERIFY(judgeReply(request, reply(GoodReply + "Sec-WebSocket-Extensions: foo; x\r\n")).accepted());
}

void TestHandshake::textsShowBothSides()
{
    const QByteArray lines = GoodUpgrade + "Connection: close, %1\r\nSec-WebSocket-Accept: " + QByteArray(5000, 'A') +
                             "\r\nSec-WebSocket-Protocol: nope\r\n";
    HandshakeRequest request = rfcRequest();
    request.subprotocols = {QStringLiteral("chat")};
    const HandshakeVerdict verdict = judgeReply(request, reply(lines, "HTTP/2.0 403 Forbidden"));
    const auto says = [&verdict](const char *rule, const QString &words) {
        return textOf(verdict, QLatin1String(rule)).contains(words);
    };
    QVERIFY(says("status", QStringLiteral("“HTTP/2.0 403 Forbidden”")));
    QVERIFY(says("http-version", QStringLiteral("“HTTP/2.0”")));
    QVERIFY(says("connection", QStringLiteral("“close, %1”")));
    QVERIFY(says("accept", QStringLiteral("expected “s3pPLMBiTxaQ9kYGzzhZRbK+xOo=”")));
    QVERIFY(says("accept", QStringLiteral("received “AAAAAAAA")));
    QVERIFY(textOf(verdict, QStringLiteral("accept")).size() < 400);
    QVERIFY(says("subprotocol", QStringLiteral("“chat”")));
    QVERIFY(says("subprotocol", QStringLiteral("“nope”")));
}

void TestHandshake::emptyVerdictIsNotAccepted()
{
    QVERIFY(!HandshakeVerdict().accepted());
}

SOCKEYE_TEST(TestHandshake, NoApplication)
#include "tst_handshake.moc"
