// What leaves as the user wants it: fragments, compressed or not, raw bytes, and all in its order.

#include "connection/SessionFixture.h"

#include "support/TestProgram.h"
#include "wire/FrameEncoder.h"
#include "wire/RawFrame.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class TapSendingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fragments_data();
    void fragments();
    void refusesTooManyFrames();
    void keepsTheContext();
    void startsAfreshAfterRaw_data();
    void startsAfreshAfterRaw();
    void rawFrames_data();
    void rawFrames();
    void rawBytesThatAreNoFrame_data();
    void rawBytesThatAreNoFrame();
    void rawClose();
    void rawCloseUnanswered();
    void keepsTheOrder();
};

namespace {
constexpr std::array<quint8, 4> KeyBytes{0xde, 0xad, 0xbe, 0xef};

Outgoing text(const QByteArray &payload, const Fragmentation &fragmentation = {}, bool compress = true)
{
    return {Opcode::Text, payload, Outgoing::Kind::Message, fragmentation, compress};
}

void agreeOnDeflate(RawServer &server)
{
    server.setReply([](const QByteArray &head) {
        return RawServer::acceptReply(head, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    });
}

QByteArray inflated(Inflater &inflater, const QList<Frame> &frames)
{
    QByteArray payload;
    for (const Frame &frame : frames) {
        if (inflater.inflate(frame.payload, 1'000'000, payload) != Inflater::Status::Ok)
            return "cannot be inflated";
    }
    return inflater.finishMessage(1'000'000, payload) == Inflater::Status::Ok ? payload : "is cut off";
}
} // namespace

void TapSendingTest::fragments_data()
{
    QTest::addColumn<bool>("agreed");
    QTest::addColumn<bool>("compress");
    QTest::addColumn<Fragmentation>("fragmentation");
    QTest::addColumn<QList<qint64>>("sizes");
    const Fragmentation bySize{400, {}};
    const Fragmentation atOffsets{0, {1, 500}};
    QTest::newRow("by size") << false << true << bySize << QList<qint64>{400, 400, 200};
    QTest::newRow("at offsets") << false << true << atOffsets << QList<qint64>{1, 499, 500};
    QTest::newRow("by size, deflate agreed on, not compressed")
        << true << false << bySize << QList<qint64>{400, 400, 200};
    QTest::newRow("whole, deflate agreed on, not compressed")
        << true << false << Fragmentation() << QList<qint64>{1000};
    // A thousand times the same character is a dozen bytes on the wire.
    QTest::newRow("compressed, by size") << true << true << Fragmentation{5, {}} << QList<qint64>();
    QTest::newRow("compressed, at offsets") << true << true << Fragmentation{0, {1, 3}} << QList<qint64>();
    QTest::newRow("compressed, whole") << true << true << Fragmentation() << QList<qint64>();
}

void TapSendingTest::fragments()
{
    QFETCH(bool, agreed);
    QFETCH(bool, compress);
    QFETCH(Fragmentation, fragmentation);
    QFETCH(QList<qint64>, sizes);
    const QByteArray payload(1000, 'x');
    SessionFixture f;
    if (agreed)
        agreeOnDeflate(f.server);
    QVERIFY(f.open());
    QVERIFY(f.session->send(text(payload, fragmentation, compress)));
    QTRY_VERIFY(!decodeFrames(f.server.received()).isEmpty() &&
                decodeFrames(f.server.received()).constLast().header.fin);

    const QList<Frame> frames = decodeFrames(f.server.received());
    const bool isCompressed = agreed && compress;
    QByteArray joined;
    QList<qint64> sizesSeen;
    for (qsizetype i = 0; i < frames.size(); ++i) {
        QCOMPARE(frames[i].header.opcode, i == 0 ? Opcode::Text : Opcode::Continuation);
        QCOMPARE(frames[i].header.rsv, quint8(isCompressed && i == 0 ? Rsv1 : 0));
        QVERIFY(frames[i].header.masked);
        joined += frames[i].payload;
        sizesSeen += frames[i].payload.size();
    }
    if (isCompressed) {
        Inflater inflater(15, false);
        QVERIFY(joined.size() < 100);
        QCOMPARE(inflated(inflater, frames), payload);
        QCOMPARE(frames.size() > 1, fragmentation != Fragmentation());
    } else {
        QCOMPARE(joined, payload);
        QCOMPARE(sizesSeen, sizes);
    }
    QCOMPARE(f.messages().size(), 1);
    const Entry entry = f.messages().constFirst();
    QCOMPARE(f.payload(entry), payload);
    QCOMPARE(entry.compressed, isCompressed);
    QCOMPARE(entry.frameCount, frames.size());
    QCOMPARE(entry.wireSize, f.server.received().size());
    QCOMPARE(entry.findingCount, 0);
    QTRY_COMPARE(f.session->status().messagesOut, 1);
    QCOMPARE(f.session->status().compressedOut.messages, qint64(isCompressed));
    QCOMPARE(f.session->status().compressedOut.wireBytes, isCompressed ? joined.size() : 0);
}

void TapSendingTest::refusesTooManyFrames()
{
    constexpr qint64 Most = Fragmentation::MaxFrames;
    QCOMPARE((Fragmentation{1, {}}).frameCount(Most), Most);
    QCOMPARE((Fragmentation{3, {}}).frameCount(10), 4);
    QCOMPARE((Fragmentation{3, {}}).frameCount(0), 1);
    QCOMPARE((Fragmentation{0, {-1, 0, 4, 11}}).frameCount(10), 3);
    SessionFixture f;
    QVERIFY(f.open());
    const auto refused = f.session->send(text(QByteArray(Most + 1, 'x'), {1, {}}));
    QVERIFY(!refused);
    QVERIFY2(refused.message().contains(QStringLiteral("1048577 frames")), qPrintable(refused.message()));
    QVERIFY(!f.session->send(text("x", {0, QList<qint64>(Most, 0)})));
    QVERIFY(f.session->send(text("xy", {1, {}})));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 2);
}

/// Plain messages in between are no part of the window (RFC 7692 section 7.2.1).
void TapSendingTest::keepsTheContext()
{
    SessionFixture f;
    agreeOnDeflate(f.server);
    QVERIFY(f.open());
    const QByteArray first = "Sockeye remembers what it has said before.";
    const QByteArray plain = "This one goes as it is, and is not remembered.";
    QVERIFY(f.session->send(text(first)));
    QVERIFY(f.session->send(text(plain, {}, false)));
    QVERIFY(f.session->send(text(first)));
    QVERIFY(f.session->send(text(plain)));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 4);
    const QList<Frame> frames = decodeFrames(f.server.received());
    Inflater inflater(15, false);
    QCOMPARE(inflated(inflater, {frames[0]}), first);
    QCOMPARE(frames[1].payload, plain);
    QVERIFY(frames[2].payload.size() < frames[0].payload.size() / 2);
    QCOMPARE(inflated(inflater, {frames[2]}), first);
    QCOMPARE(inflated(inflater, {frames[3]}), plain);
}

void TapSendingTest::startsAfreshAfterRaw_data()
{
    QTest::addColumn<quint8>("opcode");
    QTest::addColumn<quint8>("rsv");
    QTest::addColumn<bool>("isAfresh");
    QTest::newRow("compressed") << quint8(1) << quint8(Rsv1) << true;
    QTest::newRow("plain") << quint8(2) << quint8(0) << false;
}

/// What a raw frame inflates to is in the peer's window and not in ours (RFC 7692 section 7.2.3.2).
void TapSendingTest::startsAfreshAfterRaw()
{
    QFETCH(quint8, opcode);
    QFETCH(quint8, rsv);
    QFETCH(bool, isAfresh);
    SessionFixture f;
    agreeOnDeflate(f.server);
    QVERIFY(f.open());
    const QByteArray words = "Sockeye remembers what it has said before.";
    RawFrame raw;
    raw.opcode = opcode;
    raw.rsv = rsv;
    raw.maskKey = KeyBytes;
    raw.payload = Deflater(15, false).deflate("Nobody else knows of this, and it moves all that was.");
    QVERIFY(f.session->send(text(words)));
    QVERIFY(f.session->send(Outgoing::raw(encodeRawFrame(raw))));
    QVERIFY(f.session->send(text(words)));
    QVERIFY(f.session->send(text(words)));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 4);
    const QList<Frame> frames = decodeFrames(f.server.received());
    Inflater inflater(15, false);
    QCOMPARE(inflated(inflater, {frames[0]}), words);
    if (rsv == Rsv1)
        QCOMPARE(inflated(inflater, {frames[1]}).first(6), QByteArray("Nobody"));
    QCOMPARE(inflated(inflater, {frames[2]}), words);
    QCOMPARE(inflated(inflater, {frames[3]}), words);
    QCOMPARE(frames[2].payload.size() == frames[0].payload.size(), isAfresh);
    QVERIFY(frames[3].payload.size() < frames[0].payload.size() / 2);
}

void TapSendingTest::rawFrames_data()
{
    QTest::addColumn<RawFrame>("frame");
    QTest::addColumn<EntryKind>("kind");
    QTest::addColumn<QStringList>("rules");
    const auto row = [](const char *name, void (*change)(RawFrame &), EntryKind kind, const char *rule) {
        RawFrame frame;
        frame.maskKey = KeyBytes;
        frame.payload = "hello";
        change(frame);
        QTest::newRow(name) << frame << kind << (rule ? QStringList{QString::fromLatin1(rule)} : QStringList());
    };
    row(
        "valid", [](RawFrame &) {}, EntryKind::Text, nullptr);
    row(
        "unmasked", [](RawFrame &f) { f.maskKey.reset(); }, EntryKind::Text, "frame.unmasked");
    row(
        "reserved", [](RawFrame &f) { f.opcode = 3; }, EntryKind::Raw, "frame.reserved-opcode");
    row(
        "reserved control", [](RawFrame &f) { f.opcode = 15; }, EntryKind::Raw, "frame.reserved-opcode");
    row(
        "RSV2", [](RawFrame &f) { f.rsv = 2; }, EntryKind::Text, "frame.rsv");
    row(
        "long form", [](RawFrame &f) { f.lengthForm = RawFrame::LengthForm::SixtyFourBits; }, EntryKind::Text,
        "frame.length-form");
    row(
        "ping", [](RawFrame &f) { f.opcode = 9; }, EntryKind::Ping, nullptr);
    row(
        "bad UTF-8", [](RawFrame &f) { f.payload = "\xc3"; }, EntryKind::Text, "message.utf8");
}

void TapSendingTest::rawFrames()
{
    QFETCH(RawFrame, frame);
    QFETCH(EntryKind, kind);
    QFETCH(QStringList, rules);
    SessionFixture f;
    QVERIFY(f.open());
    const QByteArray bytes = encodeRawFrame(frame);
    QVERIFY(f.session->send(Outgoing::raw(bytes)));
    QTRY_COMPARE(f.server.received(), bytes);
    QTRY_COMPARE(f.messages().size(), 1);
    const Entry entry = f.messages().constFirst();
    QCOMPARE(entry.direction, Direction::Out);
    QCOMPARE(entry.kind, kind);
    QCOMPARE(f.payload(entry), frame.payload);
    QCOMPARE(f.frames(entry).size(), 1);
    QCOMPARE(f.frames(entry)[0].view().toByteArray(), bytes.first(rawHeaderSize(frame)));
    QCOMPARE(f.brokenRules(), rules);
    // The connection is the peer's to fail.
    QVERIFY(f.session->send(text("still here")));
    QTRY_VERIFY(f.server.received().size() > bytes.size());
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
}

void TapSendingTest::rawBytesThatAreNoFrame_data()
{
    QTest::addColumn<QByteArray>("bytes");
    RawFrame frame;
    frame.maskKey = KeyBytes;
    frame.payload = "hello";
    frame.claimedSize = 100;
    QTest::newRow("claims more") << encodeRawFrame(frame);
    frame.claimedSize = 2;
    QTest::newRow("claims less") << encodeRawFrame(frame);
    QTest::newRow("half a header") << QByteArray("\x81");
    QTest::newRow("words") << QByteArray("GET / HTTP/1.1\r\n\r\n");
}

void TapSendingTest::rawBytesThatAreNoFrame()
{
    QFETCH(QByteArray, bytes);
    SessionFixture f;
    QVERIFY(f.open());
    QVERIFY(f.session->send(Outgoing::raw(bytes)));
    QTRY_COMPARE(f.server.received(), bytes);
    QTRY_COMPARE(f.messages().size(), 1);
    const Entry entry = f.messages().constFirst();
    QCOMPARE(entry.kind, EntryKind::Raw);
    QCOMPARE(entry.direction, Direction::Out);
    QCOMPARE(f.payload(entry), bytes);
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
}

void TapSendingTest::rawClose()
{
    SessionFixture f;
    QVERIFY(f.open());
    RawFrame frame;
    frame.opcode = 8;
    frame.payload = encodeCloseBody(1005, u"no one may say this");
    QVERIFY(f.session->send(Outgoing::raw(encodeRawFrame(frame))));
    QTRY_COMPARE(f.server.received(), encodeRawFrame(frame));
    QTRY_COMPARE(f.session->status().state, SessionStatus::State::Closing);
    f.server.send(serverFrame(Opcode::Close, encodeCloseBody(1002, {})));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::Clean);
    QCOMPARE(record.end->sentClose->code, quint16(1005));
    QCOMPARE(record.end->receivedClose->code, quint16(1002));
    QCOMPARE(f.server.received(), encodeRawFrame(frame));
    QVERIFY(f.worksAgain());
}

void TapSendingTest::rawCloseUnanswered()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.close = std::chrono::milliseconds(200);
    QVERIFY(f.open(endpoint));
    RawFrame frame;
    frame.opcode = 8;
    frame.maskKey = KeyBytes;
    QVERIFY(f.session->send(Outgoing::raw(encodeRawFrame(frame))));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::CloseTimeout);
}

void TapSendingTest::keepsTheOrder()
{
    constexpr int Rounds = 200;
    SessionFixture f;
    QVERIFY(f.open());
    for (int i = 0; i < Rounds; ++i) {
        const QByteArray id = QByteArray::number(i);
        QVERIFY(f.session->send(text("text " + id, {2, {}})));
        QVERIFY(f.session->send({Opcode::Pong, "pong " + id}));
        RawFrame raw;
        raw.opcode = 7;
        raw.maskKey = KeyBytes;
        raw.payload = "raw " + id;
        QVERIFY(f.session->send(Outgoing::raw(encodeRawFrame(raw))));
        QVERIFY(f.session->send({Opcode::Ping, "ping " + id}));
        QVERIFY(f.session->send({Opcode::Binary, "binary " + id + QByteArray(i * 100, 'b')}));
    }
    QTRY_COMPARE(f.session->status().messagesOut, 2 * Rounds);
    QTRY_COMPARE(f.messages().size(), 5 * Rounds);
    const QList<Entry> messages = f.messages();
    for (int i = 0; i < Rounds; ++i) {
        const QByteArray id = QByteArray::number(i);
        QCOMPARE(messages[5 * i].head, "text " + id);
        QCOMPARE(messages[5 * i + 1].head, "pong " + id);
        QCOMPARE(messages[5 * i + 1].kind, EntryKind::Pong);
        QCOMPARE(messages[5 * i + 2].head, "raw " + id);
        QCOMPARE(messages[5 * i + 3].head, "ping " + id);
        QVERIFY(messages[5 * i + 4].head.startsWith("binary " + id));
    }
    // On the wire as in the capture.
    QTRY_COMPARE(decodeFrames(f.server.received()).constLast().payload.size(), messages.constLast().size);
    QByteArray opcodes;
    for (const Frame &frame : decodeFrames(f.server.received())) {
        if (frame.header.opcode != Opcode::Continuation)
            opcodes += QByteArray::number(static_cast<int>(frame.header.opcode), 16);
    }
    QCOMPARE(opcodes, QByteArray("1a792").repeated(Rounds));
}

SOCKEYE_TEST(TapSendingTest, QCoreApplication)
#include "tst_tap_sending.moc"
