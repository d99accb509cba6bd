#include "wire/MessageAssembler.h"

#include "Samples.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using samples::rules;

/// Text that is invalid before its frame has ended.
class TestEarlyRefusal final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesTextBeforeItsFrameEnds_data();
    void refusesTextBeforeItsFrameEnds();

private:
    static void refuse(Role sender);
};

void TestEarlyRefusal::refusesTextBeforeItsFrameEnds_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<int>("refusedAt");
    QTest::addColumn<int>("offset");
    const QByteArray none;
    const QByteArray fragment = samples::bytes("0102c3a9");
    const QByteArray cut = samples::bytes("0101c3");
    const QByteArray bad = samples::bytes("c3a9f490") + "rest";
    QTest::newRow("text") << none << samples::raw({0x81, bad}) << 4 << 3;
    QTest::newRow("first fragment") << none << samples::raw({0x01, bad}) << 4 << 3;
    QTest::newRow("continuation") << fragment << samples::raw({0x80, bad}) << 4 << 5;
    QTest::newRow("character over fragments") << cut << samples::raw({0x80, "abc"}) << 1 << 1;
    QTest::newRow("valid") << none << samples::raw({0x81, "é and more"}) << -1 << -1;
    QTest::newRow("valid over fragments") << cut << samples::raw({0x80, samples::bytes("a9") + "b"}) << -1 << -1;
    QTest::newRow("ends inside") << none << samples::raw({0x81, samples::bytes("61c3")}) << -1 << 1;
    QTest::newRow("binary") << none << samples::raw({0x82, bad}) << -1 << -1;
    QTest::newRow("ping in a text") << fragment << samples::raw({0x89, bad}) << -1 << -1;
    QTest::newRow("reserved bits") << none << samples::raw({0xc1, bad}) << -1 << -1;
}

void TestEarlyRefusal::refusesTextBeforeItsFrameEnds()
{
    refuse(Role::Server);
    refuse(Role::Client);
}

/// Told byte by byte, a frame is refused exactly where it breaks the rule; what is not refused can be added as ever.
void TestEarlyRefusal::refuse(Role sender)
{
    const bool isMasked = sender == Role::Client;
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, frame);
    QFETCH(int, refusedAt);
    QFETCH(int, offset);
    MessageAssembler assembler(Direction::In, sender, {});
    for (Frame &fragment : samples::decode(before)) {
        fragment.header.masked = isMasked;
        QVERIFY(!assembler.add(std::move(fragment)));
    }
    Frame whole = samples::decode(frame).first();
    whole.header.masked = isMasked;
    whole.header.maskKey = {0x11, 0x22, 0x88, 0xff};
    QByteArray onWire = whole.payload;
    if (isMasked)
        applyMask(onWire.data(), onWire.size(), whole.header.maskKey);
    std::optional<Message> message;
    for (int size = 0; size < whole.payload.size() && !message; ++size) {
        message = assembler.refuseEarly(whole.header, QByteArrayView(onWire).first(size), timestampFromNs(7));
        QCOMPARE(message ? size : -1, message ? refusedAt : -1);
    }
    QCOMPARE(message.has_value(), refusedAt >= 0);
    if (message) {
        QVERIFY(!message->complete);
        QCOMPARE(message->failWith(), quint16(1007));
        QCOMPARE(message->time, timestampFromNs(7));
        QCOMPARE(message->wireSize, before.size() + whole.header.size + refusedAt);
        QVERIFY(!assembler.isInMessage());
    } else {
        message = assembler.add(std::move(whole));
        QVERIFY(message);
    }
    const bool isText = rules(message->findings).contains(QStringLiteral("message.utf8"));
    QCOMPARE(isText ? message->findings.last().offset : -1, offset);
}

SOCKEYE_TEST(TestEarlyRefusal, NoApplication)
#include "tst_earlyrefusal.moc"
