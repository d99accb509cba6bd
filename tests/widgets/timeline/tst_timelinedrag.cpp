#include "support/TestProgram.h"
#include "widgets/timeline/TimelineDrag.h"
#include "widgets/timeline/TimelineEdge.h"

#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;
using Kind = TimelineDrag::Kind;

namespace {

constexpr Timestamp DragStart = Timestamp(Nanoseconds(1'795'363'200'000'000'000)); // 2026-11-22T16:00:00Z

/// A second on ten pixels, from x 10 to 610.
TimelineGeometry minute()
{
    TimelineGeometry geometry;
    geometry.setPlace(10, 600);
    geometry.setRange({DragStart, DragStart + 60s});
    return geometry;
}

TimeSpan span(Nanoseconds first, Nanoseconds last)
{
    return {DragStart + first, DragStart + last};
}

} // namespace

/// What the pointer and the keys make of a timeline's ranges.
class TestTimelineDrag final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPressBecomesASelectionWhenItMovesFar()
    {
        TimelineDrag drag;
        QVERIFY(!drag.isActive());
        QVERIFY(!drag.startsSelecting(500, 10));
        drag.press(Kind::Pressed, 100, minute().range(), {});
        QVERIFY(!drag.startsSelecting(109, 10));
        QCOMPARE(drag.kind(), Kind::Pressed);
        QVERIFY(drag.startsSelecting(90, 10));
        QCOMPARE(drag.kind(), Kind::Selecting);
        // Once only.
        QVERIFY(!drag.startsSelecting(50, 10));
        QCOMPARE(drag.release(), Kind::Selecting);
        QVERIFY(!drag.isActive());
    }

    void panningSelectsNothing()
    {
        TimelineDrag drag;
        drag.press(Kind::Panning, 100, minute().range(), {});
        QVERIFY(!drag.startsSelecting(300, 10));
        QCOMPARE(drag.release(), Kind::Panning);
    }

    void selectsEitherWayAndWithinTheStrip()
    {
        const TimelineGeometry geometry = minute();
        TimelineDrag drag;
        drag.press(Kind::Pressed, 110, geometry.range(), span(1s, 2s));
        QCOMPARE(drag.selectedTo(210, geometry), span(10s, 20s));
        QCOMPARE(drag.selectedTo(60, geometry), span(5s, 10s));
        QCOMPARE(drag.selectedTo(-500, geometry), span(0s, 10s));
        QCOMPARE(drag.selectedTo(5000, geometry), span(10s, 60s));
        QCOMPARE(drag.selectionBefore(), std::optional(span(1s, 2s)));
    }

    void selectsAsFineAsAPixel()
    {
        const TimelineGeometry geometry = minute();
        TimelineDrag drag;
        drag.press(Kind::Pressed, 110.26, geometry.range(), {});
        const TimeSpan selected = drag.selectedTo(200.31, geometry);
        const Nanoseconds precision = geometry.precision();
        QCOMPARE((selected.first - DragStart) % precision, Nanoseconds(0));
        QCOMPARE((selected.last - DragStart) % precision, Nanoseconds(0));
        QVERIFY(selected.first <= geometry.timeAt(110.26) && selected.last >= geometry.timeAt(200.31));
    }

    void pansWithThePointer()
    {
        TimelineGeometry geometry = minute();
        const TimeSpan limits = span(-100s, 100s);
        TimelineDrag drag;
        drag.press(Kind::Panning, 300, geometry.range(), {});
        const TimeSpan earlier = drag.pannedTo(400, geometry, limits);
        QCOMPARE(earlier, span(-10s, 50s));
        // What is in view meanwhile does not matter: it is the press that the pointer holds.
        geometry.setRange(earlier);
        QCOMPARE(drag.pannedTo(200, geometry, limits), span(10s, 70s));
        QCOMPARE(drag.pannedTo(-5000, geometry, limits).last, DragStart + 100s);
    }

    void anEdgeBeginsWhereItIsTold()
    {
        TimelineEdge edge;
        const TimeSpan limits = span(0s, 60s);
        QCOMPARE(edge.move({}, 2s, DragStart + 30s, limits), span(30s, 32s));
        QCOMPARE(edge.of(span(30s, 32s)), DragStart + 32s);
        QCOMPARE(edge.move({}, -2s, DragStart + 30s, limits), span(28s, 30s));
        QCOMPARE(edge.of(span(28s, 30s)), DragStart + 28s);
    }

    void theSameEdgeMovesOn()
    {
        TimelineEdge edge;
        const TimeSpan limits = span(0s, 60s);
        TimeSpan selection = edge.move({}, 2s, DragStart + 30s, limits);
        selection = edge.move(selection, 3s, DragStart, limits);
        QCOMPARE(selection, span(30s, 35s));
        // Past the other edge it becomes that one.
        selection = edge.move(selection, -8s, DragStart, limits);
        QCOMPARE(selection, span(27s, 30s));
        selection = edge.move(selection, -1s, DragStart, limits);
        QCOMPARE(selection, span(26s, 30s));
        selection = edge.move(selection, -100s, DragStart, limits);
        QCOMPARE(selection, span(0s, 30s));
    }
};

SOCKEYE_TEST(TestTimelineDrag, QCoreApplication)
#include "tst_timelinedrag.moc"
