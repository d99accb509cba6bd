#include "widgets/log/Timeline.h"

#include "log/CaptureLoader.h"
#include "log/LogModel.h"
#include "log/SampleLog.h"
#include "widgets/log/FilterBar.h"
#include "widgets/log/LogView.h"
#include "widgets/log/TimelineLink.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace sockeye;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Timestamp at(Nanoseconds sinceStart)
{
    return timestampFromNs(SampleLog::Start) + sinceStart;
}

} // namespace

class TestTimeline final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    // What is shown
    void showsTheWholeSession();
    void nothingIsDrawnWithoutAModel();
    void nothingIsDrawnBeforeASecondOfALiveSession();
    void heightNeverChanges();
    void receivedIsAboveAndSentBelow();
    void aSpikeDoesNotHideTheRest();
    void bytesReplaceMessages();
    void marksAreExplained();
    void isReadableForScreenReaders();

    // What the pointer and the keys do
    void wheelZoomsAboutThePointer();
    void dragSelectsARange();
    void escapeEndsADrag();
    void aClickJumps();
    void doubleClickShowsTheWholeSession();
    void shiftDragAndMiddleDragPan();
    void theCrossTakesTheRangeAway();
    void keysPanAndZoom();
    void shiftAndArrowsSelect();
    void menuSwitchesTheUnit();
    void aLiveSessionsEndStaysInView();
    void survivesItsModel();

    // Together with the log
    void aRangeFiltersTheLog();
    void aFilterByHandShowsHere();
    void aClickGoesThereInTheLog();
    void whatTheLogShowsIsMarked();

private:
    void makeTimeline(bool live = false);
    [[nodiscard]] double xOf(Nanoseconds sinceStart) const;
    [[nodiscard]] QPoint place(Nanoseconds sinceStart) const;
    [[nodiscard]] TimeSpan range() const { return m_timeline->scene().geometry.range(); }
    void wheel(QPoint point, int notches, bool sideways = false);
    void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {});
    void zoomIn();
    [[nodiscard]] int pixels(const QColor &color, const QRectF &in) const;

    QColor m_received;
    QColor m_sent;
    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<TimelineModel> m_model;
    std::unique_ptr<Timeline> m_timeline;
};

void TestTimeline::initTestCase()
{
    theme::apply(*qApp, theme::Scheme::Light);
    const ThemeColors &colors = theme::colors(qApp->palette());
    m_received = TimelinePainter::barColor(colors.received, colors);
    m_sent = TimelinePainter::barColor(colors.sent, colors);
}

void TestTimeline::init()
{
    m_log = std::make_unique<SampleLog>();
}

void TestTimeline::cleanup()
{
    m_timeline.reset();
    m_model.reset();
    m_log.reset();
}

void TestTimeline::makeTimeline(bool live)
{
    m_log->writer().flush();
    m_model = std::make_unique<TimelineModel>(m_log->path());
    m_timeline = std::make_unique<Timeline>();
    m_timeline->resize(610, m_timeline->sizeHint().height());
    m_timeline->setTimelineModel(m_model.get(), live);
    m_timeline->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_timeline.get()));
    QTRY_VERIFY(m_model->isUpToDate() && m_model->session());
    QTRY_VERIFY(live || !m_model->buckets().list.isEmpty());
    m_timeline->setFocus();
}

double TestTimeline::xOf(Nanoseconds sinceStart) const
{
    return m_timeline->scene().geometry.xOf(at(sinceStart));
}

QPoint TestTimeline::place(Nanoseconds sinceStart) const
{
    return QPoint(qRound(xOf(sinceStart)), qRound(m_timeline->places().in.center().y()));
}

void TestTimeline::wheel(QPoint point, int notches, bool sideways)
{
    const QPoint turned = sideways ? QPoint(notches * 120, 0) : QPoint(0, notches * 120);
    QWheelEvent event(point, m_timeline->mapToGlobal(point), {}, turned, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_timeline.get(), &event);
}

void TestTimeline::drag(QPoint from, QPoint to, Qt::MouseButton button, Qt::KeyboardModifiers keys)
{
    const auto move = [this, button, keys](QPoint point) {
        QMouseEvent event(QEvent::MouseMove, point, m_timeline->mapToGlobal(point), Qt::NoButton, button, keys);
        QApplication::sendEvent(m_timeline.get(), &event);
    };
    QTest::mousePress(m_timeline.get(), button, keys, from);
    move((from + to) / 2);
    move(to);
    QTest::mouseRelease(m_timeline.get(), button, keys, to);
}

/// To a quarter of the session, in its middle.
void TestTimeline::zoomIn()
{
    QTest::keyClick(m_timeline.get(), Qt::Key_Plus);
    QTest::keyClick(m_timeline.get(), Qt::Key_Plus);
}

int TestTimeline::pixels(const QColor &color, const QRectF &in) const
{
    const QImage image = m_timeline->grab().toImage();
    const QRect rect = in.toAlignedRect() & image.rect();
    int count = 0;
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x)
            count += image.pixelColor(x, y) == color;
    }
    return count;
}

void TestTimeline::showsTheWholeSession()
{
    m_log->addMany(60'000); // a minute
    makeTimeline();
    QVERIFY(range().first <= m_model->session()->first && range().last > m_model->session()->last);
    QVERIFY(range().length() < 64s);
    QVERIFY(m_timeline->scene().heights.top >= 750);
    QVERIFY(!m_timeline->scene().heights.squareRoot);
}

void TestTimeline::nothingIsDrawnWithoutAModel()
{
    m_log->addMany(4000);
    makeTimeline();
    QVERIFY(pixels(m_received, m_timeline->rect()) > 0);
    m_timeline->setTimelineModel(nullptr, false);
    QCOMPARE(pixels(m_received, m_timeline->rect()), 0);
    QCOMPARE(m_timeline->sentence(), u"Nothing yet"_s);
    // Nothing to do anything with, and no harm done.
    QSignalSpy jumped(m_timeline.get(), &Timeline::jumpRequested);
    QTest::mouseClick(m_timeline.get(), Qt::LeftButton);
    QTest::keyClick(m_timeline.get(), Qt::Key_Plus);
    QTest::keyClick(m_timeline.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_timeline.get(), Qt::Key_Return);
    wheel(m_timeline->rect().center(), 3);
    QCOMPARE(jumped.count(), 0);
    QVERIFY(!m_timeline->timeRange());
}

void TestTimeline::nothingIsDrawnBeforeASecondOfALiveSession()
{
    m_log->addMany(900);
    makeTimeline(true);
    QVERIFY(m_timeline->scene().geometry.isEmpty());
    QCOMPARE(pixels(m_received, m_timeline->rect()), 0);
    m_model->advanceTo(m_log->addMany(200));
    QTRY_VERIFY(pixels(m_received, m_timeline->rect()) > 0);
    // The first second does not fill the strip.
    QVERIFY(range().length() >= TimelineGeometry::LiveStart);
}

void TestTimeline::heightNeverChanges()
{
    m_log->addMany(900);
    makeTimeline(true);
    const int before = m_timeline->sizeHint().height();
    m_model->advanceTo(m_log->addMany(3000));
    QTRY_VERIFY(!m_timeline->scene().geometry.isEmpty());
    m_timeline->setTimeRange(TimeSpan{at(1s), at(2s)});
    QCOMPARE(m_timeline->sizeHint().height(), before);
    QVERIFY2(before > 44 && before < 72, qPrintable(QString::number(before)));
}

void TestTimeline::receivedIsAboveAndSentBelow()
{
    for (int n = 0; n < 400; ++n)
        m_log->add(n < 200 ? Direction::In : Direction::Out, EntryKind::Text, "x", 100'000);
    makeTimeline();
    const auto places = m_timeline->places();
    QRectF early = places.in;
    early.setRight(xOf(19s));
    QVERIFY(pixels(m_received, early) > 200);
    QCOMPARE(pixels(m_sent, places.in), 0);
    QCOMPARE(pixels(m_received, places.out), 0);
    QRectF late = places.out;
    late.setLeft(xOf(21s));
    QVERIFY(pixels(m_sent, late) > 200);
    late.setRight(early.right());
    late.setLeft(places.out.left());
    QCOMPARE(pixels(m_sent, late), 0);
}

void TestTimeline::aSpikeDoesNotHideTheRest()
{
    for (int n = 0; n < 600; ++n)
        m_log->add(Direction::In, EntryKind::Text, "x", 100'000); // ten a second
    for (int n = 0; n < 5000; ++n)
        m_log->add(Direction::In, EntryKind::Text, "x", 10);
    makeTimeline();
    QVERIFY(m_timeline->scene().heights.squareRoot);
    const double quiet = m_timeline->scene().heights.share(10);
    QVERIFY2(quiet > 0.03, qPrintable(QString::number(quiet)));
    m_timeline->setScale(Timeline::Scale::Linear);
    QVERIFY(!m_timeline->scene().heights.squareRoot);
    QVERIFY(m_timeline->scene().heights.share(10) < quiet / 5);
    m_timeline->setScale(Timeline::Scale::SquareRoot);
    QVERIFY(m_timeline->scene().heights.squareRoot);
    // Where there is no spike in view the scale is linear.
    m_timeline->setScale(Timeline::Scale::Automatic);
    for (int n = 0; n < 4; ++n)
        wheel(place(10s), 2);
    QTRY_VERIFY(!m_timeline->scene().heights.squareRoot);
}

void TestTimeline::bytesReplaceMessages()
{
    for (int n = 0; n < 100; ++n)
        m_log->add(Direction::In, EntryKind::Binary, QByteArray(9998, 'x'), 100'000);
    makeTimeline();
    const double messages = m_timeline->scene().heights.top;
    QSignalSpy changed(m_timeline.get(), &Timeline::unitChanged);
    m_timeline->setUnit(Timeline::Unit::Bytes);
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_timeline->scene().heights.top >= messages * 5000);
    QVERIFY2(m_timeline->textAt(place(5s)).contains(u"kB/s"), qPrintable(m_timeline->textAt(place(5s))));
}

void TestTimeline::marksAreExplained()
{
    m_log->addMany(10'000);
    ConnectionRecord record;
    record.id = m_log->writer().newConnectionId();
    record.started = at(4s);
    record.ended = at(5s);
    record.endKind = EndKind::ConnectFailed;
    record.endText = u"Nobody listens on port 1."_s;
    m_log->writer().put(record);
    makeTimeline();
    const QString there = m_timeline->textAt(place(5s));
    QVERIFY2(there.contains(record.endText), qPrintable(there));
    QVERIFY2(there.contains(u"Received: "), qPrintable(there));
    QVERIFY(!m_timeline->textAt(place(7s)).contains(record.endText));
    const QColor error = theme::colors(m_timeline->palette()).error;
    QVERIFY(pixels(error, QRectF(xOf(5s) - 4, 0, 8, m_timeline->places().marks.bottom())) > 8);
}

void TestTimeline::isReadableForScreenReaders()
{
    m_log->addMany(40'000);
    makeTimeline();
    QAccessibleInterface *strip = QAccessible::queryAccessibleInterface(m_timeline.get());
    QVERIFY(strip);
    QCOMPARE(strip->text(QAccessible::Name), u"Timeline"_s);
    const QString value = strip->text(QAccessible::Value);
    QVERIFY2(value.contains(u"30,000 messages received"), qPrintable(value));
    QVERIFY2(value.contains(u"10,000 sent"), qPrintable(value));
    QCOMPARE(strip->textInterface()->text(0, strip->textInterface()->characterCount()), value);
    m_timeline->setTimeRange(TimeSpan{at(1s), at(2s)});
    QVERIFY(strip->text(QAccessible::Value).contains(u"Chosen: "));
}

void TestTimeline::wheelZoomsAboutThePointer()
{
    m_log->addMany(40'000);
    makeTimeline();
    const TimeSpan all = range();
    const QPoint point = place(10s);
    wheel(point, 3);
    QVERIFY(range().length() < all.length() * 6 / 10);
    QVERIFY(std::abs(xOf(10s) - point.x()) < 2);
    wheel(point, -10);
    QCOMPARE(range(), all);
    // Sideways it pans.
    wheel(point, 3);
    const TimeSpan zoomed = range();
    wheel(point, -1, true);
    QVERIFY(range().first > zoomed.first);
    QCOMPARE(range().length().count(), zoomed.length().count());
}

void TestTimeline::dragSelectsARange()
{
    m_log->addMany(40'000);
    makeTimeline();
    QSignalSpy selected(m_timeline.get(), &Timeline::timeRangeSelected);
    QSignalSpy jumped(m_timeline.get(), &Timeline::jumpRequested);
    const QPoint from = place(10s);
    const QPoint to = place(20s);
    drag(from, to);
    QCOMPARE(selected.count(), 1);
    const auto first = selected.at(0).at(0).value<Timestamp>();
    const auto last = selected.at(0).at(1).value<Timestamp>();
    QVERIFY(std::chrono::abs(first - at(10s)) < 200ms);
    QVERIFY(std::chrono::abs(last - at(20s)) < 200ms);
    // No more digits than can be pointed at.
    QCOMPARE(toNs(first) % 10'000'000, 0);
    QVERIFY(m_timeline->timeRange() == (TimeSpan{first, last}));
    // To the left, and past the end.
    drag(to, QPoint(-50, from.y()));
    QCOMPARE(selected.count(), 2);
    QVERIFY(selected.at(1).at(0).value<Timestamp>() <= at(1s));
    QVERIFY(selected.at(1).at(0).value<Timestamp>() < selected.at(1).at(1).value<Timestamp>());
    QCOMPARE(jumped.count(), 0);
}

void TestTimeline::escapeEndsADrag()
{
    m_log->addMany(40'000);
    makeTimeline();
    QSignalSpy selected(m_timeline.get(), &Timeline::timeRangeSelected);
    QSignalSpy cleared(m_timeline.get(), &Timeline::timeRangeCleared);
    const TimeSpan before{at(1s), at(3s)};
    m_timeline->setTimeRange(before);
    QTest::mousePress(m_timeline.get(), Qt::LeftButton, {}, place(10s));
    QMouseEvent move(QEvent::MouseMove, place(20s), m_timeline->mapToGlobal(place(20s)), Qt::NoButton, Qt::LeftButton,
                     Qt::NoModifier);
    QApplication::sendEvent(m_timeline.get(), &move);
    QVERIFY(m_timeline->timeRange() != before);
    QTest::keyClick(m_timeline.get(), Qt::Key_Escape);
    QVERIFY(m_timeline->timeRange() == before);
    QTest::mouseRelease(m_timeline.get(), Qt::LeftButton, {}, place(20s));
    QCOMPARE(selected.count(), 0);
    QCOMPARE(cleared.count(), 0);
    // The next one takes the range away.
    QTest::keyClick(m_timeline.get(), Qt::Key_Escape);
    QCOMPARE(cleared.count(), 1);
    QVERIFY(!m_timeline->timeRange());
}

void TestTimeline::aClickJumps()
{
    m_log->addMany(40'000);
    makeTimeline();
    QSignalSpy jumped(m_timeline.get(), &Timeline::jumpRequested);
    QTest::mouseClick(m_timeline.get(), Qt::LeftButton, {}, place(30s));
    QTRY_COMPARE(jumped.count(), 1);
    QVERIFY(std::chrono::abs(jumped.at(0).at(0).value<Timestamp>() - at(30s)) < 200ms);
    QVERIFY(!m_timeline->timeRange());
    QTest::keyClick(m_timeline.get(), Qt::Key_Return);
    QCOMPARE(jumped.count(), 2);
}

void TestTimeline::doubleClickShowsTheWholeSession()
{
    m_log->addMany(40'000);
    makeTimeline();
    const TimeSpan all = range();
    zoomIn();
    QVERIFY(range() != all);
    QSignalSpy jumped(m_timeline.get(), &Timeline::jumpRequested);
    const QPoint middle = m_timeline->rect().center();
    QTest::mouseClick(m_timeline.get(), Qt::LeftButton, {}, middle);
    QTest::mouseDClick(m_timeline.get(), Qt::LeftButton, {}, middle);
    QCOMPARE(range(), all);
    // Its first half was no jump.
    QTest::qWait(QApplication::doubleClickInterval() + 50);
    QCOMPARE(jumped.count(), 0);
}

void TestTimeline::shiftDragAndMiddleDragPan()
{
    m_log->addMany(40'000);
    makeTimeline();
    zoomIn();
    QSignalSpy selected(m_timeline.get(), &Timeline::timeRangeSelected);
    const TimeSpan before = range();
    const QPoint middle = m_timeline->rect().center();
    drag(middle, middle - QPoint(100, 0), Qt::LeftButton, Qt::ShiftModifier);
    const TimeSpan later = range();
    QVERIFY(later.first > before.first);
    QCOMPARE(later.length().count(), before.length().count());
    drag(middle, middle + QPoint(100, 0), Qt::MiddleButton);
    QVERIFY(std::chrono::abs(range().first - before.first) < 50ms);
    QCOMPARE(selected.count(), 0);
}

void TestTimeline::theCrossTakesTheRangeAway()
{
    m_log->addMany(40'000);
    makeTimeline();
    QSignalSpy cleared(m_timeline.get(), &Timeline::timeRangeCleared);
    QSignalSpy jumped(m_timeline.get(), &Timeline::jumpRequested);
    for (const TimeSpan &chosen : {TimeSpan{at(10s), at(20s)}, TimeSpan{at(10s), at(10100ms)},
                                   TimeSpan{at(39900ms), at(40s)}, TimeSpan{at(-5s), at(90s)}}) {
        m_timeline->setTimeRange(chosen);
        const QRectF cross = TimelinePainter::crossPlace(m_timeline->scene(), m_timeline->places());
        QVERIFY(QRectF(m_timeline->rect()).contains(cross));
        QVERIFY(m_timeline->textAt(cross.center().toPoint()).contains(u"Esc"));
        cleared.clear();
        QTest::mouseClick(m_timeline.get(), Qt::LeftButton, {}, cross.center().toPoint());
        QCOMPARE(cleared.count(), 1);
        QVERIFY(!m_timeline->timeRange());
    }
    QCOMPARE(jumped.count(), 0);
}

void TestTimeline::keysPanAndZoom()
{
    m_log->addMany(40'000);
    makeTimeline();
    const TimeSpan all = range();
    QTest::keyClick(m_timeline.get(), Qt::Key_Right);
    QCOMPARE(range(), all);
    QTest::keyClick(m_timeline.get(), Qt::Key_Plus);
    QCOMPARE(range().length().count(), all.length().count() / 2);
    const TimeSpan zoomed = range();
    QTest::keyClick(m_timeline.get(), Qt::Key_Right);
    QVERIFY(range().first > zoomed.first);
    QTest::keyClick(m_timeline.get(), Qt::Key_Left);
    QCOMPARE(range(), zoomed);
    QTest::keyClick(m_timeline.get(), Qt::Key_Minus);
    QCOMPARE(range(), all);
    zoomIn();
    QTest::keyClick(m_timeline.get(), Qt::Key_Home);
    QCOMPARE(range(), all);
    // The buckets follow in the background.
    zoomIn();
    QTRY_VERIFY(m_model->buckets().width < 500ms);
}

void TestTimeline::shiftAndArrowsSelect()
{
    m_log->addMany(40'000);
    makeTimeline();
    QSignalSpy selected(m_timeline.get(), &Timeline::timeRangeSelected);
    const Nanoseconds width = m_model->buckets().width;
    for (int n = 0; n < 3; ++n)
        QTest::keyClick(m_timeline.get(), Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(m_timeline->timeRange());
    QCOMPARE(m_timeline->timeRange()->length().count(), (width * 3).count());
    QCOMPARE(selected.count(), 0);
    // All steps become one range.
    QTRY_COMPARE(selected.count(), 1);
    QTest::keyClick(m_timeline.get(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(m_timeline->timeRange()->length().count(), (width * 2).count());
    QTest::keyClick(m_timeline.get(), Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier);
    QCOMPARE(m_timeline->timeRange()->length().count(), (width * 12).count());
    // Past its other edge it turns over.
    for (int n = 0; n < 2; ++n)
        QTest::keyClick(m_timeline.get(), Qt::Key_Left, Qt::ShiftModifier | Qt::ControlModifier);
    QCOMPARE(m_timeline->timeRange()->length().count(), (width * 8).count());
    QTRY_COMPARE(selected.count(), 2);
}

void TestTimeline::menuSwitchesTheUnit()
{
    m_log->addMany(4000);
    makeTimeline();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, m_timeline->rect().center(),
                            m_timeline->mapToGlobal(m_timeline->rect().center()));
    QApplication::sendEvent(m_timeline.get(), &event);
    auto *menu = m_timeline->findChild<QMenu *>();
    QVERIFY(menu);
    for (QAction *action : menu->actions()) {
        if (action->text() == u"&Bytes per second")
            action->trigger();
    }
    QCOMPARE(m_timeline->unit(), Timeline::Unit::Bytes);
    menu->close();
}

void TestTimeline::aLiveSessionsEndStaysInView()
{
    m_log->addMany(40'000);
    makeTimeline(true);
    // Somewhere in the middle nothing moves...
    for (int n = 0; n < 3; ++n)
        wheel(place(10s), 2);
    const TimeSpan middle = range();
    QVERIFY(middle.last < at(30s));
    m_model->advanceTo(m_log->addMany(2000));
    QTRY_VERIFY(m_model->session()->last > at(41s));
    QCOMPARE(range(), middle);
    // ...at the end it goes along.
    QTest::keyClick(m_timeline.get(), Qt::Key_Home);
    for (int n = 0; n < 3; ++n)
        wheel(place(42s), 2);
    const TimeSpan before = range();
    QVERIFY(before.last >= m_model->session()->last);
    m_model->advanceTo(m_log->addMany(30'000));
    QTRY_VERIFY(range().last >= at(71s));
    QCOMPARE(range().length().count(), before.length().count());
}

void TestTimeline::survivesItsModel()
{
    m_log->addMany(4000);
    makeTimeline();
    m_timeline->setTimelineModel(nullptr, false);
    m_model.reset();
    m_timeline->grab();
    m_timeline->resize(300, m_timeline->height());
    m_timeline->grab();
    QCOMPARE(m_timeline->sentence(), u"Nothing yet"_s);
}

namespace {

/// A timeline with its log and filter, as in a tab.
struct Bench
{
    explicit Bench(SampleLog &log)
        : loader(log.path())
        , model(loader)
        , link(timeline, view, filter)
    {
        view.setLogModel(&model);
        filter.setLogModel(&model);
        link.open(log.path(), false);
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

    CaptureLoader loader;
    LogModel model;
    Timeline timeline;
    LogView view;
    FilterBar filter;
    TimelineLink link;
};

} // namespace

void TestTimeline::aRangeFiltersTheLog()
{
    m_log->addMany(40'000);
    Bench bench(*m_log);
    QTRY_VERIFY(bench.isReady());
    bench.filter.setText(u"dir:in"_s);
    Q_EMIT bench.timeline.timeRangeSelected(at(10s), at(20s));
    QVERIFY2(bench.filter.text().startsWith(u"dir:in time:2026-11-"), qPrintable(bench.filter.text()));
    QVERIFY2(bench.filter.errorText().isEmpty(), qPrintable(bench.filter.errorText()));
    QTRY_VERIFY(!bench.model.isSearching());
    QTRY_VERIFY(std::abs(bench.model.rowCount() - 7500) <= 1);
    QVERIFY(bench.timeline.timeRange() == (TimeSpan{at(10s), at(20s)}));
    Q_EMIT bench.timeline.timeRangeCleared();
    QCOMPARE(bench.filter.text(), u"dir:in"_s);
    QVERIFY(!bench.timeline.timeRange());
}

void TestTimeline::aFilterByHandShowsHere()
{
    m_log->addMany(40'000);
    Bench bench(*m_log);
    QTRY_VERIFY(bench.isReady());
    Q_EMIT bench.timeline.timeRangeSelected(at(10s), at(20s));
    const QString text = bench.filter.text();
    bench.filter.setText({});
    QVERIFY(!bench.timeline.timeRange());
    bench.filter.setText(text);
    QVERIFY(bench.timeline.timeRange() == (TimeSpan{at(10s), at(20s)}));
}

void TestTimeline::aClickGoesThereInTheLog()
{
    m_log->addMany(40'000);
    Bench bench(*m_log);
    QTRY_VERIFY(bench.isReady());
    QTRY_VERIFY(bench.view.geometryOfRows().isAtEnd());
    Q_EMIT bench.timeline.jumpRequested(at(20s));
    QTRY_COMPARE(bench.view.currentEntry(), EntryId(20'000));
    QVERIFY(!bench.view.isFollowing());
    QVERIFY(bench.view.geometryOfRows().firstVisible() < Row(19'999));
    QVERIFY(bench.view.geometryOfRows().lastVisible() > Row(19'999));
}

void TestTimeline::whatTheLogShowsIsMarked()
{
    m_log->addMany(40'000);
    Bench bench(*m_log);
    QTRY_VERIFY(bench.isReady());
    QTRY_VERIFY(bench.timeline.scene().visible && bench.timeline.scene().visible->last == at(40s));
    bench.view.setFollowing(false);
    bench.view.scrollTo(bench.model.index(9999, 0), QAbstractItemView::PositionAtTop);
    QTRY_COMPARE(bench.timeline.scene().visible->first, at(10s));
    bench.timeline.showVisiblePart();
    const TimeSpan range = bench.timeline.scene().geometry.range();
    QVERIFY(range.first < at(10s) && range.last > bench.timeline.scene().visible->last);
    QVERIFY(range.length() < 1s);
}

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
