#include "record/EntryText.h"
#include "support/TestProgram.h"
#include "tests/capture/Samples.h"

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

Entry entryOf(EntryKind kind, const QByteArray &payload)
{
    NewEntry entry = samples::text(payload);
    entry.kind = kind;
    return samples::expected(EntryId(1), entry);
}

} // namespace

class EntryTextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void previews_data();
    void previews();
    void cutsLongText();
    void cutsNoCharacterInTwo_data();
    void cutsNoCharacterInTwo();
    void cutsLongBinary();
    void drawsArrows();
};

void EntryTextTest::previews_data()
{
    QTest::addColumn<EntryKind>("kind");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("preview");
    const auto row = [](const char *name, EntryKind kind, const QByteArray &payload, const QString &preview) {
        QTest::newRow(name) << kind << payload << preview;
    };
    row("text", EntryKind::Text, "hello", u"hello"_s);
    row("empty text", EntryKind::Text, "", u""_s);
    row("line breaks", EntryKind::Text, "a\r\nb\nc\rd\te", u"a b c d e"_s);
    row("controls", EntryKind::Text, QByteArray("\0\x1b\x7f", 3), u"␀␛␡"_s);
    row("directions", EntryKind::Text,
        "a\xe2\x80\xae"
        "b\xc2\x85"
        "c",
        u"a·b c"_s);
    row("UTF-8", EntryKind::Text, "\xe2\x82\xac \xf0\x9f\x90\x9f", u"€ 🐟"_s);
    row("not UTF-8", EntryKind::Text, "a\xff", u"a\uFFFD"_s);
    row("event", EntryKind::Event, "Connected", u"Connected"_s);
    row("binary", EntryKind::Binary, QByteArray("\0\xff\x10", 3), u"00 ff 10"_s);
    row("ping", EntryKind::Ping, "hear", u"68 65 61 72"_s);
    row("empty pong", EntryKind::Pong, "", u""_s);
    row("raw", EntryKind::Raw, "HTTP", u"48 54 54 50"_s);
    row("close", EntryKind::Close,
        QByteArray("\x03\xe8"
                   "bye",
                   5),
        u"1000 normal closure · bye"_s);
    row("close without a reason", EntryKind::Close, QByteArray("\x03\xe9", 2), u"1001 going away"_s);
    row("close with a line break", EntryKind::Close,
        QByteArray("\x03\xe8"
                   "a\nb",
                   5),
        u"1000 normal closure · a b"_s);
    row("close of one byte", EntryKind::Close, "\x03", u"03"_s);
    row("close without a code", EntryKind::Close, "", u"without a code"_s);
}

void EntryTextTest::previews()
{
    QFETCH(EntryKind, kind);
    QFETCH(QByteArray, payload);
    QFETCH(QString, preview);
    QCOMPARE(previewText(entryOf(kind, payload)), preview);
}

void EntryTextTest::cutsLongText()
{
    const Entry entry = entryOf(EntryKind::Text, "0123456789");
    QCOMPARE(previewText(entry, 10), u"0123456789"_s);
    QCOMPARE(previewText(entry, 9), u"01234567…"_s);
    QCOMPARE(previewText(entry, 1), u"…"_s);
    // A head that is not the whole payload says so, also where it fits.
    const Entry long_ = entryOf(EntryKind::Text, QByteArray(1000, 'x'));
    QCOMPARE(previewText(long_, 1000), QString(256, u'x') + u'…');
    QCOMPARE(previewText(long_, 160), QString(159, u'x') + u'…');
}

void EntryTextTest::cutsNoCharacterInTwo_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<QString>("character");
    for (int before = 252; before <= 256; ++before) {
        for (const QString &character : {u"ü"_s, u"€"_s, u"🐟"_s})
            QTest::addRow("%d before %s", before, qPrintable(character)) << before << character;
    }
}

void EntryTextTest::cutsNoCharacterInTwo()
{
    QFETCH(int, before);
    QFETCH(QString, character);
    const QByteArray utf8 = character.toUtf8();
    const Entry entry = entryOf(EntryKind::Text, QByteArray(before, 'x') + utf8 + QByteArray(100, 'y'));
    const bool fits = before + utf8.size() <= 256;
    const QString shown = previewText(entry, 1000);
    QVERIFY(!shown.contains(QChar::ReplacementCharacter));
    QCOMPARE(shown.contains(character), fits);
    QVERIFY(shown.endsWith(u'…'));
    // Nor between the halves of a pair.
    const QString cut = previewText(entryOf(EntryKind::Text, u"ab🐟cd"_s.toUtf8()), 4);
    QCOMPARE(cut, u"ab…"_s);
}

void EntryTextTest::cutsLongBinary()
{
    const Entry entry = entryOf(EntryKind::Binary, QByteArray(1000, '\xab'));
    const QString shown = previewText(entry, 20);
    QCOMPARE(shown, u"ab ab ab ab ab ab …"_s);
    QCOMPARE(previewText(entryOf(EntryKind::Binary, "abc"), 8), u"61 62 63"_s);
    QCOMPARE(previewText(entryOf(EntryKind::Binary, "abc"), 7), u"61 62 …"_s);
    QVERIFY(previewText(entry, 5000).endsWith(u"ab …"_s));
}

void EntryTextTest::drawsArrows()
{
    QCOMPARE(directionArrow(Direction::In), u"↓"_s);
    QCOMPARE(directionArrow(Direction::Out), u"↑"_s);
    QCOMPARE(directionArrow(Direction::None), u"–"_s);
}

SOCKEYE_TEST(EntryTextTest, QCoreApplication)
#include "tst_entrytext.moc"
