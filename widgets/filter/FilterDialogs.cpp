#include "widgets/filter/FilterDialogs.h"

#include "widgets/controls/Describe.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sockeye {

namespace {

constexpr QSize ManageSize(440, 320);
constexpr int MinimumWidth = 360;
constexpr int MaxNameLength = 80;

QVBoxLayout *spacedLayout(QDialog *dialog)
{
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    return layout;
}

QLabel *filterText(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(theme::dataFont());
    label->setProperty("dim", true);
    label->setWordWrap(true);
    return label;
}

} // namespace

SaveFilterDialog::SaveFilterDialog(FilterStore store, const QString &filter, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_filter(filter)
    , m_name(new QLineEdit(this))
    , m_note(new QLabel(this))
{
    setWindowTitle(tr("Save filter"));
    setAccessibleName(windowTitle());
    setMinimumWidth(MinimumWidth);
    describe(m_name, tr("Name of the filter"), tr("What the filter is called in the menu"));
    m_name->setMaxLength(MaxNameLength);
    m_note->setProperty("dim", true);
    auto *label = new QLabel(tr("&Name"), this);
    label->setBuddy(m_name);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = buttons->button(QDialogButtonBox::Save);
    QVBoxLayout *layout = spacedLayout(this);
    layout->addWidget(filterText(filter, this));
    layout->addWidget(label);
    layout->addWidget(m_name);
    layout->addWidget(m_note);
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &SaveFilterDialog::nameChanged);
    for (const SavedFilter &saved : m_store.saved()) {
        if (saved.text == filter)
            m_name->setText(saved.name);
    }
    nameChanged();
}

void SaveFilterDialog::nameChanged()
{
    const QString name = m_name->text().trimmed();
    const QList<SavedFilter> saved = m_store.saved();
    const bool isTaken = std::any_of(saved.begin(), saved.end(), [&name](const SavedFilter &filter) {
        return filter.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    m_note->setText(isTaken ? tr("There is a filter of this name. It will be replaced.") : QStringLiteral(" "));
    m_save->setEnabled(!name.isEmpty());
}

void SaveFilterDialog::accept()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        return;
    m_store.save({name, m_filter});
    QDialog::accept();
}

ManageFiltersDialog::ManageFiltersDialog(FilterStore store, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_list(new QListWidget(this))
    , m_text(filterText({}, this))
    , m_rename(new QPushButton(tr("&Rename"), this))
    , m_delete(new QPushButton(tr("&Delete"), this))
{
    setWindowTitle(tr("Saved filters"));
    setAccessibleName(windowTitle());
    resize(ManageSize);
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
    QVBoxLayout *layout = spacedLayout(this);
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

void ManageFiltersDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange)
        m_text->setFont(theme::dataFont());
}

} // namespace sockeye
