#include "log/EntrySearch.h"

#include "reading/CaptureReader.h"

#include <QElapsedTimer>

#include <algorithm>

namespace sockeye {

namespace {

/// One frame of a screen: nobody can see rows appear more often than this.
constexpr qint64 ReportEveryMs = 16;
/// Entries searched with one query. The first span is short, so that the first rows come soon, and because entries may
/// be large.
constexpr qint64 FirstSpan = 256;
constexpr qint64 MaxSpan = 1'000'000;
/// A log is searched in no more spans than about this many, so that the very large ids that a foreign file may claim do
/// not take for ever.
constexpr qint64 FewestSpans = 64;

/// Spans grow as long as they are searched fast, so that a cancelled search ends soon whatever it looks for.
qint64 nextSpan(qint64 span, qint64 tookMs, EntryId last)
{
    if (tookMs < ReportEveryMs / 2)
        return std::min(span * 4, std::max(MaxSpan, last.value() / FewestSpans));
    return tookMs > ReportEveryMs * 2 ? std::max(span / 2, FirstSpan) : span;
}

/// Gathers the matches of a search and hands them over once per frame of a screen, the first ones at once.
class Gathered final
{
public:
    using Take = std::function<void(const QList<EntryId> &, qint64, EntryId)>;

    Gathered(const JobContext &job, Take take)
        : m_job(job)
        , m_take(std::move(take))
    {
    }

    void add(const QList<EntryId> &ids, qint64 hidden)
    {
        m_ids += ids;
        m_hidden += hidden;
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
        m_job.report([take = m_take, ids = std::exchange(m_ids, {}), hidden = std::exchange(m_hidden, 0), searched] {
            take(ids, hidden, searched);
        });
        m_timer.start();
    }

private:
    const JobContext &m_job;
    Take m_take;
    QList<EntryId> m_ids;
    qint64 m_hidden = 0;
    QElapsedTimer m_timer;
    qsizetype m_handedOver = 0;
};

Result<> searchRange(const CaptureReader &capture, const EntryQuery &query, Noise &noise, EntryId first, EntryId last,
                     const JobContext &job, Gathered &gathered)
{
    QElapsedTimer timer;
    qint64 span = FirstSpan;
    for (EntryId from = first; from <= last && !job.isCancelled();) {
        const EntryId to = std::min(last, from + (span - 1));
        timer.start();
        const Result<> matched =
            capture.scanner().matchOn(query, noise, from, to, job.token(),
                                      [&gathered](const Matches &some) { gathered.add(some.ids, some.hidden); });
        if (!matched)
            return matched;
        gathered.passed(to);
        span = nextSpan(span, timer.elapsed(), last);
        from = to + 1;
    }
    gathered.handOver(last);
    return {};
}

} // namespace

EntrySearch::EntrySearch(const QString &path, QObject *parent)
    : QObject(parent)
    , m_job(path)
    , m_noise(std::make_shared<Noise>(m_query))
{
    connect(&m_job, &CaptureJob::finished, this, &EntrySearch::finish);
    connect(&m_job, &CaptureJob::failed, this, &EntrySearch::fail);
}

EntrySearch::~EntrySearch() = default;

void EntrySearch::start(const EntryQuery &query, EntryId last)
{
    m_job.cancel();
    m_query = query;
    m_noise = std::make_shared<Noise>(query);
    m_found.clear();
    m_hidden = 0;
    m_last = last;
    m_searched = {};
    m_goal = last;
    m_sound = true;
    m_failed = false;
    if (isActive() && last.value() > 0)
        search(EntryId(1));
}

void EntrySearch::advanceTo(EntryId last)
{
    m_last = last;
    if (!isActive())
        return;
    if (!m_job.isRunning() && !m_failed)
        search(m_searched + 1);
    Q_EMIT changed();
}

void EntrySearch::cancel()
{
    if (!isSearching())
        return;
    m_job.cancel();
    m_sound = false;
    // Entries that come from now on are searched.
    m_searched = m_last;
    m_goal = m_last;
    Q_EMIT changed();
}

void EntrySearch::search(EntryId first)
{
    m_job.start([this, query = m_query, noise = m_noise, first, last = m_last](const CaptureReader &capture,
                                                                               const JobContext &job) {
        Gathered gathered(
            job, [this](const QList<EntryId> &ids, qint64 hidden, EntryId searched) { take(ids, hidden, searched); });
        const Result<> searched = searchRange(capture, query, *noise, first, last, job, gathered);
        if (!searched && !job.isCancelled())
            job.report([this, message = searched.message()] { fail(message); });
    });
}

void EntrySearch::take(const QList<EntryId> &ids, qint64 hidden, EntryId searched)
{
    m_hidden += hidden;
    if (!ids.isEmpty()) {
        Q_EMIT growing(ids.size());
        m_found.append(ids);
        Q_EMIT grew(ids.constFirst(), ids.constLast());
    }
    m_searched = searched;
    Q_EMIT changed();
}

void EntrySearch::fail(const QString &message)
{
    m_failed = true;
    m_sound = false;
    Q_EMIT failed(message);
}

void EntrySearch::finish()
{
    if (m_failed)
        m_goal = m_searched;
    else if (m_searched < m_last)
        search(m_searched + 1);
    Q_EMIT changed();
}

} // namespace sockeye
