#include "search/EnvelopeSplitter.h"
#include "support/TestProgram.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QtTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

char letter(EnvelopePart::Kind kind)
{
    // In the order of the enumeration.
    return "jtbgr0escS"[int(kind)];
}

/// "b:<mark> j:{}": the letter of each part's kind, then its bytes. Empty if the parts do not make up the payload.
QByteArray split(const QByteArray &payload)
{
    EnvelopeSplitter splitter(payload);
    QByteArrayList parts;
    QByteArray whole;
    while (const auto part = splitter.next()) {
        if (part->size <= 0)
            return {};
        const QByteArray bytes = splitter.bytes(*part).toByteArray();
        whole += bytes;
        parts += letter(part->kind) + (":" + bytes);
    }
    return whole == payload ? parts.join('|') : QByteArray();
}

} // namespace

class EnvelopeSplitterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splits_data();
    void splits();
    void survivesAnyBytes();
    void takesTimeByTheLength_data();
    void takesTimeByTheLength();
};

void EnvelopeSplitterTest::splits_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QByteArray>("parts");
    const auto row = [](const char *title, const QByteArray &payload, const QByteArray &parts) {
        QTest::newRow(title) << payload << parts;
    };
    const QByteArray nul(1, '\0');
    row("JSON", "{\"a\":1}", "j:{\"a\":1}");
    row("a number", "42", "j:42");
    row("text", "hello", "t:hello");
    row("indented", "{\n \"a\": [\n1]\n}\n", "j:{\n \"a\": [\n1]\n}\n");
    row("brackets in strings", "[\"]\\\"]\"]\n{}", "j:[\"]\\\"]\"]\n|j:{}");
    row("byte order mark", "\xef\xbb\xbf[1]", "b:\xef\xbb\xbf|j:[1]");
    row("mark and guard", "\xef\xbb\xbf)]}'\n[1]", "b:\xef\xbb\xbf|g:)]}'|j:\n[1]");
    row("guard of AngularJS", ")]}',\n{}", "g:)]}',|j:\n{}");
    row("guard with a loop", "while(1);[1]", "g:while(1);|j:[1]");
    row("guard with another loop", "for (;;);{}", "g:for (;;);|j:{}");
    row("guard that throws", "throw 1; <don't be evil> [1]", "g:throw 1; <don't be evil>|j: [1]");
    row("guard with an expression", "{}&&{\"a\":1}", "g:{}&&|j:{\"a\":1}");
    row("SignalR", "{}\x1e", "j:{}|r:\x1e");
    row("SignalR, three", "{}\x1e{\"type\":6}\x1e{}\x1e", "j:{}|r:\x1e|j:{\"type\":6}|r:\x1e|j:{}|r:\x1e");
    row("RFC 7464", "\x1e{}\n\x1e[1]\n", "r:\x1e|j:{}\n|r:\x1e|j:[1]\n");
    row("JSON Lines", "{}\n[1]\r\n\n5\n\"x\"\n", "j:{}\n|j:[1]\r\n\n|j:5\n|j:\"x\"\n");
    row("lines that are no JSON", "{}\nhello\n{}", "j:{}\n|t:hello\n{}");
    row("XMLSocket", "{}" + nul + "{}" + nul, "j:{}|0:" + nul + "|j:{}|0:" + nul);
    row("Engine.IO handshake", "0{\"sid\":\"x\"}", "e:0|j:{\"sid\":\"x\"}");
    row("Engine.IO message", "4[1]", "e:4|j:[1]");
    row("Engine.IO ping", "2probe", "j:2probe");
    row("Engine.IO, two",
        "4{}\x1e"
        "42[1]",
        "e:4|j:{}|r:\x1e|s:42|j:[1]");
    row("Socket.IO event", "42[\"a\"]", "s:42|j:[\"a\"]");
    row("Socket.IO connect", "40{\"sid\":1}", "s:40|j:{\"sid\":1}");
    row("Socket.IO namespace", "42/admin?x=1,[\"a\"]", "s:42/admin?x=1,|j:[\"a\"]");
    row("Socket.IO id", "4217[\"a\"]", "s:4217|j:[\"a\"]");
    row("Socket.IO acknowledgement", "43/n,12[]", "s:43/n,12|j:[]");
    row("Socket.IO attachments", "451-[\"f\",{}]", "s:451-|j:[\"f\",{}]");
    row("Socket.IO attachments, all", "4612-/n,3[{}]", "s:4612-/n,3|j:[{}]");
    row("Socket.IO error", "44\"no\"", "s:44|j:\"no\"");
    row("Socket.IO without JSON", "40/admin,", "j:40/admin,");
    row("SockJS messages", "a[\"{}\"]", "c:a|j:[\"{}\"]");
    row("SockJS close", "c[3000,\"x\"]", "c:c|j:[3000,\"x\"]");
    row("SockJS message", "m\"x\"", "c:m|j:\"x\"");
    row("SockJS open", "o", "t:o");
    row("STOMP", "MESSAGE\na:b\n\n{}" + nul + "\n", "S:MESSAGE\na:b\n\n|j:{}|0:" + nul + "\n");
    row("STOMP, CR LF", "SEND\r\na:b\r\n\r\n{}" + nul, "S:SEND\r\na:b\r\n\r\n|j:{}|0:" + nul);
    row("STOMP, two", "SEND\n\n[1]" + nul + "\nSEND\n\nx" + nul,
        "S:SEND\n\n|j:[1]|0:" + nul + "\n|S:SEND\n\n|t:x|0:" + nul);
    row("STOMP, content-length", "SEND\ncontent-length:5\n\n\"" + nul + "{}\"" + nul,
        "S:SEND\ncontent-length:5\n\n|j:\"" + nul + "{}\"|0:" + nul);
    row("STOMP, wrong content-length", "SEND\ncontent-length:99\n\n{}" + nul,
        "S:SEND\ncontent-length:99\n\n|j:{}|0:" + nul);
    row("STOMP without a body", "RECEIPT\nreceipt-id:1\n\n" + nul, "S:RECEIPT\nreceipt-id:1\n\n|0:" + nul);
    row("STOMP, separators are the body's", "SEND\n\n[1]\x1e" + nul, "S:SEND\n\n|j:[1]\x1e|0:" + nul);
    row("no STOMP command", "HELLO\n\n{}", "t:HELLO\n\n{}");
}

void EnvelopeSplitterTest::splits()
{
    QFETCH(QByteArray, payload);
    QFETCH(QByteArray, parts);
    QCOMPARE(split(payload), parts);
}

void EnvelopeSplitterTest::survivesAnyBytes()
{
    QRandomGenerator random(7);
    const QByteArrayList words{"{",
                               "}",
                               "[",
                               "]",
                               "\"",
                               "\\",
                               "\n",
                               "\r\n",
                               " ",
                               "\x1e",
                               QByteArray(1, '\0'),
                               "4",
                               "42",
                               "451-",
                               "/n,",
                               "a",
                               "c",
                               "m",
                               "0",
                               "SEND\n",
                               "MESSAGE\n\n",
                               ")]}'",
                               "while(1);",
                               "throw 1; <",
                               "content-length:3\n",
                               "\xef\xbb\xbf",
                               "\xff",
                               "true"};
    for (int round = 0; round < 50'000; ++round) {
        QByteArray payload;
        for (int i = 1 + random.bounded(12); i > 0; --i)
            payload += words[random.bounded(int(words.size()))];
        QVERIFY2(!split(payload).isEmpty(), payload.toHex().constData());
    }
}

void EnvelopeSplitterTest::takesTimeByTheLength_data()
{
    QTest::addColumn<QByteArray>("repeated");
    QTest::newRow("values") << QByteArray("{}");
    QTest::newRow("lines") << QByteArray("{}\n");
    QTest::newRow("records") << QByteArray("{}\x1e");
    QTest::newRow("brackets") << QByteArray("[");
    QTest::newRow("commands") << QByteArray("SEND\n");
    QTest::newRow("frames without an end") << QByteArray("SEND\n\n", 7);
    QTest::newRow("namespaces") << QByteArray("42/\x1e");
    QTest::newRow("strings") << QByteArray("\"\n[");
}

/// A search that began anew at each part would take hours.
void EnvelopeSplitterTest::takesTimeByTheLength()
{
    QFETCH(QByteArray, repeated);
    const QByteArray payload = repeated.repeated(4 * 1024 * 1024 / repeated.size());
    QElapsedTimer timer;
    timer.start();
    EnvelopeSplitter splitter(payload);
    qsizetype size = 0;
    while (const auto part = splitter.next())
        size += part->size;
    QCOMPARE(size, payload.size());
    QVERIFY(timer.elapsed() < 30'000);
}

SOCKEYE_TEST(EnvelopeSplitterTest, QCoreApplication)
#include "tst_envelopesplitter.moc"
