#include "wire/HttpHead.h"

#include "Samples.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using samples::rules;
using Status = HttpHeadParser::Status;

namespace {

HttpHeadParser parsed(const QByteArray &bytes)
{
    HttpHeadParser parser;
    QByteArrayView input = bytes;
    parser.feed(input);
    return parser;
}

const QByteArray Reply = "HTTP/1.1 101 Switching Protocols\r\n"
                         "Upgrade: websocket\r\n"
                         "connection:keep-alive,\t Upgrade \r\n"
                         "Set-Cookie: a=1\r\n"
                         "X-Empty:\r\n"
                         "set-cookie:  b=2, c \r\n"
                         "X-Folded: one\r\n"
                         " \ttwo\r\n"
                         "\r\n";

} // namespace

class TestHttpHead final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAReply();
    void readsARequest();
    void anySplitGivesTheSameHead();
    void leavesWhatFollows();
    void statusLines_data();
    void statusLines();
    void notHttp_data();
    void notHttp();
    void notHttpIsKeptAsItCame();
    void notHttpIsSeenEarly();
    void findings_data();
    void findings();
    void foldedLines_data();
    void foldedLines();
    void findingsNameTheLine();
    void byteLimit();
    void endlessLineIsStopped();
    void lineLimit();
    void tokens_data();
    void tokens();
    void isToken();
};

void TestHttpHead::readsAReply()
{
    const HttpHeadParser parser = parsed(Reply);
    const HttpHead &head = parser.head();
    QCOMPARE(head.startLine, QByteArray("HTTP/1.1 101 Switching Protocols"));
    QCOMPARE(head.httpVersion(), QByteArray("HTTP/1.1"));
    QCOMPARE(head.status(), 101);
    QCOMPARE(head.reason(), QByteArray("Switching Protocols"));
    const HeaderFields expected{{"Upgrade", "websocket"}, {"connection", "keep-alive,\t Upgrade"},
                                {"Set-Cookie", "a=1"},    {"X-Empty", ""},
                                {"set-cookie", "b=2, c"}, {"X-Folded", "one two"}};
    QCOMPARE(head.fields, expected);
    QCOMPARE(head.bytes, Reply);
    QCOMPARE(head.value("SET-COOKIE"), QByteArray("a=1"));
    QCOMPARE(head.value("X-Empty"), QByteArray(""));
    QVERIFY(!head.value("X-None"));
    QCOMPARE(head.values("Set-Cookie"), (QList<QByteArray>{"a=1", "b=2, c"}));
    QCOMPARE(head.values("X-None"), QList<QByteArray>());
    QCOMPARE(head.tokens("Connection"), (QList<QByteArray>{"keep-alive", "Upgrade"}));
    QCOMPARE(head.tokens("Set-Cookie"), (QList<QByteArray>{"a=1", "b=2", "c"}));
    QCOMPARE(rules(parser.findings()), QStringList{QStringLiteral("http.folded")});
}

void TestHttpHead::readsARequest()
{
    const QByteArray request("GET /feed?x=1 HTTP/1.1\r\nHost: example.com:8080\r\n\r\n");
    HttpHeadParser parser;
    QByteArrayView input = request;
    QCOMPARE(parser.feed(input), Status::Complete);
    QCOMPARE(parser.head().startLine, QByteArray("GET /feed?x=1 HTTP/1.1"));
    QCOMPARE(parser.head().fields, (HeaderFields{{"Host", "example.com:8080"}}));
    QCOMPARE(parser.head().status(), 0);
    QCOMPARE(parser.head().httpVersion(), QByteArray());
    QCOMPARE(parser.head().reason(), QByteArray());
    QVERIFY(parser.findings().isEmpty());
}

void TestHttpHead::anySplitGivesTheSameHead()
{
    const HttpHeadParser whole = parsed(Reply);
    const auto isSame = [&whole](const HttpHeadParser &parser) {
        return parser.head().fields == whole.head().fields && parser.head().startLine == whole.head().startLine &&
               parser.bytes() == whole.bytes() && parser.findings() == whole.findings();
    };
    for (qsizetype split = 0; split < Reply.size(); ++split) {
        HttpHeadParser parser;
        QByteArrayView first = QByteArrayView(Reply).first(split);
        QCOMPARE(parser.feed(first), Status::NeedsMore);
        QVERIFY(first.isEmpty());
        QCOMPARE(parser.bytes(), Reply.first(split));
        QByteArrayView second = QByteArrayView(Reply).sliced(split);
        QCOMPARE(parser.feed(second), Status::Complete);
        QVERIFY2(isSame(parser), qPrintable(QString::number(split)));
    }
    HttpHeadParser byByte;
    Status status = Status::NeedsMore;
    for (const char &c : Reply) {
        QCOMPARE(status, Status::NeedsMore);
        QByteArrayView input(&c, 1);
        status = byByte.feed(input);
    }
    QCOMPARE(status, Status::Complete);
    QVERIFY(isSame(byByte));
}

void TestHttpHead::leavesWhatFollows()
{
    const QByteArray bytes = Reply + "\x81\x05Hello";
    HttpHeadParser parser;
    QByteArrayView input = bytes;
    QCOMPARE(parser.feed(input), Status::Complete);
    QCOMPARE(input.toByteArray(), QByteArray("\x81\x05Hello"));
    QCOMPARE(parser.feed(input), Status::Complete);
    QCOMPARE(input.size(), 7);
    QCOMPARE(parser.bytes(), Reply);
}

void TestHttpHead::statusLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *line, const char *version, int status, const char *reason) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(version) << status << QByteArray(reason);
    };
    row("HTTP/1.1 403 Forbidden", "HTTP/1.1", 403, "Forbidden");
    row("HTTP/1.0 200 OK", "HTTP/1.0", 200, "OK");
    row("HTTP/1.1 101 ", "HTTP/1.1", 101, "");
    row("HTTP/1.1 101", "HTTP/1.1", 101, "");
    row("HTTP/2 200", "HTTP/2", 200, "");
    row("HTTP/1.1 101  Two spaces", "HTTP/1.1", 101, " Two spaces");
    row("HTTP/1.1 1010 Long", "HTTP/1.1", 0, "Long");
    row("HTTP/1.1 10 Short", "HTTP/1.1", 0, "Short");
    row("HTTP/1.1 +10 Sign", "HTTP/1.1", 0, "Sign");
    row("HTTP/1.1 abc No", "HTTP/1.1", 0, "No");
    row("HTTP/1.1", "HTTP/1.1", 0, "");
    row("HTTP/1.1  101 Late", "HTTP/1.1", 0, "101 Late");
}

void TestHttpHead::statusLines()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, version);
    QFETCH(int, status);
    QFETCH(QByteArray, reason);
    HttpHeadParser parser;
    const QByteArray bytes = line + "\r\n\r\n";
    QByteArrayView input = bytes;
    QCOMPARE(parser.feed(input), Status::Complete);
    QCOMPARE(parser.head().startLine, line);
    QCOMPARE(parser.head().httpVersion(), version);
    QCOMPARE(parser.head().status(), status);
    QCOMPARE(parser.head().reason(), reason);
}

void TestHttpHead::notHttp_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    QTest::newRow("SMTP") << QByteArray("220 mail.example.com ESMTP\r\n");
    QTest::newRow("TLS alert") << QByteArray("\x15\x03\x01\x00\x02\x02\x16", 7);
    QTest::newRow("TLS hello") << QByteArray("\x16\x03\x01", 3);
    QTest::newRow("JSON") << QByteArray("{\"a\":1}\r\n");
    QTest::newRow("HTML") << QByteArray("<html>");
    QTest::newRow("a frame") << samples::bytes("810548656c6c6f");
    QTest::newRow("empty line") << QByteArray("\r\n");
    QTest::newRow("bare empty line") << QByteArray("\n");
    QTest::newRow("leading space") << QByteArray(" HTTP/1.1 101 x\r\n");
    QTest::newRow("HTTP/0.9") << QByteArray("GET /\r\n");
    QTest::newRow("no target") << QByteArray("GET HTTP/1.1\r\n");
    QTest::newRow("Icecast") << QByteArray("ICY 200 OK\r\n");
    QTest::newRow("version without slash") << QByteArray("HTTP 1.1 101\r\n");
    QTest::newRow("endless word") << QByteArray(33, 'A');
}

void TestHttpHead::notHttp()
{
    QFETCH(QByteArray, bytes);
    HttpHeadParser whole;
    QByteArrayView input = bytes;
    QCOMPARE(whole.feed(input), Status::NotHttp);
    HttpHeadParser byByte;
    Status status = Status::NeedsMore;
    for (const char &c : bytes) {
        QByteArrayView one(&c, 1);
        status = byByte.feed(one);
    }
    QCOMPARE(status, Status::NotHttp);
    QCOMPARE(byByte.bytes(), bytes);
}

void TestHttpHead::notHttpIsKeptAsItCame()
{
    HttpHeadParser parser(HttpHeadParser::Limits{.maxBytes = 12});
    const QByteArray banner("SSH-2.0-x\r\n");
    QByteArrayView input = banner;
    QCOMPARE(parser.feed(input), Status::NotHttp);
    QVERIFY(input.isEmpty());
    input = "more";
    QCOMPARE(parser.feed(input), Status::NotHttp);
    QCOMPARE(parser.bytes(), QByteArray("SSH-2.0-x\r\nm"));
}

void TestHttpHead::notHttpIsSeenEarly()
{
    HttpHeadParser parser;
    QByteArrayView input = "HTTP";
    QCOMPARE(parser.feed(input), Status::NeedsMore);
    input = "\x7f";
    QCOMPARE(parser.feed(input), Status::NotHttp);

    HttpHeadParser method;
    input = "OPTIONS";
    QCOMPARE(method.feed(input), Status::NeedsMore);
    input = " * HTTP/1.1\r\n\r\n";
    QCOMPARE(method.feed(input), Status::Complete);
}

void TestHttpHead::findings_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<HeaderFields>("fields");
    const auto row = [](const char *name, const QByteArray &lines, const QStringList &expected,
                        const HeaderFields &fields) { QTest::newRow(name) << lines << expected << fields; };
    row("none", "A: b\r\nC:d\r\n", {}, {{"A", "b"}, {"C", "d"}});
    row("bare line feeds once", "A: b\nC: d\n", {QStringLiteral("http.bare-line-feed")}, {{"A", "b"}, {"C", "d"}});
    row("no colon", "A b\r\nC: d\r\n", {QStringLiteral("http.no-name")}, {{"C", "d"}});
    row("no name", ": b\r\n", {QStringLiteral("http.no-name")}, {});
    row("space before the colon", "A : b\r\n", {QStringLiteral("http.space-before-colon")}, {{"A", "b"}});
    row("name that is no token", "A(b): c\r\n", {QStringLiteral("http.bad-name")}, {{"A(b)", "c"}});
    row("control character", "A: b\x01\r\n", {QStringLiteral("http.control-character")}, {{"A", "b\x01"}});
    row("bare CR", "A: b\rC: d\r\n", {QStringLiteral("http.control-character")}, {{"A", "b\rC: d"}});
    row("NUL", QByteArray("A: b\0c\r\n", 8), {QStringLiteral("http.control-character")},
        {{"A", QByteArray("b\0c", 3)}});
    row("tab and high bytes", "A: b\tc\xc3\xa9\r\n", {}, {{"A", "b\tc\xc3\xa9"}});
    const HeaderFields accept{{"Sec-WebSocket-Accept", "x="}};
    row("blanks in front of the accept", "Sec-WebSocket-Accept: \t x=\r\n", {}, accept);
    row("spaces behind the accept", "Sec-WebSocket-Accept: x=  \r\n", {QStringLiteral("accept.blanks")}, accept);
    row("a tab behind the accept", "Sec-WebSocket-Accept: x=\t\r\n", {QStringLiteral("accept.blanks")}, accept);
    row("blanks behind another value", "A: b \r\n", {}, {{"A", "b"}});
    row("value with colons", "A: http://x:1\r\n", {}, {{"A", "http://x:1"}});
}

void TestHttpHead::findings()
{
    QFETCH(QByteArray, lines);
    QFETCH(QStringList, expected);
    QFETCH(HeaderFields, fields);
    HttpHeadParser parser;
    const QByteArray bytes = "HTTP/1.1 101 x\r\n" + lines + "\r\n";
    QByteArrayView input = bytes;
    QCOMPARE(parser.feed(input), Status::Complete);
    QCOMPARE(rules(parser.findings()), expected);
    QCOMPARE(parser.head().fields, fields);
    for (const Finding &finding : parser.findings())
        QVERIFY(!finding.text.isEmpty() && finding.section.startsWith(QStringLiteral("RFC 911")));
}

void TestHttpHead::foldedLines_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<HeaderFields>("fields");
    QTest::addColumn<int>("count");
    const auto row = [](const char *name, const char *lines, const HeaderFields &fields, int count) {
        QTest::newRow(name) << QByteArray(lines) << fields << count;
    };
    row("by space", "A: b\r\n c\r\n", {{"A", "b c"}}, 1);
    row("by tab", "A: b\r\n\t\tc \r\n", {{"A", "b c"}}, 1);
    row("twice", "A: b\r\n c\r\n d\r\nE: f\r\n", {{"A", "b c d"}, {"E", "f"}}, 2);
    row("into an empty value", "A:\r\n b\r\n", {{"A", "b"}}, 1);
    row("blank", "A: b\r\n \r\n", {{"A", "b"}}, 1);
    row("before any header", " a: b\r\nC: d\r\n", {{"C", "d"}}, 1);
    row("after a line that was skipped", "A: b\r\nno name\r\n c\r\n", {{"A", "b"}}, 1);
}

void TestHttpHead::foldedLines()
{
    QFETCH(QByteArray, lines);
    QFETCH(HeaderFields, fields);
    QFETCH(int, count);
    const HttpHeadParser parser = parsed("HTTP/1.1 101 x\r\n" + lines + "\r\n");
    QCOMPARE(parser.head().fields, fields);
    QCOMPARE(rules(parser.findings()).count(QStringLiteral("http.folded")), count);
}

void TestHttpHead::findingsNameTheLine()
{
    const QByteArray bytes("HTTP/1.1 101 x\r\nA: b\r\nbroken\r\nC: d\n\r\n");
    const Findings findings = parsed(bytes).findings();
    QCOMPARE(findings.size(), 2);
    QCOMPARE(findings[0].offset, bytes.indexOf("broken"));
    QCOMPARE(findings[0].severity, Severity::Error);
    QCOMPARE(findings[1].offset, bytes.indexOf("\n\r\n"));
    QCOMPARE(findings[1].severity, Severity::Note);
}

void TestHttpHead::byteLimit()
{
    for (qsizetype limit = 1; limit < Reply.size() + 2; ++limit) {
        HttpHeadParser whole(HttpHeadParser::Limits{.maxBytes = limit});
        QByteArrayView input = Reply;
        const Status expected = limit < Reply.size() ? Status::TooLarge : Status::Complete;
        QCOMPARE(whole.feed(input), expected);
        QCOMPARE(whole.bytes(), Reply.first(std::min(limit, Reply.size())));
        HttpHeadParser byByte(HttpHeadParser::Limits{.maxBytes = limit});
        for (const char &c : Reply) {
            QByteArrayView one(&c, 1);
            byByte.feed(one);
        }
        QCOMPARE(byByte.feed(input), expected);
        QCOMPARE(byByte.bytes(), whole.bytes());
    }
}

void TestHttpHead::endlessLineIsStopped()
{
    const QByteArray bytes = "HTTP/1.1 101 x\r\nA: " + QByteArray(1024 * 1024, 'a');
    HttpHeadParser parser;
    QByteArrayView input = bytes;
    QCOMPARE(parser.feed(input), Status::TooLarge);
    QCOMPARE(parser.bytes().size(), HttpHeadParser::Limits().maxBytes);
    QCOMPARE(input.size(), bytes.size() - parser.bytes().size());
    const qsizetype left = input.size();
    QCOMPARE(parser.feed(input), Status::TooLarge);
    QCOMPARE(input.size(), left);
}

void TestHttpHead::lineLimit()
{
    const QByteArray bytes("HTTP/1.1 101 x\r\nA: 1\r\nB: 2\r\n\r\n");
    for (const int maxLines : {1, 2, 3}) {
        HttpHeadParser parser(HttpHeadParser::Limits{.maxLines = maxLines});
        QByteArrayView input = bytes;
        QCOMPARE(parser.feed(input), maxLines < 3 ? Status::TooManyLines : Status::Complete);
        QCOMPARE(parser.head().fields.size(), maxLines - 1);
    }
}

void TestHttpHead::tokens_data()
{
    QTest::addColumn<QByteArrayList>("values");
    QTest::addColumn<QByteArrayList>("expected");
    QTest::newRow("one") << QByteArrayList{"a"} << QByteArrayList{"a"};
    QTest::newRow("empty") << QByteArrayList{""} << QByteArrayList{};
    QTest::newRow("empty elements") << QByteArrayList{" ,, a , ,b,"} << QByteArrayList{"a", "b"};
    QTest::newRow("over two fields") << QByteArrayList{"a, b", "c"} << QByteArrayList{"a", "b", "c"};
    QTest::newRow("parameters") << QByteArrayList{"x; a=1, y"} << QByteArrayList{"x; a=1", "y"};
    QTest::newRow("comma in quotes") << QByteArrayList{"x; a=\"1, 2\", y"} << QByteArrayList{"x; a=\"1, 2\"", "y"};
    QTest::newRow("escaped quote") << QByteArrayList{R"(x; a="1\", 2", y)"} << QByteArrayList{R"(x; a="1\", 2")", "y"};
    QTest::newRow("open quote") << QByteArrayList{"x, \"a, b"} << QByteArrayList{"x", "\"a, b"};
    QTest::newRow("open escape") << QByteArrayList{"\"a\\"} << QByteArrayList{"\"a\\"};
}

void TestHttpHead::tokens()
{
    QFETCH(QByteArrayList, values);
    QFETCH(QByteArrayList, expected);
    HttpHead head;
    for (const QByteArray &value : values)
        head.fields += HeaderField{"List", value};
    head.fields += HeaderField{"Other", "z"};
    QCOMPARE(head.tokens("list"), expected);
}

void TestHttpHead::isToken()
{
    QVERIFY(isHttpToken("Sec-WebSocket-Key"));
    QVERIFY(isHttpToken("!#$%&'*+-.^_`|~09azAZ"));
    QVERIFY(!isHttpToken(""));
    static constexpr char others[] = "\0\t\r\n \"(),/:;<=>?@[\\]{}\x7f\x80\xff";
    for (const char c : QByteArray(others, sizeof others - 1))
        QVERIFY2(!isHttpToken(QByteArray("a") + c), qPrintable(QString::number(static_cast<quint8>(c), 16)));
}

SOCKEYE_TEST(TestHttpHead, NoApplication)
#include "tst_httphead.moc"
