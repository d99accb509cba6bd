// Peers whose answer to the handshake is wrong, huge, slow, or none.

#include "connection/SessionFixture.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class HostileHandshakeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusals_data();
    void refusals();
    void chunkedRefusal();
    void brokenRules_data();
    void brokenRules();
    void oddButLegal_data();
    void oddButLegal();
    void whatOthersRefuse_data();
    void whatOthersRefuse();
    void interimReplies_data();
    void interimReplies();
    void unreadableHeads_data();
    void unreadableHeads();
    void limitsOfTheEndpoint_data();
    void limitsOfTheEndpoint();
    void byteAtATime();
    void noEndOfTheHead_data();
    void noEndOfTheHead();
    void endsInTheHandshake_data();
    void endsInTheHandshake();
};

namespace {
/// Findings of the entry that keeps what the peer said instead of a head.
Findings rawFindings(SessionFixture &f)
{
    const QList<Entry> messages = f.messages();
    return messages.size() == 1 && messages[0].kind == EntryKind::Raw ? f.findings(messages[0]) : Findings();
}
} // namespace

void HostileHandshakeTest::refusals_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("lines");
    const auto row = [](const char *status, const char *lines = "") {
        QTest::newRow(status) << QByteArray(status) << QByteArray(lines);
    };
    row("301 Moved Permanently", "Location: ws://127.0.0.1:1/\r\n");
    row("302 Found", "Location: /elsewhere\r\n");
    row("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n");
    row("403 Forbidden");
    row("404 Not Found");
    row("426 Upgrade Required", "Upgrade: h2c\r\nSec-WebSocket-Version: 8, 13\r\n");
    row("429 Too Many Requests", "Retry-After: 3600\r\n");
    row("500 Internal Server Error");
    row("503 Service Unavailable");
}

void HostileHandshakeTest::refusals()
{
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, lines);
    const QByteArray body = "<html>Not for you: " + status + "</html>\n";
    const QByteArray head =
        "HTTP/1.1 " + status + "\r\n" + lines + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    SessionFixture f;
    // TCP stays open: the body's length alone must tell that nothing more comes.
    f.server.setReply([&](const QByteArray &) { return head + body; });
    QVERIFY(f.session->open(f.endpoint()));
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::HandshakeFailed);
    QCOMPARE(record.responseHead, head);
    QCOMPARE(record.responseBody, body);
    QVERIFY2(record.endText.contains(QString::fromLatin1(status)), qPrintable(record.endText));
    QVERIFY2(f.failedChecks().contains(QStringLiteral("status")), qPrintable(f.failedChecks().join(u' ')));
    QVERIFY(f.worksAgain());
}

void HostileHandshakeTest::chunkedRefusal()
{
    SessionFixture f;
    const QByteArray body = "4\r\nno, \r\n3\r\nno!\r\n0\r\nX-Trailer: yes\r\n\r\n";
    f.server.setReply(
        [&](const QByteArray &) { return "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n" + body; });
    // At the last chunk, not when the patience with a body's end (2 s) has run out. A busy machine may need that long
    // now and then, but not each time.
    bool wasQuick = false;
    for (int attempt = 1; attempt <= 5 && !wasQuick; ++attempt) {
        QVERIFY(f.session->open(f.endpoint()));
        QVERIFY(f.waitClosed());
        const ConnectionRecord record = f.record(attempt);
        QCOMPARE(record.responseBody, body);
        wasQuick = record.ended - record.started < std::chrono::seconds(2);
    }
    QVERIFY(wasQuick);
    QVERIFY(f.worksAgain());
}

void HostileHandshakeTest::brokenRules_data()
{
    QTest::addColumn<QByteArray>("replaced");
    QTest::addColumn<QByteArray>("by");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char *name, const char *replaced, const char *by, const char *rule) {
        QTest::newRow(name) << QByteArray(replaced) << QByteArray(by) << QString::fromLatin1(rule);
    };
    row("wrong Accept", "Sec-WebSocket-Accept: ", "Sec-WebSocket-Accept: x", "accept");
    row("no Accept", "Sec-WebSocket-Accept: ", "X-Accept: ", "accept");
    row("no Upgrade", "Upgrade: websocket\r\n", "", "upgrade");
    row("another Upgrade", "Upgrade: websocket", "Upgrade: h2c", "upgrade");
    row("no Connection", "Connection: Upgrade\r\n", "", "connection");
    row("HTTP/2.0", "HTTP/1.1", "HTTP/2.0", "http-version");
    row("a list of upgrades", "Upgrade: websocket", "Upgrade: websocket, foo", "upgrade");
    row("unknown subprotocol", "\r\n\r\n", "\r\nSec-WebSocket-Protocol: nobody-asked\r\n\r\n", "subprotocol");
    row("two subprotocols", "\r\n\r\n", "\r\nSec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: a\r\n\r\n",
        "duplicates");
    row("two Accepts", "Sec-WebSocket-Accept: ", "Sec-WebSocket-Accept: x\r\nSec-WebSocket-Accept: ", "duplicates");
    row("unknown extension", "\r\n\r\n", "\r\nSec-WebSocket-Extensions: x-webkit-deflate-frame\r\n\r\n", "extensions");
    row("unknown deflate parameter", "\r\n\r\n",
        "\r\nSec-WebSocket-Extensions: permessage-deflate; mode=brotli\r\n\r\n", "extensions");
    row("window bits of 16", "\r\n\r\n",
        "\r\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=16\r\n\r\n", "extensions");
    row("a parameter twice", "\r\n\r\n",
        "\r\nSec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; server_no_context_takeover\r\n"
        "\r\n",
        "extensions");
    row("deflate twice", "\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate, permessage-deflate\r\n\r\n",
        "extensions");
}

void HostileHandshakeTest::brokenRules()
{
    QFETCH(QByteArray, replaced);
    QFETCH(QByteArray, by);
    QFETCH(QString, rule);
    SessionFixture f;
    f.server.setReply([&](const QByteArray &head) { return RawServer::acceptReply(head).replace(replaced, by); });
    QVERIFY(f.session->open(f.endpoint()));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QVERIFY2(f.failedChecks().contains(rule), qPrintable(f.failedChecks().join(u' ')));
    QCOMPARE(f.session->status().findings, f.failedChecks().size());
    QVERIFY2(f.session->status().endText.startsWith(u"The handshake was not accepted."),
             qPrintable(f.session->status().endText));
    // Not a byte more goes to a peer whose handshake is not accepted.
    QTRY_VERIFY(!f.server.isConnected());
    QVERIFY(f.server.received().isEmpty());
    QVERIFY(f.worksAgain());
}

void HostileHandshakeTest::oddButLegal_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QStringList>("failed");
    QTest::newRow("folded") << QByteArray("X-Folded: one\r\n  two\r\n\tthree\r\n")
                            << QStringList{QStringLiteral("folding")};
    QTest::newRow("duplicated") << QByteArray("Server: a\r\nServer: b\r\nUpgrade: websocket\r\nConnection: close\r\n")
                                << QStringList();
    QTest::newRow("space before a colon")
        << QByteArray("X-Odd : 1\r\nX-Odder\t: 2\r\n") << QStringList{QStringLiteral("http.space-before-colon")};
    QTest::newRow("no names") << QByteArray("no header\r\n: nor this\r\n")
                              << QStringList{QStringLiteral("http.no-name")};
    QTest::newRow("a control character, and a name of none")
        << QByteArray("X: a\x01z\r\nX(y): 2\r\n")
        << QStringList{QStringLiteral("http.control-character"), QStringLiteral("http.bad-name")};
    QByteArray many;
    for (int i = 0; i < 900; ++i)
        many += "X-Header-" + QByteArray::number(i) + ": value\r\n";
    QTest::newRow("900 headers") << many << QStringList();
    QTest::newRow("a line of 200 KiB") << QByteArray("X-Long: " + QByteArray(200 * 1024, 'x') + "\r\n")
                                       << QStringList();
}

void HostileHandshakeTest::oddButLegal()
{
    QFETCH(QByteArray, lines);
    QFETCH(QStringList, failed);
    SessionFixture f;
    f.server.setReply([&](const QByteArray &head) { return RawServer::acceptReply(head, lines); });
    QVERIFY(f.open());
    QCOMPARE(f.failedChecks(), failed);
    // A remark is no fault.
    QTRY_COMPARE(f.session->status().findings, failed.size());
    QVERIFY(f.record().responseHead.contains(lines));
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

void HostileHandshakeTest::whatOthersRefuse_data()
{
    QTest::addColumn<QByteArray>("replaced");
    QTest::addColumn<QByteArray>("by");
    QTest::addColumn<QString>("remark");
    const auto row = [](const char *name, const char *replaced, const char *by, const char *remark) {
        QTest::newRow(name) << QByteArray(replaced) << QByteArray(by) << QString::fromLatin1(remark);
    };
    row("HTTP/1.0", "HTTP/1.1", "HTTP/1.0", "http-version.old");
    row("Upgrade twice", "Upgrade: websocket\r\n", "Upgrade: websocket\r\nUpgrade: WebSocket\r\n", "upgrade.twice");
    row("a length", "\r\n\r\n", "\r\nContent-Length: 0\r\n\r\n", "framing.content-length");
    row("chunked", "\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n", "framing.transfer-encoding");
    row("no extension", "\r\n\r\n", "\r\nSec-WebSocket-Extensions: \r\n\r\n", "extensions.empty");
    row("bare line feeds", "\r\n", "\n", "http.bare-line-feed");
}

/// It is accepted, and frames go both ways: nothing of them is taken for a body.
void HostileHandshakeTest::whatOthersRefuse()
{
    QFETCH(QByteArray, replaced);
    QFETCH(QByteArray, by);
    QFETCH(QString, remark);
    SessionFixture f;
    f.server.setReply([&](const QByteArray &head) { return RawServer::acceptReply(head).replace(replaced, by); });
    QVERIFY(f.open());
    QCOMPARE(f.failedChecks(), QStringList());
    QCOMPARE(f.remarks(), QStringList{remark});
    QCOMPARE(f.session->status().findings, 0);
    f.server.send(serverFrame(Opcode::Text, "hello"));
    QTRY_COMPARE(f.session->status().messagesIn, 1);
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

void HostileHandshakeTest::interimReplies_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("pieces");
    QTest::newRow("one") << 1 << 0;
    QTest::newRow("eight") << 8 << 0;
    QTest::newRow("one, in pieces") << 1 << 10;
    QTest::newRow("too many") << 1000 << 0;
}

/// A client must be able to read them even if it does not expect them (RFC 9110 section 15.2), but not without end.
void HostileHandshakeTest::interimReplies()
{
    QFETCH(int, count);
    QFETCH(int, pieces);
    const QByteArray interim = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n";
    SessionFixture f;
    f.server.sendInPieces(pieces, std::chrono::milliseconds(0));
    f.server.setReply([&](const QByteArray &head) { return interim.repeated(count) + RawServer::acceptReply(head); });
    if (count > 100) {
        QVERIFY(f.session->open(f.endpoint()));
    } else {
        QVERIFY(f.open());
        QVERIFY(f.failedChecks().isEmpty());
        QCOMPARE(f.remarks(), QStringList{QStringLiteral("http.interim")});
        QVERIFY(f.record().responseHead.startsWith("HTTP/1.1 101 "));
        QCOMPARE(f.messages().size(), count);
        QCOMPARE(f.messages()[0].head, interim);
        QCOMPARE(f.brokenRules(), QStringList(count, QStringLiteral("http.interim")));
        f.session->abort();
    }
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

void HostileHandshakeTest::unreadableHeads_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("word");
    const QByteArray start = "HTTP/1.1 101 Switching Protocols\r\n";
    QByteArray many = start;
    for (int i = 0; i < 10'000; ++i)
        many += "X: y\r\n";
    QTest::newRow("10,000 headers") << QByteArray(many + "\r\n") << QStringLiteral("http.too-many-lines")
                                    << QStringLiteral("1000 lines");
    QTest::newRow("a line of 1 MiB") << QByteArray(start + "X: " + QByteArray(1024 * 1024, 'y') + "\r\n\r\n")
                                     << QStringLiteral("http.too-large") << QStringLiteral("262 kB");
    QTest::newRow("a status line of 1 MiB") << QByteArray("HTTP/1.1 101 " + QByteArray(1024 * 1024, 'y'))
                                            << QStringLiteral("http.too-large") << QStringLiteral("262 kB");
    QTest::newRow("TLS") << QByteArray::fromHex("15030100020246") << QStringLiteral("http.not-http")
                         << QStringLiteral("does not speak HTTP");
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2p1\r\n") << QStringLiteral("http.not-http")
                         << QStringLiteral("does not speak HTTP");
    QTest::newRow("frames at once") << serverFrame(Opcode::Text, "hello") << QStringLiteral("http.not-http")
                                    << QStringLiteral("does not speak HTTP");
}

void HostileHandshakeTest::unreadableHeads()
{
    QFETCH(QByteArray, reply);
    QFETCH(QString, rule);
    QFETCH(QString, word);
    SessionFixture f;
    f.server.setReply([&](const QByteArray &) { return reply; });
    QVERIFY(f.session->open(f.endpoint()));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QVERIFY2(f.session->status().endText.contains(word), qPrintable(f.session->status().endText));
    const Findings findings = rawFindings(f);
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings[0].rule, rule);
    QVERIFY(f.messages()[0].size <= 256 * 1024);
    QVERIFY(reply.startsWith(f.payload(f.messages()[0])));
    QVERIFY(f.worksAgain());
}

void HostileHandshakeTest::limitsOfTheEndpoint_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<int>("lines");
    QTest::addColumn<QString>("rule");
    QTest::newRow("bytes") << qint64(100) << 1000 << QStringLiteral("http.too-large");
    QTest::newRow("lines") << qint64(100'000) << 3 << QStringLiteral("http.too-many-lines");
}

void HostileHandshakeTest::limitsOfTheEndpoint()
{
    QFETCH(qint64, bytes);
    QFETCH(int, lines);
    QFETCH(QString, rule);
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.limits.headBytes = bytes;
    endpoint.limits.headLines = lines;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QCOMPARE(f.brokenRules(), QStringList{rule});
    QVERIFY(f.worksAgain());
}

void HostileHandshakeTest::byteAtATime()
{
    SessionFixture f;
    f.server.sendInPieces(1, std::chrono::milliseconds(1));
    f.server.setReply([](const QByteArray &head) {
        return RawServer::acceptReply(head) + serverFrame(Opcode::Text, "gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x9f");
    });
    QVERIFY(f.open());
    QVERIFY(f.failedChecks().isEmpty());
    QTRY_COMPARE(f.messages().size(), 1);
    QCOMPARE(f.messages()[0].head, QByteArray("gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x9f"));
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

void HostileHandshakeTest::noEndOfTheHead_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("no answer") << QByteArray();
    // Each byte is a sign of life, but it is the whole answer that has its time.
    QTest::newRow("one byte after the other")
        << QByteArray("HTTP/1.1 101 Switching Protocols\r\nX: " + QByteArray(100'000, 'y'));
}

void HostileHandshakeTest::noEndOfTheHead()
{
    QFETCH(QByteArray, reply);
    SessionFixture f;
    f.server.sendInPieces(1, std::chrono::milliseconds(5));
    f.server.setReply([&](const QByteArray &) { return reply; });
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.connect = std::chrono::milliseconds(800);
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QVERIFY2(f.session->status().endText.contains(u"within 800 ms"), qPrintable(f.session->status().endText));
    // What had come is kept.
    QCOMPARE(f.messages().size(), reply.isEmpty() ? 0 : 1);
    QVERIFY(f.worksAgain());
}

void HostileHandshakeTest::endsInTheHandshake_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<RawServer::End>("end");
    QTest::addColumn<QString>("word");
    using End = RawServer::End;
    const QByteArray half = "HTTP/1.1 101 Switching Protocols\r\nUpgr";
    QTest::newRow("FIN at once") << QByteArray() << End::Fin << QStringLiteral("without an answer");
    QTest::newRow("FIN in the head") << half << End::Fin << QStringLiteral("in the middle");
    QTest::newRow("RST at once") << QByteArray() << End::Reset << QStringLiteral("RST");
    QTest::newRow("RST in the head") << half << End::Reset << QStringLiteral("RST");
    QTest::newRow("half-close at once") << QByteArray() << End::HalfClose << QStringLiteral("without an answer");
    QTest::newRow("half-close in the head") << half << End::HalfClose << QStringLiteral("in the middle");
}

void HostileHandshakeTest::endsInTheHandshake()
{
    QFETCH(QByteArray, reply);
    QFETCH(RawServer::End, end);
    QFETCH(QString, word);
    SessionFixture f;
    f.server.setReply([&](const QByteArray &) { return reply; });
    f.server.endAfterReply(end);
    QVERIFY(f.session->open(f.endpoint()));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QVERIFY2(f.session->status().endText.contains(word), qPrintable(f.session->status().endText));
    QVERIFY(f.worksAgain());
}

SOCKEYE_TEST(HostileHandshakeTest, QCoreApplication)
#include "tst_hostile_handshake.moc"
