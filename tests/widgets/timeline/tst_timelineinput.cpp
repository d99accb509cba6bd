#include "TimelineBench.h"

#include "support/TestProgram.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QTimer>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What the pointer and the keys do to a timeline.
class TestTimelineInput final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<TimelineBench>(); }
    void cleanup() { m_bench.reset(); }

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

private:
    std::unique_ptr<TimelineBench> m_bench;
};

void TestTimelineInput::wheelZoomsAboutThePointer()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    const TimeSpan all = m_bench->range();
    const QPoint point = m_bench->place(10s);
    m_bench->wheel(point, 3);
    QVERIFY(m_bench->range().length() < all.length() * 6 / 10);
    QVERIFY(std::abs(m_bench->xOf(10s) - point.x()) < 2);
    m_bench->wheel(point, -10);
    QCOMPARE(m_bench->range(), all);
    // Sideways it pans.
    m_bench->wheel(point, 3);
    const TimeSpan zoomed = m_bench->range();
    m_bench->wheel(point, -1, true);
    QVERIFY(m_bench->range().first > zoomed.first);
    QCOMPARE(m_bench->range().length().count(), zoomed.length().count());
}

void TestTimelineInput::dragSelectsARange()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    QSignalSpy selected(m_bench->timeline.get(), &Timeline::timeRangeSelected);
    QSignalSpy jumped(m_bench->timeline.get(), &Timeline::jumpRequested);
    const QPoint from = m_bench->place(10s);
    const QPoint to = m_bench->place(20s);
    m_bench->drag(from, to);
    QCOMPARE(selected.count(), 1);
    const auto first = selected.at(0).at(0).value<Timestamp>();
    const auto last = selected.at(0).at(1).value<Timestamp>();
    QVERIFY(std::chrono::abs(first - at(10s)) < 200ms);
    QVERIFY(std::chrono::abs(last - at(20s)) < 200ms);
    // No more digits than can be pointed at.
    QCOMPARE(toNs(first) % 10'000'000, 0);
    QVERIFY(m_bench->timeline->timeRange() == (TimeSpan{first, last}));
    // To the left, and past the end.
    m_bench->drag(to, QPoint(-50, from.y()));
    QCOMPARE(selected.count(), 2);
    QVERIFY(selected.at(1).at(0).value<Timestamp>() <= at(1s));
    QVERIFY(selected.at(1).at(0).value<Timestamp>() < selected.at(1).at(1).value<Timestamp>());
    QCOMPARE(jumped.count(), 0);
}

void TestTimelineInput::escapeEndsADrag()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    QSignalSpy selected(m_bench->timeline.get(), &Timeline::timeRangeSelected);
    QSignalSpy cleared(m_bench->timeline.get(), &Timeline::timeRangeCleared);
    const TimeSpan before{at(1s), at(3s)};
    m_bench->timeline->setTimeRange(before);
    QTest::mousePress(m_bench->timeline.get(), Qt::LeftButton, {}, m_bench->place(10s));
    QMouseEvent move(QEvent::MouseMove, m_bench->place(20s), m_bench->timeline->mapToGlobal(m_bench->place(20s)),
                     Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_bench->timeline.get(), &move);
    QVERIFY(m_bench->timeline->timeRange() != before);
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Escape);
    QVERIFY(m_bench->timeline->timeRange() == before);
    QTest::mouseRelease(m_bench->timeline.get(), Qt::LeftButton, {}, m_bench->place(20s));
    QCOMPARE(selected.count(), 0);
    QCOMPARE(cleared.count(), 0);
    // The next one takes the range away.
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Escape);
    QCOMPARE(cleared.count(), 1);
    QVERIFY(!m_bench->timeline->timeRange());
}

void TestTimelineInput::aClickJumps()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    QSignalSpy jumped(m_bench->timeline.get(), &Timeline::jumpRequested);
    QTest::mouseClick(m_bench->timeline.get(), Qt::LeftButton, {}, m_bench->place(30s));
    QTRY_COMPARE(jumped.count(), 1);
    QVERIFY(std::chrono::abs(jumped.at(0).at(0).value<Timestamp>() - at(30s)) < 200ms);
    QVERIFY(!m_bench->timeline->timeRange());
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Return);
    QCOMPARE(jumped.count(), 2);
}

void TestTimelineInput::doubleClickShowsTheWholeSession()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    const TimeSpan all = m_bench->range();
    m_bench->zoomIn();
    QVERIFY(m_bench->range() != all);
    QSignalSpy jumped(m_bench->timeline.get(), &Timeline::jumpRequested);
    const QPoint middle = m_bench->timeline->rect().center();
    QTest::mouseClick(m_bench->timeline.get(), Qt::LeftButton, {}, middle);
    QTest::mouseDClick(m_bench->timeline.get(), Qt::LeftButton, {}, middle);
    QCOMPARE(m_bench->range(), all);
    // Its first half was no jump: what a click waits for would be over before this is.
    QTimer over;
    QSignalSpy isOver(&over, &QTimer::timeout);
    over.start(QApplication::doubleClickInterval() + 50);
    QVERIFY(isOver.wait());
    QCOMPARE(jumped.count(), 0);
}

void TestTimelineInput::shiftDragAndMiddleDragPan()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    m_bench->zoomIn();
    QSignalSpy selected(m_bench->timeline.get(), &Timeline::timeRangeSelected);
    const TimeSpan before = m_bench->range();
    const QPoint middle = m_bench->timeline->rect().center();
    m_bench->drag(middle, middle - QPoint(100, 0), Qt::LeftButton, Qt::ShiftModifier);
    const TimeSpan later = m_bench->range();
    QVERIFY(later.first > before.first);
    QCOMPARE(later.length().count(), before.length().count());
    m_bench->drag(middle, middle + QPoint(100, 0), Qt::MiddleButton);
    QVERIFY(std::chrono::abs(m_bench->range().first - before.first) < 50ms);
    QCOMPARE(selected.count(), 0);
}

void TestTimelineInput::theCrossTakesTheRangeAway()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    QSignalSpy cleared(m_bench->timeline.get(), &Timeline::timeRangeCleared);
    QSignalSpy jumped(m_bench->timeline.get(), &Timeline::jumpRequested);
    for (const TimeSpan &chosen : {TimeSpan{at(10s), at(20s)}, TimeSpan{at(10s), at(10100ms)},
                                   TimeSpan{at(39900ms), at(40s)}, TimeSpan{at(-5s), at(90s)}}) {
        m_bench->timeline->setTimeRange(chosen);
        const QRectF cross = TimelinePainter::crossPlace(m_bench->timeline->scene(), m_bench->timeline->places());
        QVERIFY(QRectF(m_bench->timeline->rect()).contains(cross));
        QVERIFY(m_bench->timeline->textAt(cross.center().toPoint()).contains(u"Esc"));
        cleared.clear();
        QTest::mouseClick(m_bench->timeline.get(), Qt::LeftButton, {}, cross.center().toPoint());
        QCOMPARE(cleared.count(), 1);
        QVERIFY(!m_bench->timeline->timeRange());
    }
    QCOMPARE(jumped.count(), 0);
}

void TestTimelineInput::keysPanAndZoom()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    const TimeSpan all = m_bench->range();
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Right);
    QCOMPARE(m_bench->range(), all);
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Plus);
    QCOMPARE(m_bench->range().length().count(), all.length().count() / 2);
    const TimeSpan zoomed = m_bench->range();
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Right);
    QVERIFY(m_bench->range().first > zoomed.first);
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Left);
    QCOMPARE(m_bench->range(), zoomed);
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Minus);
    QCOMPARE(m_bench->range(), all);
    m_bench->zoomIn();
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Home);
    QCOMPARE(m_bench->range(), all);
    // The buckets follow in the background.
    m_bench->zoomIn();
    QTRY_VERIFY(m_bench->model->buckets().width < 500ms);
}

void TestTimelineInput::shiftAndArrowsSelect()
{
    m_bench->log.addMany(40'000);
    QVERIFY(m_bench->show());
    QSignalSpy selected(m_bench->timeline.get(), &Timeline::timeRangeSelected);
    const Nanoseconds width = m_bench->model->buckets().width;
    for (int n = 0; n < 3; ++n)
        QTest::keyClick(m_bench->timeline.get(), Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(m_bench->timeline->timeRange());
    QCOMPARE(m_bench->timeline->timeRange()->length().count(), (width * 3).count());
    QCOMPARE(selected.count(), 0);
    // All steps become one range.
    QTRY_COMPARE(selected.count(), 1);
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(m_bench->timeline->timeRange()->length().count(), (width * 2).count());
    QTest::keyClick(m_bench->timeline.get(), Qt::Key_Right, Qt::ShiftModifier | Qt::ControlModifier);
    QCOMPARE(m_bench->timeline->timeRange()->length().count(), (width * 12).count());
    // Past its other edge it turns over.
    for (int n = 0; n < 2; ++n)
        QTest::keyClick(m_bench->timeline.get(), Qt::Key_Left, Qt::ShiftModifier | Qt::ControlModifier);
    QCOMPARE(m_bench->timeline->timeRange()->length().count(), (width * 8).count());
    QTRY_COMPARE(selected.count(), 2);
}

void TestTimelineInput::menuSwitchesTheUnit()
{
    m_bench->log.addMany(4000);
    QVERIFY(m_bench->show());
    QContextMenuEvent event(QContextMenuEvent::Keyboard, m_bench->timeline->rect().center(),
                            m_bench->timeline->mapToGlobal(m_bench->timeline->rect().center()));
    QApplication::sendEvent(m_bench->timeline.get(), &event);
    auto *menu = m_bench->timeline->findChild<QMenu *>();
    QVERIFY(menu);
    for (QAction *action : menu->actions()) {
        if (action->text() == u"&Bytes per second")
            action->trigger();
    }
    QCOMPARE(m_bench->timeline->unit(), Timeline::Unit::Bytes);
    menu->close();
}

SOCKEYE_TEST(TestTimelineInput, QApplication)
#include "tst_timelineinput.moc"
