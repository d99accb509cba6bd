#pragma once

#include "widgets/log/LogGeometry.h"

#include <QAbstractItemView>
#include <QObject>

class QHeaderView;

namespace sockeye {

/// Scrolls the log: owns the geometry of its rows and keeps the scroll bars in step with it. Only moves that the user
/// makes with the scroll bar go the other way, through takeBarValue().
class LogScroller final : public QObject
{
    Q_OBJECT

public:
    /// The area, whose scroll bars these are, becomes the parent; `header` tells how wide the columns are.
    LogScroller(QAbstractScrollArea *area, const QHeaderView &header);

    [[nodiscard]] const LogGeometry &geometry() const { return m_geometry; }
    [[nodiscard]] Row lastRow() const { return Row(m_geometry.rows() - 1); }
    [[nodiscard]] bool isVisible(Row row) const;
    [[nodiscard]] bool isWhollyVisible(Row row) const;

    // sync() comes after these

    void setRows(int rows) { m_geometry.setRows(rows); }
    void setRowHeight(int pixels) { m_geometry.setRowHeight(pixels); }
    void setViewportHeight(int pixels) { m_geometry.setViewportHeight(pixels); }
    /// Brings the scroll bars in step.
    void sync();

    void show(Row row, QAbstractItemView::ScrollHint hint);
    void showAtBottom(Row row);
    void showEnd();
    void scrollBy(qint64 pixels);
    /// Scrolls until the row's top is at this place in the viewport.
    void showAt(Row row, qint64 top);

    /// The scroll bar follows the rows just now, so that its changes are none of the user's.
    [[nodiscard]] bool isSyncing() const { return m_isSyncing; }
    /// Moves to where the user has put the scroll bar; returns whether that is downwards.
    bool takeBarValue();

Q_SIGNALS:
    /// The rows in the viewport have moved up by so many pixels; down, if it is negative.
    void moved(qint64 pixels);
    /// Rows, viewport or place may have changed.
    void synced();

private:
    void moveTo(const LogGeometry &geometry);

    QAbstractScrollArea &m_area;
    const QHeaderView &m_header;
    LogGeometry m_geometry;
    bool m_isSyncing = false;
};

} // namespace sockeye
