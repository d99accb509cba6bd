#include "FilterSamples.h"
#include "filter/Filter.h"
#include "support/TestProgram.h"

#include <QTemporaryDir>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// What a filter selects by SQL is what it selects by its meaning, whatever the filter and the capture.
class TestFilterProperties final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void selectsWhatItMeans_data();
    void selectsWhatItMeans();
    void selectsWhatItMeansByTime();

private:
    using Sample = FilterSamples::Sample;

    /// Written by the real writer; the path.
    static QString record(const QTemporaryDir &directory, const QList<Sample> &samples);
    static std::unique_ptr<CaptureReader> open(const QString &path);
    /// What the filter is said to be about is asked in two parts, as of a log that grows.
    static void compare(const CaptureReader &capture, const QList<Sample> &samples, const FilterSamples::Filter &filter,
                        qsizetype *selected);
};

QString TestFilterProperties::record(const QTemporaryDir &directory, const QList<Sample> &samples)
{
    const QString path = directory.filePath(u"random.sockeye"_s);
    auto writer = CaptureWriter::create(path);
    if (!writer)
        return {};
    AnnotationMap annotations;
    for (const Sample &sample : samples) {
        writer.value()->append(NewEntry(sample.entry));
        if (!sample.annotation.isEmpty())
            annotations.insert(EntryId(sample.id), sample.annotation);
    }
    writer.value()->annotate(annotations);
    return writer.value()->finish() ? path : QString();
}

std::unique_ptr<CaptureReader> TestFilterProperties::open(const QString &path)
{
    auto reader = CaptureReader::open(path);
    return reader ? std::move(reader).value() : nullptr;
}

void TestFilterProperties::compare(const CaptureReader &capture, const QList<Sample> &samples,
                                   const FilterSamples::Filter &filter, qsizetype *selected)
{
    const auto parsed = parseFilter(filter.text);
    if (const auto *error = std::get_if<FilterError>(&parsed))
        QFAIL(qPrintable(filter.text + u'\n' + error->message));
    QList<EntryId> wanted;
    for (const Sample &sample : samples) {
        if (filter.holds(sample))
            wanted.append(EntryId(sample.id));
    }
    QList<EntryId> found;
    const EntryId middle(samples.size() / 16);
    for (const auto &[first, last] : {std::pair(EntryId(1), middle), std::pair(middle + 1, EntryId(samples.size()))}) {
        const Result<> matched = capture.scanner().match(std::get<EntryQuery>(parsed), first, last, CancelToken(),
                                                         [&found](const Matches &some) { found += some.ids; });
        QVERIFY2(matched.ok(), qPrintable(filter.text + u'\n' + matched.message()));
    }
    if (found != wanted) {
        const auto [f, w] = std::mismatch(found.cbegin(), found.cend(), wanted.cbegin(), wanted.cend());
        const EntryId differs = f == found.cend() ? *w : w == wanted.cend() ? *f : std::min(*f, *w);
        const QByteArray payload =
            samples.at(differs.value() - 1)
                .entry.payload.first(std::min<qsizetype>(samples.at(differs.value() - 1).entry.payload.size(), 300));
        QFAIL(qPrintable(u"%1\nfound %2, wanted %3, first other: %4, %5"_s.arg(filter.text)
                             .arg(found.size())
                             .arg(wanted.size())
                             .arg(differs.value())
                             .arg(QString::fromLatin1(payload.toPercentEncoding(" {}[]\":,")))));
    }
    *selected += found.size();
}

void TestFilterProperties::selectsWhatItMeans_data()
{
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {1U, 2U, 3U, 4U})
        QTest::addRow("seed %u", seed) << seed;
}

void TestFilterProperties::selectsWhatItMeans()
{
    constexpr int entries = 300;
    constexpr int filters = 300;
    QFETCH(quint32, seed);
    FilterSamples random(seed);
    QList<Sample> samples;
    for (int i = 0; i < entries; ++i)
        samples.append(random.sample());
    const QTemporaryDir directory;
    const auto capture = open(record(directory, samples));
    QVERIFY(capture);
    qsizetype selected = 0;
    for (int i = 0; i < filters; ++i) {
        compare(*capture, samples, random.filter(), &selected);
        if (QTest::currentTestFailed())
            return;
    }
    // Filters that select nothing or everything would prove little.
    QVERIFY2(selected > filters * entries / 10 && selected < filters * entries * 9 / 10,
             qPrintable(QString::number(selected)));
}

/// So many entries that the reader looks only where the filter's times are.
void TestFilterProperties::selectsWhatItMeansByTime()
{
    constexpr int entries = 75'000;
    FilterSamples random(5);
    QList<Sample> samples;
    for (int i = 0; i < entries; ++i) {
        Sample sample = i < 500 ? random.sample() : samples.at(i - 500);
        sample.id = i + 1;
        // Some hundred seconds in all, and the clock is set back now and then.
        sample.entry.time = timestampFromNs(FilterSamples::Start + (i - (i % 9000 == 0 ? 3000 : 0)) * 1'200'000LL);
        sample.entry.payload.truncate(64);
        samples.append(sample);
    }
    const QTemporaryDir directory;
    const auto capture = open(record(directory, samples));
    QVERIFY(capture);
    qsizetype selected = 0;
    for (int i = 0; i < 40; ++i) {
        const FilterSamples::Filter time = random.timeTerm();
        const FilterSamples::Filter other = random.filter(1);
        const auto holds = [&time, &other](const Sample &sample) { return time.holds(sample) && other.holds(sample); };
        compare(*capture, samples, {time.text + u" ("_s + other.text + u')', holds}, &selected);
        compare(*capture, samples, time, &selected);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY(selected > 0);
}

SOCKEYE_TEST(TestFilterProperties, QCoreApplication)
#include "tst_filterproperties.moc"
