// Peers whose frames break the rules, or keep them in a way that hurts.

#include "connection/MemoryUse.h"
#include "connection/SessionFixture.h"

#include "support/Patience.h"
#include "support/TestProgram.h"
#include "wire/FrameEncoder.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class HostileFramesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brokenRules_data();
    void brokenRules();
    void silenceInAFrame_data();
    void silenceInAFrame();
    void hugeMessages_data();
    void hugeMessages();
    void manyFragments_data();
    void manyFragments();
    void emptyFrames();
    void limitOfTheEndpoint_data();
    void limitOfTheEndpoint();
    void pingFlood();
    void pingsBetweenFragments();
    void framesByteAtATime();
    void framesBehindTheReply();
    void splitCharacters();
    void endsInAFrame_data();
    void endsInAFrame();
    void peerThatNeverReads();
    void endsWhileEchoesWait_data();
    void endsWhileEchoesWait();
};

namespace {

QByteArray announce(quint64 size)
{
    return makeHeader({.opcode = Opcode::Binary, .maskKey = std::nullopt}, size).view().toByteArray();
}

QByteArray repeated(const QByteArray &bytes, int count)
{
    return bytes.repeated(count);
}
} // namespace

void HostileFramesTest::brokenRules_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char *name, const QByteArray &bytes, int code, const char *rule) {
        QTest::newRow(name) << bytes << code << QString::fromLatin1(rule);
    };
    row("length of 2^63-1", announce((1ULL << 63) - 1), 1009, "message.too-large");
    row("length of 2^63", announce(1ULL << 63), 1002, "frame.length");
    row("length of 2^64-1", announce(~0ULL), 1002, "frame.length");
    row("1 GiB announced", announce(1ULL << 30), 1009, "message.too-large");
    row("1 GiB announced by a ping", QByteArray::fromHex("897f0000000040000000"), 1009, "message.too-large");
    row("control without FIN", serverFrame(Opcode::Close, {}, false), 1002, "frame.control-fragmented");
    row("close of 126 bytes", serverFrame(Opcode::Close, encodeCloseBody(1000, {}) + QByteArray(124, 'x')), 1002,
        "frame.control-too-long");
    for (const int rsv : {1, 2, 3, 4, 7})
        row(qPrintable(QStringLiteral("RSV %1").arg(rsv)), serverFrame(Opcode::Text, "x", true, quint8(rsv)), 1002,
            "frame.rsv");
    for (const int opcode : {3, 7, 11, 15})
        row(qPrintable(QStringLiteral("opcode %1").arg(opcode)), serverFrame(static_cast<Opcode>(opcode), {}), 1002,
            "frame.reserved-opcode");
    row("bad UTF-8 in the second fragment",
        serverFrame(Opcode::Text, "\xe2\x82", false) + serverFrame(Opcode::Continuation, "\x28"), 1007, "message.utf8");
    row("surrogate", serverFrame(Opcode::Text, "\xed\xa0\x80"), 1007, "message.utf8");
    row("text that ends inside a character", serverFrame(Opcode::Text, "\xe2\x82"), 1007, "message.utf8");
}

void HostileFramesTest::brokenRules()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    QFETCH(QString, rule);
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(bytes + serverFrame(Opcode::Text, "only recorded"));
    QTRY_COMPARE(closeCodeIn(f.server.received()), code);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::RuleBroken);
    QCOMPARE(int(record.closeCode), code);
    QVERIFY(record.end);
    QCOMPARE(record.end->brokenRule, rule);
    QCOMPARE(f.brokenRules(), QStringList{rule});
    // Where the length is not known the rest is bytes.
    QVERIFY(f.unprocessed().constLast().endsWith("only recorded"));
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::silenceInAFrame_data()
{
    QTest::addColumn<quint64>("announced");
    QTest::newRow("of the limit") << quint64(256 * 1024 * 1024);
    QTest::newRow("of 64 KiB") << quint64(64 * 1024);
}

/// A frame within the limit breaks no rule, however long its end takes; but nothing may be reserved for it.
void HostileFramesTest::silenceInAFrame()
{
    QFETCH(quint64, announced);
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.close = std::chrono::milliseconds(500);
    QVERIFY(f.open(endpoint));
    f.server.send(serverFrame(Opcode::Text, "before"));
    QTRY_COMPARE(f.session->status().messagesIn, 1);
    const MemoryUse before = MemoryUse::now();
    f.server.send(announce(announced) + "some of it" + QByteArray(1000, 'x'));
    f.session->close();
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1000);
    QVERIFY(MemoryUse::now().reserved - before.reserved < 128 * MemoryUse::MiB);
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::CloseTimeout);
    QCOMPARE(record.end->partialBytes, announce(announced).size() + 10 + 1000);
    QCOMPARE(f.messages().constLast().kind, EntryKind::Raw);
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::hugeMessages_data()
{
    QTest::addColumn<Opcode>("opcode");
    QTest::newRow("text") << Opcode::Text;
    QTest::newRow("binary") << Opcode::Binary;
}

void HostileFramesTest::hugeMessages()
{
    QFETCH(Opcode, opcode);
    constexpr qsizetype Size = 64 * 1024 * 1024;
    SessionFixture f;
    QVERIFY(f.open({.echo = true, .closeAfterMessages = 0, .lenient = false}));
    QByteArray payload(Size, 'x');
    payload[12'345'678] = 'y';
    f.server.send(serverFrame(opcode, payload));
    QTRY_COMPARE_WITH_TIMEOUT(f.session->status().messagesIn, 1, LongPatience);
    // And back again.
    QTRY_VERIFY_WITH_TIMEOUT(f.server.received().size() >= Size, LongPatience);
    const QList<Entry> messages = f.messages();
    QCOMPARE(messages.size(), 2);
    for (const Entry &entry : messages) {
        QCOMPARE(entry.kind, kindOf(opcode));
        QCOMPARE(entry.size, Size);
        QCOMPARE(entry.findingCount, 0);
        QVERIFY(f.payload(entry) == payload);
    }
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::manyFragments_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("100,000 of a byte") << 100'000 << QByteArray("x");
    QTest::newRow("1,000,000 empty") << 1'000'000 << QByteArray();
}

void HostileFramesTest::manyFragments()
{
    QFETCH(int, count);
    QFETCH(QByteArray, part);
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Text, part, false) +
                  repeated(serverFrame(Opcode::Continuation, part, false), count - 2) +
                  serverFrame(Opcode::Continuation, part));
    QTRY_COMPARE_WITH_TIMEOUT(f.session->status().messagesIn, 1, LongPatience);
    const Entry entry = f.messages().constFirst();
    QCOMPARE(entry.frameCount, count);
    QCOMPARE(entry.size, count * part.size());
    QCOMPARE(entry.findingCount, 0);
    QCOMPARE(f.frames(entry).size(), count);
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::emptyFrames()
{
    constexpr int Count = 1'000'000;
    SessionFixture f;
    QVERIFY(f.open());
    const MemoryUse before = MemoryUse::now();
    f.server.send(repeated(serverFrame(Opcode::Binary, {}), Count));
    QTRY_COMPARE_WITH_TIMEOUT(f.session->status().messagesIn, Count, LongPatience);
    QVERIFY(MemoryUse::now().resident - before.resident < 512 * MemoryUse::MiB);
    f.writer->flush();
    QCOMPARE(f.reader().lastEntry().value().value(), qint64(Count) + 2);
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::limitOfTheEndpoint_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("one frame") << serverFrame(Opcode::Text, QByteArray(1001, 'x'));
    QTest::newRow("fragments") << QByteArray(serverFrame(Opcode::Text, QByteArray(600, 'x'), false) +
                                             serverFrame(Opcode::Continuation, QByteArray(600, 'x'), false));
}

void HostileFramesTest::limitOfTheEndpoint()
{
    QFETCH(QByteArray, bytes);
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.limits.message = 1000;
    QVERIFY(f.open(endpoint));
    f.server.send(serverFrame(Opcode::Text, QByteArray(1000, 'x')) + bytes);
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1009);
    QCOMPARE(f.session->status().messagesIn, bytes.startsWith('\x01') ? 2 : 1);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.brokenRules(), QStringList{QStringLiteral("message.too-large")});
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::pingFlood()
{
    constexpr int Count = 200'000;
    SessionFixture f;
    QVERIFY(f.open());
    f.server.stopReading();
    const MemoryUse before = MemoryUse::now();
    f.server.send(repeated(serverFrame(Opcode::Ping, QByteArray(125, 'p')), Count) + serverFrame(Opcode::Text, "end"));
    QTRY_COMPARE_WITH_TIMEOUT(f.session->status().messagesIn, 1, LongPatience);
    // What is sent here, the pongs that the kernel holds, and no more of them.
    QVERIFY(MemoryUse::now().resident - before.resident < 256 * MemoryUse::MiB);
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::pingsBetweenFragments()
{
    constexpr int Count = 1000;
    SessionFixture f;
    QVERIFY(f.open());
    QByteArray bytes = serverFrame(Opcode::Text, "a", false);
    for (int i = 0; i < Count; ++i)
        bytes += serverFrame(Opcode::Ping, QByteArray::number(i)) + serverFrame(Opcode::Continuation, "b", false);
    f.server.send(bytes + serverFrame(Opcode::Continuation, "c"));
    QTRY_COMPARE(f.session->status().messagesIn, 1);
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), Count);
    const QList<Frame> pongs = decodeFrames(f.server.received());
    for (int i = 0; i < Count; ++i)
        QCOMPARE(pongs[i].payload, QByteArray::number(i));
    const QList<Entry> messages = f.messages();
    const auto text =
        std::find_if(messages.cbegin(), messages.cend(), [](const Entry &e) { return e.kind == EntryKind::Text; });
    QCOMPARE(f.payload(*text), "a" + QByteArray(Count, 'b') + "c");
    QVERIFY(f.brokenRules().isEmpty());
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::framesByteAtATime()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.server.sendInPieces(1, std::chrono::milliseconds(0));
    f.server.send(serverFrame(Opcode::Text, "gr\xc3\xbc\xc3\x9f", false) + serverFrame(Opcode::Ping, "now") +
                  serverFrame(Opcode::Continuation, " \xf0\x9f\x90\x9f") +
                  serverFrame(Opcode::Binary, QByteArray(300, 'b')) + announce(10) + "0123456789" +
                  serverFrame(Opcode::Close, encodeCloseBody(1000, u"bye")));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1000);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    QCOMPARE(f.session->status().messagesIn, 3);
    QVERIFY(f.brokenRules().isEmpty());
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::framesBehindTheReply()
{
    // All in the segment of the 101: much, and a broken rule at the end.
    SessionFixture f;
    f.server.setReply([](const QByteArray &head) {
        return RawServer::acceptReply(head) + repeated(serverFrame(Opcode::Text, "early"), 1000) +
               serverFrame(static_cast<Opcode>(5), "x");
    });
    QVERIFY(f.session->open(f.endpoint()));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1002);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::RuleBroken);
    QCOMPARE(f.session->status().messagesIn, 1000);
    QCOMPARE(f.brokenRules(), QStringList{QStringLiteral("frame.reserved-opcode")});
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::splitCharacters()
{
    SessionFixture f;
    QVERIFY(f.open({.echo = true, .closeAfterMessages = 0, .lenient = false}));
    const QByteArray text = "\xf0\x9f\x90\x9f\xe2\x82\xac\xc3\xbc";
    QByteArray bytes = serverFrame(Opcode::Text, text.first(1), false);
    for (qsizetype i = 1; i < text.size(); ++i)
        bytes += serverFrame(Opcode::Continuation, text.sliced(i, 1), i + 1 == text.size());
    f.server.send(bytes);
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    QCOMPARE(decodeFrames(f.server.received())[0].payload, text);
    QVERIFY(f.brokenRules().isEmpty());
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::endsInAFrame_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<RawServer::End>("end");
    QTest::addColumn<QString>("word");
    using End = RawServer::End;
    const QByteArray half = announce(1000) + "only this";
    for (const auto &[name, end, word] : {std::tuple("FIN", End::Fin, "FIN"), std::tuple("RST", End::Reset, "RST"),
                                          std::tuple("half-close", End::HalfClose, "FIN")}) {
        const QString says = QString::fromLatin1(word);
        QTest::addRow("%s between frames", name) << QByteArray() << end << says;
        QTest::addRow("%s in a header", name) << half.first(1) << end << says;
        QTest::addRow("%s in a payload", name) << half << end << says;
    }
}

void HostileFramesTest::endsInAFrame()
{
    QFETCH(QByteArray, rest);
    QFETCH(RawServer::End, end);
    QFETCH(QString, word);
    SessionFixture f;
    QVERIFY(f.open());
    // In one segment, so that once the text is there the rest is, too: a RST may overtake nothing.
    f.server.send(serverFrame(Opcode::Text, "before") + rest);
    QTRY_COMPARE(f.session->status().messagesIn, 1);
    f.server.end(end);
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::Dropped);
    QCOMPARE(record.closeCode, quint16(1006));
    QVERIFY2(record.endText.contains(word), qPrintable(record.endText));
    QCOMPARE(record.end->partialBytes, rest.size());
    QCOMPARE(f.messages().size(), rest.isEmpty() ? 1 : 2);
    QCOMPARE(f.messages().constLast().head, rest.isEmpty() ? QByteArray("before") : rest);
    QVERIFY(f.worksAgain());
}

/// Our close cannot reach it either: the wait for its answer must still end.
void HostileFramesTest::peerThatNeverReads()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.close = std::chrono::milliseconds(300);
    QVERIFY(f.open(endpoint));
    f.server.stopReading();
    for (int i = 0; i < 32; ++i)
        QVERIFY(f.session->send({Opcode::Binary, QByteArray(1024 * 1024, 'x')}));
    f.session->close();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::CloseTimeout);
    QVERIFY2(f.session->status().endText.contains(u"could not be sent"), qPrintable(f.session->status().endText));
    QVERIFY(f.record().end->unsentBytes > 0);
    QVERIFY(f.worksAgain());
}

void HostileFramesTest::endsWhileEchoesWait_data()
{
    QTest::addColumn<RawServer::End>("end");
    QTest::newRow("RST") << RawServer::End::Reset;
    QTest::newRow("half-close") << RawServer::End::HalfClose;
}

/// What came is not read, because its echo would find no room; the end must be seen all the same.
void HostileFramesTest::endsWhileEchoesWait()
{
    QFETCH(RawServer::End, end);
    SessionFixture f;
    QVERIFY(f.open({.echo = true, .closeAfterMessages = 0, .lenient = false}));
    f.server.stopReading();
    f.server.send(serverFrame(Opcode::Binary, QByteArray(1024 * 1024, 'x')).repeated(40));
    QTRY_VERIFY(f.session->status().messagesIn >= 8);
    f.server.end(end);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Dropped);
    QVERIFY(f.worksAgain());
}

SOCKEYE_TEST(HostileFramesTest, QCoreApplication)
#include "tst_hostile_frames.moc"
