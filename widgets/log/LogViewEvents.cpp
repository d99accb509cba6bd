// The part of LogView that answers events: painting, wheel, keys, focus. Rows and places are in LogView.cpp.
#include "widgets/log/LogView.h"

#include "widgets/log/LogGutter.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogPainter.h"
#include "widgets/controls/ToolTip.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace sockeye {

void LogView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const ThemeColors &colors = theme::colors(palette());
    const QRect exposed = event->rect();
    painter.fillRect(exposed, colors.base);
    if (m_geometry.rows() == 0 || !m_log) {
        painter.setPen(colors.dimText);
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, emptyText());
        return;
    }
    LogPainter rows(painter, *m_log, *m_header, m_dataFont, colors);
    const int current = hasFocus() ? currentIndex().row() : -1;
    const Row last = m_geometry.nearestRow(exposed.bottom());
    for (Row row = m_geometry.nearestRow(exposed.top()); row <= last; ++row) {
        const QRect rect(0, int(m_geometry.top(row)), viewport()->width(), m_geometry.rowHeight());
        rows.paintRow(row, rect, {selectionModel()->isSelected(rowIndex(row)), row.value() == current});
    }
    if (hasFocus() && current < 0) {
        QColor frame = colors.accent;
        frame.setAlphaF(0.4F);
        painter.setPen(frame);
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

QString LogView::emptyText() const
{
    if (!m_log || !m_log->hidesEntries())
        return m_emptyText;
    if (m_log->isSearching())
        return tr("Searching…");
    return m_log->isFiltered() ? tr("Nothing matches the filter") : m_emptyText;
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
    jumpToEnd();
}

void LogView::showEvent(QShowEvent *event)
{
    QAbstractItemView::showEvent(event);
    // What became current while nobody looked; afterwards the place is the one that was left.
    if (std::exchange(m_isUnseen, false) && !m_following)
        scrollTo(currentIndex());
}

void LogView::changeEvent(QEvent *event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::ApplicationFontChange)
        updateFont();
}

void LogView::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        event->accept();
        zoomBy(angle.y());
        return;
    }
    if (std::abs(angle.x()) > std::abs(angle.y()) || event->modifiers().testFlag(Qt::AltModifier))
        return QAbstractItemView::wheelEvent(event);
    // Only a touchpad that tells the phases of a gesture is known to mean its pixels.
    const bool hasPixels = !event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase;
    const double rows = angle.y() / 120.0 * QApplication::wheelScrollLines();
    const qint64 pixels = hasPixels ? event->pixelDelta().y() : std::llround(rows * m_geometry.rowHeight());
    event->accept();
    if (pixels == 0)
        return;
    LogGeometry there = m_geometry;
    there.setOffset(there.offset() - pixels);
    moveTo(there);
    // Upwards where nothing can scroll is no wish to stop following.
    if (pixels < 0 || m_geometry.maxOffset() > 0)
        scrolledByUser(pixels < 0);
}

/// A touchpad turns in pieces: a step for each notch of a wheel.
void LogView::zoomBy(int turn)
{
    constexpr int Notch = 120;
    m_zoomTurn += turn;
    const int steps = m_zoomTurn / Notch;
    m_zoomTurn -= steps * Notch;
    setZoom(m_zoom + steps);
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        event->accept();
        return;
    }
    QAbstractItemView::keyPressEvent(event);
    const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->key() == Qt::Key_End && !extends)
        setFollowing(true);
}

void LogView::focusInEvent(QFocusEvent *event)
{
    // Not QAbstractItemView's, which would choose a row: reading on is no choice.
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LogView::focusOutEvent(QFocusEvent *event)
{
    QAbstractItemView::focusOutEvent(event);
    viewport()->update();
}

void LogView::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid())
        position = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft());
    event->accept();
    Q_EMIT contextMenuRequested(position);
}

bool LogView::viewportEvent(QEvent *event)
{
    // Also where that row was the current one already.
    if (event->type() == QEvent::MouseButtonPress &&
        indexAt(static_cast<QMouseEvent *>(event)->position().toPoint()).isValid())
        setFollowing(false);
    if (event->type() != QEvent::ToolTip)
        return QAbstractItemView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = toolTipAt(help->pos());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), plainToolTip(text), viewport());
    return true;
}

/// What an entry was given, in the gutter; the date, where the time stands.
QString LogView::toolTipAt(const QPoint &point) const
{
    const QModelIndex index = indexAt(point);
    if (!index.isValid())
        return {};
    const bool isInGutter = point.x() < LogGutter::Width;
    const QVariant text = isInGutter ? QVariant(annotationText(index.data(LogModel::BookmarkedRole).toBool(),
                                                               index.data(LogModel::ColourRole).toInt(),
                                                               index.data(LogModel::NoteRole).toString()))
                                     : index.data(Qt::ToolTipRole);
    return text.toString();
}

RowRanges LogView::selectedRanges() const
{
    RowRanges ranges;
    if (!selectionModel())
        return ranges;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        ranges.append({Row(range.top()), Row(range.bottom())});
    std::sort(ranges.begin(), ranges.end());
    return ranges;
}

void LogView::copySelection(CopyFormat format)
{
    const auto ranges = selectedRanges();
    if (!m_log || ranges.isEmpty())
        return;
    qint64 selected = 0;
    for (const auto &[first, last] : ranges)
        selected += last - first + 1;
    m_log->setCopiedColumns(m_header->shownColumns());
    m_log->readText(ranges, format, this, [this, selected](const CopiedRows &copied) {
        QApplication::clipboard()->setText(copied.text);
        if (copied.isComplete && selected == 1)
            Q_EMIT statusText(tr("Copied 1 entry"));
        else if (!copied.isComplete)
            Q_EMIT statusText(tr("Copied the first %L1 of %L2 selected entries. Export the log to get all of them.")
                                  .arg(copied.rows)
                                  .arg(selected));
        else
            Q_EMIT statusText(tr("Copied %L1 entries").arg(selected));
    });
}

} // namespace sockeye
