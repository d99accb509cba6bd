#include "log/TimelineModel.h"

#include "reading/CaptureJob.h"
#include "reading/CaptureReader.h"
#include "secrets/SecretMasker.h"

#include <algorithm>
#include <array>

using namespace std::chrono_literals;

namespace sockeye {

namespace {

constexpr std::array<Nanoseconds, 24> Widths = {1ms, 2ms, 5ms,  10ms, 20ms, 50ms,  100ms, 200ms, 500ms, 1s, 2s,  5s,
                                                10s, 30s, 1min, 2min, 5min, 10min, 30min, 1h,    2h,    6h, 12h, 24h};

Timestamp floorTo(Timestamp time, Nanoseconds width)
{
    const qint64 rest = toNs(time) % width.count();
    return time - Nanoseconds(rest < 0 ? rest + width.count() : rest);
}

Timestamp ceilTo(Timestamp time, Nanoseconds width)
{
    return floorTo(time + width - Nanoseconds(1), width);
}

/// The range with a margin on both sides, so that panning shows something at once. A foreign file may claim any range:
/// the result stays within the times that can be expressed.
TimeSpan widened(TimeSpan range, Nanoseconds width)
{
    constexpr Nanoseconds longest(qint64(1) << 60);
    const Nanoseconds margin = std::min(range.length() / 2, longest);
    return {floorTo(range.first - margin, width), ceilTo(range.last + margin, width)};
}

bool covers(const TimeSpan &whole, const TimeSpan &part)
{
    return whole.first <= part.first && part.last <= whole.last;
}

qint64 entriesIn(const QList<TimelineBucket> &buckets)
{
    qint64 count = 0;
    for (const TimelineBucket &bucket : buckets)
        count += bucket.last - bucket.first + 1;
    return count;
}

/// Brings the known buckets up to date: those before the session's former end stay as they are.
Result<QList<TimelineBucket>> readBuckets(const CaptureReader &capture, TimeSpan range, Nanoseconds width,
                                          const TimelineBuckets &known, const CancelToken &cancel)
{
    QList<TimelineBucket> kept;
    Timestamp from = range.first;
    if (known.width == width && known.covered.first <= range.first) {
        const Timestamp sound = floorTo(std::min(known.readTo, known.covered.last), width);
        from = std::max(from, sound);
        for (const TimelineBucket &bucket : known.list) {
            if (bucket.start >= range.first && bucket.start < from)
                kept.append(bucket);
        }
    }
    if (from >= range.last)
        return kept;
    auto read = capture.timeline().buckets(from, range.last, width, cancel);
    if (!read)
        return read.error();
    return kept + read.value();
}

EventKind eventOf(EndKind end)
{
    switch (end) {
    case EndKind::ConnectFailed:
    case EndKind::HandshakeFailed:
        return EventKind::Failed;
    case EndKind::Clean:
    case EndKind::Aborted:
        return EventKind::Closed;
    case EndKind::Dropped:
    case EndKind::RuleBroken:
    case EndKind::CloseTimeout:
        return EventKind::Broken;
    case EndKind::Live:
        break;
    }
    return EventKind::None;
}

QList<TimelineMark> marksOf(const QList<ConnectionSpan> &connections)
{
    QList<TimelineMark> marks;
    for (const ConnectionSpan &record : connections) {
        const EventKind end = eventOf(record.endKind);
        if (record.total.count() >= 0 && end != EventKind::Failed)
            marks.append({record.started + record.total, EventKind::Open, record.id, Severity::Note,
                          TimelineModel::tr("Connected to %1").arg(maskSecretsInUrl(record.url))});
        if (end != EventKind::None)
            marks.append({record.ended, end, record.id, record.severity, maskSecretsInText(record.endText)});
    }
    std::stable_sort(marks.begin(), marks.end(),
                     [](const TimelineMark &a, const TimelineMark &b) { return a.time < b.time; });
    if (marks.size() > TimelineModel::MaxMarks)
        marks.remove(0, marks.size() - TimelineModel::MaxMarks);
    return marks;
}

} // namespace

struct TimelineModel::Answer
{
    std::optional<TimeSpan> session;
    TimelineBuckets buckets;
    std::optional<QList<TimelineMark>> marks;
};

TimelineModel::TimelineModel(const QString &path, QObject *parent)
    : QObject(parent)
    , m_job(std::make_unique<CaptureJob>(path))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(RefreshEvery);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (!m_job->isRunning())
            start();
    });
    connect(m_job.get(), &CaptureJob::finished, this, &TimelineModel::startSoon);
    // A file that cannot be opened is not tried again and again.
    connect(m_job.get(), &CaptureJob::failed, this, [this] { m_due = m_running = {}; });
    start();
}

TimelineModel::~TimelineModel() = default;

Nanoseconds TimelineModel::widthFor(Nanoseconds length, int columns)
{
    const auto fits = [length, columns](Nanoseconds width) { return length / width < std::max(columns, 1); };
    const auto found = std::find_if(Widths.begin(), Widths.end(), fits);
    if (found != Widths.end())
        return *found;
    for (Nanoseconds width = Widths.back();; width *= 10) {
        for (const int step : {2, 5, 10}) {
            if (fits(width * step))
                return width * step;
        }
    }
}

void TimelineModel::advanceTo(EntryId last)
{
    if (last.value() == 0)
        return;
    m_due.growth = true;
    startSoon();
}

void TimelineModel::connectionsChanged()
{
    m_due.marks = true;
    startSoon();
}

void TimelineModel::show(TimeSpan range, int columns)
{
    const Nanoseconds width = widthFor(range.length(), columns);
    if (width == m_wish.width && covers(m_wish.range, range))
        return;
    m_wish = {widened(range, width), width};
    m_due.range = true;
    start();
}

TimelineModel::Answer TimelineModel::read(const CaptureReader &capture, const Wish &wish, const TimelineBuckets &known,
                                          bool withMarks, const CancelToken &cancel)
{
    Answer answer;
    if (const auto span = capture.timeline().timeSpan())
        answer.session = span.value();
    if (withMarks) {
        // Each has one mark at least, but for one that is just being made.
        if (const auto connections = capture.connectionList().newest(int(MaxMarks)))
            answer.marks = marksOf(connections.value());
    }
    if (!answer.session || wish.width.count() == 0)
        return answer;
    TimelineBuckets &buckets = answer.buckets;
    buckets = {wish.range, wish.width, {}, answer.session->last};
    if (wish.width < 1s) {
        const TimeSpan whole{floorTo(wish.range.first, 1s), ceilTo(wish.range.last, 1s)};
        auto seconds = capture.timeline().buckets(whole.first, whole.last, 1s, cancel);
        if (seconds && entriesIn(seconds.value()) > MaxCounted) {
            buckets.width = 1s;
            buckets.covered = whole;
            buckets.list = std::move(seconds).value();
            return answer;
        }
    }
    if (auto read = readBuckets(capture, wish.range, wish.width, known, cancel))
        buckets.list = std::move(read).value();
    return answer;
}

/// Delayed, because a growing capture changes many times a second.
void TimelineModel::startSoon()
{
    if (m_due.any() && !m_pause.isActive() && !m_job->isRunning())
        m_pause.start();
}

void TimelineModel::start()
{
    m_running = {m_due.range || m_running.range, m_due.growth || m_running.growth, m_due.marks || m_running.marks};
    m_due = {};
    m_job->start([this, wish = m_wish, known = m_buckets, withMarks = m_running.marks](const CaptureReader &capture,
                                                                                       const JobContext &job) {
        job.report([this, answer = read(capture, wish, known, withMarks, job.token())] { take(answer); });
    });
}

void TimelineModel::take(const Answer &answer)
{
    m_running = {};
    m_session = answer.session;
    if (answer.buckets.width.count() > 0)
        m_buckets = answer.buckets;
    if (answer.marks && *answer.marks != m_marks) {
        m_marks = *answer.marks;
        Q_EMIT marksChanged();
    }
    Q_EMIT changed();
}

} // namespace sockeye
