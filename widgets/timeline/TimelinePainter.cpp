#include "widgets/timeline/TimelinePainter.h"

#include "base/Units.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <vector>

namespace sockeye {

namespace {

constexpr int MarksHeight = 7;
constexpr int BarsHeight = 36;
/// The part of the bars above the middle line: usually more is received than sent.
constexpr double InShare = 0.62;
constexpr double Corner = 4;
constexpr double CrossSize = 14;
/// Narrower strips have all their room for the bars.
constexpr int LeastWidthForLabels = 360;
/// The parts of the height at which a line says what it means; the other line is where it is nothing.
constexpr double TopLine = 1;
constexpr double MiddleLine = 0.5;
/// A bar that is so many times the median is a spike; below the second number it is one no more.
constexpr double SpikeFrom = 24;
constexpr double SpikeUntil = 12;

QColor withAlpha(QColor color, int alpha)
{
    color.setAlpha(alpha);
    return color;
}

/// 1, 2 or 5 times a power of ten, not less than the value.
double roundUp(double value)
{
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (value <= step * power * (1 + 1e-9))
            return step * power;
    }
    return 10 * power;
}

qint64 amountIn(const TimelineBucket &bucket, TimelineUnit unit)
{
    return unit == TimelineUnit::Messages ? bucket.inCount : bucket.inBytes;
}

qint64 amountOut(const TimelineBucket &bucket, TimelineUnit unit)
{
    return unit == TimelineUnit::Messages ? bucket.outCount : bucket.outBytes;
}

/// A shape for each kind of event, so that colour is not all there is: up for opened, a bar for closed, down for
/// an interruption (its outline) or a failure.
QPainterPath shapeOf(EventKind kind, QPointF top)
{
    constexpr double Half = 3.5;
    constexpr double Tall = 6;
    QPainterPath path;
    switch (kind) {
    case EventKind::Open:
        path.moveTo(top + QPointF(0, 0));
        path.lineTo(top + QPointF(Half, Tall));
        path.lineTo(top + QPointF(-Half, Tall));
        path.closeSubpath();
        break;
    case EventKind::Closed:
        path.addRect(QRectF(top + QPointF(-Half + 1, 0.5), QSizeF(2 * Half - 2, Tall - 1)));
        break;
    default:
        path.moveTo(top + QPointF(-Half, 0));
        path.lineTo(top + QPointF(Half, 0));
        path.lineTo(top + QPointF(0, Tall));
        path.closeSubpath();
        break;
    }
    return path;
}

} // namespace

QFont TimelinePainter::labelFont(const QFont &font)
{
    QFont small = font;
    if (font.pointSizeF() > 0)
        small.setPointSizeF(font.pointSizeF() * 0.8);
    else
        small.setPixelSize(qRound(font.pixelSize() * 0.8));
    return small;
}

int TimelinePainter::height(const QFont &font)
{
    return 2 + MarksHeight + BarsHeight + int(std::ceil(QFontMetricsF(labelFont(font)).height())) + 2;
}

TimelinePainter::Places TimelinePainter::places(const QRect &rect, const QFont &font)
{
    const QRectF inside = QRectF(rect).adjusted(1, 2, -1, -1);
    const QFontMetricsF metrics(labelFont(font));
    const double labels = std::ceil(metrics.height());
    // The same for all that can stand there, so that the bars do not move.
    const bool hasRoom = rect.width() >= LeastWidthForLabels;
    const double beside = hasRoom ? std::ceil(metrics.horizontalAdvance(QStringLiteral("000.0 MB/s"))) + theme::Gap : 0;
    const double behind =
        hasRoom ? std::ceil(metrics.horizontalAdvance(tr("out %1").arg(QStringLiteral("000.0 MB/s")))) + theme::Gap : 0;
    Places places;
    places.plot = inside.adjusted(beside, 0, -behind, -labels);
    places.scale = QRectF(inside.topLeft(), QSizeF(beside, places.plot.height()));
    places.now = QRectF(QPointF(places.plot.right(), inside.top()), QSizeF(behind, places.plot.height()));
    places.marks = QRectF(places.plot.topLeft(), QSizeF(places.plot.width(), MarksHeight));
    const QRectF bars = places.plot.adjusted(0, MarksHeight, 0, 0);
    const double middle = std::round(bars.top() + bars.height() * InShare);
    places.in = QRectF(bars.topLeft(), QPointF(bars.right(), middle));
    places.out = QRectF(QPointF(bars.left(), middle + 1), bars.bottomRight());
    places.axis = QRectF(QPointF(places.plot.left(), places.plot.bottom()),
                         QPointF(places.plot.right(), inside.bottom()));
    return places;
}

QRectF TimelinePainter::crossPlace(const TimelineScene &scene, const Places &places)
{
    if (!scene.selection || scene.geometry.isEmpty())
        return {};
    const double left = scene.geometry.xOf(scene.selection->first);
    const double right = scene.geometry.xOf(scene.selection->last);
    const QRectF plot = places.plot;
    if (right < plot.left() || left > plot.right())
        return {};
    // Inside the range if there is room, else right beside it.
    double x = std::min(right, plot.right()) - CrossSize - 1;
    if (x < left)
        x = right + 2 + CrossSize < plot.right() ? right + 2 : left - CrossSize - 2;
    return QRectF(x, plot.top() + 1, CrossSize, CrossSize);
}

QColor TimelinePainter::barColor(const QColor &direction, const ThemeColors &colors)
{
    const auto mix = [](int bar, int base) { return (bar * 4 + base) / 5; };
    return QColor(mix(direction.red(), colors.base.red()), mix(direction.green(), colors.base.green()),
                  mix(direction.blue(), colors.base.blue()));
}

double TimelinePainter::rate(qint64 amount, Nanoseconds width)
{
    return width.count() > 0 ? double(amount) * 1e9 / double(width.count()) : 0;
}

QString TimelinePainter::rateText(double rate, TimelineUnit unit)
{
    if (unit == TimelineUnit::Bytes)
        return tr("%1/s").arg(sizeText(qint64(std::llround(rate))));
    if (rate > 0 && rate < 9.95)
        return tr("%1/s").arg(QLocale().toString(rate, 'g', 2));
    return tr("%1/s").arg(countText(qint64(std::llround(rate))));
}

TimelineHeights TimelinePainter::heightsFor(const TimelineScene &scene, TimelineScale scale)
{
    if (!scene.buckets || scene.geometry.isEmpty())
        return {};
    const TimeSpan range = scene.geometry.range();
    const Nanoseconds width = scene.buckets->width;
    double maxIn = 0;
    double maxOut = 0;
    std::vector<double> all;
    for (const TimelineBucket &bucket : scene.buckets->list) {
        if (bucket.start + width <= range.first || bucket.start >= range.last)
            continue;
        const double in = rate(amountIn(bucket, scene.unit), width);
        const double out = rate(amountOut(bucket, scene.unit), width);
        maxIn = std::max(maxIn, in);
        maxOut = std::max(maxOut, out);
        if (in + out > 0)
            all.push_back(std::max(in, out));
    }
    if (all.empty())
        return {0, scene.heights.squareRoot};
    TimelineHeights heights;
    heights.squareRoot = scale == TimelineScale::SquareRoot;
    if (scale == TimelineScale::Automatic) {
        const auto middle = all.begin() + std::ptrdiff_t(all.size() / 2);
        std::nth_element(all.begin(), middle, all.end());
        const double spike = scene.heights.squareRoot ? SpikeUntil : SpikeFrom;
        heights.squareRoot = std::max(maxIn, maxOut) > *middle * spike;
    }
    // Sent messages have less room, and must fit as well.
    const double ratio = InShare / (1 - InShare);
    heights.top = roundUp(std::max(maxIn, maxOut * (heights.squareRoot ? ratio * ratio : ratio)));
    return heights;
}

TimelinePainter::TimelinePainter(QPainter &painter, const ThemeColors &colors, const QFont &font, const QRect &rect)
    : m_painter(painter)
    , m_colors(colors)
    , m_font(labelFont(font))
    , m_rect(rect)
    , m_places(places(rect, font))
{
}

void TimelinePainter::paint(const TimelineScene &scene)
{
    paintFrame(scene.hasFocus);
    m_painter.save();
    // Beside the bars there are labels.
    m_painter.setClipRect(m_places.plot.adjusted(0, -1, 0, 0));
    if (!scene.geometry.isEmpty()) {
        if (scene.visible)
            paintSpan(scene, *scene.visible, m_colors.pressed);
        if (scene.selection)
            paintSpan(scene, *scene.selection, withAlpha(m_colors.selectedText, 140));
        if (scene.pointed)
            paintSpan(scene, *scene.pointed, withAlpha(m_colors.dimText, 40));
    }
    const double middle = m_places.in.bottom();
    if (!scene.geometry.isEmpty())
        paintGrid(scene);
    m_painter.fillRect(QRectF(m_places.plot.left(), middle, m_places.plot.width(), 1), m_colors.line);
    if (!scene.geometry.isEmpty()) {
        paintBars(scene);
        paintMarks(scene);
        paintSelection(scene);
    }
    m_painter.restore();
    if (!scene.geometry.isEmpty()) {
        paintAxis(scene);
        paintScale(scene);
    }
    paintRates(scene);
}

void TimelinePainter::paintFrame(bool hasFocus)
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(hasFocus ? m_colors.accent : m_colors.line);
    m_painter.setBrush(m_colors.base);
    m_painter.drawRoundedRect(QRectF(m_rect).adjusted(0.5, 0.5, -0.5, -0.5), Corner, Corner);
    m_painter.restore();
}

void TimelinePainter::paintSpan(const TimelineScene &scene, TimeSpan span, const QColor &color)
{
    const TimeSpan range = scene.geometry.range();
    if (span.last < range.first || span.first > range.last)
        return;
    const double left = std::max(scene.geometry.xOf(span.first), m_places.plot.left());
    // At least two pixels, so that it can be seen.
    const double right = std::max(std::min(scene.geometry.xOf(span.last), m_places.plot.right()), left + 2);
    m_painter.fillRect(QRectF(left, m_places.plot.top(), right - left, m_places.plot.height()), color);
}

void TimelinePainter::paintBars(const TimelineScene &scene)
{
    if (!scene.buckets)
        return;
    const Nanoseconds width = scene.buckets->width;
    const TimeSpan range = scene.geometry.range();
    const QColor received = barColor(m_colors.received, m_colors);
    const QColor sent = barColor(m_colors.sent, m_colors);
    for (const TimelineBucket &bucket : scene.buckets->list) {
        if (bucket.start + width <= range.first || bucket.start >= range.last)
            continue;
        const double left = std::round(scene.geometry.xOf(bucket.start));
        const double right = std::round(scene.geometry.xOf(bucket.start + width));
        const double wide = std::max(right - left - (right - left > 3 ? 1 : 0), 1.0);
        const auto tall = [&scene, width, this](qint64 amount) {
            const double share = scene.heights.share(rate(amount, width));
            // At least one pixel, so that it can be seen.
            return amount > 0 ? std::max(std::round(share * m_places.in.height()), 1.0) : 0.0;
        };
        const double in = tall(amountIn(bucket, scene.unit));
        const double out = std::min(tall(amountOut(bucket, scene.unit)), m_places.out.height());
        m_painter.fillRect(QRectF(left, m_places.in.bottom() - in, wide, in), received);
        m_painter.fillRect(QRectF(left, m_places.out.top(), wide, out), sent);
    }
}

void TimelinePainter::paintMarks(const TimelineScene &scene)
{
    if (!scene.marks)
        return;
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    double before = -1;
    EventKind kindBefore = EventKind::None;
    for (const TimelineMark &mark : *scene.marks) {
        const double x = std::round(scene.geometry.xOf(mark.time)) + 0.5;
        // Marks of one kind on the same pixel are drawn once.
        if (x < m_places.plot.left() || x > m_places.plot.right() || (x < before + 1 && mark.kind == kindBefore))
            continue;
        before = x;
        kindBefore = mark.kind;
        const QColor color =
            mark.kind == EventKind::Open ? m_colors.ok : theme::severityColor(mark.severity, m_colors);
        m_painter.fillRect(QRectF(x - 0.5, m_places.plot.top(), 1, m_places.plot.height()), withAlpha(color, 90));
        paintMark(mark, QPointF(x, m_places.marks.top()), color);
    }
    m_painter.restore();
}

/// What is amber is an outline, as the triangle before an entry: full is red.
void TimelinePainter::paintMark(const TimelineMark &mark, QPointF top, const QColor &color)
{
    const bool isInterrupted = mark.kind != EventKind::Open && mark.severity == Severity::Warning;
    const QPainterPath shape = shapeOf(isInterrupted ? EventKind::Broken : mark.kind, top);
    m_painter.fillPath(shape, isInterrupted ? m_colors.base : color);
    if (isInterrupted)
        m_painter.strokePath(shape, QPen(color, 1.2));
}

void TimelinePainter::paintAxis(const TimelineScene &scene)
{
    m_painter.setFont(m_font);
    const QFontMetricsF metrics(m_font);
    const double distance = metrics.horizontalAdvance(QStringLiteral("00:00:00.000")) * 1.6;
    double free = m_places.axis.left() + 3;
    for (const TimelineTick &tick : scene.geometry.ticks(distance)) {
        const double x = std::round(scene.geometry.xOf(tick.time));
        m_painter.fillRect(QRectF(x, m_places.axis.top(), 1, 3), m_colors.line);
        const double wide = metrics.horizontalAdvance(tick.text);
        const double left = std::max(x - wide / 2, m_places.axis.left() + 3);
        if (left < free || left + wide > m_places.axis.right() - 3)
            continue;
        m_painter.setPen(m_colors.dimText);
        m_painter.drawText(QPointF(left, m_places.axis.top() + metrics.ascent()), tick.text);
        free = left + wide + theme::Gap;
    }
}

/// Two lines behind the bars: the height of the scale's top, and half of it.
void TimelinePainter::paintGrid(const TimelineScene &scene)
{
    if (scene.heights.top <= 0)
        return;
    for (const double share : {TopLine, MiddleLine})
        m_painter.fillRect(QRectF(m_places.plot.left(), lineAt(share), m_places.plot.width(), 1),
                           withAlpha(m_colors.line, 160));
}

double TimelinePainter::lineAt(double share) const
{
    return std::round(m_places.in.bottom() - share * m_places.in.height());
}

/// Says what the lines mean, left of them. There is room for both where the bars are high enough.
void TimelinePainter::paintScale(const TimelineScene &scene)
{
    if (scene.heights.top <= 0 || m_places.scale.isEmpty())
        return;
    const double tall = QFontMetricsF(m_font).height();
    const auto label = [&](double share, const QString &text) {
        const QRectF place(m_places.scale.left(), lineAt(share) - tall / 2, m_places.scale.width() - theme::Gap / 2,
                           tall);
        paintLabel(place, text, Qt::AlignRight);
    };
    label(TopLine, rateText(scene.heights.top, scene.unit));
    // Half the height is a quarter of the rate where heights are square roots.
    const double middle = scene.heights.squareRoot ? MiddleLine * MiddleLine : MiddleLine;
    if (lineAt(MiddleLine) - lineAt(TopLine) >= tall * 0.8)
        label(MiddleLine, rateText(scene.heights.top * middle, scene.unit));
    if (scene.heights.squareRoot)
        paintLabel(QRectF(m_places.scale.left(), m_places.out.top(), m_places.scale.width() - theme::Gap / 2, tall),
                   tr("√ scale"), Qt::AlignRight);
}

/// The rates of the last second, each beside the bars of its direction.
void TimelinePainter::paintRates(const TimelineScene &scene)
{
    if (!scene.now || m_places.now.isEmpty())
        return;
    const bool isBytes = scene.unit == TimelineUnit::Bytes;
    const double tall = QFontMetricsF(m_font).height();
    const auto label = [&](double middle, const QString &text, qint64 rate) {
        paintLabel(QRectF(m_places.now.left() + theme::Gap / 2, middle - tall / 2,
                          m_places.now.width() - theme::Gap / 2, tall),
                   text.arg(rateText(double(rate), scene.unit)), Qt::AlignLeft);
    };
    label(m_places.in.center().y(), tr("in %1"), isBytes ? scene.now->bytesIn : scene.now->messagesIn);
    label(m_places.out.center().y(), tr("out %1"), isBytes ? scene.now->bytesOut : scene.now->messagesOut);
}

void TimelinePainter::paintLabel(const QRectF &place, const QString &text, Qt::Alignment alignment)
{
    m_painter.setFont(m_font);
    m_painter.setPen(m_colors.dimText);
    m_painter.drawText(place, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, text);
}

/// Paints the edges of the selection and the cross that clears it.
void TimelinePainter::paintSelection(const TimelineScene &scene)
{
    if (!scene.selection)
        return;
    for (const Timestamp edge : {scene.selection->first, scene.selection->last})
        m_painter.fillRect(QRectF(std::round(scene.geometry.xOf(edge)), m_places.plot.top(), 1, m_places.plot.height()),
                           m_colors.accent);
    const QRectF cross = crossPlace(scene, m_places);
    if (cross.isEmpty())
        return;
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(scene.isCrossHovered ? m_colors.hover : m_colors.base);
    m_painter.drawRoundedRect(cross, 3, 3);
    m_painter.setPen(QPen(m_colors.text, 1.2));
    const QRectF lines = cross.adjusted(4, 4, -4, -4);
    m_painter.drawLine(lines.topLeft(), lines.bottomRight());
    m_painter.drawLine(lines.topRight(), lines.bottomLeft());
    m_painter.restore();
}

} // namespace sockeye
