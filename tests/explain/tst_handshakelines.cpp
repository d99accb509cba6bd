#include "explain/HandshakeLines.h"

#include "support/TestProgram.h"

#include <QTest>

#include <algorithm>

using namespace sockeye;

namespace {

const QByteArray Request("GET /feed?x=1 HTTP/1.1\r\n"
                         "Host: example.com:8080\r\n"
                         "Upgrade: websocket\r\n"
                         "Connection: keep-alive, Upgrade\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                         "Sec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Protocol: chat, superchat\r\n"
                         "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-own; y\r\n"
                         "Origin: https://example.com\r\n"
                         "Cookie: session=secret; theme=dark\r\n"
                         "X-Own: 1\r\n"
                         "\r\n");

const QByteArray Reply("HTTP/1.1 101 Switching Protocols\r\n"
                       "Upgrade: websocket\r\n"
                       "Connection: Upgrade\r\n"
                       "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                       "Sec-WebSocket-Protocol: chat\r\n"
                       "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10\r\n"
                       "\r\n");

QByteArray joined(const HandshakeLines &lines)
{
    QByteArray bytes;
    for (const HandshakeLine &line : lines)
        bytes += line.bytes;
    return bytes;
}

HandshakeLine lineNamed(const HandshakeLines &lines, const char *name)
{
    const auto found =
        std::find_if(lines.begin(), lines.end(), [name](const HandshakeLine &line) { return line.name == name; });
    return found == lines.end() ? HandshakeLine() : *found;
}

/// The reply's only line besides the status line, explained.
HandshakeLine replied(const QByteArray &line)
{
    return explainReply("HTTP/1.1 101 x\r\n" + line + "\r\n\r\n", Request).value(1);
}

} // namespace

class TestHandshakeLines final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodHeadsHaveNoProblem();
    void everyLineIsExplained();
    void keepsTheBytes_data();
    void keepsTheBytes();
    void says_data();
    void says();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void statuses_data();
    void statuses();
    void marksFoldedLines();
    void marksDuplicates();
    void secretsAreNotRepeated();
};

void TestHandshakeLines::goodHeadsHaveNoProblem()
{
    for (const HandshakeLine &line : explainRequest(Request) + explainReply(Reply, Request)) {
        QVERIFY2(line.problem.isEmpty(), qPrintable(line.problem));
        QVERIFY(!line.folded);
        QVERIFY(!line.duplicate);
    }
}

void TestHandshakeLines::everyLineIsExplained()
{
    const HandshakeLines lines = explainRequest(Request);
    QCOMPARE(lines.size(), 12);
    for (const HandshakeLine &line : lines) {
        QVERIFY2(line.text.endsWith(u'.'), qPrintable(line.text));
        QVERIFY(line.name == "X-Own" || line.section.startsWith(QStringLiteral("RFC ")));
    }
    QCOMPARE(lineNamed(lines, "X-Own").text, QStringLiteral("Not part of the WebSocket handshake."));
    QCOMPARE(lineNamed(lines, "X-Own").section, QString());
}

void TestHandshakeLines::keepsTheBytes_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("request") << Request;
    QTest::newRow("reply") << Reply;
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("cut short") << QByteArray("HTTP/1.1 101 x\r\nUpgra");
    QTest::newRow("bare line feeds") << QByteArray("HTTP/1.1 101 x\nA: b\n\n");
    QTest::newRow("no header") << QByteArray("HTTP/1.1 101 x\r\n: b\r\nnothing\r\n\r\n");
    QTest::newRow("no HTTP") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    QTest::newRow("bytes") << QByteArray("\0\xff\r\n \n\n", 7);
    QTest::newRow("folded first") << QByteArray("HTTP/1.1 101 x\r\n A: b\r\n\r\n");
    QTest::newRow("line breaks only") << QByteArray("\r\n\r\n\n");
}

void TestHandshakeLines::keepsTheBytes()
{
    QFETCH(QByteArray, head);
    QCOMPARE(joined(explainRequest(head)), head);
    QCOMPARE(joined(explainReply(head, head)), head);
    for (const HandshakeLine &line : explainReply(head, {}))
        QVERIFY(!line.text.isEmpty() || !line.problem.isEmpty());
}

void TestHandshakeLines::says_data()
{
    QTest::addColumn<HandshakeLine>("line");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("section");
    const auto row = [](const HandshakeLine &line, const char *words, const char *section) {
        QTest::newRow(words) << line << QString::fromUtf8(words) << QString::fromUtf8(section);
    };
    const HandshakeLines request = explainRequest(Request);
    row(request[0], "“/feed?x=1”", "RFC 6455 4.1");
    row(lineNamed(request, "Host"), "“example.com:8080”", "RFC 9110 7.2");
    row(lineNamed(request, "Connection"), "“keep-alive”: leave TCP open", "RFC 9110 7.6.1");
    row(lineNamed(request, "Connection"), "“Upgrade”: the Upgrade header", "RFC 9110 7.6.1");
    row(lineNamed(request, "Sec-WebSocket-Key"), "“s3pPLMBiTxaQ9kYGzzhZRbK+xOo=”", "RFC 6455 4.1");
    row(lineNamed(request, "Sec-WebSocket-Protocol"), "“chat”, “superchat”", "RFC 6455 1.9");
    row(lineNamed(request, "Sec-WebSocket-Extensions"), "the server may limit how far", "RFC 7692 7.1");
    row(lineNamed(request, "Sec-WebSocket-Extensions"), "“x-own” is an extension", "RFC 7692 7.1");
    row(lineNamed(request, "Origin"), "“https://example.com”", "RFC 6455 10.2");
    row(lineNamed(request, "Cookie"), "“session”, “theme”", "RFC 6265 4.2");
    row(replied("sec-websocket-extensions: permessage-deflate; server_max_window_bits=\"10\""), "2^10 bytes",
        "RFC 7692 7.1");
    row(replied("Sec-WebSocket-Extensions: permessage-deflate; foo=1"), "“foo=1”: not a parameter", "RFC 7692 7.1");
    row(replied("Sec-WebSocket-Version: 13, 8"), "“13”, “8”", "RFC 6455 4.4");
    row(replied("Server: caf\xe9"), "“café”", "RFC 9110 10.2.4");
    row(replied("Content-Length: 12"), "12 bytes", "RFC 9110 8.6");
    row(replied("Set-Cookie: a=b; Path=/"), "“a”", "RFC 6265 4.1");
    row(replied("WWW-Authenticate: Basic realm=\"%1\""), "Basic realm=\"%1\"", "RFC 9110 11.6.1");
}

void TestHandshakeLines::says()
{
    QFETCH(HandshakeLine, line);
    QFETCH(QString, words);
    QFETCH(QString, section);
    QVERIFY2(line.text.contains(words), qPrintable(line.text));
    QCOMPARE(line.section, section);
}

void TestHandshakeLines::tellsWhatIsWrong_data()
{
    QTest::addColumn<HandshakeLine>("line");
    QTest::addColumn<QString>("words");
    const auto asked = [](const QByteArray &line) {
        return explainRequest("GET / HTTP/1.1\r\n" + line + "\r\n").value(1);
    };
    QTest::newRow("accept") << replied("Sec-WebSocket-Accept: AAAA")
                            << QStringLiteral("“s3pPLMBiTxaQ9kYGzzhZRbK+xOo=”");
    QTest::newRow("subprotocol") << replied("Sec-WebSocket-Protocol: mqtt") << QStringLiteral("not offered");
    QTest::newRow("upgrade") << replied("Upgrade: h2c") << QStringLiteral("websocket");
    QTest::newRow("key") << asked("Sec-WebSocket-Key: short") << QStringLiteral("16 bytes");
    QTest::newRow("version") << asked("Sec-WebSocket-Version: 8") << QStringLiteral("13");
    QTest::newRow("no header") << replied("nothing") << QStringLiteral("no header");
    QTest::newRow("method") << explainRequest("POST / HTTP/1.1\r\n\r\n").value(0) << QStringLiteral("GET");
    QTest::newRow("old HTTP") << explainRequest("GET / HTTP/1.0\r\n\r\n").value(0) << QStringLiteral("HTTP/1.1");
}

void TestHandshakeLines::tellsWhatIsWrong()
{
    QFETCH(HandshakeLine, line);
    QFETCH(QString, words);
    QVERIFY2(line.problem.contains(words), qPrintable(line.problem));
}

void TestHandshakeLines::statuses_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QString>("section");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *status, const char *section, const char *words) {
        QTest::newRow(status) << QByteArray(status) << QString::fromLatin1(section) << QString::fromLatin1(words);
    };
    row("302 Found", "RFC 9110 15.4.3", "Location");
    row("403 Forbidden", "RFC 9110 15.5.4", "refuses");
    row("429 Slow down", "RFC 6585 4", "Retry-After");
    row("503 x", "RFC 9110 15.6.4", "overloaded");
    row("418 x", "RFC 9110 15", "at fault");
    row("599 x", "RFC 9110 15", "its own word");
    row("999 x", "RFC 9110 15", "nothing that is known");
    row("abc", "RFC 9110 15", "nothing that is known");
}

void TestHandshakeLines::statuses()
{
    QFETCH(QByteArray, status);
    QFETCH(QString, section);
    QFETCH(QString, words);
    const HandshakeLine line = explainReply("HTTP/1.1 " + status + "\r\n\r\n", Request).value(0);
    QCOMPARE(line.section, section);
    QVERIFY2(line.text.contains(words), qPrintable(line.text));
    QVERIFY(!line.problem.isEmpty());
}

void TestHandshakeLines::marksFoldedLines()
{
    const HandshakeLines lines =
        explainReply("HTTP/1.1 101 x\r\nSec-WebSocket-Version: 13,\r\n\t8\r\nServer: a\r\n\r\n", Request);
    QCOMPARE(lines.size(), 5);
    QVERIFY(!lines[1].folded);
    QVERIFY(lines[2].folded);
    QVERIFY(!lines[2].problem.isEmpty());
    QCOMPARE(lines[2].section, QStringLiteral("RFC 9112 5.2"));
    QVERIFY(!lines[3].folded);
    // The header is explained with all of its value.
    QVERIFY2(lines[1].text.contains(QStringLiteral("“8”")), qPrintable(lines[1].text));
}

void TestHandshakeLines::marksDuplicates()
{
    const HandshakeLines lines = explainReply(
        Reply.chopped(2) + "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nUPGRADE: websocket\r\n\r\n", Request);
    for (const char *name : {"Sec-WebSocket-Accept", "sec-websocket-accept"}) {
        QVERIFY(lineNamed(lines, name).duplicate);
        QVERIFY(lineNamed(lines, name).problem.contains(QStringLiteral("RFC 6455 11.3.3")));
    }
    QVERIFY(lineNamed(lines, "UPGRADE").duplicate);
    QVERIFY(lineNamed(lines, "UPGRADE").problem.isEmpty());
    QVERIFY(!lineNamed(lines, "Connection").duplicate);
}

void TestHandshakeLines::secretsAreNotRepeated()
{
    const HandshakeLines lines =
        explainRequest("GET / HTTP/1.1\r\nCookie: a=secret\r\nAuthorization: Bearer secret\r\n\r\n");
    for (const HandshakeLine &line : lines)
        QVERIFY2(!line.text.contains(QStringLiteral("secret")), qPrintable(line.text));
    QVERIFY(lines[2].text.contains(QStringLiteral("token")));
}

SOCKEYE_TEST(TestHandshakeLines, NoApplication)
#include "tst_handshakelines.moc"
