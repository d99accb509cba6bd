#include "widgets/plot/PlotView.h"

#include "plot/TimeAxis.h"
#include "widgets/plot/PlotPainter.h"
#include "widgets/plot/PlotViewAccessible.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;

namespace sockeye {

namespace {

constexpr double WheelZoom = 1.25;
constexpr double KeyZoom = 2;
constexpr double WheelNotch = 120;
/// The part of the range that a step pans by.
constexpr double PanShare = 0.125;
/// The pointer reads what is so many pixels away.
constexpr int ReadReach = 16;
constexpr int LongStep = 20;
constexpr Nanoseconds ShortestRange{1000};

double nsOf(Nanoseconds duration)
{
    return static_cast<double>(duration.count());
}

} // namespace

PlotView::PlotView(QWidget *parent)
    : QWidget(parent)
{
    installPlotViewAccessible();
    setAccessibleName(tr("Plot"));
    setAccessibleDescription(tr("Arrow keys go from value to value, Return shows the value's entry, + and - zoom, "
                                "Shift with the arrow keys pans, Home shows all"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

PlotView::~PlotView() = default;

QFont PlotView::labelFont() const
{
    return plotpainter::labelFont(font());
}

int PlotView::columns() const
{
    return std::max(static_cast<int>(m_scene.lines.empty() ? width() : m_layout.plot().width()), 1);
}

void PlotView::setScene(const PlotScene &scene, const std::optional<TimeSpan> &whole)
{
    const std::optional<Mark> before = m_mark;
    m_scene = scene;
    m_whole = whole;
    m_drawnColumns.clear();
    for (int column = 0; column < m_scene.columnCount(); ++column) {
        if (m_scene.isDrawn(column))
            m_drawnColumns.push_back(column);
    }
    layOut();
    m_mark.reset();
    if (before && before->point.time >= scene.range.first && before->point.time <= scene.range.last) {
        // The same value, or what has its place now.
        const int column = m_layout.columnAt(m_layout.xOf(before->point.time));
        for (const Mark &mark : marksIn(column)) {
            if (!m_mark || (mark.line == before->line && mark.point == before->point))
                m_mark = mark;
        }
    }
    update();
    plotViewChanged(*this);
}

void PlotView::layOut()
{
    m_layout = PlotLayout(m_scene, QSizeF(size()), plotpainter::measureOf(labelFont()));
    m_picture = QPixmap();
}

void PlotView::setRange(const std::optional<TimeSpan> &range)
{
    if (range == m_range)
        return;
    m_range = range;
    Q_EMIT sceneWanted();
}

PlotDrawing PlotView::drawing() const
{
    return m_layout.drawing(m_scene, plotpainter::measureOf(labelFont()));
}

// What the cross reads

/// Each value that is drawn in the column, from the top down.
std::vector<PlotView::Mark> PlotView::marksIn(int column) const
{
    std::vector<Mark> marks;
    for (size_t line = 0; line < m_scene.lines.size(); ++line) {
        const auto &columns = m_scene.lines[line].columns;
        // The cross stands on what is drawn only.
        if (!m_layout.laneOf(m_scene.lines[line].field.unit()))
            continue;
        if (column < 0 || static_cast<size_t>(column) >= columns.size())
            continue;
        const PlotColumn &values = columns[static_cast<size_t>(column)];
        if (values.isEmpty())
            continue;
        const size_t begin = marks.size();
        for (const PlotPoint &point : {values.highest, values.first, values.last, values.lowest}) {
            const auto isThere = [&point](const Mark &mark) { return mark.point == point; };
            if (std::none_of(marks.begin() + std::ptrdiff_t(begin), marks.end(), isThere))
                marks.push_back({line, column, point});
        }
    }
    const auto y = [this](const Mark &mark) {
        return m_layout.pointOf(mark.point, m_scene.lines[mark.line].field.unit()).y();
    };
    std::stable_sort(marks.begin(), marks.end(), [&y](const Mark &a, const Mark &b) { return y(a) < y(b); });
    return marks;
}

void PlotView::markNear(QPointF place)
{
    std::optional<Mark> nearest;
    double least = 0;
    const std::optional<int> column =
        m_layout.plot().contains(place) ? m_scene.drawnNear(m_layout.columnAt(place.x()), ReadReach) : std::nullopt;
    for (const Mark &mark : column ? marksIn(*column) : std::vector<Mark>()) {
        const QPointF away = m_layout.pointOf(mark.point, m_scene.lines[mark.line].field.unit()) - place;
        const double distance = std::hypot(away.x(), away.y());
        if (!nearest || distance < least) {
            nearest = mark;
            least = distance;
        }
    }
    m_isMarkedByKeys = false;
    setMark(nearest);
}

void PlotView::setMark(const std::optional<Mark> &mark)
{
    m_mark = mark;
    update();
    if (mark && m_isMarkedByKeys)
        plotViewMarked(*this);
}

void PlotView::moveMark(bool forward, int columns)
{
    std::optional<int> column;
    if (!m_mark) {
        column = m_scene.drawnBeyond(forward ? -1 : m_scene.columnCount(), forward);
    } else {
        column = m_mark->column;
        for (int step = 0; step < columns; ++step)
            column = m_scene.drawnBeyond(*column, forward).value_or(*column);
    }
    if (!column)
        return;
    const std::vector<Mark> marks = marksIn(*column);
    if (marks.empty())
        return;
    const auto isSameLine = [this](const Mark &mark) { return m_mark && mark.line == m_mark->line; };
    const auto same = std::find_if(marks.begin(), marks.end(), isSameLine);
    m_isMarkedByKeys = true;
    setMark(same == marks.end() ? marks.front() : *same);
}

void PlotView::moveMarkUp(bool up)
{
    if (!m_mark)
        return moveMark(false, 1);
    const std::vector<Mark> marks = marksIn(m_mark->column);
    const auto current = std::find_if(marks.begin(), marks.end(), [this](const Mark &mark) {
        return mark.line == m_mark->line && mark.point == m_mark->point;
    });
    if (current == marks.end() || (up ? current == marks.begin() : current + 1 == marks.end()))
        return;
    m_isMarkedByKeys = true;
    setMark(up ? *(current - 1) : *(current + 1));
}

QString PlotView::cellText(int column, size_t line) const
{
    if (line >= m_scene.lines.size())
        return {};
    const PlotLine &one = m_scene.lines[line];
    const auto index = static_cast<size_t>(column);
    return column >= 0 && index < one.columns.size() ? PlotScene::valueText(one.columns[index], one.field.unit())
                                                     : QString();
}

QString PlotView::timeText(int column) const
{
    const Nanoseconds length = m_scene.range.last - m_scene.range.first;
    const Nanoseconds step = length / std::max(m_scene.columnCount(), 1);
    return timeaxis::dateText(m_scene.timeOf(column), std::min<Nanoseconds>(step, 1s));
}

QStringList PlotView::readOut() const
{
    if (!m_mark)
        return {};
    const PlotLine &marked = m_scene.lines[m_mark->line];
    QString value = plotunit::text(m_mark->point.value, marked.field.unit());
    if (marked.columns[static_cast<size_t>(m_mark->column)].count > 1)
        value = tr("%1 · %2").arg(value, cellText(m_mark->column, m_mark->line));
    QStringList lines{
        tr("%1 · entry %2").arg(timeaxis::dateText(m_mark->point.time, 1ms)).arg(m_mark->point.entry.value()),
        tr("%1: %2").arg(marked.field.name(), value)};
    // What else has its place in these pixels.
    for (size_t line = 0; line < m_scene.lines.size(); ++line) {
        const PlotColumn &column = m_scene.lines[line].columns[static_cast<size_t>(m_mark->column)];
        if (!column.isEmpty() && line != m_mark->line)
            lines += tr("%1: %2").arg(m_scene.lines[line].field.name(), cellText(m_mark->column, line));
    }
    return lines;
}

// Painting

void PlotView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const ThemeColors &colors = theme::colors(palette());
    if (m_picture.isNull()) {
        m_picture = QPixmap(size() * devicePixelRatioF());
        m_picture.setDevicePixelRatio(devicePixelRatioF());
        m_picture.fill(colors.base);
        QPainter picture(&m_picture);
        plotpainter::paint(picture, drawing(), colors, labelFont());
    }
    painter.drawPixmap(0, 0, m_picture);
    if (m_pressed && m_draggedTo) {
        QColor tint = colors.selectedText;
        tint.setAlpha(140);
        const QRectF &plot = m_layout.plot();
        const double left = std::clamp(std::min(m_pressed->x(), *m_draggedTo), plot.left(), plot.right());
        const double right = std::clamp(std::max(m_pressed->x(), *m_draggedTo), plot.left(), plot.right());
        painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), tint);
    } else if (m_mark) {
        paintMark(painter);
        paintReadOut(painter);
    }
    if (hasFocus()) {
        painter.setPen(colors.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void PlotView::paintMark(QPainter &painter) const
{
    const ThemeColors &colors = theme::colors(palette());
    const PlotLine &line = m_scene.lines[m_mark->line];
    const QPointF at = m_layout.pointOf(m_mark->point, line.field.unit());
    painter.fillRect(QRectF(std::round(at.x()), m_layout.plot().top(), 1, m_layout.plot().height()), colors.dimText);
    if (const PlotLayout::Lane *lane = m_layout.laneOf(line.field.unit()))
        painter.fillRect(QRectF(lane->place.left(), std::round(at.y()), lane->place.width(), 1), colors.dimText);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    constexpr double Reach = 5;
    painter.setBrush(colors.base);
    painter.setPen(QPen(plotpainter::colorOf(colors, PlotInk::Line, line.style), 2));
    painter.drawEllipse(at, Reach, Reach);
    painter.restore();
}

void PlotView::paintReadOut(QPainter &painter) const
{
    const ThemeColors &colors = theme::colors(palette());
    const QFontMetricsF metrics(labelFont());
    // A name from outside may be of any length.
    QStringList lines = readOut();
    double wide = 0;
    for (QString &line : lines) {
        line = metrics.elidedText(line, Qt::ElideMiddle, std::max(width() * 0.6, 80.0));
        wide = std::max(wide, metrics.horizontalAdvance(line));
    }
    const QSizeF box(wide + 2 * theme::Gap, metrics.height() * double(lines.size()) + theme::Gap);
    const QPointF at = m_layout.pointOf(m_mark->point, m_scene.lines[m_mark->line].field.unit());
    double x = at.x() + theme::Gap * 1.5;
    if (x + box.width() > width())
        x = std::max(at.x() - theme::Gap * 1.5 - box.width(), 0.0);
    const double y = std::clamp(at.y() - box.height() - theme::Gap, 0.0, std::max(height() - box.height(), 0.0));
    const QRectF place(QPointF(x, y), box);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.line);
    painter.setBrush(colors.base);
    painter.drawRoundedRect(place, 4, 4);
    painter.setFont(labelFont());
    double baseline = place.top() + theme::Gap / 2.0 + metrics.ascent();
    for (qsizetype i = 0; i < lines.size(); ++i, baseline += metrics.height()) {
        painter.setPen(i == 1 ? colors.text : colors.dimText);
        painter.drawText(QPointF(place.left() + theme::Gap, baseline), lines[i]);
    }
    painter.restore();
}

void PlotView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
    Q_EMIT sceneWanted();
}

void PlotView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::StyleChange:
    case QEvent::PaletteChange:
        layOut();
        update();
        break;
    default:
        break;
    }
}

// The range

TimeSpan PlotView::shown() const
{
    return m_range.value_or(m_scene.range);
}

void PlotView::zoom(double factor, Timestamp about)
{
    if (!m_whole)
        return;
    const TimeSpan range = shown();
    const Nanoseconds whole = m_whole->last - m_whole->first;
    const double length = std::max(nsOf(range.last - range.first) * factor, nsOf(ShortestRange));
    if (length >= nsOf(whole))
        return setRange(std::nullopt);
    const double before = timeaxis::shareOf(about, range) * length;
    const Timestamp first = std::clamp(about - Nanoseconds(static_cast<qint64>(before)), m_whole->first,
                                       m_whole->last - Nanoseconds(static_cast<qint64>(length)));
    setRange(TimeSpan{first, first + Nanoseconds(static_cast<qint64>(length))});
}

void PlotView::pan(double share)
{
    // All of it cannot go anywhere.
    if (!m_whole || !m_range)
        return;
    const Nanoseconds length = m_range->last - m_range->first;
    const Nanoseconds by(static_cast<qint64>(nsOf(length) * share));
    const Timestamp first =
        std::clamp(m_range->first + by, m_whole->first, std::max(m_whole->first, m_whole->last - length));
    setRange(TimeSpan{first, first + length});
}

// The pointer

void PlotView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    m_pressed = event->position();
    m_draggedTo.reset();
}

void PlotView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_pressed)
        return markNear(event->position());
    const double x = event->position().x();
    if (m_draggedTo || std::abs(x - m_pressed->x()) >= QApplication::startDragDistance()) {
        m_draggedTo = x;
        update();
    }
}

void PlotView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressed)
        return QWidget::mouseReleaseEvent(event);
    const QPointF from = *m_pressed;
    const std::optional<double> to = m_draggedTo;
    m_pressed.reset();
    m_draggedTo.reset();
    update();
    if (!to) {
        markNear(event->position());
        return activate();
    }
    const Timestamp first = m_layout.timeAt(std::min(from.x(), *to));
    const Timestamp last = m_layout.timeAt(std::max(from.x(), *to));
    if (m_whole && last - first >= ShortestRange)
        setRange(TimeSpan{first, last});
}

void PlotView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setRange(std::nullopt);
}

void PlotView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    if (!m_isMarkedByKeys)
        setMark(std::nullopt);
}

void PlotView::wheelEvent(QWheelEvent *event)
{
    event->accept();
    const QPoint turned = event->angleDelta();
    if (std::abs(turned.x()) > std::abs(turned.y()))
        return pan(-turned.x() / WheelNotch * PanShare);
    zoom(std::pow(WheelZoom, -turned.y() / WheelNotch), m_layout.timeAt(event->position().x()));
}

void PlotView::activate()
{
    if (m_mark)
        Q_EMIT entryActivated(m_mark->point.entry);
}

// The keyboard

void PlotView::keyPressEvent(QKeyEvent *event)
{
    const bool isPanning = event->modifiers().testFlag(Qt::ShiftModifier);
    const int columns = event->modifiers().testFlag(Qt::ControlModifier) ? LongStep : 1;
    const TimeSpan range = shown();
    const Timestamp about = m_mark ? m_mark->point.time : timeaxis::timeAt(0.5, range);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const bool forward = event->key() == Qt::Key_Right;
        if (isPanning)
            return pan(forward ? PanShare : -PanShare);
        return moveMark(forward, columns);
    }
    case Qt::Key_Up:
    case Qt::Key_Down:
        return moveMarkUp(event->key() == Qt::Key_Up);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(1 / KeyZoom, about);
    case Qt::Key_Minus:
        return zoom(KeyZoom, about);
    case Qt::Key_Home:
        return setRange(std::nullopt);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return activate();
    case Qt::Key_Escape:
        if (m_mark || m_pressed) {
            m_pressed.reset();
            m_draggedTo.reset();
            return setMark(std::nullopt);
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void PlotView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void PlotView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    if (m_isMarkedByKeys)
        setMark(std::nullopt);
    update();
}

} // namespace sockeye
