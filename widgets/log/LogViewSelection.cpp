// The part of LogView that chooses rows. Rows and places are in LogView.cpp.
#include "widgets/log/LogView.h"

#include "widgets/log/LogAccessible.h"

#include <QAccessible>
#include <QScrollBar>

#include <algorithm>

namespace sockeye {

namespace {

/// As many as can be annotated in one go.
constexpr qint64 MaxKept = 10'000;

} // namespace

void LogView::announceCurrent(EntryId id)
{
    if (m_current == id)
        return;
    m_current = id;
    updateReference();
    Q_EMIT currentEntryChanged(id);
}

void LogView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    updateRows(Row(previous.row()), Row(previous.row()));
    updateRows(Row(current.row()), Row(current.row()));
    if (current.isValid() && !m_restoring) {
        m_kept = {};
        m_keptIds.clear();
        setFollowing(false);
        m_isUnseen = !isVisible();
        scrollTo(current);
    }
    if (m_kept.value() == 0)
        announceCurrent(m_log ? m_log->entryAt(Row(current.row())) : EntryId());
    if (QAccessible::isActive() && current.isValid() && hasFocus()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(LogAccessible::childIndex(*this, current));
        QAccessible::updateAccessibility(&event);
    }
}

void LogView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    viewport()->update(visualRegionForSelection(selected) | visualRegionForSelection(deselected));
    Q_EMIT selectedRowsChanged();
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::SelectionWithin);
        QAccessible::updateAccessibility(&event);
    }
}

void LogView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    if (!m_log || !selectionModel())
        return;
    const QRect area = rect.normalized();
    QItemSelection selection;
    const bool isBelow = m_geometry.rowAt(area.top()).value() < 0 && area.top() > 0;
    if (m_geometry.rows() > 0 && !isBelow) {
        const Row first = m_geometry.nearestRow(area.top());
        const Row last = m_geometry.nearestRow(area.bottom());
        selection.select(rowIndex(first), m_log->index(last.value(), LogModel::ColumnCount - 1));
    }
    selectionModel()->select(selection, command);
}

/// What is selected beside the current row, before the rows are reset; of very much, nothing.
QList<EntryId> LogView::idsToKeep() const
{
    const RowRanges ranges = selectedRanges();
    qint64 count = 0;
    for (const auto &[first, last] : ranges)
        count += last - first + 1;
    QList<EntryId> ids;
    if (count < 2 || count > MaxKept)
        return ids;
    for (const auto &[first, last] : ranges) {
        for (Row row = first; row <= last; row = row + 1)
            ids.append(m_log->entryAt(row));
    }
    return ids;
}

/// Those of the entries that have a row.
void LogView::selectAgain(const QList<EntryId> &ids)
{
    QItemSelection selection;
    for (const EntryId id : ids) {
        const Row row = m_log->rowOf(id);
        if (row.value() < 0 || m_log->entryAt(row) != id)
            continue;
        const QModelIndex last = m_log->index(row.value(), LogModel::ColumnCount - 1);
        if (!selection.isEmpty() && selection.constLast().bottom() + 1 == row.value())
            selection.last() = QItemSelectionRange(selection.constLast().topLeft(), last);
        else
            selection.append(QItemSelectionRange(rowIndex(row), last));
    }
    if (!selection.isEmpty())
        selectionModel()->select(selection, QItemSelectionModel::Select);
}

QRegion LogView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection)
        region += visibleRect(Row(range.top()), Row(range.bottom()));
    return region;
}

QModelIndex LogView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    Q_UNUSED(modifiers);
    if (m_geometry.rows() == 0)
        return {};
    const int page = m_geometry.rowsPerPage();
    const int current = currentIndex().isValid() ? currentIndex().row() : -1;
    // From nowhere the arrows enter where the eye is.
    const int from = current >= 0 ? current : m_geometry.lastVisible().value() + 1;
    int row = from;
    switch (action) {
    case MoveUp:
    case MovePrevious:
        row = from - 1;
        break;
    case MoveDown:
    case MoveNext:
        row = from + 1;
        break;
    case MovePageUp:
        row = from - page;
        break;
    case MovePageDown:
        row = from + page;
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = lastRow().value();
        break;
    case MoveLeft:
    case MoveRight: {
        QScrollBar *columns = horizontalScrollBar();
        columns->triggerAction(action == MoveLeft ? QScrollBar::SliderSingleStepSub : QScrollBar::SliderSingleStepAdd);
        return currentIndex();
    }
    }
    return rowIndex(Row(std::clamp(row, 0, lastRow().value())));
}

} // namespace sockeye
