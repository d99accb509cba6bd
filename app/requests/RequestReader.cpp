#include "requests/RequestReader.h"

#include "fields/MessageWalk.h"
#include "formats/FormatSet.h"
#include "reading/CaptureReader.h"

#include <QElapsedTimer>
#include <QPointer>

#include <algorithm>
#include <chrono>

namespace sockeye {

namespace {

/// How often the window hears of a long reading.
constexpr std::chrono::milliseconds ReportPause{250};
/// Entries between looks for a partner.
constexpr qint64 SearchStep = 4096;

} // namespace

RequestReader::RequestReader(const QString &path, QObject *parent)
    : QObject(parent)
    , m_job(path)
    , m_search(path)
    , m_index(std::make_shared<RequestIndex>(FormatSet::standard()))
{
    m_growth.setResting(true);
    connect(&m_growth, &Pace::due, this, &RequestReader::read);
    connect(&m_job, &CaptureJob::finished, this, [this] {
        if (m_known < m_last || m_hasEnds)
            m_growth.request();
    });
    connect(&m_job, &CaptureJob::failed, this, [this](const QString &message) {
        m_isCancelled = true;
        Q_EMIT failed(message);
        Q_EMIT changed();
    });
}

RequestReader::~RequestReader() = default;

void RequestReader::setFormats(const std::shared_ptr<const FormatSet> &formats)
{
    if (m_index->formats() == formats)
        return;
    m_job.cancel();
    m_search.cancel();
    m_index = std::make_shared<RequestIndex>(formats);
    m_report = {};
    m_known = {};
    m_goal = m_last;
    m_isCancelled = false;
    Q_EMIT indexChanged();
    Q_EMIT changed();
    m_growth.request();
}

void RequestReader::advanceTo(EntryId last)
{
    if (last <= m_last)
        return;
    // What comes later is no work that anybody waits for.
    if (m_last == EntryId())
        m_goal = last;
    m_last = last;
    m_growth.request();
}

void RequestReader::takeEnds()
{
    m_hasEnds = true;
    m_growth.request();
}

void RequestReader::setWanted(const QObject *by, bool wanted)
{
    if (m_wantedBy.contains(by) == wanted)
        return;
    if (wanted) {
        m_wantedBy.insert(by);
        connect(by, &QObject::destroyed, this, [this, by] {
            // It is told nothing any more.
            disconnect(by);
            setWanted(by, false);
        });
    } else {
        m_wantedBy.remove(by);
        by->disconnect(this);
    }
    setActive(!m_wantedBy.isEmpty());
}

void RequestReader::setActive(bool active)
{
    if (m_isActive == active)
        return;
    m_isActive = active;
    m_goal = m_last;
    if (active)
        m_growth.request();
    else
        m_job.cancel();
    m_growth.setResting(!active);
    Q_EMIT changed();
}

void RequestReader::cancel()
{
    m_isCancelled = true;
    m_job.cancel();
    Q_EMIT changed();
}

void RequestReader::resume()
{
    m_isCancelled = false;
    m_goal = m_last;
    Q_EMIT changed();
    m_growth.request();
}

void RequestReader::findPartner(EntryId entry, QObject *context, std::function<void(EntryId)> done)
{
    m_search.cancel();
    if (const EntryId partner = m_index->partnerOf(entry); partner != EntryId())
        return done(partner);
    const auto work = [index = m_index, entry, last = m_last, done = std::move(done),
                       context = QPointer(context)](const CaptureReader &capture, const JobContext &job) {
        MessageWalk walk(capture, index->formats());
        // An answer stands close behind its request, or far behind: it is looked for as far as nothing is found.
        for (EntryId end = std::min(last, entry + SearchStep); !job.isCancelled();
             end = std::min(last, end + SearchStep)) {
            const Result<> read = index->readTo(walk, end, job.token());
            const EntryId partner = index->partnerOf(entry);
            if (!read || partner != EntryId() || end >= last) {
                return job.report([partner, done, context] {
                    if (context)
                        done(partner);
                });
            }
        }
    };
    m_search.start(work);
}

double RequestReader::progress() const
{
    const auto goal = static_cast<double>(m_goal.value());
    return goal <= 0 ? 1 : std::clamp(static_cast<double>(m_known.value()) / goal, 0.0, 1.0);
}

void RequestReader::read()
{
    if (!m_isActive || m_isCancelled || m_job.isRunning() || m_last == EntryId())
        return;
    m_hasEnds = false;
    const auto work = [this, index = m_index, last = m_last](const CaptureReader &capture, const JobContext &job) {
        QElapsedTimer sinceReport;
        sinceReport.start();
        const auto tell = [&] {
            job.report([this, report = index->report(), isLive = capture.isLive()] { take(report, isLive); });
            sinceReport.restart();
        };
        MessageWalk walk(capture, index->formats());
        const auto progress = [&](EntryId) {
            if (sinceReport.hasExpired(ReportPause.count()))
                tell();
        };
        Result<> done = index->readTo(walk, last, job.token(), progress);
        if (done && !job.isCancelled())
            done = index->takeEnds(walk, job.token());
        if (!done)
            return job.report([this, message = done.message()] {
                m_isCancelled = true;
                Q_EMIT failed(message);
                Q_EMIT changed();
            });
        tell();
    };
    m_job.start(work);
    Q_EMIT changed();
}

void RequestReader::take(const RequestReport &report, bool isLive)
{
    m_report = report;
    m_known = report.last;
    m_isLive = isLive;
    if (!isLive) {
        for (Request &request : m_report.unanswered)
            request.isWaiting = false;
    }
    Q_EMIT changed();
}

} // namespace sockeye
