#include "notify/MatchWatch.h"

#include "reading/CaptureReader.h"

#include <algorithm>

namespace sockeye {
namespace {

/// Nobody is told more often; a query that is asked seldom costs less.
constexpr auto SearchPause = std::chrono::milliseconds(500);

} // namespace

MatchWatch::MatchWatch(const QString &path, const EntryQuery &query, EntryId after, QObject *parent)
    : QObject(parent)
    , m_query(query)
    , m_searched(after)
    , m_last(after)
    , m_pace(SearchPause)
    , m_job(path)
{
    connect(&m_pace, &Pace::due, this, &MatchWatch::search);
    connect(&m_job, &CaptureJob::finished, this, [this] {
        if (m_searched < m_last)
            m_pace.request();
    });
    connect(&m_job, &CaptureJob::failed, this, &MatchWatch::fail);
}

MatchWatch::~MatchWatch() = default;

void MatchWatch::advanceTo(EntryId last)
{
    if (m_hasFailed || last <= m_last)
        return;
    m_last = last;
    m_pace.request();
}

void MatchWatch::skipTo(EntryId last)
{
    m_last = std::max(m_last, last);
    m_searched = m_last;
    m_pace.cancel();
    m_job.cancel();
}

void MatchWatch::search()
{
    // What has come meanwhile is searched when this one has finished.
    if (m_hasFailed || m_job.isRunning() || m_searched >= m_last)
        return;
    const auto work = [this, query = m_query, from = m_searched + 1, to = m_last](const CaptureReader &capture,
                                                                                  const JobContext &job) {
        qint64 count = 0;
        EntryId first;
        const Result<> searched = capture.scanner().match(query, from, to, job.token(), [&](const Matches &some) {
            if (count == 0 && !some.ids.isEmpty())
                first = some.ids.constFirst();
            count += some.ids.size();
        });
        if (job.isCancelled())
            return;
        const Result<Entry> entry = count > 0 ? capture.entry(first) : Result<Entry>(Entry());
        if (!searched || !entry) {
            const QString message = searched ? entry.message() : searched.message();
            return job.report([this, message] { fail(message); });
        }
        job.report([this, to, count, found = entry.value()] { take(to, count, found); });
    };
    m_job.start(work);
}

void MatchWatch::take(EntryId searched, qint64 count, const Entry &first)
{
    m_searched = searched;
    if (count > 0)
        Q_EMIT matched(count, first);
}

void MatchWatch::fail(const QString &message)
{
    m_hasFailed = true;
    m_pace.cancel();
    Q_EMIT failed(message);
}

} // namespace sockeye
