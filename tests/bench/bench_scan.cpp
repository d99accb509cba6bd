// What opening, the timeline and each kind of filter cost on a capture of make_capture:
//
//     bench_scan FILE.sockeye [NAME]
//
// Only the questions whose title holds NAME are asked, if it is given. Each is asked of a reader of its own and told
// with the time to the first match, the time to the end and the memory then. Drop the system's cache of files before
// for what a cold start takes.

#include "reading/CaptureReader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <cstdio>

using namespace sockeye;
using namespace sockeye::filter;
using namespace Qt::StringLiterals;

namespace {

double residentMb()
{
    QFile file(u"/proc/self/statm"_s);
    const QList<QByteArray> pages =
        file.open(QIODevice::ReadOnly) ? file.readAll().split(' ') : QList<QByteArray>{"0", "0"};
    return pages[1].toDouble() * 4096 / 1e6;
}

std::unique_ptr<CaptureReader> opened(const QString &path)
{
    Result<std::unique_ptr<CaptureReader>> reader = CaptureReader::open(path);
    if (!reader)
        qFatal("%s", qPrintable(reader.message()));
    return std::move(reader).value();
}

/// Tells how long it took, unless the name was asked for and is another.
class Asking final
{
public:
    Asking(QString path, QString name)
        : m_path(std::move(path))
        , m_name(std::move(name))
    {
    }

    template<typename Ask>
    void time(const char *title, Ask ask) const
    {
        if (!QLatin1StringView(title).contains(m_name))
            return;
        QElapsedTimer timer;
        timer.start();
        const QString found = ask(*opened(m_path));
        std::printf("%-34s %9.1f ms  %s\n", title, double(timer.nsecsElapsed()) / 1e6, qPrintable(found));
        std::fflush(stdout);
    }

    void filter(const char *title, const EntryQuery &query) const
    {
        time(title, [&query](const CaptureReader &reader) {
            QElapsedTimer timer;
            timer.start();
            qint64 first = -1;
            qint64 found = 0;
            qint64 hidden = 0;
            const auto take = [&](const Matches &some) {
                if (first < 0)
                    first = timer.nsecsElapsed();
                found += some.ids.size();
                hidden += some.hidden;
            };
            const Result<> done =
                reader.scanner().match(query, EntryId(1), reader.lastEntry().value(), CancelToken(), take);
            return u"%1 found, %2 hidden, the first after %3 ms; %4 MB resident%5"_s.arg(found)
                .arg(hidden)
                .arg(double(first) / 1e6, 0, 'f', 1)
                .arg(residentMb(), 0, 'f', 0)
                .arg(done ? QString() : u", "_s + done.message());
        });
    }

private:
    QString m_path;
    QString m_name;
};

void askTime(const Asking &asking)
{
    asking.time("open", [](const CaptureReader &reader) { return QString::number(reader.lastEntry()->value()); });
    asking.time("the middle", [](const CaptureReader &reader) {
        const EntryId middle(reader.lastEntry()->value() / 2);
        return u"%1 entries"_s.arg(reader.entries(middle, 256)->size());
    });
    asking.time("entry at a time", [](const CaptureReader &reader) {
        const TimeSpan span = reader.timeline().timeSpan()->value();
        return QString::number(reader.timeline().entryAt(span.first + span.length() / 2)->value());
    });
    asking.time("timeline by the second", [](const CaptureReader &reader) {
        const TimeSpan span = reader.timeline().timeSpan()->value();
        const auto buckets = reader.timeline().buckets(span.first, span.last, std::chrono::seconds(1), CancelToken());
        return u"%1 buckets"_s.arg(buckets->size());
    });
    asking.time("timeline of 10 s by 10 ms", [](const CaptureReader &reader) {
        const Timestamp middle =
            reader.timeline().timeSpan()->value().first + reader.timeline().timeSpan()->value().length() / 2;
        const auto buckets = reader.timeline().buckets(middle, middle + std::chrono::seconds(10),
                                                       std::chrono::milliseconds(10), CancelToken());
        return u"%1 buckets"_s.arg(buckets->size());
    });
    asking.time("finding strip", [](const CaptureReader &reader) {
        const QList<int> strip =
            reader.timeline().findingStrip(reader.lastEntry().value(), 1000, CancelToken()).value();
        return u"%1 of 1000 slots"_s.arg(strip.size() - strip.count(-1));
    });
}

void askFilters(const Asking &asking)
{
    asking.filter("filter type:ping", EntryQuery::of(KindIs{{EntryKind::Ping}}));
    asking.filter("filter dir:out", EntryQuery::of(DirectionIs{{Direction::Out}}));
    asking.filter("filter size>1k", EntryQuery::of(NumberIn{FilterKey::Size, {{1025, Range::Highest}}}));
    asking.filter("filter latency>50ms", EntryQuery::of(NumberIn{FilterKey::Latency, {{50'000'001, Range::Highest}}}));
    asking.filter("filter has:finding", EntryQuery::of(HasFeature{{FilterFeature::Finding}}));
    asking.time("filter of a minute", [](const CaptureReader &reader) {
        const Timestamp middle =
            reader.timeline().timeSpan()->value().first + reader.timeline().timeSpan()->value().length() / 2;
        const auto query =
            EntryQuery::of(NumberIn{FilterKey::Time, {{toNs(middle), toNs(middle + std::chrono::minutes(1))}}});
        qint64 found = 0;
        const Result<> done = reader.scanner().match(query, EntryId(1), reader.lastEntry().value(), CancelToken(),
                                                     [&found](const Matches &some) { found += some.ids.size(); });
        return u"%1 found%2"_s.arg(found).arg(done ? QString() : u", "_s + done.message());
    });
    EntryQuery quiet;
    quiet.withoutControl = true;
    asking.filter("quiet, no control frames", quiet);
    quiet.withoutRepeats = true;
    asking.filter("quiet, no repeats either", quiet);
    asking.filter("text that is rare", EntryQuery::of(Contains{"seq\":777777,"}));
    asking.filter("text that is nowhere", EntryQuery::of(Contains{"not in there"}));
    asking.filter("text, case counts", EntryQuery::of(Contains{"NoSuchSymbol", true}));
    asking.filter("regex", EntryQuery::of(MatchesRegex{u"\"seq\":77777\\d,"_s}));
    asking.filter("hex", EntryQuery::of(HoldsBytes{u"deadb?ef0000"_s}));
    asking.filter("json", EntryQuery::of(JsonValueIs{u"$.data.price"_s, JsonValueIs::Sign::Greater, JsonNumber{"500"}}));
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 2) {
        std::fprintf(stderr, "bench_scan FILE.sockeye [NAME]\n");
        return 1;
    }
    const Asking asking(arguments[1], arguments.value(2));
    askTime(asking);
    askFilters(asking);
    return 0;
}
