#include "widgets/log/LogAccessible.h"

#include "log/LogModel.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogView.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>
#include <QQueue>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int HeaderRow = -1;
/// More columns than a log has.
constexpr int MostColumns = 1024;
/// Cells known to a screen reader at a time; beyond this the oldest are forgotten.
constexpr qsizetype MaxCells = 4096;
/// Selected rows that are listed one by one; of a selection of millions only the count is complete.
constexpr int MaxListedRows = 10'000;

/// The columns of the table: those that are shown, from left to right.
class Columns final
{
public:
    explicit Columns(const LogView *view)
        : m_shown(view ? view->columnHeader()->shownColumns() : QList<int>())
    {
    }
    [[nodiscard]] int count() const { return int(m_shown.size()); }
    /// LogModel's column at this place.
    [[nodiscard]] int at(int place) const { return m_shown.at(place); }
    /// -1 for a hidden one.
    [[nodiscard]] int placeOf(int column) const { return int(m_shown.indexOf(column)); }
    [[nodiscard]] int childIndex(int row, int place) const { return (row + 1) * count() + place; }

private:
    QList<int> m_shown;
};

/// One cell, or one of the header (HeaderRow); `column` is LogModel's.
class Cell final : public QAccessibleInterface, public QAccessibleTableCellInterface
{
public:
    Cell(LogView *view, int row, int column)
        : m_view(view)
        , m_row(row)
        , m_column(column)
    {
    }

    bool isValid() const override
    {
        return m_view && m_view->logModel() && m_row < m_view->logModel()->rowCount() &&
               m_column < m_view->logModel()->columnCount() && !m_view->header()->isSectionHidden(m_column);
    }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    QAccessible::Role role() const override { return isHeader() ? QAccessible::ColumnHeader : QAccessible::Cell; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        // The description says in words what the sign in the row shows.
        if (kind == QAccessible::Description && !isHeader() && m_column == LogModel::PreviewColumn)
            return m_view->logModel()->data(index(), LogModel::FindingsRole).toString();
        // Which field it is.
        if (kind == QAccessible::Description && isHeader())
            return m_view->logModel()->headerData(m_column, Qt::Horizontal, Qt::ToolTipRole).toString();
        if (kind != QAccessible::Name)
            return {};
        const QVariant text = isHeader()
                                  ? m_view->logModel()->headerData(m_column, Qt::Horizontal, Qt::AccessibleTextRole)
                                  : m_view->logModel()->data(index(), Qt::AccessibleTextRole);
        return text.toString();
    }

    QRect rect() const override
    {
        if (!isValid())
            return {};
        QRect local = m_view->visualRect(isHeader() ? m_view->logModel()->index(0, m_column) : index());
        const QWidget *surface = m_view->viewport();
        if (isHeader()) {
            surface = m_view->header()->viewport();
            local = QRect(m_view->header()->sectionViewportPosition(m_column), 0,
                          m_view->header()->sectionSize(m_column), m_view->header()->height());
        }
        return QRect(surface->mapToGlobal(local.topLeft()), local.size());
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        if (state.invalid || isHeader())
            return state;
        state.selectable = true;
        state.focusable = true;
        state.readOnly = true;
        state.selected = isSelected();
        state.focused =
            m_view->hasFocus() && LogAccessible::childIndex(*m_view, m_view->currentIndex()) == childIndex();
        const bool isOnScreen = m_view->viewport()->rect().intersects(m_view->visualRect(index()));
        state.offscreen = !isOnScreen;
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface && !isHeader()
                   ? static_cast<QAccessibleTableCellInterface *>(this)
                   : nullptr;
    }

    bool isSelected() const override { return isValid() && m_view->selectionModel()->isSelected(index()); }
    QList<QAccessibleInterface *> columnHeaderCells() const override
    {
        QAccessibleInterface *owner = parent();
        return owner && isValid() ? QList{owner->child(columnIndex())} : QList<QAccessibleInterface *>();
    }
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return Columns(m_view).placeOf(m_column); }
    int rowIndex() const override { return m_row; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

    int childIndex() const
    {
        const Columns columns(m_view);
        return isValid() ? columns.childIndex(m_row, columns.placeOf(m_column)) : -1;
    }
    const LogView *view() const { return m_view; }

private:
    bool isHeader() const { return m_row == HeaderRow; }
    QModelIndex index() const { return m_view->logModel()->index(m_row, m_column); }

    QPointer<LogView> m_view;
    int m_row;
    int m_column;
};

class Table final : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    explicit Table(LogView *view)
        : QAccessibleWidget(view, QAccessible::Table)
    {
    }
    ~Table() override { forgetCells(); }

    int childCount() const override { return Columns(view()).childIndex(rowCount(), 0); }

    QAccessibleInterface *child(int index) const override
    {
        const Columns columns(view());
        if (index < 0 || index >= childCount())
            return nullptr;
        return cell(index / columns.count() - 1, columns.at(index % columns.count()));
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *cell = dynamic_cast<const Cell *>(child);
        return cell && cell->view() == view() ? cell->childIndex() : -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        if (!log())
            return nullptr;
        const QPoint inViewport = view()->viewport()->mapFromGlobal(QPoint(x, y));
        const QModelIndex index = view()->indexAt(inViewport);
        const bool isInside = view()->viewport()->rect().contains(inViewport);
        return isInside && index.isValid() ? cell(index.row(), index.column()) : nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        const QModelIndex current = log() ? view()->currentIndex() : QModelIndex();
        return current.isValid() ? child(LogAccessible::childIndex(*view(), current)) : nullptr;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface *>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }

    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    int columnCount() const override { return Columns(view()).count(); }
    int rowCount() const override { return log() ? log()->rowCount() : 0; }

    QAccessibleInterface *cellAt(int row, int column) const override
    {
        const bool exists = row >= 0 && row < rowCount() && column >= 0 && column < columnCount();
        return exists ? cell(row, Columns(view()).at(column)) : nullptr;
    }

    QString columnDescription(int column) const override
    {
        const Columns columns(view());
        if (!log() || column < 0 || column >= columns.count())
            return {};
        return log()->headerData(columns.at(column), Qt::Horizontal, Qt::AccessibleTextRole).toString();
    }
    QString rowDescription(int) const override { return {}; }

    int selectedRowCount() const override
    {
        int count = 0;
        for (const QItemSelectionRange &range : selection())
            count += range.height();
        return count;
    }
    int selectedColumnCount() const override { return 0; }
    int selectedCellCount() const override { return selectedRowCount() * columnCount(); }
    QList<int> selectedColumns() const override { return {}; }

    QList<int> selectedRows() const override
    {
        QList<int> rows;
        for (const QItemSelectionRange &range : selection()) {
            for (int row = range.top(); row <= range.bottom() && rows.size() < MaxListedRows; ++row)
                rows.append(row);
        }
        return rows;
    }

    QList<QAccessibleInterface *> selectedCells() const override
    {
        QList<QAccessibleInterface *> cells;
        for (const int row : selectedRows()) {
            for (int column = 0; column < columnCount() && cells.size() < MaxCells / 2; ++column)
                cells.append(cellAt(row, column));
        }
        return cells;
    }

    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int row) const override
    {
        return row >= 0 && row < rowCount() && view()->selectionModel()->isSelected(log()->index(row, 0));
    }

    bool selectRow(int row) override
    {
        if (row < 0 || row >= rowCount())
            return false;
        view()->setCurrentIndex(log()->index(row, 0));
        return true;
    }
    bool selectColumn(int) override { return false; }

    bool unselectRow(int row) override
    {
        if (row < 0 || row >= rowCount())
            return false;
        view()->selectionModel()->select(log()->index(row, 0),
                                         QItemSelectionModel::Deselect | QItemSelectionModel::Rows);
        return true;
    }
    bool unselectColumn(int) override { return false; }

    void modelChange(QAccessibleTableModelChangeEvent *event) override
    {
        // Rows are only ever added at the end, which moves no cell.
        const auto change = event->modelChangeType();
        if (change == QAccessibleTableModelChangeEvent::ModelReset ||
            change == QAccessibleTableModelChangeEvent::ColumnsInserted ||
            change == QAccessibleTableModelChangeEvent::ColumnsRemoved)
            forgetCells();
    }

private:
    // Null once the view's own destructor has run, although the widget still ends.
    LogView *view() const { return qobject_cast<LogView *>(widget()); }
    LogModel *log() const { return view() ? view()->logModel() : nullptr; }
    QItemSelection selection() const
    {
        return log() && view()->selectionModel() ? view()->selectionModel()->selection() : QItemSelection();
    }

    /// Known by LogModel's column, so that it stays the same cell wherever its column goes.
    QAccessibleInterface *cell(int row, int column) const
    {
        const qint64 key = qint64(row) * MostColumns + column;
        if (const auto known = m_cells.constFind(key); known != m_cells.cend())
            return QAccessible::accessibleInterface(*known);
        auto *cell = new Cell(view(), row, column);
        // From here on the cell belongs to QAccessible's own list.
        m_cells.insert(key, QAccessible::registerAccessibleInterface(cell));
        m_order.enqueue(key);
        if (m_order.size() > MaxCells)
            QAccessible::deleteAccessibleInterface(m_cells.take(m_order.dequeue()));
        return cell;
    }

    void forgetCells()
    {
        for (const QAccessible::Id id : std::as_const(m_cells))
            QAccessible::deleteAccessibleInterface(id);
        m_cells.clear();
        m_order.clear();
    }

    mutable QHash<qint64, QAccessible::Id> m_cells;
    mutable QQueue<qint64> m_order;
};

QAccessibleInterface *makeInterface(const QString &className, QObject *object)
{
    Q_UNUSED(className);
    auto *view = qobject_cast<LogView *>(object);
    return view ? new Table(view) : nullptr;
}

} // namespace

void LogAccessible::install()
{
    [[maybe_unused]] static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
}

int LogAccessible::childIndex(const LogView &view, const QModelIndex &index)
{
    const Columns columns(&view);
    return columns.childIndex(index.row(), std::max(columns.placeOf(index.column()), 0));
}

void LogAccessible::currentChanged(LogView &view, const QModelIndex &current)
{
    if (!QAccessible::isActive() || !current.isValid() || !view.hasFocus())
        return;
    QAccessibleEvent event(&view, QAccessible::Focus);
    event.setChild(childIndex(view, current));
    QAccessible::updateAccessibility(&event);
}

void LogAccessible::selectionChanged(LogView &view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(&view, QAccessible::SelectionWithin);
    QAccessible::updateAccessibility(&event);
}

} // namespace sockeye
