#include "LogBench.h"
#include "reading/Annotations.h"
#include "support/TestProgram.h"
#include "widgets/log/MarkerStrip.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Kind = StripMarks::Kind;

class TestMarkerStrip final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // Where marks are
    void everyRowHasAPixel_data();
    void everyRowHasAPixel();
    void ofSeveralOnAPixelTheFirstIsKept();
    void theNearestMarkIsFound();

    // What is marked, and what a click does
    void findingsAreMarkedByWeight();
    void connectionsAreMarked();
    void bookmarksComeAndGo();
    void matchesOfAMarkingFilterAreMarked();
    void positionsAreRowsWhereAFilterHides();
    void aClickGoesToTheMark();
    void aClickBesideTheMarksScrolls();
    void kindsDifferByMoreThanColour();
    void costsTheSameForAnyLength();

private:
    [[nodiscard]] MarkerStrip *strip() const { return m_bench->view->markerStrip(); }
    [[nodiscard]] int pixelOf(EntryId id) const { return strip()->marks().pixelOf(m_bench->model->rowOf(id)); }
    [[nodiscard]] bool has(Kind kind, EntryId id) const { return strip()->marks().has(kind, pixelOf(id)); }

    std::unique_ptr<LogBench> m_bench;
    std::unique_ptr<Annotations> m_annotations;
};

void TestMarkerStrip::init()
{
    m_bench = std::make_unique<LogBench>();
    QVERIFY(m_bench->start());
    m_annotations = std::make_unique<Annotations>(*m_bench->loader, [](const AnnotationMap &) {});
    m_bench->model->setAnnotations(m_annotations.get());
    strip()->setSource(m_bench->model.get(), m_bench->log.path(), m_annotations.get());
    QTRY_VERIFY(has(Kind::Connection, EntryId(1)));
}

void TestMarkerStrip::cleanup()
{
    strip()->setSource(nullptr, {}, nullptr);
    m_bench->model->setAnnotations(nullptr);
    m_annotations.reset();
    m_bench.reset();
}

void TestMarkerStrip::everyRowHasAPixel_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("height");
    QTest::newRow("one row") << 1 << 300;
    QTest::newRow("fewer rows than pixels") << 7 << 300;
    QTest::newRow("as many") << 300 << 300;
    QTest::newRow("a few more") << 301 << 300;
    QTest::newRow("many more") << 100'003 << 300;
}

void TestMarkerStrip::everyRowHasAPixel()
{
    QFETCH(int, rows);
    QFETCH(int, height);
    const StripMarks marks(rows, height);
    int before = 0;
    for (int row = 0; row < rows; ++row) {
        const int pixel = marks.pixelOf(Row(row));
        QVERIFY(pixel >= before && pixel < height);
        QVERIFY(marks.firstRow(pixel) <= Row(row) && Row(row) <= marks.lastRow(pixel));
        before = pixel;
    }
    QCOMPARE(marks.pixelOf(Row(0)), 0);
    QCOMPARE(StripMarks(0, height).pixelOf(Row(0)), -1);
    QCOMPARE(StripMarks(rows, 0).pixelOf(Row(0)), -1);
    // The greatest log there can be does not overflow.
    QCOMPARE(StripMarks(std::numeric_limits<int>::max(), height).pixelOf(Row(std::numeric_limits<int>::max() - 1)),
             height - 1);
}

void TestMarkerStrip::ofSeveralOnAPixelTheFirstIsKept()
{
    StripMarks marks(1000, 100);
    marks.add(Kind::Error, Row(57));
    marks.add(Kind::Error, Row(52));
    marks.add(Kind::Error, Row(59));
    QCOMPARE(marks.row(Kind::Error, 5), Row(52));
    QVERIFY(!marks.has(Kind::Warning, 5));
    QVERIFY(!marks.has(Kind::Error, 6));
    QVERIFY(!marks.has(Kind::Error, 100));
    QVERIFY(!marks.has(Kind::Error, -1));
}

void TestMarkerStrip::theNearestMarkIsFound()
{
    StripMarks marks(1000, 100);
    marks.add(Kind::Note, Row(500));
    marks.add(Kind::Bookmark, Row(530));
    QCOMPARE(marks.nearest(50), 50);
    QCOMPARE(marks.nearest(51), 50);
    QCOMPARE(marks.nearest(52), 53);
    QCOMPARE(marks.nearest(46), 50);
    QCOMPARE(marks.nearest(45), -1);
    QCOMPARE(marks.nearest(57), 53);
    QCOMPARE(marks.nearest(58), -1);
    QCOMPARE(StripMarks().nearest(3), -1);
}

void TestMarkerStrip::findingsAreMarkedByWeight()
{
    // Entries 12 and 13 have one, a warning and an error.
    QVERIFY(has(Kind::Warning, EntryId(12)));
    QVERIFY(has(Kind::Error, EntryId(13)));
    QVERIFY(!has(Kind::Error, EntryId(100)));
    QVERIFY(strip()->textAt(pixelOf(EntryId(13))).contains(u"Error at entry 13"_s));
    // A new one is marked as it comes.
    m_bench->log.addWithFinding(Severity::Error, "late");
    m_bench->grow(1);
    QTRY_VERIFY(has(Kind::Error, EntryId(201)));
}

void TestMarkerStrip::connectionsAreMarked()
{
    QVERIFY(strip()->textAt(0).contains(u"Connection 1 begins"_s));
}

void TestMarkerStrip::bookmarksComeAndGo()
{
    QVERIFY(!has(Kind::Bookmark, EntryId(100)));
    m_annotations->set(EntryId(100), {true, 0, u"here"_s});
    m_annotations->set(EntryId(150), {false, 3, u"only a colour"_s});
    QTRY_VERIFY(has(Kind::Bookmark, EntryId(100)));
    QVERIFY(!has(Kind::Bookmark, EntryId(150)));
    QCOMPARE(strip()->textAt(pixelOf(EntryId(100))), u"Bookmark: entry 100, here"_s);
    m_annotations->toggleBookmarks({EntryId(100)});
    QTRY_VERIFY(!has(Kind::Bookmark, EntryId(100)));
}

void TestMarkerStrip::matchesOfAMarkingFilterAreMarked()
{
    m_bench->model->setFilterMode(LogModel::FilterMode::Mark);
    m_bench->filter(u"grüße"_s);
    QTRY_VERIFY(has(Kind::Match, EntryId(9)));
    QVERIFY(!has(Kind::Match, EntryId(150)));
    QCOMPARE(m_bench->model->rowCount(), 200);
    const ThemeColors &colors = theme::colors(strip()->palette());
    QCOMPARE(strip()->grab().toImage().pixelColor(4, pixelOf(EntryId(9))), colors.matchMark);
    m_bench->filter({});
    QTRY_VERIFY(!has(Kind::Match, EntryId(9)));
}

void TestMarkerStrip::positionsAreRowsWhereAFilterHides()
{
    m_annotations->toggleBookmarks({EntryId(6), EntryId(7), EntryId(200)});
    m_bench->filter(u"type:ping"_s);
    QTRY_VERIFY(!m_bench->model->isSearching());
    QTRY_COMPARE(strip()->marks().rows(), m_bench->model->rowCount());
    QVERIFY(m_bench->model->rowCount() < 60);
    // The ping, not the pong behind it.
    QVERIFY(has(Kind::Bookmark, EntryId(6)));
    QCOMPARE(strip()->marks().row(Kind::Bookmark, pixelOf(EntryId(6))), Row(0));
    int bookmarks = 0;
    for (int y = 0; y < strip()->marks().height(); ++y)
        bookmarks += strip()->marks().has(Kind::Bookmark, y) ? 1 : 0;
    QCOMPARE(bookmarks, int(m_bench->model->entryAt(m_bench->model->rowOf(EntryId(200))) == EntryId(200)) + 1);
    // No ping has a finding.
    for (int y = 0; y < strip()->marks().height(); ++y)
        QVERIFY(!strip()->marks().has(Kind::Error, y));
}

void TestMarkerStrip::aClickGoesToTheMark()
{
    QTest::mouseClick(strip(), Qt::LeftButton, {}, QPoint(2, pixelOf(EntryId(13))));
    QTRY_COMPARE(m_bench->view->currentEntry(), EntryId(13));
    QVERIFY(!m_bench->view->isFollowing());
    m_annotations->toggleBookmarks({EntryId(120)});
    QTRY_VERIFY(has(Kind::Bookmark, EntryId(120)));
    // A little beside it, as hands do.
    QTest::mouseClick(strip(), Qt::LeftButton, {}, QPoint(8, pixelOf(EntryId(120)) + 3));
    QTRY_COMPARE(m_bench->view->currentEntry(), EntryId(120));
    const QRect row = m_bench->view->visualRect(m_bench->view->currentIndex());
    QVERIFY(m_bench->view->viewport()->rect().contains(row.center()));
}

void TestMarkerStrip::aClickBesideTheMarksScrolls()
{
    QTest::mouseClick(strip(), Qt::LeftButton, {}, QPoint(5, strip()->height() / 2));
    QCOMPARE(m_bench->view->currentEntry(), EntryId());
    QVERIFY(!m_bench->view->isFollowing());
    QVERIFY(m_bench->view->geometryOfRows().firstVisible() <= Row(100));
    QVERIFY(m_bench->view->geometryOfRows().lastVisible() >= Row(100));
}

void TestMarkerStrip::kindsDifferByMoreThanColour()
{
    m_annotations->toggleBookmarks({EntryId(100)});
    QTRY_VERIFY(has(Kind::Bookmark, EntryId(100)));
    const QImage image = strip()->grab().toImage();
    const auto shape = [&](EntryId id) {
        QList<bool> ink;
        const int middle = pixelOf(id);
        for (int y = std::max(middle - 1, 0); y <= middle + 2; ++y) {
            for (int x = 1; x < image.width(); ++x)
                ink.append(image.pixelColor(x, y) != image.pixelColor(5, image.height() - 3));
        }
        return ink;
    };
    const QList<QList<bool>> shapes{shape(EntryId(1)), shape(EntryId(12)), shape(EntryId(13)), shape(EntryId(100)),
                                    shape(EntryId(180))};
    for (qsizetype one = 0; one < shapes.size(); ++one) {
        for (qsizetype other = 0; other < one; ++other)
            QVERIFY(shapes.at(one) != shapes.at(other));
    }
}

void TestMarkerStrip::costsTheSameForAnyLength()
{
    // The rows are told of but not in the file.
    m_bench->model->advanceTo(EntryId(10'000'000));
    QList<EntryId> ids;
    for (int n = 0; n < 10'000; ++n)
        ids.append(EntryId(1 + n * 1000));
    const CpuTimer timer;
    m_annotations->toggleBookmarks(ids);
    QTRY_VERIFY(has(Kind::Bookmark, EntryId(9'999'001)));
    QTest::mouseClick(strip(), Qt::LeftButton, {}, QPoint(8, strip()->height() - 1));
    QVERIFY(m_bench->view->currentEntry() > EntryId(9'900'000));
    QVERIFY2(timer.milliseconds() < 3000, qPrintable(QString::number(timer.milliseconds())));
}

SOCKEYE_TEST(TestMarkerStrip, QApplication)
#include "tst_markerstrip.moc"
