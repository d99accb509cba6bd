#include "plot/SeriesReader.h"

#include "plot/SeriesCache.h"
#include "plot/SeriesFeed.h"
#include "reading/CaptureReader.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QElapsedTimer>

#include <algorithm>
#include <mutex>

namespace sockeye {

namespace {

/// Entries that are read between two looks at what else there is to do.
constexpr qint64 DecodedLot = 8192;
constexpr qint64 CountedLot = 131'072;
/// Of shorter captures nothing is kept: they are read in no time.
constexpr qint64 LeastKept = 20'000;
constexpr qint64 ReportMs = 100;

std::mutex cacheFolderMutex;
QString cacheFolderName;

QString seriesFolder()
{
    const std::lock_guard lock(cacheFolderMutex);
    return cacheFolderName;
}

/// Empty if it cannot be told: the files of a schema may change.
QByteArray keyOf(const FormatSet &formats)
{
    const DecodeOptions &options = formats.options();
    if (!options.schemas.isEmpty())
        return {};
    QByteArray all;
    QDataStream stream(&all, QIODevice::WriteOnly);
    stream << options.structs;
    for (const DecodeRule &rule : options.rules)
        stream << quint8(rule.about) << quint8(rule.direction) << rule.topic << rule.format;
    return QCryptographicHash::hash(all, QCryptographicHash::Sha256);
}

} // namespace

struct SeriesReader::Wanted
{
    std::shared_ptr<SeriesFeed> feed;
    std::shared_ptr<const FormatSet> formats;
};

/// What the job knows from one time to the next: used by one job at a time.
class SeriesReader::Work final
{
public:
    explicit Work(QString path)
        : m_path(std::move(path))
    {
    }

    [[nodiscard]] Result<> run(const std::vector<Wanted> &wanted, SeriesReader *reader, const JobContext &job)
    {
        if (!m_capture) {
            Result<std::unique_ptr<CaptureReader>> opened = CaptureReader::open(m_path);
            if (!opened)
                return opened.error();
            m_capture = std::move(opened).value();
        }
        if (const Result<> taken = takeWanted(wanted); !taken)
            return taken;
        QElapsedTimer sinceReport;
        sinceReport.start();
        for (;;) {
            // Looked up before what is live: what comes between is read the next time.
            const bool isLive = m_capture->isLive();
            const Result<EntryId> last = m_capture->lastEntry();
            if (!last)
                return last.error();
            Group *group = nextGroup(last.value());
            if (!group || job.isCancelled())
                return isLive || job.isCancelled() ? Result<>() : end(job.token());
            if (const Result<> read = readLot(*group, last.value(), job.token()); !read)
                return read;
            join();
            if (sinceReport.elapsed() >= ReportMs) {
                sinceReport.restart();
                const double share = shareOf(last.value());
                job.report([reader, share] { reader->takeProgress(share); });
            }
        }
    }

private:
    /// Lines that are equally far, and are read together.
    struct Group
    {
        bool isDecoded = false;
        EntryId next{1};
        std::unique_ptr<MessageWalk> walk = {};
        std::shared_ptr<const FormatSet> formats = {};
        std::vector<std::shared_ptr<SeriesFeed>> feeds = {};
    };

    [[nodiscard]] SeriesCache::Key keyFor(const SeriesFeed &feed, const std::shared_ptr<const FormatSet> &formats) const
    {
        return {m_capture->created() ? m_capture->created().value() : QByteArray(), feed.field().id(),
                feed.field().needsDecoding() ? keyOf(*formats) : QByteArray("-")};
    }

    /// Forgets lines that are not wanted any more, and begins with new ones.
    [[nodiscard]] Result<> takeWanted(const std::vector<Wanted> &wanted)
    {
        const auto isWanted = [&wanted](const std::shared_ptr<SeriesFeed> &feed) {
            return std::any_of(wanted.begin(), wanted.end(), [&feed](const Wanted &one) { return one.feed == feed; });
        };
        for (Group &group : m_groups)
            std::erase_if(group.feeds, [&](const auto &feed) { return !isWanted(feed); });
        std::erase_if(m_groups, [](const Group &group) { return group.feeds.empty(); });
        const Result<EntryId> last = m_capture->lastEntry();
        if (!last)
            return last.error();
        const SeriesCache cache(seriesFolder());
        for (const Wanted &one : wanted) {
            if (isKnown(one.feed))
                continue;
            Group group{.isDecoded = one.feed->field().needsDecoding(), .formats = one.formats, .feeds = {one.feed}};
            const SeriesCache::Key key = keyFor(*one.feed, one.formats);
            std::unique_ptr<Series> kept =
                m_capture->isLive() || key.formats.isEmpty() ? nullptr : cache.read(key, last.value());
            if (kept) {
                one.feed->series()->replaceBy(std::move(kept));
                group.next = last.value() + 1;
                m_kept.push_back(one.feed);
            }
            m_groups.push_back(std::move(group));
        }
        std::erase_if(m_kept, [&](const auto &feed) { return !isWanted(feed); });
        join();
        return {};
    }

    [[nodiscard]] bool isKnown(const std::shared_ptr<SeriesFeed> &feed) const
    {
        return std::any_of(m_groups.begin(), m_groups.end(), [&feed](const Group &group) {
            return std::find(group.feeds.begin(), group.feeds.end(), feed) != group.feeds.end();
        });
    }

    /// The furthest and the one that is furthest behind take turns: while a capture grows the furthest always has
    /// something to read. Null when all are at the end.
    [[nodiscard]] Group *nextGroup(EntryId last)
    {
        const auto isBehind = [last](const Group &one) { return one.next <= last; };
        m_isLastsTurn = !m_isLastsTurn;
        if (m_isLastsTurn) {
            const auto found = std::find_if(m_groups.rbegin(), m_groups.rend(), isBehind);
            return found == m_groups.rend() ? nullptr : &*found;
        }
        const auto found = std::find_if(m_groups.begin(), m_groups.end(), isBehind);
        return found == m_groups.end() ? nullptr : &*found;
    }

    /// Those that are equally far go on together; those that are furthest come first.
    void join()
    {
        for (size_t i = 0; i < m_groups.size(); ++i) {
            for (size_t j = i + 1; j < m_groups.size();) {
                Group &one = m_groups[i];
                Group &other = m_groups[j];
                if (one.isDecoded != other.isDecoded || one.next != other.next || one.formats != other.formats) {
                    ++j;
                    continue;
                }
                std::move(other.feeds.begin(), other.feeds.end(), std::back_inserter(one.feeds));
                if (!one.walk)
                    one.walk = std::move(other.walk);
                m_groups.erase(m_groups.begin() + static_cast<std::ptrdiff_t>(j));
            }
        }
        std::stable_sort(m_groups.begin(), m_groups.end(),
                         [](const Group &a, const Group &b) { return a.next > b.next; });
    }

    [[nodiscard]] Result<> readLot(Group &group, EntryId last, const CancelToken &cancel)
    {
        const EntryId end = std::min(last, group.next + ((group.isDecoded ? DecodedLot : CountedLot) - 1));
        EntryId seen = group.next - 1;
        Result<> read;
        if (group.isDecoded) {
            if (!group.walk)
                group.walk = std::make_unique<MessageWalk>(*m_capture, group.formats);
            read = group.walk->forEach(group.next, end, cancel, [&](const WalkedMessage &message) {
                seen = message.id;
                for (const std::shared_ptr<SeriesFeed> &feed : group.feeds)
                    feed->take(message);
                return true;
            });
        } else {
            read = m_capture->scanner().forEachSize(group.next, end, cancel, [&](const EntrySize &entry) {
                seen = entry.id;
                for (const std::shared_ptr<SeriesFeed> &feed : group.feeds)
                    feed->take(entry);
            });
        }
        if (read && !cancel.isCancelled())
            seen = end;
        // Also after an error: what the feeds have taken is not to be shown to them again.
        group.next = seen + 1;
        for (const std::shared_ptr<SeriesFeed> &feed : group.feeds) {
            Result<> passed = feed->passedTo(seen);
            if (read && !passed)
                read = std::move(passed);
        }
        if (!read)
            group.walk.reset();
        return read;
    }

    /// Nothing more comes: what was read is worth keeping.
    [[nodiscard]] Result<> end(const CancelToken &cancel)
    {
        const SeriesCache cache(seriesFolder());
        for (const Group &group : m_groups) {
            for (const std::shared_ptr<SeriesFeed> &feed : group.feeds) {
                if (std::find(m_kept.begin(), m_kept.end(), feed) != m_kept.end())
                    continue;
                if (const Result<> ended = feed->end(); !ended)
                    return ended;
                m_kept.push_back(feed);
                const SeriesCache::Key key = keyFor(*feed, group.formats);
                if (!key.formats.isEmpty() && group.next.value() > LeastKept)
                    cache.write(key, *feed->series(), cancel);
            }
        }
        return {};
    }

    [[nodiscard]] double shareOf(EntryId last) const
    {
        double share = 1;
        for (const Group &group : m_groups)
            share = std::min(share, double(group.next.value() - 1) / double(std::max<qint64>(last.value(), 1)));
        return share;
    }

    QString m_path;
    std::unique_ptr<CaptureReader> m_capture;
    std::vector<Group> m_groups;
    /// Whether the group that is furthest behind has been chosen.
    bool m_isLastsTurn = true;
    /// Those that are in the cache.
    std::vector<std::shared_ptr<SeriesFeed>> m_kept;
};

SeriesReader::SeriesReader(const QString &path, QObject *parent)
    : QObject(parent)
    , m_work(std::make_shared<Work>(path))
{
    connect(&m_pace, &Pace::due, this, [this] {
        if (m_runner.isRunning())
            m_isDue = true;
        else
            start();
    });
    connect(&m_runner, &JobRunner::finished, this, [this] {
        m_progress = 1;
        Q_EMIT changed();
        Q_EMIT progressed();
        if (m_isDue)
            m_pace.request();
    });
}

SeriesReader::~SeriesReader() = default;

void SeriesReader::setCacheFolder(const QString &folder)
{
    const std::lock_guard lock(cacheFolderMutex);
    cacheFolderName = folder;
}

void SeriesReader::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    if (formats == m_formats)
        return;
    m_formats = formats;
    bool isAnew = false;
    for (Wanted &one : m_wanted) {
        if (!one.feed->field().needsDecoding())
            continue;
        one = {std::make_shared<SeriesFeed>(one.feed->field(), std::make_shared<Series>(seriesFolder())), m_formats};
        isAnew = true;
    }
    if (isAnew)
        resume();
}

void SeriesReader::add(const PlotField &field)
{
    const bool isThere = std::any_of(m_wanted.begin(), m_wanted.end(),
                                     [&field](const Wanted &one) { return one.feed->field() == field; });
    if (isThere)
        return;
    m_wanted.push_back({std::make_shared<SeriesFeed>(field, std::make_shared<Series>(seriesFolder())), m_formats});
    resume();
}

void SeriesReader::remove(const PlotField &field)
{
    if (std::erase_if(m_wanted, [&field](const Wanted &one) { return one.feed->field() == field; }) > 0 && !m_isStopped)
        resume();
    Q_EMIT changed();
}

std::vector<SeriesReader::Line> SeriesReader::lines() const
{
    std::vector<Line> lines;
    for (const Wanted &one : m_wanted)
        lines.push_back({one.feed->field(), one.feed->series()});
    return lines;
}

void SeriesReader::advance()
{
    if (!m_isStopped && !m_wanted.empty())
        m_pace.request();
}

void SeriesReader::setResting(bool resting)
{
    if (resting == m_pace.isResting())
        return;
    m_pace.setResting(resting);
    if (resting && m_runner.isRunning()) {
        m_runner.cancel();
        m_pace.request();
    }
}

void SeriesReader::stop()
{
    m_isStopped = true;
    m_pace.cancel();
    m_runner.cancel();
    Q_EMIT progressed();
}

void SeriesReader::resume()
{
    m_isStopped = false;
    m_runner.cancel();
    Q_EMIT changed();
    if (m_wanted.empty()) {
        m_pace.cancel();
        Q_EMIT progressed();
    } else {
        m_pace.request();
        // Whoever has chosen something is not to wait.
        if (!m_pace.isResting())
            m_pace.flush();
    }
}

void SeriesReader::start()
{
    m_isDue = false;
    m_runner.start([this, work = m_work, wanted = m_wanted](const JobContext &job) {
        if (const Result<> done = work->run(wanted, this, job); !done)
            job.report([this, message = done.message()] { fail(message); });
    });
    Q_EMIT progressed();
}

void SeriesReader::takeProgress(double share)
{
    m_progress = share;
    Q_EMIT changed();
    Q_EMIT progressed();
}

void SeriesReader::fail(const QString &message)
{
    m_isStopped = true;
    m_pace.cancel();
    m_isDue = false;
    Q_EMIT failed(message);
}

} // namespace sockeye
