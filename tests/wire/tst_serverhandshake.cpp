#include "wire/ServerHandshake.h"

#include "support/TestProgram.h"
#include "wire/DeflateAgreement.h"

#include <QTest>

using namespace sockeye;

class ServerHandshakeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsOurOwnRequest();
    void refuses_data();
    void refuses();
    void replyPassesOurOwnChecks();
    void acceptsDeflate_data();
    void acceptsDeflate();
};

namespace {
HandshakeRequest request()
{
    HandshakeRequest request;
    request.target = "/feed?x=1";
    request.host = "example.com";
    request.key = "dGhlIHNhbXBsZSBub25jZQ==";
    request.subprotocols = {QStringLiteral("chat"), QStringLiteral("superchat")};
    request.extensions = deflateOffer({});
    return request;
}

HttpHead headOf(const QByteArray &bytes)
{
    HttpHeadParser parser;
    QByteArrayView input = bytes;
    return parser.feed(input) == HttpHeadParser::Status::Complete ? parser.head() : HttpHead();
}

QStringList failed(const QList<HandshakeCheck> &checks)
{
    QStringList rules;
    for (const HandshakeCheck &check : checks) {
        if (!check.passed)
            rules += check.rule;
    }
    return rules;
}
} // namespace

void ServerHandshakeTest::acceptsOurOwnRequest()
{
    const HttpHead head = headOf(composeRequest(request()));
    const QList<HandshakeCheck> checks = checkRequest(head);
    QCOMPARE(checks.size(), 7);
    QCOMPARE(failed(checks), QStringList());
    QCOMPARE(requestLine(head).method, QByteArray("GET"));
    QCOMPARE(requestLine(head).target, QByteArray("/feed?x=1"));
    QCOMPARE(requestLine(head).version, QByteArray("HTTP/1.1"));
}

void ServerHandshakeTest::refuses_data()
{
    QTest::addColumn<QByteArray>("replaced");
    QTest::addColumn<QByteArray>("by");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QByteArray>("status");
    const auto row = [](const char *name, const char *replaced, const char *by, const char *rule,
                        const char *status = "HTTP/1.1 400 ") {
        QTest::newRow(name) << QByteArray(replaced) << QByteArray(by) << QString::fromLatin1(rule)
                            << QByteArray(status);
    };
    row("POST", "GET", "POST", "method", "HTTP/1.1 405 ");
    row("HTTP/1.0", "HTTP/1.1", "HTTP/1.0", "http-version");
    row("HTTP/2", "HTTP/1.1", "HTTP/2.0", "http-version");
    row("no Host", "Host: example.com\r\n", "", "host");
    row("two Hosts", "Host:", "Host: a\r\nHost:", "host");
    row("another protocol", "Upgrade: websocket", "Upgrade: h2c", "upgrade", "HTTP/1.1 426 ");
    row("no Connection", "Connection: Upgrade", "Connection: keep-alive", "connection");
    row("short key", "dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZQ==", "key");
    row("no base64", "dGhlIHNhbXBsZSBub25jZQ==", "the sample nonce!!!!!!!!", "key");
    row("no key", "Sec-WebSocket-Key", "Sec-WebSocket-Kay", "key");
    row("old version", "Version: 13", "Version: 8", "version", "HTTP/1.1 426 ");
}

void ServerHandshakeTest::refuses()
{
    QFETCH(QByteArray, replaced);
    QFETCH(QByteArray, by);
    QFETCH(QString, rule);
    QFETCH(QByteArray, status);
    const QList<HandshakeCheck> checks = checkRequest(headOf(composeRequest(request()).replace(replaced, by)));
    QCOMPARE(failed(checks), QStringList{rule});
    const QByteArray refusal = composeRefusal(checks);
    QVERIFY2(refusal.startsWith(status), refusal.constData());
    const HttpHead head = headOf(refusal);
    QCOMPARE(head.value("Content-Length")->toLongLong(), refusal.size() - head.bytes.size());
    QCOMPARE(head.value("Sec-WebSocket-Version").has_value(), head.status() == 426);
    QCOMPARE(head.value("Upgrade").has_value(), head.status() == 426);
    QCOMPARE(head.value("Allow").has_value(), head.status() == 405);
    const QList<QByteArray> options = head.tokens("Connection");
    QVERIFY(options.contains("close"));
    QCOMPARE(options.contains("Upgrade"), head.status() == 426);
}

void ServerHandshakeTest::replyPassesOurOwnChecks()
{
    const HandshakeRequest asked = request();
    const HttpHead head = headOf(composeRequest(asked));
    const QByteArray reply = composeReply({.key = head.value("Sec-WebSocket-Key").value_or(QByteArray()),
                                           .subprotocol = "superchat",
                                           .extensions = acceptDeflate(head.tokens("Sec-WebSocket-Extensions")),
                                           .headers = {{"X-Served-By", "a test"}}});
    const HandshakeVerdict verdict = judgeReply(asked, headOf(reply));
    QVERIFY2(verdict.accepted(), qPrintable(verdict.reason()));
    QCOMPARE(verdict.subprotocol, QStringLiteral("superchat"));
    QVERIFY(verdict.deflate);
    QCOMPARE(headOf(reply).value("X-Served-By"), QByteArray("a test"));
}

void ServerHandshakeTest::acceptsDeflate_data()
{
    QTest::addColumn<QList<QByteArray>>("offered");
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char *name, const QList<QByteArray> &offered, const char *answer) {
        QTest::newRow(name) << offered << QByteArray(answer);
    };
    row("nothing", {}, "");
    row("another extension", {"x-snappy"}, "");
    row("plain", {"permessage-deflate"}, "permessage-deflate");
    row("with the hint", {"permessage-deflate; client_max_window_bits"}, "permessage-deflate");
    row("with everything",
        {"permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; "
         "client_max_window_bits=9"},
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; "
        "client_max_window_bits=9");
    row("behind one that is invalid", {"permessage-deflate; server_max_window_bits=7", "permessage-deflate"},
        "permessage-deflate");
    row("unknown parameter", {"permessage-deflate; level=9"}, "");
    row("flag with a value", {"permessage-deflate; client_no_context_takeover=1"}, "");
    row("server bits without a value", {"permessage-deflate; server_max_window_bits"}, "");
    row("repeated parameter", {"permessage-deflate; client_max_window_bits; client_max_window_bits=9"}, "");
}

/// Whatever is accepted is also what the client takes for an answer to its offer.
void ServerHandshakeTest::acceptsDeflate()
{
    QFETCH(QList<QByteArray>, offered);
    QFETCH(QByteArray, answer);
    QCOMPARE(acceptDeflate(offered), answer);
    if (answer.isEmpty())
        return;
    const auto agreed = parseDeflateAnswer(offered, {answer});
    QVERIFY2(agreed, qPrintable(agreed.message()));
    QVERIFY(agreed.value());
}

SOCKEYE_TEST(ServerHandshakeTest, QCoreApplication)
#include "tst_serverhandshake.moc"
