#include "plot/PlotCsv.h"
#include "plot/PlotLayout.h"
#include "plot/PlotSvg.h"
#include "support/TestProgram.h"
#include "tests/plot/PlotSamples.h"

#include <QBuffer>
#include <QXmlStreamReader>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

const PlotField Odd{PlotField::Kind::Field, u"=\"<a&b>\x01\xd800\""_s};

std::shared_ptr<Series> seriesOf(const std::vector<PlotPoint> &points)
{
    auto series = std::make_shared<Series>();
    static_cast<void>(series->append(points));
    return series;
}

QByteArray csvOf(const std::vector<PlotCsv::Column> &columns, TimeSpan range)
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const Result<> written = PlotCsv::write(columns, range, out, {});
    return written ? out.data() : written.message().toUtf8();
}

PlotTextMeasure fixedMeasure()
{
    return {[](const QString &text) { return 7.0 * double(text.size()); }};
}

QByteArray svgOf(const PlotDrawing &drawing)
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const PlotSvg::Look look{
        [](PlotInk ink, int style) { return ink == PlotInk::Line ? u"#00000%1"_s.arg(style) : u"#ffffff"_s; },
        u"A \"Font\""_s, 12, u"What is <seen>"_s};
    const Result<> written = PlotSvg::write(drawing, look, out);
    return written ? out.data() : QByteArray();
}

/// Takes nothing.
class FullDevice final : public QIODevice
{
protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64) override
    {
        setErrorString(u"full"_s);
        return -1;
    }
};

} // namespace

/// What is written says what is drawn.
class PlotFilesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRowForEachEntry()
    {
        const auto price = seriesOf({pointAt(1, 0, 143.86), pointAt(2, 1'000'000, 0.1), pointAt(5, 2'000'000, 3)});
        const auto size = seriesOf({pointAt(2, 1'000'000, 96), pointAt(3, 1'500'000, 97), pointAt(9, 9'000'000, 98)});
        const TimeSpan range{timestampFromNs(PlotStart), timestampFromNs(PlotStart + 2'000'000)};
        QCOMPARE(csvOf({{Price, price}, {{PlotField::Kind::Size}, size}}, range),
                 "time,entry,\"$.price\",\"Size (bytes)\"\r\n"
                 "2023-11-14T22:13:20.000000000Z,1,143.86,\r\n"
                 "2023-11-14T22:13:20.001000000Z,2,0.1,96\r\n"
                 "2023-11-14T22:13:20.001500000Z,3,,97\r\n"
                 "2023-11-14T22:13:20.002000000Z,5,3,\r\n");
    }

    /// Elements of an array stand in one entry; so does what is of another time than the entry that it names.
    void severalValuesOfOneEntry()
    {
        const auto items = seriesOf({pointAt(1, 0, 1), pointAt(1, 0, 2), pointAt(2, 10, 3)});
        const auto rate = seriesOf({pointAt(1, 5, 7)});
        const QByteArray csv = csvOf({{Price, items}, {{PlotField::Kind::Rate}, rate}},
                                     {timestampFromNs(PlotStart), timestampFromNs(PlotStart + 10)});
        const QList<QByteArray> rows = csv.split('\n');
        QCOMPARE(rows.size(), 6);
        QVERIFY(rows[1].endsWith(",1,1,\r") && rows[2].endsWith(",1,2,\r"));
        QVERIFY(rows[3].endsWith(",1,,7\r") && rows[4].endsWith(",2,3,\r"));
    }

    void titlesAreNoFormulas()
    {
        const QByteArray csv = csvOf({{Odd, seriesOf({})}}, {});
        QVERIFY2(csv.startsWith("time,entry,\"'=\"\"<a&b>"), csv.constData());
    }

    void allPointsAreThere()
    {
        const std::vector<PlotPoint> points = wanderingPoints(30'000);
        const QList<QByteArray> rows = csvOf({{Price, seriesOf(points)}}, spanOf(points)).split('\n');
        QCOMPARE(rows.size(), qsizetype(points.size()) + 2);
        for (size_t i = 0; i < points.size(); i += 997) {
            const QList<QByteArray> cells = rows[qsizetype(i) + 1].trimmed().split(',');
            QCOMPARE(cells[0], toIsoUtc(points[i].time));
            QCOMPARE(cells[2].toDouble(), points[i].value);
        }
        CancelToken cancel;
        cancel.cancel();
        QBuffer out;
        out.open(QIODevice::WriteOnly);
        QVERIFY(PlotCsv::write({{Price, seriesOf(points)}}, spanOf(points), out, cancel).ok());
        QVERIFY(out.size() < 1'000'000);
    }

    void aDiskThatIsFullIsTold()
    {
        FullDevice device;
        device.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
        const std::vector<PlotPoint> points = wanderingPoints(10'000);
        const Result<> written = PlotCsv::write({{Price, seriesOf(points)}}, spanOf(points), device, {});
        QCOMPARE(written.message(), u"full"_s);
        QVERIFY(!PlotSvg::write({}, {[](PlotInk, int) { return QString(); }, {}, 12, {}}, device).ok());
    }

    /// The drawing's lines and texts, each where it stands.
    void theDrawingSaysWhatIsDrawn()
    {
        const PlotScene scene =
            sceneOf({{Price, wanderingPoints(500)}, {Odd, {pointAt(1, 0, 1), pointAt(2, 20, 2)}}}, 200);
        const PlotDrawing drawing = PlotLayout(scene, {640, 320}, fixedMeasure()).drawing(scene, fixedMeasure());
        QXmlStreamReader xml(svgOf(drawing));
        QStringList texts;
        QStringList lines;
        QString title;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            const QStringView name = xml.name();
            const QString points = xml.attributes().value("points"_L1).toString();
            if (name == u"polyline" && xml.attributes().value("fill"_L1) == u"none")
                lines += points;
            if (name == u"title")
                title = xml.readElementText();
            if (name == u"text")
                texts += xml.readElementText();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(title, u"What is <seen>"_s);
        QStringList drawnTexts;
        qsizetype polylines = 0;
        for (const PlotDrawing::Item &item : drawing.items) {
            if (item.kind == PlotDrawing::Item::Kind::Text)
                drawnTexts += item.text;
            if (item.kind != PlotDrawing::Item::Kind::Polyline)
                continue;
            const QStringList places = lines[polylines].split(u' ');
            QCOMPARE(places.size(), qsizetype(item.points.size()));
            for (qsizetype i = 0; i < places.size(); ++i) {
                const QPointF point = item.points[size_t(i)];
                QVERIFY(std::abs(places[i].section(u',', 0, 0).toDouble() - point.x()) < 0.01);
                QVERIFY(std::abs(places[i].section(u',', 1).toDouble() - point.y()) < 0.01);
            }
            ++polylines;
        }
        QCOMPARE(texts.size(), drawnTexts.size());
        // What XML cannot hold is shown as such.
        QVERIFY(texts.contains(u"=\"<a&b>\uFFFD\uFFFD\""_s));
        QVERIFY(texts.contains(u"$.price"_s));
    }
};

SOCKEYE_TEST(PlotFilesTest, QCoreApplication)
#include "tst_plotfiles.moc"
