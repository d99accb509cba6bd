#include "InspectorBench.h"

#include "support/Patience.h"
#include "support/TestProgram.h"
#include "widgets/payload/ByteFinder.h"
#include "widgets/payload/FindBar.h"
#include "widgets/payload/TextFinder.h"

#include <QComboBox>
#include <QLineEdit>
#include <QTextBlock>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

MatchMarks words(const QByteArray &text)
{
    return MatchMarks(filter::Condition::of(filter::Contains{text}));
}

} // namespace

/// Finding in what a page of the inspector shows.
class FindTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void init() { m_bench = std::make_unique<Bench>(); }
    void cleanup() { m_bench.reset(); }

    void goesFromPlaceToPlaceInAText()
    {
        showText("one two one\nONE three");
        m_bench->inspector.find();
        QVERIFY(bar()->isVisible());
        QVERIFY(field()->hasFocus());
        QTest::keyClicks(field(), u"one"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(), u"1 of 3"_s, Patience);
        QCOMPARE(m_bench->text()->textCursor().selectedText(), u"one"_s);
        QCOMPARE(m_bench->text()->textCursor().selectionStart(), 0);
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(count(), u"2 of 3"_s);
        QCOMPARE(m_bench->text()->textCursor().selectionStart(), 8);
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(m_bench->text()->textCursor().selectedText(), u"ONE"_s);
        // After the last one comes the first, and before it the last.
        QTest::keyClick(field(), Qt::Key_Return);
        QCOMPARE(count(), u"1 of 3"_s);
        QTest::keyClick(field(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(count(), u"3 of 3"_s);
        QTest::mouseClick(named<QToolButton>(bar(), u"Previous place"_s), Qt::LeftButton);
        QCOMPARE(count(), u"2 of 3"_s);
        QTest::keyClick(field(), Qt::Key_Escape);
        QVERIFY(!bar()->isVisible());
        QVERIFY(m_bench->text()->hasFocus());
    }

    void countsACapitalOnlyWhereOneIsTyped()
    {
        showText("one ONE");
        m_bench->inspector.find();
        QTest::keyClicks(field(), u"ONE"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(), u"1 of 1"_s, Patience);
        QCOMPARE(m_bench->text()->textCursor().selectionStart(), 4);
    }

    void understandsExpressionsAndSaysWhatIsNone()
    {
        showText("a1 b22 c333");
        m_bench->inspector.find();
        mode()->setCurrentIndex(int(FindBar::Mode::Regex));
        QTest::keyClicks(field(), u"\\d+"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(), u"1 of 3"_s, Patience);
        QTest::keyClicks(field(), u"("_s);
        QTRY_VERIFY_WITH_TIMEOUT(countLabel()->toolTip().startsWith(u"No expression"), Patience);
        QCOMPARE(count(), u"–"_s);
        QVERIFY(field()->property("error").toBool());
        QVERIFY(field()->accessibleDescription().startsWith(u"No expression"));
        QVERIFY(!named<QToolButton>(bar(), u"Next place"_s)->isEnabled());
        QTest::keyClicks(field(), u"x)?"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(), u"1 of 3"_s, Patience);
        QVERIFY(!field()->property("error").toBool());
        QVERIFY(field()->accessibleDescription().isEmpty());
    }

    void asAskedAgainItGoesOn()
    {
        showText("one two one");
        m_bench->inspector.find();
        QTest::keyClicks(field(), u"one"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(), u"1 of 2"_s, Patience);
        QTest::keyClick(field(), Qt::Key_Return);
        m_bench->inspector.find();
        QCOMPARE(count(), u"2 of 2"_s);
        QVERIFY(named<QToolButton>(bar(), u"Next place"_s)->isEnabled());
    }

    /// It would take longer than the universe is old.
    void whatTakesTooLongIsGivenUp()
    {
        showText(QByteArray(200, 'a'));
        m_bench->inspector.setFilterMarks(MatchMarks(filter::Condition::of(filter::MatchesRegex{u"(a|aa)+[cd]"_s})));
        for (const QString &page : {u"Message"_s, u"Hex"_s}) {
            m_bench->choosePage(page);
            m_bench->inspector.find();
            mode()->setCurrentIndex(int(FindBar::Mode::Regex));
            QTest::keyClicks(field(), u"(a|aa)+[bc]"_s);
            QTRY_COMPARE_WITH_TIMEOUT(countLabel()->toolTip(), u"This expression takes too long to look for here."_s,
                                      Patience);
            QCOMPARE(count(), u"–"_s);
        }
    }

    void canFindWhereThereIsSomething()
    {
        const EntryId event = m_bench->capture.add(
            NewEntry::fromEvent(m_bench->connection, timestampFromNs(1), EventKind::Notice, QString()));
        QVERIFY(!m_bench->inspector.canFind());
        showText("one");
        QVERIFY(m_bench->inspector.canFind());
        m_bench->choosePage(u"Timing"_s);
        QVERIFY(m_bench->inspector.canFind());
        m_bench->inspector.showEntry(event);
        QTRY_VERIFY_WITH_TIMEOUT(!m_bench->inspector.canFind(), Patience);
    }

    /// Nothing of the entry before is counted or marked.
    void nothingIsFoundInNothing()
    {
        show(m_bench->capture.add(m_bench->connection, EntryKind::Binary, "one"));
        m_bench->choosePage(u"Hex"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->hex()->source()->size(), 3, Patience);
        m_bench->inspector.find();
        QTest::keyClicks(field(), u"one"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(), u"1 of 1"_s, Patience);
        m_bench->inspector.showEntry(EntryId());
        QCOMPARE(count(), u"none"_s);
        QVERIFY(m_bench->hex()->marks().isEmpty());
    }

    /// Whichever way the text is shown, and whatever message comes next.
    void looksAgainInAnotherText()
    {
        const EntryId next = m_bench->capture.add(m_bench->connection, EntryKind::Text, "x x x");
        showText(R"({"x":1})");
        m_bench->inspector.find();
        QTest::keyClicks(field(), u"x"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(), u"1 of 1"_s, Patience);
        m_bench->inspector.showEntry(next);
        QTRY_COMPARE_WITH_TIMEOUT(count(), u"1 of 3"_s, Patience);
    }

    /// Long lines are broken to be shown; a place may lie across.
    void findsAcrossBrokenLines()
    {
        const QString text = QString(4094, u'a') + u"needle"_s + QString(3000, u'b') + u"\nneedle"_s;
        const PreparedText prepared = PreparedText::from(text, false);
        QVERIFY(prepared.lines.size() > 2);
        MatchMarks::Search search;
        const QList<TextPlace> places = TextFinder::placesIn(prepared, words("needle"), 10, search);
        QCOMPARE(places.size(), 2);
        QCOMPARE(places.first().line, 0);
        QCOMPARE(places.first().range.begin, 4094);
        QCOMPARE(places.last().line, prepared.lines.size() - 1);
        QCOMPARE(places.last().range, (MatchMarks::Range{0, 6}));
    }

    void goesToAPlaceFarDownInALongText()
    {
        showText(QByteArray("line\n").repeated(100'000) + "needle");
        m_bench->inspector.find();
        QTest::keyClicks(field(), u"needle"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->text()->textCursor().selectedText(), u"needle"_s, Patience);
        QCOMPARE(count(), u"1 of 1"_s);
        QVERIFY(m_bench->text()->rect().intersects(m_bench->text()->cursorRect()));
    }

    void findsBytes()
    {
        QByteArray bytes(3'000'000, '\0');
        // Where pieces meet, and at the end.
        const QList<qint64> places{100, ByteFinder::PieceSize - 2, ByteFinder::PieceSize + 700, bytes.size() - 3};
        for (const qint64 at : places)
            bytes.replace(at, 3, "\xde\x01\xad");
        show(m_bench->capture.add(m_bench->connection, EntryKind::Binary, bytes));
        m_bench->choosePage(u"Hex"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->hex()->source()->size(), bytes.size(), Patience);
        m_bench->inspector.find();
        mode()->setCurrentIndex(int(FindBar::Mode::Bytes));
        QTest::keyClicks(field(), u"de ?? ad"_s);
        QTRY_COMPARE_WITH_TIMEOUT(count(), u"1 of 4"_s, Patience);
        for (qsizetype i = 0; i < places.size(); ++i) {
            QCOMPARE(m_bench->hex()->selection(), (HexRange{ByteOffset(places.at(i)), 3}));
            QTest::keyClick(field(), Qt::Key_Return);
        }
        QCOMPARE(count(), u"1 of 4"_s);
        QCOMPARE(m_bench->hex()->marks().size(), 4);
        QTest::mouseClick(named<QToolButton>(bar(), u"End finding"_s), Qt::LeftButton);
        QVERIFY(m_bench->hex()->marks().isEmpty());
    }

    void aPageWithoutAnythingToFindLeadsToOneWithIt()
    {
        showText("one");
        m_bench->choosePage(u"Timing"_s);
        m_bench->inspector.find();
        QCOMPARE(m_bench->tabs()->tabText(m_bench->tabs()->currentIndex()), u"Message"_s);
        QVERIFY(field()->hasFocus());
    }

    void whatTheFilterLooksForIsMarked()
    {
        showText("one two");
        const QColor match = theme::colors(m_bench->text()->palette()).match;
        const auto isMarked = [&] {
            for (const QTextLayout::FormatRange &range : m_bench->text()->document()->begin().layout()->formats()) {
                if (range.format.background().color() == match)
                    return range.start == 4 && range.length == 3;
            }
            return false;
        };
        QVERIFY(!isMarked());
        m_bench->inspector.setFilterMarks(words("two"));
        QTRY_VERIFY_WITH_TIMEOUT(isMarked(), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_bench->hex()->marks(), (QList<HexRange>{{ByteOffset(4), 3}}), Patience);
        m_bench->inspector.setFilterMarks({});
        QVERIFY(!isMarked());
        QVERIFY(m_bench->hex()->marks().isEmpty());
    }

private:
    void show(EntryId id)
    {
        m_bench->open();
        m_bench->inspector.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_bench->inspector));
        m_bench->inspector.showEntry(id);
    }
    void showText(const QByteArray &text)
    {
        show(m_bench->capture.add(m_bench->connection, EntryKind::Text, text));
        QTRY_VERIFY_WITH_TIMEOUT(!m_bench->text()->toPlainText().isEmpty(), Patience);
    }
    [[nodiscard]] FindBar *bar() const { return m_bench->tabs()->currentWidget()->findChild<FindBar *>(); }
    [[nodiscard]] QLineEdit *field() const { return bar()->findChild<QLineEdit *>(); }
    [[nodiscard]] QComboBox *mode() const { return bar()->findChild<QComboBox *>(); }
    [[nodiscard]] QLabel *countLabel() const { return bar()->findChild<QLabel *>(); }
    [[nodiscard]] QString count() const { return countLabel()->text(); }

    std::unique_ptr<Bench> m_bench;
};

SOCKEYE_TEST(FindTest, QApplication)
#include "tst_find.moc"
