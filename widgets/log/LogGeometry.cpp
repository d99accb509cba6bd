#include "widgets/log/LogGeometry.h"

#include <algorithm>

namespace sockeye {

LogGeometry::LogGeometry(int rows, int rowHeight, int viewportHeight)
    : m_rows(std::max(rows, 0))
    , m_rowHeight(std::max(rowHeight, 1))
    , m_viewportHeight(std::max(viewportHeight, 0))
{
}

void LogGeometry::setRows(int rows)
{
    m_rows = std::max(rows, 0);
    setOffset(m_offset);
}

void LogGeometry::setRowHeight(int pixels)
{
    m_rowHeight = std::max(pixels, 1);
    setOffset(m_offset);
}

void LogGeometry::setViewportHeight(int pixels)
{
    m_viewportHeight = std::max(pixels, 0);
    setOffset(m_offset);
}

void LogGeometry::setOffset(qint64 offset)
{
    m_offset = std::clamp<qint64>(offset, 0, maxOffset());
}

qint64 LogGeometry::maxOffset() const
{
    return std::max<qint64>(qint64(m_rows) * m_rowHeight - m_viewportHeight, 0);
}

qint64 LogGeometry::top(Row row) const
{
    return qint64(row.value()) * m_rowHeight - m_offset;
}

Row LogGeometry::rowAt(qint64 y) const
{
    const qint64 inContent = y + m_offset;
    if (inContent < 0 || inContent >= qint64(m_rows) * m_rowHeight)
        return Row(-1);
    return Row(int(inContent / m_rowHeight));
}

Row LogGeometry::nearestRow(qint64 y) const
{
    const qint64 inContent = std::max<qint64>(y + m_offset, 0);
    return Row(int(std::min<qint64>(inContent / m_rowHeight, m_rows - 1)));
}

Row LogGeometry::firstVisible() const
{
    return Row(int(m_offset / m_rowHeight));
}

Row LogGeometry::lastVisible() const
{
    // The pixel below the viewport belongs to no visible row.
    const qint64 bottom = m_offset + m_viewportHeight - 1;
    return bottom < m_offset ? firstVisible() - 1 : Row(int(std::min<qint64>(bottom / m_rowHeight, m_rows - 1)));
}

int LogGeometry::rowsPerPage() const
{
    return std::max(m_viewportHeight / m_rowHeight, 1);
}

int LogGeometry::scrollMaximum() const
{
    return int((maxOffset() + m_rowHeight - 1) / m_rowHeight);
}

int LogGeometry::scrollValue() const
{
    return isAtEnd() ? scrollMaximum() : int(m_offset / m_rowHeight);
}

void LogGeometry::setScrollValue(int value)
{
    setOffset(value >= scrollMaximum() ? maxOffset() : qint64(value) * m_rowHeight);
}

void LogGeometry::showRow(Row row)
{
    // Top first, so that of a row higher than the viewport the beginning is seen.
    if (top(row) < 0)
        showRowAtTop(row);
    else if (top(row) + m_rowHeight > m_viewportHeight)
        showRowAtBottom(row);
}

void LogGeometry::showRowAtTop(Row row)
{
    setOffset(qint64(row.value()) * m_rowHeight);
}

void LogGeometry::showRowAtBottom(Row row)
{
    setOffset((qint64(row.value()) + 1) * m_rowHeight - m_viewportHeight);
}

void LogGeometry::showRowInMiddle(Row row)
{
    setOffset(qint64(row.value()) * m_rowHeight - (m_viewportHeight - m_rowHeight) / 2);
}

} // namespace sockeye
