#include "plot/SeriesCache.h"
#include "support/TestProgram.h"
#include "tests/plot/PlotSamples.h"

#include <QDir>
#include <QTemporaryDir>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// A plot that was drawn once is there at once, and nothing else is taken for it.
class SeriesCacheTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWent()
    {
        const QTemporaryDir folder;
        const SeriesCache cache(folder.filePath(u"a/plots"_s));
        const std::vector<PlotPoint> points = wanderingPoints(20'000);
        cache.write(Key, *seriesOf(points));
        const std::unique_ptr<Series> read = cache.read(Key, EntryId(50'000));
        QVERIFY(read);
        QCOMPARE(read->count(), qint64(points.size()));
        QCOMPARE(read->readTo(), EntryId(50'000));
        const TimeSpan whole = spanOf(points);
        QVERIFY(read->columns(whole, 700).value() == plainColumns(points, whole, 700));
        // Nothing can be added to what stands in a file.
        QVERIFY(read->append(wanderingPoints(600)).ok() == false);
        QCOMPARE(QFileInfo(cache.pathOf(Key)).permissions() & QFileDevice::Permissions(0x0077),
                 QFileDevice::Permissions());
        QCOMPARE(QFileInfo(cache.folder()).permissions() & QFileDevice::Permissions(0x0077),
                 QFileDevice::Permissions());
        // It may go at any time.
        QVERIFY(QFile::remove(cache.pathOf(Key)));
        QVERIFY(!cache.read(Key, EntryId(50'000)));
    }

    void anEmptySeriesIsKeptToo()
    {
        const QTemporaryDir folder;
        const SeriesCache cache(folder.path());
        cache.write(Key, *seriesOf({}));
        const std::unique_ptr<Series> read = cache.read(Key, EntryId(50'000));
        QVERIFY(read);
        QVERIFY(!read->span());
    }

    void onlyWhatIsMeantIsFound()
    {
        const QTemporaryDir folder;
        const SeriesCache cache(folder.path());
        cache.write(Key, *seriesOf(wanderingPoints(10)));
        QVERIFY(cache.read(Key, EntryId(50'000)));
        QVERIFY(!cache.read(Key, EntryId(50'001)));
        QVERIFY(!cache.read(Key, EntryId(49'999)));
        for (const SeriesCache::Key &other :
             {SeriesCache::Key{"other", Key.field, Key.formats},
              SeriesCache::Key{Key.capture, u"field:$.b"_s, Key.formats},
              SeriesCache::Key{Key.capture, Key.field, "other"}, SeriesCache::Key{{}, Key.field, Key.formats}}) {
            QVERIFY(!cache.read(other, EntryId(50'000)));
            // Nor under its name.
            QVERIFY(QFile::copy(cache.pathOf(Key), cache.pathOf(other)));
            QVERIFY(!cache.read(other, EntryId(50'000)));
        }
        const SeriesCache none({});
        none.write(Key, *seriesOf(wanderingPoints(10)));
        QVERIFY(!none.read(Key, EntryId(50'000)));
    }

    void whatIsDamagedIsNotUsed()
    {
        const QTemporaryDir folder;
        const SeriesCache cache(folder.path());
        const std::vector<PlotPoint> points = wanderingPoints(3'000);
        cache.write(Key, *seriesOf(points));
        QFile file(cache.pathOf(Key));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray whole = file.readAll();
        file.close();
        const TimeSpan span = spanOf(points);
        const std::vector<PlotColumn> expected = plainColumns(points, span, 3'000);
        /// Either it is refused, when it is opened or when it is drawn, or it is what it was.
        const auto isRefused = [&](const QByteArray &content) {
            QFile broken(cache.pathOf(Key));
            if (!broken.open(QIODevice::WriteOnly) || broken.write(content) != content.size() || !broken.flush())
                return false;
            const std::unique_ptr<Series> read = cache.read(Key, EntryId(50'000));
            return !read || !read->columns(span, 3'000).ok();
        };
        QVERIFY(!isRefused(whole));
        QRandomGenerator random(13);
        for (int i = 0; i < 150; ++i) {
            QByteArray flipped = whole;
            const qsizetype at = random.bounded(int(whole.size()));
            flipped[at] = char(flipped[at] ^ (1 << random.bounded(8)));
            QVERIFY(isRefused(flipped));
            QVERIFY(isRefused(whole.first(at)));
            QByteArray noise(random.bounded(2000), Qt::Uninitialized);
            std::generate(noise.begin(), noise.end(), [&random] { return char(random.generate()); });
            QVERIFY(isRefused(noise));
        }
    }

    void theOldestGo()
    {
        const QTemporaryDir folder;
        const SeriesCache cache(folder.path());
        SeriesCache::Key key = Key;
        for (int i = 0; i < SeriesCache::MaxFiles + 5; ++i) {
            key.capture = QByteArray::number(i);
            cache.write(key, *seriesOf(wanderingPoints(3)));
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), qsizetype(SeriesCache::MaxFiles));
        QVERIFY(cache.read(key, EntryId(50'000)));
    }

private:
    const SeriesCache::Key Key{"capture", u"field:$.a"_s, "formats"};

    static std::unique_ptr<Series> seriesOf(const std::vector<PlotPoint> &points)
    {
        auto series = std::make_unique<Series>();
        static_cast<void>(series->append(points));
        series->setReadTo(EntryId(50'000));
        return series;
    }
};

SOCKEYE_TEST(SeriesCacheTest, QCoreApplication)
#include "tst_seriescache.moc"
