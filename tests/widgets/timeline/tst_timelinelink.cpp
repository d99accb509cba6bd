#include "support/Patience.h"
#include "widgets/timeline/TimelineLink.h"

#include "log/LogModel.h"
#include "log/TimelineModel.h"
#include "reading/CaptureLoader.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/LogView.h"
#include "widgets/timeline/Timeline.h"

#include <QApplication>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Timestamp timeAt(Nanoseconds sinceStart)
{
    return timestampFromNs(SampleLog::Start) + sinceStart;
}

SampleLog &filled(SampleLog &log)
{
    log.addMany(40'000);
    return log;
}

/// A timeline with its log and filter, as in a tab.
struct Bench
{
    Bench()
        : loader(filled(log).path())
        , model(loader)
        , timelineModel(log.path())
        , link(timeline, view, filter)
    {
        theme::apply(*qApp, theme::Scheme::Light);
        view.setLogModel(&model);
        filter.setLogModel(&model);
        link.setTimelineModel(timelineModel, false);
        timeline.resize(610, timeline.sizeHint().height());
        view.resize(800, 300);
        timeline.show();
        view.show();
    }
    ~Bench()
    {
        link.close();
        filter.setLogModel(nullptr);
        view.setLogModel(nullptr);
    }

    [[nodiscard]] bool isReady() const
    {
        return timeline.timelineModel() && timeline.timelineModel()->isUpToDate() && model.rowCount() > 0 &&
               !timeline.scene().geometry.isEmpty();
    }

    SampleLog log;
    CaptureLoader loader;
    LogModel model;
    TimelineModel timelineModel;
    Timeline timeline;
    LogView view;
    FilterBar filter;
    TimelineLink link;
};

} // namespace

/// A timeline together with the log and the filter.
class TestTimelineLink final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRangeFiltersTheLog();
    void aRangeIsGoneToWhereTheFilterMarks();
    void anEmptyRangeIsGoneToAsWell();
    void aFilterByHandShowsHere();
    void aClickGoesThereInTheLog();
    void whatTheLogShowsIsMarked();
};

void TestTimelineLink::aRangeFiltersTheLog()
{
    Bench bench;
    QVERIFY(QTest::qWaitFor([&bench] { return bench.isReady(); }, test::Patience));
    bench.filter.setText(u"dir:in"_s);
    Q_EMIT bench.timeline.timeRangeSelected(timeAt(10s), timeAt(20s));
    QVERIFY2(bench.filter.text().startsWith(u"dir:in time:2026-11-"), qPrintable(bench.filter.text()));
    QVERIFY2(bench.filter.errorText().isEmpty(), qPrintable(bench.filter.errorText()));
    QTRY_VERIFY(!bench.model.isSearching());
    QTRY_VERIFY(std::abs(bench.model.rowCount() - 7500) <= 1);
    QVERIFY(bench.timeline.timeRange() == (TimeSpan{timeAt(10s), timeAt(20s)}));
    Q_EMIT bench.timeline.timeRangeCleared();
    QCOMPARE(bench.filter.text(), u"dir:in"_s);
    QVERIFY(!bench.timeline.timeRange());
}

/// Nothing is hidden there, and the filter is about what is marked.
void TestTimelineLink::aRangeIsGoneToWhereTheFilterMarks()
{
    Bench bench;
    QVERIFY(QTest::qWaitFor([&bench] { return bench.isReady(); }, test::Patience));
    QTRY_VERIFY(bench.view.geometryOfRows().isAtEnd());
    bench.filter.setFilterMode(FilterMode::Mark);
    bench.filter.setText(u"dir:in"_s);
    Q_EMIT bench.timeline.timeRangeSelected(timeAt(10s), timeAt(20s));
    QTRY_COMPARE(bench.view.selectedRanges(), (RowRanges{{Row(9'999), Row(19'999)}}));
    QCOMPARE(bench.view.currentEntry(), EntryId(10'000));
    QCOMPARE(bench.view.geometryOfRows().firstVisible(), Row(9'999));
    QVERIFY(!bench.view.isFollowing());
    QCOMPARE(bench.filter.text(), u"dir:in"_s);
    QCOMPARE(bench.model.rowCount(), 40'000);
    QVERIFY(bench.timeline.timeRange() == (TimeSpan{timeAt(10s), timeAt(20s)}));
    // To the end, and beyond it.
    Q_EMIT bench.timeline.timeRangeSelected(timeAt(39s), timeAt(50s));
    QTRY_COMPARE(bench.view.selectedRanges(), (RowRanges{{Row(38'999), Row(39'999)}}));
    Q_EMIT bench.timeline.timeRangeCleared();
    QVERIFY(!bench.timeline.timeRange());
    QCOMPARE(bench.filter.text(), u"dir:in"_s);
    // Where it hides, what is chosen is what the filter says.
    Q_EMIT bench.timeline.timeRangeSelected(timeAt(10s), timeAt(20s));
    QVERIFY(bench.timeline.timeRange());
    bench.filter.setFilterMode(FilterMode::Hide);
    QVERIFY(!bench.timeline.timeRange());
}

void TestTimelineLink::anEmptyRangeIsGoneToAsWell()
{
    Bench bench;
    QVERIFY(QTest::qWaitFor([&bench] { return bench.isReady(); }, test::Patience));
    bench.filter.setFilterMode(FilterMode::Mark);
    // Between two entries.
    Q_EMIT bench.timeline.timeRangeSelected(timeAt(10s + 200us), timeAt(10s + 700us));
    QTRY_COMPARE(bench.view.currentEntry(), EntryId(10'001));
    QCOMPARE(bench.view.selectedRanges(), (RowRanges{{Row(10'000), Row(10'000)}}));
}

void TestTimelineLink::aFilterByHandShowsHere()
{
    Bench bench;
    QVERIFY(QTest::qWaitFor([&bench] { return bench.isReady(); }, test::Patience));
    Q_EMIT bench.timeline.timeRangeSelected(timeAt(10s), timeAt(20s));
    const QString text = bench.filter.text();
    bench.filter.setText({});
    QVERIFY(!bench.timeline.timeRange());
    bench.filter.setText(text);
    QVERIFY(bench.timeline.timeRange() == (TimeSpan{timeAt(10s), timeAt(20s)}));
}

void TestTimelineLink::aClickGoesThereInTheLog()
{
    Bench bench;
    QVERIFY(QTest::qWaitFor([&bench] { return bench.isReady(); }, test::Patience));
    QTRY_VERIFY(bench.view.geometryOfRows().isAtEnd());
    Q_EMIT bench.timeline.jumpRequested(timeAt(20s));
    QTRY_COMPARE(bench.view.currentEntry(), EntryId(20'000));
    QVERIFY(!bench.view.isFollowing());
    QVERIFY(bench.view.geometryOfRows().firstVisible() < Row(19'999));
    QVERIFY(bench.view.geometryOfRows().lastVisible() > Row(19'999));
}

void TestTimelineLink::whatTheLogShowsIsMarked()
{
    Bench bench;
    QVERIFY(QTest::qWaitFor([&bench] { return bench.isReady(); }, test::Patience));
    QTRY_VERIFY(bench.timeline.scene().visible && bench.timeline.scene().visible->last == timeAt(40s));
    bench.view.setFollowing(false);
    bench.view.scrollTo(bench.model.index(9999, 0), QAbstractItemView::PositionAtTop);
    QTRY_COMPARE(bench.timeline.scene().visible->first, timeAt(10s));
    bench.timeline.showVisiblePart();
    const TimeSpan range = bench.timeline.scene().geometry.range();
    QVERIFY(range.first < timeAt(10s) && range.last > bench.timeline.scene().visible->last);
    QVERIFY(range.length() < 1s);
}

SOCKEYE_TEST(TestTimelineLink, QApplication)
#include "tst_timelinelink.moc"
