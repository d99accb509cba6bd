#include "connection/AcceptingHandshake.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using Event = AcceptingHandshake::Event;

class AcceptingHandshakeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsWithDeflate();
    void declinesDeflate();
    void leavesWhatFollows();
    void refusesWhatIsNoRequest_data();
    void refusesWhatIsNoRequest();
};

namespace {
HandshakeRequest clientRequest()
{
    HandshakeRequest clientRequest;
    clientRequest.host = "example.com";
    clientRequest.key = "dGhlIHNhbXBsZSBub25jZQ==";
    clientRequest.extensions = "permessage-deflate; server_max_window_bits=10; client_max_window_bits";
    return clientRequest;
}

HandshakeVerdict verdictOn(const QByteArray &reply)
{
    HttpHeadParser parser;
    QByteArrayView input = reply;
    (void)parser.feed(input);
    return judgeReply(clientRequest(), parser.head(), parser.findings());
}
} // namespace

void AcceptingHandshakeTest::acceptsWithDeflate()
{
    AcceptingHandshake handshake;
    const QByteArray head = composeRequest(clientRequest());
    for (const char &byte : head.chopped(1)) {
        QByteArrayView input(&byte, 1);
        QVERIFY(handshake.feed(input) == Event::NeedsMore);
    }
    QByteArrayView last = QByteArrayView(head).last(1);
    QVERIFY(handshake.feed(last) == Event::Requested);
    QCOMPARE(handshake.request().bytes, head);
    const HandshakeVerdict verdict = verdictOn(handshake.accept({.extensions = handshake.deflateAnswer()}));
    QVERIFY2(verdict.accepted(), qPrintable(verdict.reason()));
    QVERIFY(handshake.deflate());
    QCOMPARE(handshake.deflate()->serverMaxWindowBits, 10);
    QVERIFY(verdict.deflate == handshake.deflate());
}

void AcceptingHandshakeTest::declinesDeflate()
{
    AcceptingHandshake handshake;
    const QByteArray head = composeRequest(clientRequest());
    QByteArrayView input = head;
    QVERIFY(handshake.feed(input) == Event::Requested);
    const HandshakeVerdict verdict = verdictOn(handshake.accept());
    QVERIFY2(verdict.accepted(), qPrintable(verdict.reason()));
    QVERIFY(!handshake.deflate());
    QVERIFY(!verdict.deflate);
}

void AcceptingHandshakeTest::leavesWhatFollows()
{
    AcceptingHandshake handshake;
    const QByteArray bytes = composeRequest(clientRequest()) + "frames";
    QByteArrayView input = bytes;
    QVERIFY(handshake.feed(input) == Event::Requested);
    QCOMPARE(input.toByteArray(), QByteArray("frames"));
}

void AcceptingHandshakeTest::refusesWhatIsNoRequest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("refusal");
    const QByteArray valid = composeRequest(clientRequest());
    QTest::newRow("an old version") << QByteArray(valid).replace("Version: 13", "Version: 8")
                                    << QByteArray("HTTP/1.1 426 ");
    QTest::newRow("a plain clientRequest")
        << QByteArray("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n") << QByteArray("HTTP/1.1 426 ");
    QTest::newRow("HEAD") << QByteArray("HEAD / HTTP/1.1\r\nHost: example.com\r\n\r\n") << QByteArray("HTTP/1.1 405 ");
    QTest::newRow("another method") << QByteArray(valid).replace("GET", "POST") << QByteArray("HTTP/1.1 405 ");
    QTest::newRow("TLS") << QByteArray("\x16\x03\x01\x02") << QByteArray("HTTP/1.1 400 ");
    QTest::newRow("endless") << QByteArray("GET / HTTP/1.1\r\n" + QByteArray("X: y\r\n").repeated(2'000))
                             << QByteArray("HTTP/1.1 431 ");
}

void AcceptingHandshakeTest::refusesWhatIsNoRequest()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, refusal);
    AcceptingHandshake handshake;
    QByteArrayView input = bytes;
    QVERIFY(handshake.feed(input) == Event::Refused);
    QVERIFY2(handshake.refusal().startsWith(refusal), handshake.refusal().constData());
    // The reply to HEAD has the head of the reply to GET, and no text (RFC 9110 section 9.3.2).
    QCOMPARE(handshake.refusal().endsWith("\r\n\r\n"), bytes.startsWith("HEAD"));
}

SOCKEYE_TEST(AcceptingHandshakeTest, QCoreApplication)
#include "tst_acceptinghandshake.moc"
