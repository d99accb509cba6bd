// The part of LogModel that searches and copies, apart from the paging in LogModel.cpp.
#include "log/LogModel.h"

#include "capture/CaptureReader.h"
#include "log/CaptureLoader.h"
#include "log/LogText.h"

#include <QElapsedTimer>

#include <algorithm>

namespace sockeye {

namespace {

/// One frame of a screen: more often than this nobody can see rows appear.
constexpr qint64 ReportEveryMs = 16;
/// Entries looked at in one question. The first is short for the first rows' sake, and because entries may be large.
constexpr qint64 FirstSpan = 256;
constexpr qint64 MaxSpan = 1'000'000;

/// Longer questions as long as they are answered fast, so that a cancelled search ends soon whatever it looks for.
qint64 nextSpan(qint64 span, qint64 tookMs)
{
    if (tookMs < ReportEveryMs / 2)
        return std::min(span * 4, MaxSpan);
    return tookMs > ReportEveryMs * 2 ? std::max(span / 2, FirstSpan) : span;
}

/// Gathers what a search finds and hands it over a screen's frame at a time, the first at once.
class Found final
{
public:
    using Take = std::function<void(const QList<EntryId> &, EntryId)>;

    Found(const JobContext &job, Take take)
        : m_job(job)
        , m_take(std::move(take))
    {
    }

    void add(const QList<EntryId> &ids)
    {
        m_ids += ids;
        if (!ids.isEmpty())
            passed(ids.constLast());
    }

    /// The search has looked at everything up to this entry.
    void passed(EntryId searched)
    {
        const bool isFirst = m_handedOver == 0 && !m_ids.isEmpty();
        if (isFirst || !m_timer.isValid() || m_timer.elapsed() >= ReportEveryMs)
            handOver(searched);
    }

    void handOver(EntryId searched)
    {
        m_handedOver += m_ids.size();
        m_job.report([take = m_take, ids = std::exchange(m_ids, {}), searched] { take(ids, searched); });
        m_timer.start();
    }

private:
    const JobContext &m_job;
    Take m_take;
    QList<EntryId> m_ids;
    QElapsedTimer m_timer;
    qsizetype m_handedOver = 0;
};

Result<> searchRange(const CaptureReader &capture, const EntryQuery &query, EntryId first, EntryId last,
                     const JobContext &job, Found &found)
{
    QElapsedTimer timer;
    qint64 span = FirstSpan;
    for (EntryId from = first; from <= last && !job.isCancelled();) {
        const EntryId to = std::min(last, from + (span - 1));
        timer.start();
        const Result<> matched =
            capture.match(query, from, to, job.token(), [&found](const QList<EntryId> &ids) { found.add(ids); });
        if (!matched)
            return matched;
        found.passed(to);
        span = nextSpan(span, timer.elapsed());
        from = to + 1;
    }
    found.handOver(last);
    return {};
}

/// An entry to copy, and the one shown before it, from which its delta counts.
struct Neighbours
{
    EntryId before;
    EntryId shown;
};

QString linesOf(const CaptureReader &capture, const QList<Neighbours> &rows)
{
    EntryCache pages(4);
    const auto find = [&pages, &capture](EntryId id) {
        if (id.value() > 0 && !pages.find(id)) {
            const EntryId start = EntryCache::pageStart(id);
            if (auto entries = capture.entries(start, EntryCache::PageSize))
                pages.insert(start, std::move(entries).value());
        }
        return pages.find(id);
    };
    QString lines;
    for (const Neighbours &row : rows) {
        const Entry *before = find(row.before);
        if (const Entry *entry = find(row.shown))
            lines += logtext::line(before, *entry) + u'\n';
    }
    return lines;
}

} // namespace

void LogModel::setFilter(const EntryQuery &query)
{
    m_job.cancel();
    beginResetModel();
    m_query = query;
    m_matches.clear();
    m_searched = {};
    m_goal = m_last;
    m_searchFailed = false;
    endResetModel();
    if (isFiltered() && m_last.value() > 0)
        search(EntryId(1));
    Q_EMIT searchChanged();
}

void LogModel::search(EntryId first)
{
    m_job.start([this, path = m_loader.path(), query = m_query, first, last = m_last,
                 held = m_searchReader](const JobContext &job) {
        const auto fail = [this, &job](const QString &message) {
            job.report([this, message] {
                m_searchFailed = true;
                Q_EMIT failed(message);
            });
        };
        if (!held->reader) {
            auto opened = CaptureReader::open(path);
            if (!opened)
                return fail(opened.message());
            held->reader = std::move(opened).value();
        }
        Found found(job, [this](const QList<EntryId> &ids, EntryId searched) { takeMatches(ids, searched); });
        const Result<> searched = searchRange(*held->reader, query, first, last, job, found);
        if (!searched && !job.isCancelled())
            fail(searched.message());
    });
}

void LogModel::takeMatches(const QList<EntryId> &matches, EntryId searched)
{
    if (!matches.isEmpty()) {
        const int first = int(m_matches.size());
        beginInsertRows({}, first, first + int(matches.size()) - 1);
        m_matches.insert(m_matches.end(), matches.begin(), matches.end());
        endInsertRows();
    }
    m_searched = searched;
    Q_EMIT searchChanged();
}

void LogModel::searchFinished()
{
    if (m_searchFailed)
        m_goal = m_searched;
    else if (m_searched < m_last)
        search(m_searched + 1);
    Q_EMIT searchChanged();
}

void LogModel::readText(const QList<std::pair<Row, Row>> &ranges, QObject *context,
                        std::function<void(QString)> done) const
{
    QList<Neighbours> rows;
    for (const auto &[first, last] : ranges) {
        for (Row row = first; row <= last && rows.size() < MaxCopiedRows; ++row)
            rows.append({entryAt(row - 1), entryAt(row)});
    }
    QString here;
    const auto isHere = [this, &here](const Neighbours &row) {
        const Entry *entry = m_cache.find(row.shown);
        const Entry *before = m_cache.find(row.before);
        if (entry && (before || row.before.value() == 0))
            here += logtext::line(before, *entry) + u'\n';
        return entry && (before || row.before.value() == 0);
    };
    if (std::all_of(rows.begin(), rows.end(), isHere))
        return done(here);
    m_loader.read(
        context, [rows](const CaptureReader &capture) { return linesOf(capture, rows); }, std::move(done));
}

} // namespace sockeye
