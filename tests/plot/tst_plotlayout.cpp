#include "plot/PlotLayout.h"
#include "support/TestProgram.h"
#include "tests/plot/PlotSamples.h"

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

using Item = PlotDrawing::Item;

const PlotField Amount{PlotField::Kind::Field, u"$.amount"_s};
const PlotField Size{PlotField::Kind::Size};
constexpr QSizeF Picture(640, 320);

PlotTextMeasure measure()
{
    return {[](const QString &text) { return 7.0 * double(text.size()); }};
}

PlotDrawing drawn(const PlotScene &scene, QSizeF size = Picture)
{
    return PlotLayout(scene, size, measure()).drawing(scene, measure());
}

std::vector<Item> itemsOf(const PlotDrawing &drawing, Item::Kind kind, PlotInk ink)
{
    std::vector<Item> items;
    for (const Item &item : drawing.items) {
        if (item.kind == kind && item.ink == ink)
            items.push_back(item);
    }
    return items;
}

QStringList textsOf(const PlotDrawing &drawing)
{
    QStringList texts;
    for (const Item &item : drawing.items) {
        if (item.kind == Item::Kind::Text)
            texts += item.text;
    }
    return texts;
}

} // namespace

/// Where everything of a plot stands.
class PlotLayoutTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// One value of a million: it is as high as it is, and the line comes back from it.
    void aSpikeIsDrawn()
    {
        std::vector<PlotPoint> points;
        for (int i = 0; i < 1'000'000; ++i)
            points.push_back(pointAt(i + 1, i * 1000, i == 345'678 ? 900 : i % 7));
        const PlotScene scene = sceneOf({{Price, points}}, 500);
        const PlotLayout layout(scene, Picture, measure());
        const auto lines = itemsOf(layout.drawing(scene, measure()), Item::Kind::Polyline, PlotInk::Line);
        const Item &line = lines.front();
        QVERIFY(line.points.size() <= 4 * 500);
        const QPointF top = layout.pointOf(points[345'678], PlotUnit::None);
        QVERIFY(std::find(line.points.begin(), line.points.end(), top) != line.points.end());
        QCOMPARE(std::count_if(line.points.begin(), line.points.end(),
                               [&](QPointF point) { return point.y() < layout.plot().center().y(); }),
                 1);
    }

    void linesGoFromLeftToRight()
    {
        const PlotScene scene = sceneOf({{Price, wanderingPoints(20'000)}}, 300);
        const auto lines = itemsOf(drawn(scene), Item::Kind::Polyline, PlotInk::Line);
        const std::vector<QPointF> &points = lines.front().points;
        QVERIFY(std::is_sorted(points.begin(), points.end(), [](QPointF a, QPointF b) { return a.x() < b.x(); }));
    }

    void fewPointsAreMarkedEach()
    {
        const PlotScene scene = sceneOf({{Price, {pointAt(1, 0, 1), pointAt(2, 10, 5), pointAt(3, 20, 2)}}}, 400);
        // And one in the legend.
        QCOMPARE(itemsOf(drawn(scene), Item::Kind::Marker, PlotInk::Line).size(), size_t(4));
        const PlotScene many = sceneOf({{Price, wanderingPoints(20'000)}}, 400);
        const size_t marks = itemsOf(drawn(many), Item::Kind::Marker, PlotInk::Line).size();
        QVERIFY(marks > 3 && marks < 12);
    }

    void unitsHaveLanesOfTheirOwn()
    {
        const std::vector<PlotPoint> sizes{pointAt(1, 0, 100), pointAt(2, 10, 2'500)};
        const std::vector<PlotPoint> prices{pointAt(1, 0, 143), pointAt(2, 10, 144)};
        const PlotScene scene = sceneOf({{Price, prices}, {Size, sizes}, {Amount, prices}}, 100);
        const PlotLayout layout(scene, Picture, measure());
        QCOMPARE(layout.lanes().size(), size_t(2));
        const QRectF first = layout.laneOf(PlotUnit::None)->place;
        const QRectF second = layout.laneOf(PlotUnit::Bytes)->place;
        QVERIFY(first.bottom() < second.top());
        QVERIFY(QRectF(QPointF(), Picture).contains(first.united(second)));
        QCOMPARE(first.height(), second.height());
        QVERIFY(!layout.laneOf(PlotUnit::Seconds));
        QVERIFY(first.contains(layout.pointOf(prices[0], PlotUnit::None)));
        QVERIFY(second.contains(layout.pointOf(sizes[1], PlotUnit::Bytes)));
        const QStringList texts = textsOf(layout.drawing(scene, measure()));
        QVERIFY2(texts.contains(u"2 kB"_s), qPrintable(texts.join(u'|')));
        QVERIFY(texts.contains(u"$.price"_s) && texts.contains(u"$.amount"_s) && texts.contains(u"Size (bytes)"_s));
    }

    void whatHasNoLogarithmStandsAtTheBottom()
    {
        const std::vector<PlotPoint> points{pointAt(1, 0, 0), pointAt(2, 10, 1), pointAt(3, 20, 10'000)};
        const PlotScene scene = sceneOf({{Price, points}}, 100, true);
        const PlotLayout layout(scene, Picture, measure());
        QCOMPARE(layout.pointOf(points[0], PlotUnit::None).y(), layout.plot().bottom());
        const QStringList texts = textsOf(layout.drawing(scene, measure()));
        QVERIFY2(texts.contains(u"100"_s) && texts.contains(u"10000"_s), qPrintable(texts.join(u'|')));
    }

    void placesLeadBackToTimes()
    {
        const PlotScene scene = sceneOf({{Price, wanderingPoints(1'000)}}, 200);
        const PlotLayout layout(scene, Picture, measure());
        QCOMPARE(layout.timeAt(layout.plot().left()), scene.range.first);
        QCOMPARE(layout.timeAt(layout.plot().right()), scene.range.last);
        QCOMPARE(layout.columnAt(0), 0);
        QCOMPARE(layout.columnAt(1e9), 199);
        QCOMPARE(layout.columnAt(layout.xOf(scene.timeOf(57)) + 0.5), 57);
    }

    /// Nothing, a size of nothing, more names than there is room for.
    void anythingCanBeLaidOut()
    {
        std::vector<std::pair<PlotField, std::vector<PlotPoint>>> lines;
        for (int i = 0; i < 8; ++i)
            lines.push_back({{PlotField::Kind::Field, QString(100 * i + 1, u'x')}, {pointAt(1, 0, i)}});
        for (const QSizeF size : {QSizeF(0, 0), QSizeF(1, 1), QSizeF(40, 2000), QSizeF(2000, 40), Picture}) {
            for (const PlotScene &scene : {PlotScene(), sceneOf({{Price, {}}}, 10), sceneOf(lines, 10)}) {
                for (const Item &item : drawn(scene, size).items) {
                    for (const QPointF &point : item.points)
                        QVERIFY(qIsFinite(point.x()) && qIsFinite(point.y()));
                }
            }
        }
    }

    void columnsAreFoundFromAnywhere()
    {
        PlotScene scene = sceneOf({{Price, {pointAt(1, 0, 1), pointAt(2, 50, 2), pointAt(3, 99, 3)}}}, 100);
        QCOMPARE(scene.drawnNear(48, 5), std::optional(50));
        QCOMPARE(scene.drawnNear(30, 5), std::nullopt);
        QCOMPARE(scene.drawnBeyond(0, true), std::optional(50));
        QCOMPARE(scene.drawnBeyond(50, false), std::optional(0));
        QCOMPARE(scene.drawnBeyond(99, true), std::nullopt);
        QVERIFY(!scene.isEmpty());
        QVERIFY(scene.sentence().contains(u"$.price: 1 to 3 (3 values)"_s));
        QVERIFY(PlotScene().isEmpty());
    }
};

SOCKEYE_TEST(PlotLayoutTest, QCoreApplication)
#include "tst_plotlayout.moc"
