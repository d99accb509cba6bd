#include "widgets/log/LogScroller.h"

#include "widgets/log/LogGutter.h"

#include <QHeaderView>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>

namespace sockeye {

LogScroller::LogScroller(QAbstractScrollArea *area, const QHeaderView &header)
    : QObject(area)
    , m_area(*area)
    , m_header(header)
{
}

bool LogScroller::isVisible(Row row) const
{
    return m_geometry.firstVisible() <= row && row <= m_geometry.lastVisible();
}

bool LogScroller::isWhollyVisible(Row row) const
{
    return m_geometry.top(row) >= 0 && m_geometry.top(row + 1) <= m_geometry.viewportHeight();
}

void LogScroller::sync()
{
    const QScopedValueRollback guard(m_isSyncing, true);
    QScrollBar *rows = m_area.verticalScrollBar();
    rows->setRange(0, m_geometry.scrollMaximum());
    rows->setPageStep(m_geometry.rowsPerPage());
    rows->setSingleStep(1);
    rows->setValue(m_geometry.scrollValue());
    const int width = m_area.viewport()->width();
    QScrollBar *columns = m_area.horizontalScrollBar();
    columns->setRange(0, std::max(LogGutter::Width + m_header.length() - width, 0));
    columns->setPageStep(width);
    columns->setSingleStep(m_geometry.rowHeight());
    Q_EMIT synced();
}

void LogScroller::show(Row row, QAbstractItemView::ScrollHint hint)
{
    LogGeometry there = m_geometry;
    switch (hint) {
    case QAbstractItemView::EnsureVisible:
        there.showRow(row);
        break;
    case QAbstractItemView::PositionAtTop:
        there.showRowAtTop(row);
        break;
    case QAbstractItemView::PositionAtBottom:
        there.showRowAtBottom(row);
        break;
    case QAbstractItemView::PositionAtCenter:
        there.showRowInMiddle(row);
        break;
    }
    moveTo(there);
}

void LogScroller::showAtBottom(Row row)
{
    show(row, QAbstractItemView::PositionAtBottom);
}

void LogScroller::showEnd()
{
    LogGeometry there = m_geometry;
    there.setOffset(there.maxOffset());
    moveTo(there);
}

void LogScroller::scrollBy(qint64 pixels)
{
    LogGeometry there = m_geometry;
    there.setOffset(there.offset() + pixels);
    moveTo(there);
}

void LogScroller::showAt(Row row, qint64 top)
{
    LogGeometry there = m_geometry;
    there.setOffset(qint64(row.value()) * there.rowHeight() - top);
    moveTo(there);
}

bool LogScroller::takeBarValue()
{
    const qint64 before = m_geometry.offset();
    m_geometry.setScrollValue(m_area.verticalScrollBar()->value());
    Q_EMIT moved(m_geometry.offset() - before);
    return m_geometry.offset() > before;
}

void LogScroller::moveTo(const LogGeometry &geometry)
{
    const qint64 pixels = geometry.offset() - m_geometry.offset();
    m_geometry = geometry;
    sync();
    if (pixels != 0)
        Q_EMIT moved(pixels);
}

} // namespace sockeye
