#include "wire/MessageAssembler.h"

#include "Samples.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using samples::rules;

namespace {

/// The text as one message in fragments that begin at the given places.
std::optional<Message> receive(const QByteArray &text, const QList<qsizetype> &cuts = {})
{
    MessageAssembler assembler(Direction::In);
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= cuts.size(); ++i) {
        const bool isLast = i == cuts.size();
        const qsizetype end = isLast ? text.size() : cuts[i];
        const int firstByte = (isLast ? 0x80 : 0) | (i == 0 ? 0x01 : 0x00);
        const samples::RawFrame fragment{firstByte, text.sliced(begin, end - begin)};
        if (std::optional<Message> message = assembler.add(samples::received(fragment)))
            return message;
        begin = end;
    }
    return std::nullopt;
}

Message receiveClose(const QByteArray &body)
{
    MessageAssembler assembler(Direction::In);
    return assembler.add(samples::received({0x88, body})).value();
}

} // namespace

/// What the assembler says about the text in messages and in close frames.
class TestMessageText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validTextAnyhowFragmented();
    void everyCharacterInItsOwnFragment();
    void invalidText_data();
    void invalidText();
    void failsBeforeTheMessageEnds();
    void eachMessageBeginsAnew();
    void controlFramesDoNotDisturbTheText();
    void binaryIsNotChecked();
    void textThatMayBeCompressedIsNotChecked();
    void closeBodies_data();
    void closeBodies();
    void closeCodeTextNamesTheCode();
};

void TestMessageText::validTextAnyhowFragmented()
{
    const QByteArray text("aé€😀κόσμε\xef\xbb\xbf");
    const std::optional<Message> whole = receive(text);
    QVERIFY(whole);
    QCOMPARE(rules(whole->findings), QStringList());
    for (qsizetype first = 0; first <= text.size(); ++first) {
        for (qsizetype second = first; second <= text.size(); ++second) {
            const std::optional<Message> message = receive(text, {first, second});
            QVERIFY(message);
            QCOMPARE(rules(message->findings), QStringList());
            QCOMPARE(message->payload, text);
            QCOMPARE(message->frames.size(), 3);
        }
    }
}

void TestMessageText::everyCharacterInItsOwnFragment()
{
    const QByteArray text("aé€😀");
    QList<qsizetype> cuts;
    for (qsizetype i = 1; i < text.size(); ++i)
        cuts += i;
    const std::optional<Message> message = receive(text, cuts);
    QVERIFY(message);
    QCOMPARE(message->payload, text);
    QCOMPARE(message->frames.size(), text.size());
    QCOMPARE(rules(message->findings), QStringList());
}

void TestMessageText::invalidText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("offset");
    const auto row = [](const char *name, const char *text, qint64 offset) {
        QTest::newRow(name) << QByteArray(text) << offset;
    };
    row("overlong", "ab\xc0\xaf", 2);
    row("surrogate", "ab\xed\xa0\x80", 3);
    row("beyond U+10FFFF", "\xf4\x90\x80\x80", 1);
    row("no lead", "abcdefgh\x80", 8);
    row("FF at the end", "é\xff", 2);
    row("ascii inside", "\xe2\x82 ", 2);
    row("cut off after 1 of 2", "ab\xc3", 2);
    row("cut off after 2 of 3", "ab\xe2\x82", 2);
    row("cut off after 3 of 4", "é\xf0\x9f\x98", 2);
}

void TestMessageText::invalidText()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, offset);
    for (qsizetype split = 0; split <= text.size(); ++split) {
        for (const QList<qsizetype> &cuts : {QList<qsizetype>{}, QList<qsizetype>{split}}) {
            const std::optional<Message> message = receive(text, cuts);
            QVERIFY(message);
            QCOMPARE(rules(message->findings), QStringList{QStringLiteral("message.utf8")});
            QCOMPARE(message->findings[0].offset, offset);
            QCOMPARE(message->findings[0].section, QStringLiteral("RFC 6455 8.1"));
            QVERIFY(message->findings[0].text.contains(QStringLiteral("byte %1.").arg(offset)));
            QCOMPARE(message->failWith(), quint16(1007));
        }
    }
}

void TestMessageText::failsBeforeTheMessageEnds()
{
    const std::optional<Message> message = receive("ab\xff"
                                                   "cdef",
                                                   {3, 5});
    QVERIFY(message);
    QCOMPARE(message->failWith(), quint16(1007));
    QCOMPARE(message->frames.size(), 1);
    QVERIFY(!message->complete);
}

void TestMessageText::eachMessageBeginsAnew()
{
    MessageAssembler assembler(Direction::In);
    const auto add = [&assembler](const samples::RawFrame &frame) { return assembler.add(samples::received(frame)); };
    // A message that breaks off inside of a character, taken away; the next must not owe its rest.
    QVERIFY(!add({0x01, "\xe2\x82"}));
    QVERIFY(assembler.takeUnfinished());
    QVERIFY(!add({0x01, "a"}));
    const std::optional<Message> second = add({0x80, "b"});
    QVERIFY(second);
    QCOMPARE(rules(second->findings), QStringList());
    QVERIFY(!add({0x01, "ab"}));
    const std::optional<Message> third = add({0x80, "\xff"});
    QVERIFY(third);
    QCOMPARE(third->findings.value(0).offset, 2);
}

void TestMessageText::controlFramesDoNotDisturbTheText()
{
    MessageAssembler assembler(Direction::In);
    const auto add = [&assembler](const samples::RawFrame &frame) { return assembler.add(samples::received(frame)); };
    QVERIFY(!add({0x01, "\xe2"}));
    QVERIFY(add({0x89, "\xff"})->findings.isEmpty());
    QVERIFY(!add({0x00, "\x82"}));
    QVERIFY(add({0x8a, "a"})->findings.isEmpty());
    const std::optional<Message> message = add({0x80, "\xac"});
    QVERIFY(message);
    QCOMPARE(message->payload, QByteArray("€"));
    QCOMPARE(rules(message->findings), QStringList());
}

void TestMessageText::binaryIsNotChecked()
{
    MessageAssembler assembler(Direction::In);
    const QList<Frame> frames = samples::decode(samples::raw({0x02, "\xff"}) + samples::raw({0x80, "\xfe"}));
    QVERIFY(!assembler.add(Frame(frames[0])));
    const std::optional<Message> message = assembler.add(Frame(frames[1]));
    QVERIFY(message);
    QCOMPARE(rules(message->findings), QStringList());
}

void TestMessageText::textThatMayBeCompressedIsNotChecked()
{
    MessageAssembler assembler(Direction::In);
    const std::optional<Message> message = assembler.add(samples::received({0xc1, "\xff"}));
    QVERIFY(message);
    QCOMPARE(rules(message->findings), QStringList{QStringLiteral("frame.rsv")});
}

void TestMessageText::closeBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<quint16>("failWith");
    QTest::addColumn<qint64>("offset");
    const auto row = [](const char *name, const QByteArray &body, const char *rule, quint16 failWith,
                        qint64 offset = -1) {
        QTest::newRow(name) << body << QString::fromLatin1(rule) << failWith << offset;
    };
    row("empty", {}, "", 0);
    row("one byte", "\x03", "close.one-byte", 1002);
    for (const int code : {1000, 1001, 1002, 1003, 1007, 1011, 1012, 1014, 3000, 3999, 4000, 4999})
        row(qPrintable(QString::number(code)), samples::bigEndian(code), "", 0);
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
        row(qPrintable(QString::number(code)), samples::bigEndian(code), "close.code", 1002);
    row("reason", samples::bigEndian(1000) + "bye, κόσμε", "", 0);
    row("reason of 123 bytes", samples::bigEndian(1000) + QByteArray(123, 'a'), "", 0);
    row("reason of 124 bytes", samples::bigEndian(1000) + QByteArray(124, 'a'), "frame.control-too-long", 1002);
    row("bad reason", samples::bigEndian(1000) + "ab\xff", "close.utf8", 1007, 4);
    row("reason cut off", samples::bigEndian(1000) + "ab\xe2\x82", "close.utf8", 1007, 4);
}

void TestMessageText::closeBodies()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, rule);
    QFETCH(quint16, failWith);
    QFETCH(qint64, offset);
    const Message message = receiveClose(body);
    QCOMPARE(message.opcode, Opcode::Close);
    QCOMPARE(message.payload, body);
    QVERIFY(message.complete);
    QCOMPARE(rules(message.findings), rule.isEmpty() ? QStringList() : QStringList{rule});
    QCOMPARE(message.failWith(), failWith);
    QCOMPARE(message.findings.value(0).offset, offset);
}

void TestMessageText::closeCodeTextNamesTheCode()
{
    const Message message = receiveClose(samples::bigEndian(1006));
    QCOMPARE(message.findings.size(), 1);
    QVERIFY2(message.findings[0].text.contains(QStringLiteral("1006 (abnormal closure)")),
             qPrintable(message.findings[0].text));
    QCOMPARE(message.findings[0].section, QStringLiteral("RFC 6455 7.4"));
    const Message both = receiveClose(samples::bigEndian(1006) + "\xff");
    QCOMPARE(rules(both.findings), (QStringList{QStringLiteral("close.code"), QStringLiteral("close.utf8")}));
    QCOMPARE(both.failWith(), quint16(1002));
}

SOCKEYE_TEST(TestMessageText, NoApplication)
#include "tst_messagetext.moc"
