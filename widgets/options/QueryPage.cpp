#include "widgets/options/QueryPage.h"

#include "widgets/controls/Describe.h"
#include "widgets/style/Theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

#include <set>

namespace sockeye {
namespace {

enum QueryColumn { ItemNameColumn, ItemValueColumn, ItemColumnCount };
/// The item as it stands in the URL, at its name.
constexpr int TypedRole = Qt::UserRole;
constexpr int NameWidth = 200;

} // namespace

QueryPage::QueryPage(QWidget *parent)
    : OptionsPage(parent)
    , m_table(new QTableWidget(0, ItemColumnCount, this))
{
    build();
    connect(m_table, &QTableWidget::itemChanged, this, [this](const QTableWidgetItem *item) {
        take(item->row());
        Q_EMIT changed();
    });
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &QueryPage::updateButtons);
    auto *del = new QShortcut(QKeySequence::Delete, m_table, this, &QueryPage::removeItems);
    del->setContext(Qt::WidgetShortcut);
    updateButtons();
}

void QueryPage::build()
{
    describe(m_table, tr("Query"),
             tr("What stands behind the ? of the URL, decoded; F2 or a double click edits, Del removes"));
    m_table->setHorizontalHeaderLabels({tr("Name"), tr("Value")});
    QHeaderView *header = m_table->horizontalHeader();
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    m_table->setColumnWidth(ItemNameColumn, NameWidth);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme::RowHeight + 2);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::AnyKeyPressed);
    auto *note = new QLabel(tr("Names and values are encoded as they must be; what is not edited stays in the URL byte "
                               "for byte. A + stays a +."),
                            this);
    note->setProperty("dim", true);
    note->setWordWrap(true);

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(theme::Gap);
    const auto button = [this, buttons](const QString &text, const QString &toolTip, auto slot) {
        auto *made = new QPushButton(text, this);
        made->setAutoDefault(false);
        describe(made, toolTip, toolTip);
        connect(made, &QPushButton::clicked, this, slot);
        buttons->addWidget(made);
        return made;
    };
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme::Gap, 0, 0);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_table, 1);
    button(tr("&Add"), tr("Add a query item"), &QueryPage::addItem);
    m_remove = button(tr("&Remove"), tr("Remove the selected query items"), &QueryPage::removeItems);
    m_up = button(tr("U&p"), tr("Move the selected query item up"), [this] { move(-1); });
    m_down = button(tr("Do&wn"), tr("Move the selected query item down"), [this] { move(1); });
    buttons->addStretch(1);
    layout->addLayout(buttons);
    layout->addWidget(note);
}

void QueryPage::load(const Endpoint &endpoint)
{
    m_loaded = queryItems(endpoint.url);
    {
        const QSignalBlocker quiet(m_table);
        m_table->setRowCount(0);
        for (const QueryItem &item : std::as_const(m_loaded))
            append(item);
    }
    // A query of no URL would be nothing but that.
    setEnabled(!endpoint.url.trimmed().isEmpty());
    updateButtons();
    Q_EMIT changed();
}

void QueryPage::store(Endpoint &endpoint) const
{
    // Written anew only if it says something else: "?" with nothing behind it is no item, and stays.
    if (const QList<QueryItem> now = items(); now != m_loaded)
        endpoint.url = withQueryItems(endpoint.url, now);
}

bool QueryPage::check(const Endpoint & /*endpoint*/, const QList<EndpointProblem> & /*problems*/)
{
    return true;
}

void QueryPage::addItem()
{
    {
        const QSignalBlocker quiet(m_table);
        append(QueryItem(QString(), QString()));
    }
    const int row = m_table->rowCount() - 1;
    m_table->setCurrentCell(row, ItemNameColumn);
    m_table->editItem(m_table->item(row, ItemNameColumn));
    Q_EMIT changed();
}

void QueryPage::removeItems()
{
    std::set<int, std::greater<>> rows;
    for (const QTableWidgetItem *item : m_table->selectedItems())
        rows.insert(item->row());
    for (const int row : rows)
        m_table->removeRow(row);
    updateButtons();
    Q_EMIT changed();
}

void QueryPage::move(int by)
{
    const int row = m_table->currentRow();
    const int to = row + by;
    if (row < 0 || to < 0 || to >= m_table->rowCount())
        return;
    {
        const QSignalBlocker quiet(m_table);
        for (int column = 0; column < ItemColumnCount; ++column) {
            QTableWidgetItem *here = m_table->takeItem(row, column);
            m_table->setItem(row, column, m_table->takeItem(to, column));
            m_table->setItem(to, column, here);
        }
    }
    m_table->setCurrentCell(to, m_table->currentColumn());
    updateButtons();
    Q_EMIT changed();
}

void QueryPage::append(const QueryItem &item)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    auto *name = new QTableWidgetItem(item.name());
    name->setData(TypedRole, item.typed());
    auto *value = new QTableWidgetItem(item.value());
    for (QTableWidgetItem *cell : {name, value})
        cell->setFont(theme::dataFont());
    m_table->setItem(row, ItemNameColumn, name);
    m_table->setItem(row, ItemValueColumn, value);
}

void QueryPage::take(int row)
{
    QTableWidgetItem *name = m_table->item(row, ItemNameColumn);
    const QTableWidgetItem *value = m_table->item(row, ItemValueColumn);
    if (!name || !value)
        return;
    const QueryItem before(name->data(TypedRole).toString());
    QueryItem item = before;
    if (item.name() != name->text())
        item = item.withName(name->text());
    if (item.value() != value->text())
        item = item.withValue(value->text());
    const QSignalBlocker quiet(m_table);
    name->setData(TypedRole, item.typed());
}

QList<QueryItem> QueryPage::items() const
{
    QList<QueryItem> items;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const QueryItem item(m_table->item(row, ItemNameColumn)->data(TypedRole).toString());
        // A row that was added and left empty.
        if (item != QueryItem(QString(), QString()) || m_loaded.contains(item))
            items += item;
    }
    return items;
}

void QueryPage::updateButtons()
{
    const bool hasSelection = !m_table->selectedItems().isEmpty();
    const int row = m_table->currentRow();
    m_remove->setEnabled(hasSelection);
    m_up->setEnabled(hasSelection && row > 0);
    m_down->setEnabled(hasSelection && row >= 0 && row + 1 < m_table->rowCount());
}

} // namespace sockeye
