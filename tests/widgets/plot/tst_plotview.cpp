#include "plot/PlotCsv.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/plot/PlotSamples.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/plot/PlotExporter.h"
#include "widgets/plot/PlotPainter.h"
#include "widgets/plot/PlotView.h"
#include "widgets/style/Theme.h"

#include <QAccessible>
#include <QApplication>
#include <QBuffer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

const PlotField Size{PlotField::Kind::Size};

bool isNear(const QColor &a, const QColor &b)
{
    constexpr int Near = 60;
    return std::abs(a.red() - b.red()) < Near && std::abs(a.green() - b.green()) < Near &&
           std::abs(a.blue() - b.blue()) < Near;
}

/// The pixels of a line's colour in a part of a picture.
int pixelsOf(const QImage &image, const QRectF &place, const QColor &color)
{
    int count = 0;
    const QRect part = place.toAlignedRect().intersected(image.rect());
    for (int y = part.top(); y <= part.bottom(); ++y) {
        for (int x = part.left(); x <= part.right(); ++x)
            count += isNear(image.pixelColor(x, y), color) ? 1 : 0;
    }
    return count;
}

} // namespace

/// A plot on the screen: what is painted, read and chosen.
class PlotViewTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        theme::apply(*qApp, theme::Scheme::Light);
        m_view = std::make_unique<PlotView>();
        m_view->resize(700, 340);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    /// One sample of ten million is seen, in both themes and at any width.
    void aSpikeOfOneSampleIsSeen()
    {
        constexpr int Count = 10'000'000;
        constexpr int Lot = 100'000;
        constexpr int Spike = 6'543'210;
        Series series;
        std::vector<PlotPoint> points;
        for (int i = 0; i < Count; ++i) {
            points.push_back(pointAt(i + 1, qint64(i) * 50'000, i == Spike ? 1000 : i % 10));
            if (points.size() < size_t(Lot))
                continue;
            QVERIFY(series.append(points).ok());
            points.clear();
        }
        QVERIFY2(series.memory() < 10'000'000, qPrintable(QString::number(series.memory())));
        const PlotPoint spike = pointAt(Spike + 1, qint64(Spike) * 50'000, 1000);
        for (const theme::Scheme scheme : {theme::Scheme::Light, theme::Scheme::Dark}) {
            theme::apply(*qApp, scheme);
            for (const int width : {220, 700, 1400}) {
                m_view->resize(width, 340);
                PlotScene scene;
                scene.range = *series.span();
                scene.lines = {{Price, 0, series.columns(scene.range, m_view->columns()).value()}};
                m_view->setScene(scene, scene.range);
                const QImage image = m_view->grab().toImage();
                const QColor color = plotpainter::colorOf(theme::colors(m_view->palette()), PlotInk::Line, 0);
                const QRectF plot = m_view->plotLayout().plot();
                const QPointF top = m_view->plotLayout().pointOf(spike, PlotUnit::None);
                // From the bottom to the top there is a line, and only there.
                const QRectF upper(plot.left(), plot.top(), plot.width(), plot.height() * 0.9);
                const QRectF needle(top.x() - 2, top.y(), 4, upper.bottom() - top.y());
                QVERIFY(pixelsOf(image, needle, color) >= int(needle.height()) - 4);
                QCOMPARE(pixelsOf(image, upper, color), pixelsOf(image, needle, color));
                // And all the rest of the line is at the bottom.
                const QRectF lower(plot.left(), plot.bottom() - 8, plot.width(), 8);
                QVERIFY(pixelsOf(image, lower, color) > int(plot.width()));
            }
        }
    }

    void itIsPaintedInBothThemes()
    {
        show(wanderingPoints(2'000));
        for (const theme::Scheme scheme : {theme::Scheme::Light, theme::Scheme::Dark}) {
            theme::apply(*qApp, scheme);
            const QImage image = m_view->grab().toImage();
            const ThemeColors &colors = theme::colors(m_view->palette());
            QCOMPARE(image.pixelColor(image.width() - 2, image.height() - 2), colors.base);
            const QRectF plot = m_view->plotLayout().plot();
            QVERIFY(pixelsOf(image, plot, plotpainter::colorOf(colors, PlotInk::Line, 0)) > 200);
            // Labels beside and below it.
            QVERIFY(pixelsOf(image, QRectF(0, plot.top(), plot.left() - 4, plot.height()), colors.dimText) > 20);
            QVERIFY(pixelsOf(image, QRectF(0, plot.bottom() + 4, image.width(), 20), colors.dimText) > 20);
        }
    }

    void linesAreToldApartWithoutColours()
    {
        QSet<int> shapes;
        QSet<QRgb> hues;
        for (int style = 0; style < PlotStyleCount; ++style) {
            shapes.insert(int(PlotDrawing::markerOf(style)));
            hues.insert(plotpainter::colorOf(theme::colors(m_view->palette()), PlotInk::Line, style).rgb());
        }
        QCOMPARE(shapes.size(), PlotStyleCount);
        QVERIFY(hues.size() >= 6);
    }

    void keysGoFromValueToValue()
    {
        show({pointAt(10, 0, 1), pointAt(20, 500, 2.5), pointAt(30, 999, 3)});
        QSignalSpy activated(m_view.get(), &PlotView::entryActivated);
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QVERIFY(m_view->mark());
        QCOMPARE(m_view->mark()->point.entry, EntryId(20));
        QVERIFY(m_view->readOut()[0].endsWith(u"entry 20"_s));
        QCOMPARE(m_view->readOut()[1], u"$.price: 2.5"_s);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(activated,
                 (QList<QVariantList>{{QVariant::fromValue(EntryId(20))}, {QVariant::fromValue(EntryId(30))}}));
        // A scene that grew leaves the cross where it is.
        show({pointAt(10, 0, 1), pointAt(20, 500, 2.5), pointAt(30, 999, 3), pointAt(40, 2'000, 3)});
        QCOMPARE(m_view->mark()->point.entry, EntryId(30));
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QVERIFY(!m_view->mark() && m_view->readOut().isEmpty());
    }

    void keysGoThroughTheValuesOfOneTime()
    {
        std::vector<PlotPoint> points;
        for (int i = 0; i < 1'000; ++i)
            points.push_back(pointAt(i + 1, 0, i));
        points.push_back(pointAt(2'000, 1'000'000, 5));
        show(points);
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_view->mark()->point.value, 999.0);
        QVERIFY2(m_view->readOut().contains(u"$.price: 999 · 0 to 999 (1,000 values)"_s),
                 qPrintable(m_view->readOut().join(u'|')));
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->mark()->point.value, 0.0);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QCOMPARE(m_view->mark()->point.value, 0.0);
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QCOMPARE(m_view->mark()->point.value, 999.0);
    }

    void thePointerReadsAndChooses()
    {
        show({pointAt(10, 0, 1), pointAt(20, 500, 2.5), pointAt(30, 1'000, 3)});
        const QPoint middle = m_view->plotLayout().pointOf(pointAt(20, 500, 2.5), PlotUnit::None).toPoint();
        QTest::mouseMove(m_view.get(), middle + QPoint(5, 3));
        QVERIFY(m_view->mark());
        QCOMPARE(m_view->mark()->point.entry, EntryId(20));
        QVERIFY(pixelsOf(m_view->grab().toImage(), QRectF(middle.x() - 1, 200, 3, 60),
                         theme::colors(m_view->palette()).dimText) > 10);
        // Far from any.
        QTest::mouseMove(m_view.get(), middle + QPoint(100, 0));
        QVERIFY(!m_view->mark());
        QSignalSpy activated(m_view.get(), &PlotView::entryActivated);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, middle + QPoint(100, 0));
        QVERIFY(activated.isEmpty());
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, middle + QPoint(4, 0));
        QCOMPARE(activated, QList<QVariantList>{{QVariant::fromValue(EntryId(20))}});
    }

    void aDragChoosesARange()
    {
        show(wanderingPoints(1'000));
        QSignalSpy wanted(m_view.get(), &PlotView::sceneWanted);
        const PlotLayout &layout = m_view->plotLayout();
        const QPoint from(int(layout.plot().left()) + 100, int(layout.plot().center().y()));
        const QPoint to = from + QPoint(200, 10);
        QTest::mousePress(m_view.get(), Qt::LeftButton, {}, from);
        QTest::mouseMove(m_view.get(), to);
        QTest::mouseRelease(m_view.get(), Qt::LeftButton, {}, to);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(m_view->range()->first, layout.timeAt(from.x()));
        QCOMPARE(m_view->range()->last, layout.timeAt(to.x()));
        QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, from);
        QVERIFY(!m_view->range());
    }

    void wheelAndKeysZoomAndPan()
    {
        const std::vector<PlotPoint> points = wanderingPoints(1'000);
        show(points);
        const TimeSpan whole = spanOf(points);
        const QPoint middle = m_view->plotLayout().plot().center().toPoint();
        const auto turn = [&](QPoint turned) {
            QWheelEvent event(middle, m_view->mapToGlobal(middle), {}, turned, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(m_view.get(), &event);
        };
        turn({0, 120});
        QVERIFY(m_view->range());
        const Nanoseconds length = m_view->range()->length();
        QVERIFY(length < whole.length() && length > whole.length() / 2);
        const Timestamp before = m_view->range()->first;
        turn({-120, 0});
        QVERIFY(m_view->range()->first > before);
        QCOMPARE(m_view->range()->length(), length);
        for (int i = 0; i < 100; ++i)
            turn({-120, 0});
        QCOMPARE(m_view->range()->last, whole.last);
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(m_view->range()->last < whole.last);
        QTest::keyClick(m_view.get(), Qt::Key_Plus);
        QVERIFY(m_view->range()->length() < length);
        for (int i = 0; i < 100; ++i)
            QTest::keyClick(m_view.get(), Qt::Key_Plus);
        QVERIFY(m_view->range()->length() >= Nanoseconds(1'000));
        QVERIFY(m_view->range()->first >= whole.first && m_view->range()->last <= whole.last);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QVERIFY(!m_view->range());
        QTest::keyClick(m_view.get(), Qt::Key_Minus);
        QVERIFY(!m_view->range());
    }

    void assistiveProgramsReadATable()
    {
        PlotScene scene = sceneOf({{Price, {pointAt(1, 0, 143.86), pointAt(2, 500, 7), pointAt(3, 500, 9)}},
                                   {Size, {pointAt(1, 0, 96), pointAt(4, 999, 2'000)}}},
                                  m_view->columns());
        m_view->setScene(scene, scene.range);
        QAccessibleInterface *view = QAccessible::queryAccessibleInterface(m_view.get());
        QVERIFY(view);
        QCOMPARE(view->role(), QAccessible::Table);
        QCOMPARE(view->text(QAccessible::Name), u"Plot"_s);
        QCOMPARE(view->text(QAccessible::Value), scene.sentence());
        QAccessibleTableInterface *table = view->tableInterface();
        QVERIFY(table);
        QCOMPARE(table->columnCount(), 3);
        QCOMPARE(table->rowCount(), 3);
        QCOMPARE(table->columnDescription(0), u"Time"_s);
        QCOMPARE(table->columnDescription(2), u"Size (bytes)"_s);
        const auto text = [table](int row, int column) { return table->cellAt(row, column)->text(QAccessible::Name); };
        QCOMPARE(text(0, 1), u"143.86"_s);
        QCOMPARE(text(0, 2), u"96 B"_s);
        QCOMPARE(text(1, 1), u"7 to 9 (2 values)"_s);
        QCOMPARE(text(1, 2), QString());
        QCOMPARE(text(2, 2), u"2.0 kB"_s);
        QVERIFY(!text(2, 0).isEmpty());
        QVERIFY(!table->cellAt(3, 0) && !table->cellAt(0, 3));
        QCOMPARE(view->childCount(), 12);
        QCOMPARE(view->indexOfChild(table->cellAt(1, 2)), 8);
        QCOMPARE(view->child(2)->role(), QAccessible::ColumnHeader);
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QVERIFY(view->focusChild());
        QCOMPARE(view->focusChild()->text(QAccessible::Name).isEmpty(), false);
        // What is gone is no cell any more.
        QAccessibleInterface *last = table->cellAt(2, 2);
        m_view->setScene({}, std::nullopt);
        QVERIFY(!last->isValid());
        QCOMPARE(table->rowCount(), 0);
    }

    /// The picture is what is on the screen, the drawing has its lines, the points are those that are drawn.
    void allFilesSayTheSame()
    {
        const QTemporaryDir folder;
        const std::vector<PlotPoint> points = wanderingPoints(3'000);
        show(points);
        PlotExporter exporter(*m_view);
        ScriptedPrompts prompts;
        QSignalSpy done(&exporter, &PlotExporter::done);
        prompts.file = folder.filePath(u"p.png"_s);
        exporter.savePng(prompts);
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, Patience);
        const QImage picture(prompts.file);
        QCOMPARE(picture.size(), m_view->size() * 2);
        const QRectF plot = m_view->plotLayout().plot();
        const QColor color = plotpainter::colorOf(theme::colors(m_view->palette()), PlotInk::Line, 0);
        const QRectF twice(plot.topLeft() * 2, plot.size() * 2);
        QVERIFY(pixelsOf(picture, twice, color) > pixelsOf(m_view->grab().toImage(), plot, color));

        prompts.file = folder.filePath(u"p.svg"_s);
        exporter.saveSvg(prompts);
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 2, Patience);
        const QString svg = QString::fromUtf8(contentOf(prompts.file));
        auto series = std::make_shared<Series>();
        QVERIFY(series->append(points).ok());
        prompts.file = folder.filePath(u"p.csv"_s);
        exporter.saveCsv(prompts, {{Price, series}});
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 3, Patience);
        const QList<QByteArray> rows = contentOf(prompts.file).split('\n');
        QCOMPARE(rows.size(), qsizetype(points.size()) + 2);
        // The highest and the lowest value of the file are points of the drawing, and pixels of the picture.
        PlotColumn all;
        for (qsizetype i = 1; i + 1 < rows.size(); ++i) {
            const QList<QByteArray> cells = rows[i].trimmed().split(',');
            all.add({EntryId(cells[1].toLongLong()), points[size_t(i) - 1].time, cells[2].toDouble()});
        }
        for (const PlotPoint &point : {all.lowest, all.highest}) {
            const QPointF at = m_view->plotLayout().pointOf(point, PlotUnit::None);
            const QString place = u"%1,%2"_s.arg(QString::number(at.x(), 'g', 6)).arg(QString::number(at.y(), 'g', 6));
            const auto isPlace = [&at](const QString &text) {
                const double x = text.section(u',', 0, 0).toDouble();
                const double y = text.section(u',', 1).toDouble();
                return std::abs(x - at.x()) < 0.01 && std::abs(y - at.y()) < 0.01;
            };
            const QStringList places =
                svg.section(u"stroke-width=\"1.4\""_s, 1, 1).split(QRegularExpression(u"[\" ]"_s));
            QVERIFY2(std::any_of(places.begin(), places.end(), isPlace), qPrintable(place));
            QVERIFY(pixelsOf(picture, QRectF(at * 2 - QPointF(3, 3), QSizeF(6, 6)), color) > 0);
        }
        // A place where nothing can be written.
        prompts.file = folder.filePath(u"no/such/p.png"_s);
        exporter.savePng(prompts);
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 4, Patience);
        QVERIFY(done.last()[0].toString().contains(u"could not be written"_s));
    }

private:
    void show(const std::vector<PlotPoint> &points)
    {
        // The labels decide how wide the plot is.
        for (int i = 0; i < 2; ++i) {
            const PlotScene scene = sceneOf({{Price, points}}, m_view->columns());
            m_view->setScene(scene, scene.range);
        }
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<PlotView> m_view;
};

SOCKEYE_TEST(PlotViewTest, QApplication)
#include "tst_plotview.moc"
