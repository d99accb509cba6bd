#include "widgets/timeline/Sparkline.h"

#include "widgets/style/Theme.h"
#include "widgets/timeline/Timeline.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <chrono>
#include <utility>

namespace sockeye {
namespace {

constexpr std::chrono::seconds AgingStep{1};
/// A pixel for each second that a live connection's history has.
constexpr int BarsWidth = RateHistory::Seconds;
/// Between the bars and the line around.
constexpr int FrameRoom = 2;

double highest(const QList<MessageRate> &rates)
{
    double most = 0;
    for (const MessageRate &rate : rates)
        most = std::max(most, rate.sum());
    return most;
}

QString perSecond(double rate)
{
    return TimelinePainter::rateText(rate, TimelineUnit::Messages);
}

} // namespace

Sparkline::Sparkline(std::function<SparklineData()> source, QWidget *parent)
    : QAbstractButton(parent)
    , m_source(std::move(source))
{
    setAccessibleName(tr("Messages per second"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    // A click takes the keyboard from nobody.
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    m_aging.setInterval(AgingStep);
    connect(&m_aging, &QTimer::timeout, this, &Sparkline::refresh);
}

SparklineData Sparkline::ofTimeline(const Timeline &timeline)
{
    const TimelineScene &scene = timeline.scene();
    SparklineData data;
    data.stretch = timeline.showsWholeSession() ? tr("the session") : tr("the part of the session in the timeline");
    if (!scene.hasBuckets())
        return data;
    const TimeSpan range = scene.geometry.range();
    const Nanoseconds column = range.length() / Columns;
    if (column.count() <= 0)
        return data;
    data.rates.resize(Columns);
    for (const TimelineBucket &bucket : scene.buckets->list) {
        if (bucket.start + scene.buckets->width <= range.first || bucket.start >= range.last)
            continue;
        const qint64 place = std::clamp<qint64>((bucket.start - range.first) / column, 0, Columns - 1);
        data.rates[place].in += TimelinePainter::rate(bucket.inCount, column);
        data.rates[place].out += TimelinePainter::rate(bucket.outCount, column);
    }
    return data;
}

void Sparkline::refresh()
{
    if (!isVisible())
        return;
    SparklineData data = m_source();
    if (data.now && highest(data.rates) > 0)
        m_aging.start();
    else
        m_aging.stop();
    if (data == m_data)
        return;
    m_data = std::move(data);
    const QString words = sentence();
    setAccessibleDescription(words);
    setToolTip(tr("%1. A click shows the timeline (Ctrl+Shift+L)").arg(words));
    update();
}

/// "Messages per second in the last 120 s: now 50/s in and 2/s out, at most 120/s"
QString Sparkline::sentence() const
{
    const double most = highest(m_data.rates);
    if (!m_data.now)
        return most > 0 ? tr("Messages per second in %1: at most %2").arg(m_data.stretch, perSecond(most))
                        : tr("No messages in %1").arg(m_data.stretch);
    return tr("Messages per second in %1: now %2 in and %3 out, at most %4")
        .arg(m_data.stretch, perSecond(m_data.now->in), perSecond(m_data.now->out), perSecond(most));
}

int Sparkline::figureWidth() const
{
    // The same for all that can stand there, so that the bars do not move.
    return QFontMetrics(TimelinePainter::labelFont(font())).horizontalAdvance(perSecond(88'888)) + theme::Gap / 2;
}

QSize Sparkline::sizeHint() const
{
    return {BarsWidth + 2 * FrameRoom + figureWidth(), fontMetrics().height() + FrameRoom};
}

void Sparkline::paintEvent(QPaintEvent *)
{
    // An empty frame would say nothing; where the user is, the way to the timeline is shown all the same.
    const bool hasBars =
        std::any_of(m_data.rates.cbegin(), m_data.rates.cend(), [](const MessageRate &rate) { return rate.sum() > 0; });
    if (!hasBars && !m_data.now && !hasFocus() && !underMouse())
        return;
    const ThemeColors &colors = theme::colors(palette());
    QPainter painter(this);
    const QRect bars(0, 0, BarsWidth + 2 * FrameRoom, height());
    painter.setPen(hasFocus() ? colors.accent : colors.line);
    painter.setBrush(underMouse() ? colors.hover : colors.base);
    painter.drawRect(bars.adjusted(0, 0, -1, -1));
    paintBars(painter, bars.adjusted(FrameRoom, FrameRoom, -FrameRoom, -FrameRoom));
    if (!m_data.now)
        return;
    painter.setFont(TimelinePainter::labelFont(font()));
    painter.setPen(colors.text);
    painter.drawText(rect().adjusted(bars.width(), 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter,
                     perSecond(m_data.now->sum()));
}

void Sparkline::paintBars(QPainter &painter, const QRect &place) const
{
    const double most = highest(m_data.rates);
    if (most <= 0)
        return;
    const ThemeColors &colors = theme::colors(palette());
    const QColor received = TimelinePainter::barColor(colors.received, colors);
    const QColor sent = TimelinePainter::barColor(colors.sent, colors);
    const auto tall = [most, &place](double rate) {
        // At least one pixel, so that it can be seen.
        return rate > 0 ? std::max(1, qRound(rate / most * place.height())) : 0;
    };
    const int count = static_cast<int>(m_data.rates.size());
    for (int i = 0; i < count; ++i) {
        const int left = place.left() + i * place.width() / count;
        const int right = place.left() + (i + 1) * place.width() / count;
        const MessageRate &rate = m_data.rates.at(i);
        const int out = std::min(tall(rate.out), place.height());
        const int in = std::min(tall(rate.in), place.height() - out);
        painter.fillRect(left, place.bottom() + 1 - in, right - left, in, received);
        painter.fillRect(left, place.bottom() + 1 - in - out, right - left, out, sent);
    }
}

void Sparkline::showEvent(QShowEvent *event)
{
    QAbstractButton::showEvent(event);
    refresh();
}

void Sparkline::hideEvent(QHideEvent *event)
{
    QAbstractButton::hideEvent(event);
    m_aging.stop();
}

void Sparkline::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
}

} // namespace sockeye
