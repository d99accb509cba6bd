#include "widgets/timeline/Timeline.h"

#include "base/Units.h"
#include "widgets/controls/SentenceAccessible.h"

#include <QEvent>
#include <QGuiApplication>
#include <QStyleHints>

#include <algorithm>

using namespace std::chrono_literals;

namespace sockeye {

namespace {

/// The keys' steps become a filter when they have come to rest.
constexpr auto KeyPause = std::chrono::milliseconds(300);
/// Before there is so much of a live session there is nothing to see.
constexpr Nanoseconds LeastLive = 1s;
/// How near to an event's mark the pointer must be, in pixels.
constexpr double MarkReach = 4;
/// The surroundings of what the log shows: so many times itself.
constexpr double Surroundings = 3;

} // namespace

Timeline::Timeline(QWidget *parent)
    : QWidget(parent)
{
    installSentenceAccessible();
    setAccessibleName(tr("Timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_told.setSingleShot(true);
    m_told.setInterval(KeyPause);
    connect(&m_told, &QTimer::timeout, this, [this] {
        if (m_scene.selection)
            Q_EMIT timeRangeSelected(m_scene.selection->first, m_scene.selection->last);
    });
    m_click.setSingleShot(true);
    connect(&m_click, &QTimer::timeout, this, [this] { Q_EMIT jumpRequested(m_clicked); });
}

Timeline::~Timeline() = default;

QSize Timeline::sizeHint() const
{
    return {400, TimelinePainter::height(font())};
}

QSize Timeline::minimumSizeHint() const
{
    return {80, TimelinePainter::height(font())};
}

void Timeline::setTimelineModel(TimelineModel *model, bool live)
{
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    m_live = live;
    m_isWhole = true;
    m_atEnd = false;
    m_drag = Drag::None;
    m_told.stop();
    m_click.stop();
    m_scene.geometry.setRange({});
    m_scene.selection.reset();
    m_scene.visible.reset();
    m_scene.pointed.reset();
    if (model)
        connect(model, &TimelineModel::changed, this, &Timeline::takeModel);
    takeModel();
}

void Timeline::setUnit(Unit unit)
{
    if (m_scene.unit == unit)
        return;
    m_scene.unit = unit;
    m_scene.heights = {};
    look();
    Q_EMIT unitChanged(unit);
}

void Timeline::setScale(Scale scale)
{
    if (m_scale == scale)
        return;
    m_scale = scale;
    m_scene.heights = {};
    look();
    Q_EMIT scaleChanged(scale);
}

void Timeline::setTimeRange(const std::optional<TimeSpan> &range)
{
    if (m_drag == Drag::Selecting || m_told.isActive() || m_scene.selection == range)
        return;
    m_scene.selection = range;
    update();
}

void Timeline::setVisiblePart(const std::optional<TimeSpan> &part)
{
    if (m_scene.visible == part)
        return;
    m_scene.visible = part;
    update();
}

void Timeline::showWholeSession()
{
    if (!isEmpty())
        setRange(whole(), true);
}

void Timeline::showVisiblePart()
{
    if (isEmpty() || !m_scene.visible)
        return;
    const TimeSpan part = *m_scene.visible;
    const Nanoseconds length =
        std::max(Nanoseconds(qint64(double(part.length().count()) * Surroundings)), TimelineGeometry::Shortest);
    TimelineGeometry there = m_scene.geometry;
    const Timestamp first = part.first - (length - part.length()) / 2;
    there.setRange({first, first + length});
    setRange(there.panned(0ns, whole()), false);
}

TimeSpan Timeline::whole() const
{
    return m_scene.geometry.whole(*m_model->session(), m_live);
}

/// The model has something new.
void Timeline::takeModel()
{
    m_scene.buckets = m_model ? &m_model->buckets() : nullptr;
    m_scene.marks = m_model ? &m_model->marks() : nullptr;
    const auto session = m_model ? m_model->session() : std::nullopt;
    if (session && (!m_live || session->length() >= LeastLive)) {
        if (isEmpty() || m_isWhole)
            setRange(whole(), true);
        else
            moveWithSession();
    }
    look();
}

/// Somebody who looks at the end of a live session sees it go on.
void Timeline::moveWithSession()
{
    const TimeSpan range = m_scene.geometry.range();
    const Nanoseconds behind = m_model->session()->last - range.last;
    if (m_live && m_atEnd && behind.count() >= 0 && m_drag == Drag::None)
        setRange(m_scene.geometry.panned(behind + range.length() / 8, whole()), false);
}

void Timeline::setRange(TimeSpan range, bool isWhole)
{
    m_isWhole = isWhole;
    m_scene.geometry.setRange(range);
    m_atEnd = range.last >= m_model->session()->last;
    m_model->show(range, m_scene.geometry.columns());
    look();
}

void Timeline::look()
{
    updateHeights();
    update();
}

void Timeline::updateHeights()
{
    const TimelineHeights heights = TimelinePainter::heightsFor(m_scene, m_scale);
    m_scene.heights = heights;
}

// In words

QString Timeline::spanText(TimeSpan span) const
{
    const bool isFine = span.length() % 1s != 0s;
    const Nanoseconds step = isFine ? Nanoseconds(1ms) : Nanoseconds(1s);
    return tr("%1 to %2")
        .arg(TimelineGeometry::timeText(span.first, step), TimelineGeometry::timeText(span.last, step));
}

QString Timeline::bucketText(const TimelineBucket &bucket) const
{
    const Nanoseconds width = m_scene.buckets->width;
    const auto line = [width](const QString &text, qint64 count, qint64 bytes) {
        return text.arg(countText(count), sizeText(bytes),
                        TimelinePainter::rateText(TimelinePainter::rate(count, width), Unit::Messages),
                        TimelinePainter::rateText(TimelinePainter::rate(bytes, width), Unit::Bytes));
    };
    return spanText({bucket.start, bucket.start + width}) + u'\n' +
           line(bucket.inCount == 1 ? tr("Received: %1 message, %2 (%3, %4)")
                                    : tr("Received: %1 messages, %2 (%3, %4)"),
                bucket.inCount, bucket.inBytes) +
           u'\n' +
           line(bucket.outCount == 1 ? tr("Sent: %1 message, %2 (%3, %4)") : tr("Sent: %1 messages, %2 (%3, %4)"),
                bucket.outCount, bucket.outBytes);
}

TimeSpan Timeline::bucketSpanAt(Timestamp time) const
{
    const Nanoseconds width = m_scene.buckets->width;
    const Timestamp start = timestampFromNs(toNs(time) / width.count() * width.count());
    return {start, start + width};
}

QString Timeline::textAt(QPoint point) const
{
    if (isEmpty() || !m_scene.buckets || m_scene.buckets->width.count() == 0)
        return {};
    if (TimelinePainter::crossPlace(m_scene, places()).contains(point))
        return tr("Show all times again (Esc)");
    QStringList events;
    for (const TimelineMark &mark : *m_scene.marks) {
        if (std::abs(m_scene.geometry.xOf(mark.time) - point.x()) <= MarkReach && events.size() < 5)
            events.append(toLocalTimeOfDay(mark.time) + u' ' + mark.text);
    }
    TimelineBucket bucket;
    bucket.start = bucketSpanAt(m_scene.geometry.timeAt(point.x())).first;
    const QList<TimelineBucket> &list = m_scene.buckets->list;
    const auto found = std::lower_bound(list.begin(), list.end(), bucket.start,
                                        [](const TimelineBucket &at, Timestamp start) { return at.start < start; });
    if (found != list.end() && found->start == bucket.start)
        bucket = *found;
    events.append(bucketText(bucket));
    return events.join(u'\n');
}

QString Timeline::sentence() const
{
    if (isEmpty() || !m_scene.buckets)
        return tr("Nothing yet");
    const TimeSpan range = m_scene.geometry.range();
    TimelineBucket sum;
    TimelineBucket most;
    for (const TimelineBucket &bucket : m_scene.buckets->list) {
        if (bucket.start < range.first || bucket.start >= range.last)
            continue;
        sum.inCount += bucket.inCount;
        sum.outCount += bucket.outCount;
        most.inCount = std::max(most.inCount, bucket.inCount);
        most.outCount = std::max(most.outCount, bucket.outCount);
    }
    const auto rateOf = [this](qint64 count) {
        return TimelinePainter::rateText(TimelinePainter::rate(count, m_scene.buckets->width), Unit::Messages);
    };
    QString text = tr("%1: %2 messages received, at most %3; %4 sent, at most %5.")
                       .arg(spanText({range.first, range.last}), countText(sum.inCount), rateOf(most.inCount),
                            countText(sum.outCount), rateOf(most.outCount));
    if (m_scene.selection)
        text += u' ' + tr("Chosen: %1.").arg(spanText(*m_scene.selection));
    return text;
}

void Timeline::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        update();
}

} // namespace sockeye
