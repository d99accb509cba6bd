// What a plot costs, on a capture of make_capture and on one that grows:
//
//     bench_plot FILE.sockeye [FIELD]
//     bench_plot --live [SECONDS]
//
// Of the file: how long its messages take to be walked and decoded by themselves, how long the line of a field takes
// beside that, the first picture from the cache, pictures of a thousand columns of all of it and of parts; memory.
// Live: a page with a field, the size and the rate, at 20,000 messages a second: the longest stall of the window's
// thread, and whether each message has its point.

#include "bench/Heartbeat.h"
#include "bench/Waiting.h"
#include "capture/CaptureWriter.h"
#include "document/CaptureSource.h"
#include "document/OpenCapture.h"
#include "fields/MessageWalk.h"
#include "plot/SeriesReader.h"
#include "reading/CaptureReader.h"
#include "widgets/plot/PlotPage.h"
#include "widgets/plot/PlotView.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QFile>
#include <QTemporaryDir>

#include <atomic>
#include <cstdio>
#include <thread>

using namespace sockeye;
using namespace sockeye::bench;
using namespace Qt::StringLiterals;

namespace {

double residentMb()
{
    QFile file(u"/proc/self/statm"_s);
    const QList<QByteArray> pages =
        file.open(QIODevice::ReadOnly) ? file.readAll().split(' ') : QList<QByteArray>{"0", "0"};
    return pages[1].toDouble() * 4096 / 1e6;
}

void tell(const char *title, double ms, const QString &more = {})
{
    std::printf("%-44s %10.1f ms  %s\n", title, ms, qPrintable(more));
    std::fflush(stdout);
}

double walkAll(const QString &path)
{
    const auto reader = CaptureReader::open(path);
    if (!reader)
        qFatal("%s", qPrintable(reader.message()));
    QElapsedTimer timer;
    timer.start();
    MessageWalk walk(*reader.value(), FormatSet::standard());
    qint64 count = 0;
    const Result<> walked =
        walk.forEach(EntryId(1), reader.value()->lastEntry().value(), {}, [&count](const WalkedMessage &message) {
            count += message.tree ? 1 : 0;
            return true;
        });
    const double ms = double(timer.nsecsElapsed()) / 1e6;
    tell("messages walked and decoded", ms, u"%1 decoded%2"_s.arg(count).arg(walked.message()));
    return ms;
}

/// Until the line is there, and a picture of it.
double draw(const QString &path, const PlotField &field, const char *title, double beside)
{
    QElapsedTimer timer;
    timer.start();
    SeriesReader reader(path);
    int reports = 0;
    QObject::connect(&reader, &SeriesReader::progressed, &reader, [&reports] { ++reports; });
    reader.add(field);
    const double ms = untilTrue(timer, [&reader] { return !reader.isReading(); });
    const Series &series = *reader.lines()[0].series;
    const TimeSpan whole = series.span().value_or(TimeSpan{});
    const auto columns = series.columns(whole, 1000);
    const double pictureMs = double(timer.nsecsElapsed()) / 1e6;
    QString more =
        u"%1 points, picture after %2 ms, %3 reports, %4 MB of the series, %5 MB resident"_s.arg(series.count())
            .arg(pictureMs, 0, 'f', 1)
            .arg(reports)
            .arg(double(series.memory()) / 1e6, 0, 'f', 1)
            .arg(residentMb(), 0, 'f', 0);
    if (beside > 0)
        more += u", %1 times the walk"_s.arg(ms / beside, 0, 'f', 2);
    tell(title, ms, columns.ok() ? more : columns.message());
    for (const int part : {1, 10, 1000, 100'000}) {
        QElapsedTimer picture;
        picture.start();
        constexpr int Pictures = 20;
        for (int i = 0; i < Pictures; ++i) {
            const Timestamp first = whole.first + whole.length() / part * (i % part);
            static_cast<void>(series.columns({first, first + whole.length() / part}, 1000));
        }
        tell(qPrintable(u"  a picture of 1/%1"_s.arg(part)), double(picture.nsecsElapsed()) / 1e6 / Pictures);
    }
    return ms;
}

int benchFile(const QString &path, const QString &fieldPath)
{
    const QTemporaryDir folder;
    SeriesReader::setCacheFolder(folder.path());
    const double walked = walkAll(path);
    const PlotField field{PlotField::Kind::Field, fieldPath};
    draw(path, field, "the line of a field", walked);
    draw(path, field, "the same from the cache", walked);
    draw(path, {PlotField::Kind::Size}, "the line of sizes", walked);
    draw(path, {PlotField::Kind::Rate}, "the line of rates", walked);
    return 0;
}

/// Filled by a thread of its own.
class LiveSource final : public CaptureSource
{
public:
    explicit LiveSource(const QString &path)
        : m_path(path)
        , m_writer(std::move(CaptureWriter::create(path)).value())
    {
        // From the writer's thread.
        connect(m_writer.get(), &CaptureWriter::advanced, this, &LiveSource::advanced, Qt::QueuedConnection);
    }

    [[nodiscard]] QString path() const override { return m_path; }
    [[nodiscard]] bool isCreated() const override { return true; }
    [[nodiscard]] bool isLive() const override { return true; }
    bool annotate(const AnnotationMap &) override { return false; }
    [[nodiscard]] CaptureWriter &writer() { return *m_writer; }

private:
    QString m_path;
    std::unique_ptr<CaptureWriter> m_writer;
};

int benchLive(int seconds)
{
    constexpr int Rate = 20'000;
    constexpr int PerTick = Rate / 200;
    theme::apply(*qApp, theme::Scheme::Light);
    const QTemporaryDir folder;
    LiveSource source(folder.filePath(u"live.sockeye"_s));
    OpenCapture capture(source);
    PlotPage page;
    page.resize(1200, 500);
    page.setCapture(&capture);
    page.addField({PlotField::Kind::Field, u"$.data.price"_s});
    page.addField({PlotField::Kind::Size});
    page.addField({PlotField::Kind::Rate});
    page.show();
    const Heartbeat heartbeat;
    std::atomic<qint64> sent = 0;
    std::atomic_bool isDone = false;
    std::thread feed([&] {
        auto next = std::chrono::steady_clock::now();
        for (int tick = 0; tick < seconds * 200; ++tick, next += std::chrono::milliseconds(5)) {
            for (int i = 0; i < PerTick; ++i) {
                NewEntry entry;
                entry.connection = ConnectionId(1);
                entry.time = std::chrono::time_point_cast<Nanoseconds>(std::chrono::system_clock::now());
                entry.kind = EntryKind::Text;
                entry.payload = "{\"type\":\"trade\",\"data\":{\"id\":" + QByteArray::number(qint64(sent)) +
                                ",\"price\":" + QByteArray::number(14'386 + qint64(sent) % 97) + "}}";
                entry.wireSize = entry.payload.size() + 2;
                source.writer().append(std::move(entry));
                ++sent;
            }
            std::this_thread::sleep_until(next);
        }
        source.writer().flush();
        isDone = true;
    });
    QElapsedTimer timer;
    timer.start();
    const auto drawn = [&page](size_t line) {
        const PlotScene &scene = page.view()->scene();
        qint64 count = 0;
        for (const PlotColumn &column :
             line < scene.lines.size() ? scene.lines[line].columns : std::vector<PlotColumn>())
            count += column.count;
        return count;
    };
    static_cast<void>(untilTrue(timer, [&isDone] { return isDone.load(); }));
    const double fed = double(timer.nsecsElapsed()) / 1e6;
    const double caughtUp = untilTrue(timer, [&] { return drawn(0) == sent && drawn(1) == sent; });
    feed.join();
    std::printf("%lld messages in %.1f s, all drawn %.0f ms later; longest stall %.1f ms, %d of more than 50 ms; "
                "%.0f MB resident\n",
                static_cast<long long>(sent), fed / 1000, caughtUp - fed, heartbeat.longestStallMs(),
                heartbeat.longStalls(), residentMb());
    return caughtUp < 0 ? 1 : 0;
}

} // namespace

int main(int argc, char *argv[])
{
    const QApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--live")
        return benchLive(arguments.value(2, u"20"_s).toInt());
    if (arguments.size() < 2) {
        std::fprintf(stderr, "bench_plot FILE.sockeye [FIELD]\nbench_plot --live [SECONDS]\n");
        return 1;
    }
    return benchFile(arguments[1], arguments.value(2, u"$.data.price"_s));
}
