#include "widgets/plot/PlotViewAccessible.h"

#include "widgets/plot/PlotView.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>
#include <QQueue>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int TitleRow = -1;
/// Cells known to a screen reader at a time.
constexpr qsizetype MaxPlotCells = 4096;

class PlotCell final : public QAccessibleInterface, public QAccessibleTableCellInterface
{
public:
    PlotCell(PlotView *view, int row, int column)
        : m_view(view)
        , m_row(row)
        , m_column(column)
    {
    }

    bool isValid() const override
    {
        return m_view && m_row < static_cast<int>(m_view->drawnColumns().size()) &&
               m_column <= static_cast<int>(m_view->scene().lines.size());
    }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}
    QAccessible::Role role() const override { return isTitle() ? QAccessible::ColumnHeader : QAccessible::Cell; }

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid() || kind != QAccessible::Name)
            return {};
        if (isTitle())
            return m_column == 0 ? PlotView::tr("Time") : PlotScene::title(line().field);
        return m_column == 0 ? m_view->timeText(drawnColumn())
                             : m_view->cellText(drawnColumn(), static_cast<size_t>(m_column - 1));
    }

    QRect rect() const override
    {
        if (!isValid() || isTitle())
            return {};
        const QRectF plot = m_view->plotLayout().plot();
        const int x = static_cast<int>(m_view->plotLayout().xOf(m_view->scene().timeOf(drawnColumn())));
        return {m_view->mapToGlobal(QPoint(x, static_cast<int>(plot.top()))),
                QSize(1, static_cast<int>(plot.height()))};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invalid = !isValid();
        state.readOnly = true;
        state.focusable = !state.invalid && !isTitle();
        state.focused = state.focusable && m_view->hasFocus() && m_view->mark() &&
                        m_view->mark()->column == drawnColumn() &&
                        static_cast<int>(m_view->mark()->line) + 1 == m_column;
        return state;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableCellInterface && !isTitle()
                   ? static_cast<QAccessibleTableCellInterface *>(this)
                   : nullptr;
    }

    bool isSelected() const override { return false; }
    QList<QAccessibleInterface *> columnHeaderCells() const override
    {
        QAccessibleInterface *owner = parent();
        return owner && isValid() ? QList{owner->child(m_column)} : QList<QAccessibleInterface *>();
    }
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_column; }
    int rowIndex() const override { return m_row; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

private:
    bool isTitle() const { return m_row == TitleRow; }
    int drawnColumn() const { return m_view->drawnColumns()[static_cast<size_t>(m_row)]; }
    const PlotLine &line() const { return m_view->scene().lines[static_cast<size_t>(m_column - 1)]; }

    QPointer<PlotView> m_view;
    int m_row;
    int m_column;
};

class PlotTable final : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    explicit PlotTable(PlotView *view)
        : QAccessibleWidget(view, QAccessible::Table)
    {
    }
    ~PlotTable() override { forgetCells(); }

    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Value && view() ? view()->scene().sentence() : QAccessibleWidget::text(what);
    }

    int childCount() const override { return (rowCount() + 1) * columnCount(); }
    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        return cell(index / columnCount() - 1, index % columnCount());
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *one = dynamic_cast<const PlotCell *>(child);
        return one ? (one->rowIndex() + 1) * columnCount() + one->columnIndex() : -1;
    }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }

    QAccessibleInterface *focusChild() const override
    {
        const PlotView *shown = view();
        if (!shown || !shown->mark())
            return nullptr;
        const std::vector<int> &drawn = shown->drawnColumns();
        const auto row = std::lower_bound(drawn.begin(), drawn.end(), shown->mark()->column) - drawn.begin();
        return cellAt(static_cast<int>(row), static_cast<int>(shown->mark()->line) + 1);
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::TableInterface ? static_cast<QAccessibleTableInterface *>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }

    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    int columnCount() const override { return view() ? static_cast<int>(view()->scene().lines.size()) + 1 : 1; }
    int rowCount() const override { return view() ? static_cast<int>(view()->drawnColumns().size()) : 0; }
    QAccessibleInterface *cellAt(int row, int column) const override
    {
        const bool exists = row >= 0 && row < rowCount() && column >= 0 && column < columnCount();
        return exists ? cell(row, column) : nullptr;
    }
    QString columnDescription(int column) const override
    {
        QAccessibleInterface *title = column >= 0 && column < columnCount() ? cell(TitleRow, column) : nullptr;
        return title ? title->text(QAccessible::Name) : QString();
    }
    QString rowDescription(int) const override { return {}; }

    int selectedRowCount() const override { return 0; }
    int selectedColumnCount() const override { return 0; }
    int selectedCellCount() const override { return 0; }
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override { return {}; }
    QList<QAccessibleInterface *> selectedCells() const override { return {}; }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int) const override { return false; }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent *) override { forgetCells(); }

private:
    // Null once the view's own destructor has run, although the widget still ends.
    PlotView *view() const { return qobject_cast<PlotView *>(widget()); }

    QAccessibleInterface *cell(int row, int column) const
    {
        const qint64 key = (qint64(row) << 16) + column;
        if (const auto known = m_cells.constFind(key); known != m_cells.cend())
            return QAccessible::accessibleInterface(*known);
        auto *made = new PlotCell(view(), row, column);
        // From here on the cell belongs to QAccessible's own list.
        m_cells.insert(key, QAccessible::registerAccessibleInterface(made));
        m_order.enqueue(key);
        if (m_order.size() > MaxPlotCells)
            QAccessible::deleteAccessibleInterface(m_cells.take(m_order.dequeue()));
        return made;
    }

    void forgetCells() const
    {
        for (const QAccessible::Id id : std::as_const(m_cells))
            QAccessible::deleteAccessibleInterface(id);
        m_cells.clear();
        m_order.clear();
    }

    mutable QHash<qint64, QAccessible::Id> m_cells;
    mutable QQueue<qint64> m_order;
};

QAccessibleInterface *makePlotTable(const QString &className, QObject *object)
{
    Q_UNUSED(className);
    auto *view = qobject_cast<PlotView *>(object);
    return view ? new PlotTable(view) : nullptr;
}

} // namespace

void installPlotViewAccessible()
{
    [[maybe_unused]] static const bool installed = [] {
        QAccessible::installFactory(makePlotTable);
        return true;
    }();
}

void plotViewChanged(PlotView &view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleTableModelChangeEvent event(&view, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&event);
}

void plotViewMarked(PlotView &view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(&view);
    QAccessibleInterface *cell = table ? table->focusChild() : nullptr;
    if (!cell)
        return;
    QAccessibleEvent event(&view, QAccessible::Focus);
    event.setChild(table->indexOfChild(cell));
    QAccessible::updateAccessibility(&event);
}

} // namespace sockeye
