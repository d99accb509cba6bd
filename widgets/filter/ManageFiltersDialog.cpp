#include "widgets/filter/ManageFiltersDialog.h"

#include "widgets/filter/FilterText.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

namespace {

constexpr QSize StartSize(440, 320);

} // namespace

ManageFiltersDialog::ManageFiltersDialog(FilterStore store, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_list(new QListWidget(this))
    , m_text(new FilterText({}, this))
    , m_rename(new QPushButton(tr("&Rename"), this))
    , m_delete(new QPushButton(tr("&Delete"), this))
{
    setWindowTitle(tr("Saved filters"));
    setAccessibleName(windowTitle());
    resize(StartSize);
    m_list->setAccessibleName(windowTitle());
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    m_rename->setToolTip(tr("Give the filter another name (F2)"));
    m_delete->setToolTip(tr("Remove the filter from the menu (Del)"));
    auto *remove = new QAction(m_list);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(remove);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_rename, QDialogButtonBox::ActionRole);
    buttons->addButton(m_delete, QDialogButtonBox::ActionRole);
    for (QPushButton *button : {m_rename, m_delete})
        button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_text);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(remove, &QAction::triggered, this, &ManageFiltersDialog::removeCurrent);
    connect(m_delete, &QPushButton::clicked, this, &ManageFiltersDialog::removeCurrent);
    connect(m_rename, &QPushButton::clicked, this, [this] { m_list->editItem(m_list->currentItem()); });
    connect(m_list, &QListWidget::currentRowChanged, this, &ManageFiltersDialog::update);
    connect(m_list, &QListWidget::itemChanged, this, &ManageFiltersDialog::renamed);
    fill({});
}

/// Each item also holds the filter's name, for when the user changes the item's text.
void ManageFiltersDialog::fill(const QString &current)
{
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        for (const SavedFilter &filter : m_store.saved()) {
            auto *item = new QListWidgetItem(filter.name, m_list);
            item->setFlags(item->flags() | Qt::ItemIsEditable);
            item->setData(Qt::UserRole, filter.name);
            item->setData(Qt::UserRole + 1, filter.text);
            if (filter.name == current)
                m_list->setCurrentItem(item);
        }
        if (!m_list->currentItem())
            m_list->setCurrentRow(0);
    }
    update();
}

void ManageFiltersDialog::renamed()
{
    QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString before = item->data(Qt::UserRole).toString();
    const QString name = item->text().trimmed();
    const bool isRenamed = m_store.rename(before, name);
    // Later, because the editor still holds the item.
    QMetaObject::invokeMethod(
        this, [this, current = isRenamed ? name : before] { fill(current); }, Qt::QueuedConnection);
}

void ManageFiltersDialog::removeCurrent()
{
    if (const QListWidgetItem *item = m_list->currentItem()) {
        const int row = m_list->currentRow();
        m_store.remove(item->data(Qt::UserRole).toString());
        fill({});
        m_list->setCurrentRow(qMin(row, m_list->count() - 1));
    }
}

void ManageFiltersDialog::update()
{
    const QListWidgetItem *item = m_list->currentItem();
    m_text->setText(item ? item->data(Qt::UserRole + 1).toString() : tr("No filters are saved."));
    m_rename->setEnabled(item != nullptr);
    m_delete->setEnabled(item != nullptr);
}

} // namespace sockeye
