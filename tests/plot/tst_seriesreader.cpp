#include "formats/FormatSet.h"
#include "plot/FieldSampler.h"
#include "plot/PlotQuery.h"
#include "plot/SeriesReader.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/capture/Samples.h"
#include "tests/plot/PlotSamples.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

/// Message `i`: a millisecond after the one before, every tenth without a price.
NewEntry message(int i)
{
    const QByteArray price = i % 10 == 9 ? QByteArray("null") : QByteArray::number(i * 0.25);
    NewEntry entry = samples::text("{\"id\":" + QByteArray::number(i) + ",\"price\":" + price +
                                       ",\"items\":[{\"q\":1},{\"q\":\"2\"}]}",
                                   PlotStart + qint64(i) * 1'000'000);
    entry.connection = ConnectionId(1);
    return entry;
}

QList<NewEntry> messages(int count)
{
    QList<NewEntry> entries;
    for (int i = 0; i < count; ++i)
        entries.append(message(i));
    return entries;
}

std::vector<PlotPoint> pointsOf(const SeriesReader &reader, size_t line = 0)
{
    const std::shared_ptr<const Series> series = reader.lines()[line].series;
    std::vector<PlotPoint> points;
    SeriesCursor cursor(*series, {Timestamp::min(), Timestamp::max()});
    for (;;) {
        const auto point = cursor.next();
        if (!point || !point.value())
            return points;
        points.push_back(*point.value());
    }
}

std::vector<double> valuesOf(const SeriesReader &reader, size_t line = 0)
{
    std::vector<double> values;
    for (const PlotPoint &point : pointsOf(reader, line))
        values.push_back(point.value);
    return values;
}

} // namespace

/// Lines are read out of captures, closed and growing.
class SeriesReaderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { SeriesReader::setCacheFolder({}); }

    void aFieldIsThatOfEachMessage()
    {
        const QTemporaryDir folder;
        samples::makeCapture(folder.filePath(u"c"_s), messages(1'000));
        SeriesReader reader(folder.filePath(u"c"_s));
        reader.add(Price);
        reader.add(Price);
        reader.add(PlotField::ofPath(u"items[*].q"_s).value());
        QTRY_VERIFY_WITH_TIMEOUT(isDone(reader), Patience);
        QCOMPARE(reader.lines().size(), size_t(2));
        const std::vector<PlotPoint> points = pointsOf(reader);
        QCOMPARE(points.size(), size_t(900));
        for (const PlotPoint &point : points) {
            const qint64 i = point.entry.value() - 1;
            QCOMPARE(point.value, double(i) * 0.25);
            QCOMPARE(point.time, timestampFromNs(PlotStart + i * 1'000'000));
        }
        // A number that is written as text is one; each element is a value.
        QCOMPARE(valuesOf(reader, 1).size(), size_t(2'000));
        QCOMPARE(valuesOf(reader, 1)[1], 2.0);
    }

    void whatIsKnownOfEveryMessage()
    {
        const QTemporaryDir folder;
        QList<NewEntry> entries = messages(4);
        entries[2].time = timestampFromNs(PlotStart + 5'500'000'000);
        entries[3].time = timestampFromNs(PlotStart + 5'600'000'000);
        NewEntry pong = samples::text("", PlotStart + 2'000'000);
        pong.kind = EntryKind::Pong;
        pong.latency = std::chrono::milliseconds(42);
        entries.insert(2, pong);
        entries.insert(2, NewEntry::fromEvent(ConnectionId(1), timestampFromNs(PlotStart), EventKind::Notice, u"x"_s));
        samples::makeCapture(folder.filePath(u"c"_s), entries);
        SeriesReader reader(folder.filePath(u"c"_s));
        using Kind = PlotField::Kind;
        for (const Kind kind : {Kind::Size, Kind::WireSize, Kind::Rate, Kind::Latency, Kind::Delta})
            reader.add({kind});
        QTRY_VERIFY_WITH_TIMEOUT(isDone(reader), Patience);
        const std::vector<NewEntry> shown{entries[0], entries[1], entries[4], entries[5]};
        for (size_t i = 0; i < shown.size(); ++i) {
            QCOMPARE(valuesOf(reader, 0)[i], double(shown[i].payload.size()));
            QCOMPARE(valuesOf(reader, 1)[i], double(shown[i].wireSize));
        }
        QCOMPARE(valuesOf(reader, 0).size(), shown.size());
        // Two, a silence, and two more.
        QCOMPARE(valuesOf(reader, 2), (std::vector<double>{2, 0, 0, 2}));
        QCOMPARE(pointsOf(reader, 2)[0].entry, EntryId(1));
        QCOMPARE(pointsOf(reader, 2)[3].entry, EntryId(5));
        QCOMPARE(valuesOf(reader, 3), std::vector<double>{0.042});
        QCOMPARE(valuesOf(reader, 4), (std::vector<double>{0.001, 5.499, 0.1}));
    }

    /// Nothing is lost or read twice.
    void itGoesOnAsTheCaptureGrows()
    {
        const QTemporaryDir folder;
        const auto writer = samples::writer(folder.filePath(u"c"_s));
        SeriesReader reader(folder.filePath(u"c"_s));
        reader.add(Price);
        reader.add({PlotField::Kind::Size});
        int count = 0;
        for (const int more : {1, 700, 30, 3'000}) {
            for (int i = 0; i < more; ++i)
                writer->append(message(count++));
            writer->flush();
            reader.advance();
            // Begun meanwhile: it catches up.
            if (more == 30)
                reader.add({PlotField::Kind::Delta});
            QTRY_COMPARE_WITH_TIMEOUT(reader.lines()[1].series->count(), qint64(count), Patience);
            QTRY_COMPARE_WITH_TIMEOUT(reader.lines()[0].series->readTo(), EntryId(count), Patience);
        }
        QTRY_COMPARE_WITH_TIMEOUT(reader.lines()[2].series->count(), qint64(count - 1), Patience);
        const std::vector<double> prices = valuesOf(reader);
        QCOMPARE(prices.size(), size_t(count - count / 10));
        QVERIFY(std::is_sorted(prices.begin(), prices.end()));
    }

    void nobodyReadsWhileNobodyLooks()
    {
        const QTemporaryDir folder;
        samples::makeCapture(folder.filePath(u"c"_s), messages(10));
        SeriesReader reader(folder.filePath(u"c"_s));
        reader.setResting(true);
        reader.add(Price);
        reader.advance();
        QVERIFY(!reader.isReading());
        reader.setResting(false);
        QTRY_VERIFY_WITH_TIMEOUT(isDone(reader), Patience);
        QCOMPARE(valuesOf(reader).size(), size_t(9));
    }

    void itStopsAndGoesOn()
    {
        const QTemporaryDir folder;
        samples::makeCapture(folder.filePath(u"c"_s), messages(30'000));
        SeriesReader reader(folder.filePath(u"c"_s));
        QSignalSpy progress(&reader, &SeriesReader::progressed);
        reader.add(Price);
        reader.stop();
        QVERIFY(reader.isStopped() && !reader.isReading());
        reader.advance();
        QVERIFY(!reader.isReading());
        reader.resume();
        QTRY_VERIFY_WITH_TIMEOUT(isDone(reader), Patience);
        QVERIFY(!progress.isEmpty());
        QCOMPARE(valuesOf(reader).size(), size_t(27'000));
    }

    void otherFormatsBeginAnew()
    {
        const QTemporaryDir folder;
        samples::makeCapture(folder.filePath(u"c"_s), messages(100));
        SeriesReader reader(folder.filePath(u"c"_s));
        reader.add(Price);
        reader.add({PlotField::Kind::Size});
        QTRY_VERIFY_WITH_TIMEOUT(isDone(reader), Patience);
        QCOMPARE(valuesOf(reader).size(), size_t(90));
        DecodeOptions options;
        options.rules = {{.about = DecodeRule::About::Any, .topic = {}, .format = u"msgpack"_s}};
        reader.setFormats(FormatSet::make(options));
        QTRY_VERIFY_WITH_TIMEOUT(isDone(reader) && reader.lines()[0].series->readTo() == EntryId(100), Patience);
        QCOMPARE(valuesOf(reader, 0).size(), size_t(0));
        QCOMPARE(valuesOf(reader, 1).size(), size_t(100));
        reader.remove(Price);
        QCOMPARE(reader.lines().size(), size_t(1));
    }

    /// The second time nothing is read.
    void aClosedCaptureIsReadOnce()
    {
        const QTemporaryDir folder;
        SeriesReader::setCacheFolder(folder.filePath(u"plots"_s));
        const QString path = folder.filePath(u"c"_s);
        samples::makeCapture(path, messages(21'000));
        {
            SeriesReader reader(path);
            reader.add(Price);
            reader.add({PlotField::Kind::Rate});
            QTRY_VERIFY_WITH_TIMEOUT(isDone(reader), Patience);
        }
        QCOMPARE(QDir(folder.filePath(u"plots"_s)).entryList(QDir::Files).size(), 2);
        // What the messages say now is not what was kept.
        samples::runSql(path, "UPDATE entry SET head = '{\"price\":1}', size = 11");
        SeriesReader again(path);
        again.add(Price);
        again.add({PlotField::Kind::Rate});
        QTRY_VERIFY_WITH_TIMEOUT(isDone(again), Patience);
        const std::vector<double> prices = valuesOf(again);
        QCOMPARE(prices.size(), size_t(18'900));
        QCOMPARE(prices.back(), 20'998 * 0.25);
        QCOMPARE(valuesOf(again, 1), std::vector<double>(21, 1000));
        // It is not for other formats.
        DecodeOptions options;
        options.rules = {{.about = DecodeRule::About::Text, .topic = {}, .format = u"json"_s}};
        again.setFormats(FormatSet::make(options));
        QTRY_VERIFY_WITH_TIMEOUT(isDone(again) && again.lines()[0].series->count() == 21'000, Patience);
    }

    void whatIsNoCaptureIsTold()
    {
        SeriesReader reader(u"/nowhere/c.sockeye"_s);
        QSignalSpy failed(&reader, &SeriesReader::failed);
        reader.add(Price);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, Patience);
        reader.advance();
        QVERIFY(!reader.isReading());
    }

    void numbersAreOffered()
    {
        const QTemporaryDir folder;
        samples::makeCapture(folder.filePath(u"c"_s), messages(2'000));
        const auto capture = samples::reader(folder.filePath(u"c"_s));
        const auto paths = FieldSampler::numberPaths(*capture, FormatSet::standard(), {});
        VERIFY_RESULT(paths);
        QCOMPARE(paths.value(), (QStringList{u"$.id"_s, u"$.items[*].q"_s, u"$.price"_s}));
    }

    void aSceneIsMadeOfLines()
    {
        const QTemporaryDir folder;
        samples::makeCapture(folder.filePath(u"c"_s), messages(1'000));
        SeriesReader reader(folder.filePath(u"c"_s));
        reader.add(Price);
        QTRY_VERIFY_WITH_TIMEOUT(isDone(reader), Patience);
        PlotQuery query;
        std::optional<PlotScene> scene;
        std::optional<TimeSpan> whole;
        connect(&query, &PlotQuery::answered, this, [&](const PlotScene &answer, const std::optional<TimeSpan> &all) {
            scene = answer;
            whole = all;
        });
        // Of many questions the last counts.
        for (int i = 0; i < 20; ++i)
            query.ask({{}, std::nullopt, 3, false});
        query.ask({{{reader.lines()[0], 5}}, std::nullopt, 50, true});
        QTRY_VERIFY_WITH_TIMEOUT(scene && !scene->lines.empty() && !query.isRunning(), Patience);
        const std::vector<PlotPoint> points = pointsOf(reader);
        QCOMPARE(*whole, spanOf(points));
        QVERIFY(scene->lines[0].columns == plainColumns(points, *whole, 50));
        QVERIFY(scene->isLogarithmic);
        QCOMPARE(scene->lines[0].style, 5);
    }

private:
    static bool isDone(const SeriesReader &reader)
    {
        return !reader.isReading() && reader.progress() >= 1 && reader.lines()[0].series->readTo().value() > 0;
    }
};

SOCKEYE_TEST(SeriesReaderTest, QCoreApplication)
#include "tst_seriesreader.moc"
