#pragma once

#include "base/StrongId.h"

namespace sockeye {

/// The places of a log's rows: integer arithmetic over rows of one height, apart from the painting.
///
/// `offset` is the content's pixel at the viewport's top, so that wheels and touchpads scroll smoothly; the scroll bar
/// counts rows, so that its range does not overflow however long the log is. The bar's last value stands for the very
/// end, at which the last row touches the viewport's bottom.
class LogGeometry final
{
public:
    LogGeometry() = default;
    LogGeometry(int rows, int rowHeight, int viewportHeight);

    void setRows(int rows);
    void setRowHeight(int pixels);
    void setViewportHeight(int pixels);
    /// Kept between 0 and maxOffset().
    void setOffset(qint64 offset);

    [[nodiscard]] int rows() const { return m_rows; }
    [[nodiscard]] int rowHeight() const { return m_rowHeight; }
    [[nodiscard]] int viewportHeight() const { return m_viewportHeight; }
    [[nodiscard]] qint64 offset() const { return m_offset; }
    [[nodiscard]] qint64 maxOffset() const;
    [[nodiscard]] bool isAtEnd() const { return m_offset >= maxOffset(); }

    /// A row's top in the viewport; may lie outside of it.
    [[nodiscard]] qint64 top(Row row) const;
    /// The row at the viewport's pixel; Row(-1) above the first and below the last.
    [[nodiscard]] Row rowAt(qint64 y) const;
    /// The row at the viewport's pixel, or the nearest one; Row(-1) only if there are no rows.
    [[nodiscard]] Row nearestRow(qint64 y) const;
    /// The first and the last row of which at least a part is in the viewport; the last is before the first if there
    /// are none.
    [[nodiscard]] Row firstVisible() const;
    [[nodiscard]] Row lastVisible() const;
    /// Whole rows that fit the viewport, at least 1: what PageDown moves by.
    [[nodiscard]] int rowsPerPage() const;

    [[nodiscard]] int scrollMaximum() const;
    [[nodiscard]] int scrollValue() const;
    void setScrollValue(int value);

    /// The least scrolling that brings the row wholly into the viewport.
    void showRow(Row row);
    void showRowAtTop(Row row);
    void showRowAtBottom(Row row);
    void showRowInMiddle(Row row);

private:
    int m_rows = 0;
    int m_rowHeight = 24;
    int m_viewportHeight = 0;
    qint64 m_offset = 0;
};

} // namespace sockeye
