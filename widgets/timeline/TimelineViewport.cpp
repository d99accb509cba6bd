#include "widgets/timeline/TimelineViewport.h"

#include "widgets/timeline/TimelinePainter.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace sockeye {

namespace {

/// A live session that is shorter than this is not shown yet.
constexpr Nanoseconds MinimumLive = 1s;
/// The part that the log shows is shown with its surroundings: so many times its own length.
constexpr double Surroundings = 3;
/// When a live session's end leaves the view, the range moves on by this part of its length.
constexpr int FollowParts = 8;

} // namespace

TimelineViewport::TimelineViewport(QObject *parent)
    : QObject(parent)
{
}

TimelineViewport::~TimelineViewport() = default;

void TimelineViewport::setModel(TimelineModel *model, bool live)
{
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    m_live = live;
    m_held = false;
    m_showsWhole = true;
    m_atEnd = false;
    m_scene.geometry.setRange({});
    m_scene.selection.reset();
    m_scene.visible.reset();
    m_scene.pointed.reset();
    if (model)
        connect(model, &TimelineModel::changed, this, &TimelineViewport::takeModel);
    takeModel();
}

void TimelineViewport::takeModel()
{
    m_scene.buckets = m_model ? &m_model->buckets() : nullptr;
    m_scene.marks = m_model ? &m_model->marks() : nullptr;
    const auto session = m_model ? m_model->session() : std::nullopt;
    if (session && (!m_live || session->length() >= MinimumLive)) {
        if (isEmpty() || m_showsWhole)
            setRange(whole(), true);
        else
            followSession();
    }
    updateHeights();
}

void TimelineViewport::followSession()
{
    const TimeSpan range = m_scene.geometry.range();
    const Nanoseconds behind = m_model->session()->last - range.last;
    if (m_live && m_atEnd && behind.count() >= 0 && !m_held)
        setRange(m_scene.geometry.panned(behind + range.length() / FollowParts, whole()), false);
}

void TimelineViewport::setRange(TimeSpan range, bool isWhole)
{
    m_showsWhole = isWhole;
    m_scene.geometry.setRange(range);
    m_atEnd = range.last >= m_model->session()->last;
    m_model->show(range, m_scene.geometry.columns());
    updateHeights();
}

void TimelineViewport::updateHeights()
{
    m_scene.heights = TimelinePainter::heightsFor(m_scene, m_scale);
    Q_EMIT changed();
}

void TimelineViewport::setPlace(double left, double width)
{
    m_scene.geometry.setPlace(left, width);
    takeModel();
    if (!isEmpty())
        setRange(m_showsWhole ? whole() : m_scene.geometry.range(), m_showsWhole);
}

void TimelineViewport::setUnit(TimelineUnit unit)
{
    m_scene.unit = unit;
    m_scene.heights = {};
    updateHeights();
}

void TimelineViewport::setScale(TimelineScale scale)
{
    m_scale = scale;
    m_scene.heights = {};
    updateHeights();
}

void TimelineViewport::setSelection(const std::optional<TimeSpan> &range)
{
    if (m_scene.selection == range)
        return;
    m_scene.selection = range;
    Q_EMIT changed();
}

void TimelineViewport::setVisiblePart(const std::optional<TimeSpan> &part)
{
    if (m_scene.visible == part)
        return;
    m_scene.visible = part;
    Q_EMIT changed();
}

void TimelineViewport::setRates(const std::optional<TimelineRates> &rates)
{
    if (rates == m_scene.now)
        return;
    m_scene.now = rates;
    Q_EMIT changed();
}

void TimelineViewport::setPointed(const std::optional<TimeSpan> &bucket, bool onCross)
{
    m_scene.pointed = bucket;
    m_scene.isCrossHovered = onCross;
    Q_EMIT changed();
}

void TimelineViewport::setFocus(bool focus)
{
    m_scene.hasFocus = focus;
    Q_EMIT changed();
}

TimeSpan TimelineViewport::whole() const
{
    return m_scene.geometry.whole(*m_model->session(), m_live);
}

void TimelineViewport::showWhole()
{
    if (!isEmpty())
        setRange(whole(), true);
}

void TimelineViewport::showVisiblePart()
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

void TimelineViewport::showRange(TimeSpan range)
{
    if (!isEmpty())
        setRange(range, false);
}

void TimelineViewport::zoom(double factor, Timestamp about)
{
    if (isEmpty())
        return;
    const TimeSpan limits = whole();
    const TimeSpan range = m_scene.geometry.zoomed(factor, about, limits);
    setRange(range, range == limits);
}

void TimelineViewport::pan(Nanoseconds by)
{
    if (!isEmpty() && !m_showsWhole)
        setRange(m_scene.geometry.panned(by, whole()), false);
}

} // namespace sockeye
