// Peers that compress badly, or what was not agreed on.

#include "connection/MemoryUse.h"
#include "connection/SessionFixture.h"

#include "support/TestProgram.h"
#include "wire/PermessageDeflate.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class HostileDeflateTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brokenRules_data();
    void brokenRules();
    void bomb();
    void fragmentsOfNothing();
    void notAgreedOn_data();
    void notAgreedOn();
    void parametersNotOffered_data();
    void parametersNotOffered();
    void aByteAtATime();
};

namespace {
QByteArray compressed(const QByteArray &payload)
{
    return Deflater(15, true).deflate(payload);
}

/// Agrees on permessage-deflate, whatever was offered.
void agree(RawServer &server, const QByteArray &parameters = {})
{
    server.setReply([parameters](const QByteArray &head) {
        return RawServer::acceptReply(head, "Sec-WebSocket-Extensions: permessage-deflate" + parameters + "\r\n");
    });
}
} // namespace

void HostileDeflateTest::brokenRules_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char *name, const QByteArray &bytes, int code, const char *rule) {
        QTest::newRow(name) << bytes << code << QString::fromLatin1(rule);
    };
    const QByteArray good = compressed("Hello, Sockeye! Hello, Sockeye!");
    row("cut off", serverFrame(Opcode::Text, good.chopped(4), true, Rsv1), 1007, "message.deflate");
    row("cut off in a stored block", serverFrame(Opcode::Text, QByteArray::fromHex("00ff0000ff4865"), true, Rsv1), 1007,
        "message.deflate");
    row("reserved block type", serverFrame(Opcode::Binary, "\x07", true, Rsv1), 1007, "message.deflate");
    row("noise", serverFrame(Opcode::Binary, QByteArray(1000, '\xa5'), true, Rsv1), 1007, "message.deflate");
    row("bad in the second fragment",
        serverFrame(Opcode::Binary, good.first(5), false, Rsv1) +
            serverFrame(Opcode::Continuation, QByteArray(100, '\xff')),
        1007, "message.deflate");
    row("no UTF-8 inside", serverFrame(Opcode::Text, compressed("ab\xff"), true, Rsv1), 1007, "message.utf8");
    row("RSV1 on a continuation",
        serverFrame(Opcode::Text, good.first(5), false, Rsv1) +
            serverFrame(Opcode::Continuation, good.sliced(5), true, Rsv1),
        1002, "frame.rsv");
    row("RSV1 on a continuation of a plain message",
        serverFrame(Opcode::Text, "a", false) + serverFrame(Opcode::Continuation, "b", true, Rsv1), 1002, "frame.rsv");
    row("RSV1 on a ping", serverFrame(Opcode::Ping, "p", true, Rsv1), 1002, "frame.rsv");
    row("RSV1 on a close", serverFrame(Opcode::Close, QByteArray::fromHex("03e8"), true, Rsv1), 1002, "frame.rsv");
    row("RSV2", serverFrame(Opcode::Text, good, true, Rsv1 | Rsv2), 1002, "frame.rsv");
}

void HostileDeflateTest::brokenRules()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    QFETCH(QString, rule);
    SessionFixture f;
    agree(f.server);
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Text, compressed("before"), true, Rsv1) + bytes +
                  serverFrame(Opcode::Text, "only recorded"));
    QTRY_COMPARE(closeCodeIn(f.server.received()), code);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.record().endKind, EndKind::RuleBroken);
    QCOMPARE(f.record().end->brokenRule, rule);
    QVERIFY2(f.brokenRules().contains(rule), qPrintable(f.brokenRules().join(u' ')));
    QCOMPARE(f.messages().constFirst().head, QByteArray("before"));
    QCOMPARE(f.unprocessed(), QList<QByteArray>{"only recorded"});
    QVERIFY(f.worksAgain());
}

void HostileDeflateTest::bomb()
{
    constexpr qint64 Inflated = 1024 * MemoryUse::MiB;
    // 64 MiB of the same character, again and again: a gigabyte out of a megabyte.
    const QByteArray step = Deflater(15, true).deflate(QByteArray(Inflated / 16, 'A'));
    const QByteArray bytes = (step + QByteArray::fromHex("0000ffff")).repeated(16);
    QVERIFY(bytes.size() < 2 * MemoryUse::MiB);
    SessionFixture f;
    agree(f.server);
    Endpoint endpoint = f.endpoint();
    endpoint.limits.message = 16 * MemoryUse::MiB;
    QVERIFY(f.open(endpoint));
    const MemoryUse before = MemoryUse::now();
    f.server.send(serverFrame(Opcode::Text, bytes, true, Rsv1));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1009);
    QVERIFY(MemoryUse::now().resident - before.resident < 256 * MemoryUse::MiB);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.brokenRules(), QStringList{QStringLiteral("message.too-large")});
    // The bomb itself is kept, as it came.
    QCOMPARE(f.messages().constFirst().size, bytes.size());
    QVERIFY(f.payload(f.messages().constFirst()) == bytes);
    QVERIFY(f.worksAgain());
}

void HostileDeflateTest::fragmentsOfNothing()
{
    SessionFixture f;
    agree(f.server);
    Endpoint endpoint = f.endpoint();
    endpoint.limits.message = MemoryUse::MiB;
    QVERIFY(f.open(endpoint));
    // Empty stored blocks: not a byte comes out of them.
    const QByteArray nothing = QByteArray::fromHex("000000ffff").repeated(20'000);
    f.server.send(serverFrame(Opcode::Text, nothing, false, Rsv1) +
                  serverFrame(Opcode::Continuation, nothing, false).repeated(20));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1009);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.brokenRules(), QStringList{QStringLiteral("message.too-large")});
    QVERIFY(f.worksAgain());
}

void HostileDeflateTest::notAgreedOn_data()
{
    QTest::addColumn<bool>("offered");
    QTest::newRow("offered, not taken") << true;
    QTest::newRow("not offered") << false;
}

void HostileDeflateTest::notAgreedOn()
{
    QFETCH(bool, offered);
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.deflate.offered = offered;
    QVERIFY(f.open(endpoint));
    QCOMPARE(f.server.requestHead().contains("permessage-deflate"), offered);
    f.server.send(serverFrame(Opcode::Text, compressed("hello"), true, Rsv1));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1002);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.brokenRules(), QStringList{QStringLiteral("frame.rsv")});
    QVERIFY(f.worksAgain());
}

void HostileDeflateTest::parametersNotOffered_data()
{
    QTest::addColumn<bool>("offered");
    QTest::addColumn<int>("serverBits");
    QTest::addColumn<QByteArray>("parameters");
    QTest::newRow("deflate itself") << false << 15 << QByteArray();
    QTest::newRow("unknown parameter") << true << 15 << QByteArray("; x-level=9");
    QTest::newRow("more window than asked for") << true << 10 << QByteArray("; server_max_window_bits=12");
    QTest::newRow("a window that was asked for and left out") << true << 10 << QByteArray();
    QTest::newRow("window bits of 7") << true << 15 << QByteArray("; client_max_window_bits=7");
    QTest::newRow("window bits of 08") << true << 15 << QByteArray("; client_max_window_bits=08");
    QTest::newRow("window bits without a number") << true << 15 << QByteArray("; client_max_window_bits");
    QTest::newRow("a value where none may be") << true << 15 << QByteArray("; server_no_context_takeover=1");
}

void HostileDeflateTest::parametersNotOffered()
{
    QFETCH(bool, offered);
    QFETCH(int, serverBits);
    QFETCH(QByteArray, parameters);
    SessionFixture f;
    agree(f.server, parameters);
    Endpoint endpoint = f.endpoint();
    endpoint.deflate.offered = offered;
    endpoint.deflate.serverMaxWindowBits = serverBits;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QCOMPARE(f.failedChecks(), QStringList{QStringLiteral("extensions")});
    QVERIFY(f.worksAgain());
}

void HostileDeflateTest::aByteAtATime()
{
    SessionFixture f;
    agree(f.server);
    QVERIFY(f.open());
    const QByteArray text = "gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x9f gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x9f";
    const QByteArray bytes = compressed(text);
    QByteArray frames = serverFrame(Opcode::Text, {}, false, Rsv1);
    for (const char byte : bytes)
        frames += serverFrame(Opcode::Continuation, QByteArray(1, byte), false);
    f.server.sendInPieces(1, std::chrono::milliseconds(0));
    f.server.send(frames + serverFrame(Opcode::Continuation, {}));
    QTRY_COMPARE(f.session->status().messagesIn, 1);
    const Entry entry = f.messages().constFirst();
    QVERIFY(entry.compressed);
    QCOMPARE(entry.head, text);
    QCOMPARE(entry.frameCount, bytes.size() + 2);
    QVERIFY(f.brokenRules().isEmpty());
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

SOCKEYE_TEST(HostileDeflateTest, QCoreApplication)
#include "tst_hostile_deflate.moc"
