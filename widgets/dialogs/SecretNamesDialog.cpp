#include "widgets/dialogs/SecretNamesDialog.h"

#include "library/Settings.h"
#include "secrets/SecretNames.h"
#include "widgets/style/Theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace sockeye {

namespace {
constexpr QSize StartSize(460, 520);
}

SecretNamesDialog::SecretNamesDialog(Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_list(new QListWidget(this))
    , m_new(new QLineEdit(this))
    , m_add(new QPushButton(tr("&Add"), this))
    , m_remove(new QPushButton(tr("&Remove"), this))
    , m_restore(new QPushButton(tr("Restore &defaults"), this))
    , m_tried(new QLineEdit(this))
    , m_verdict(new QLabel(this))
{
    setWindowTitle(tr("Names of secrets"));
    setAccessibleName(windowTitle());
    resize(StartSize);
    build();
    fill(settings.secretNames());
    connect(m_add, &QPushButton::clicked, this, &SecretNamesDialog::addPattern);
    connect(m_remove, &QPushButton::clicked, this, &SecretNamesDialog::removeCurrent);
    connect(m_restore, &QPushButton::clicked, this, [this] { fill(SecretNames::defaults()); });
    connect(m_new, &QLineEdit::textChanged, this, &SecretNamesDialog::updateButtons);
    connect(m_tried, &QLineEdit::textChanged, this, &SecretNamesDialog::tryName);
    connect(m_list, &QListWidget::currentRowChanged, this, &SecretNamesDialog::updateButtons);
    connect(m_list, &QListWidget::itemChanged, this, &SecretNamesDialog::changed);
}

void SecretNamesDialog::build()
{
    auto *about = new QLabel(tr("Values of headers, query items, form fields and JSON members with these names are "
                                "shown and written as ***. A name matches by its words: “code” matches auth_code, not "
                                "encode. * stands for any characters, ! in front for an exception."),
                             this);
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    m_list->setAccessibleName(tr("Patterns of names"));
    m_list->setToolTip(tr("Change a pattern with F2, remove it with Del"));
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    auto *remove = new QAction(m_list);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(remove);
    connect(remove, &QAction::triggered, this, &SecretNamesDialog::removeCurrent);
    m_new->setAccessibleName(tr("New pattern"));
    m_new->setToolTip(tr("A name, such as X-My-Key or *ticket; Enter adds it"));
    m_add->setAccessibleName(tr("Add"));
    m_add->setToolTip(tr("Add the pattern to the list"));
    m_remove->setAccessibleName(tr("Remove"));
    m_remove->setToolTip(tr("Take the pattern off the list (Del)"));
    m_restore->setAccessibleName(tr("Restore defaults"));
    m_restore->setToolTip(tr("Bring the list back that Sockeye comes with"));
    m_tried->setAccessibleName(tr("Name to try"));
    m_tried->setToolTip(tr("A name to see whether its value would be masked"));
    m_verdict->setTextFormat(Qt::PlainText);

    auto *adding = new QHBoxLayout;
    adding->addWidget(m_new, 1);
    adding->addWidget(m_add);
    auto *trying = new QHBoxLayout;
    trying->addWidget(m_tried, 1);
    trying->addWidget(m_verdict);
    auto *form = new QFormLayout;
    form->setVerticalSpacing(theme::Gap);
    form->addRow(tr("&New"), adding);
    form->addRow(tr("&Try"), trying);
    // The labels' mnemonics go to the fields.
    static_cast<QLabel *>(form->labelForField(adding))->setBuddy(m_new);
    static_cast<QLabel *>(form->labelForField(trying))->setBuddy(m_tried);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->addButton(m_remove, QDialogButtonBox::ActionRole);
    buttons->addButton(m_restore, QDialogButtonBox::ResetRole);
    buttons->button(QDialogButtonBox::Ok)->setToolTip(tr("Mask by this list from now on"));
    buttons->button(QDialogButtonBox::Cancel)->setToolTip(tr("Leave the list as it was"));
    for (QPushButton *button : {m_add, m_remove, m_restore})
        button->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &SecretNamesDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(about);
    layout->addWidget(m_list, 1);
    layout->addLayout(form);
    layout->addWidget(buttons);
}

void SecretNamesDialog::accept()
{
    // Enter in the field for a new pattern adds it.
    if (m_new->hasFocus() && !m_new->text().isEmpty()) {
        addPattern();
        return;
    }
    m_settings.setSecretNames(patterns());
    QDialog::accept();
}

void SecretNamesDialog::fill(const QStringList &patterns)
{
    {
        const QSignalBlocker blocker(m_list);
        // Rows are laid out for the current one, before the dialog is shown: by the style that they will have.
        m_list->ensurePolished();
        m_list->clear();
        for (const QString &pattern : patterns) {
            auto *item = new QListWidgetItem(pattern, m_list);
            item->setFlags(item->flags() | Qt::ItemIsEditable);
        }
        m_list->setCurrentRow(0);
    }
    changed();
}

QStringList SecretNamesDialog::patterns() const
{
    QStringList patterns;
    for (int row = 0; row < m_list->count(); ++row)
        patterns += m_list->item(row)->text();
    return patterns;
}

void SecretNamesDialog::addPattern()
{
    const QString pattern = SecretNames::normalized(m_new->text());
    if (pattern.isEmpty())
        return;
    QList<QListWidgetItem *> same = m_list->findItems(pattern, Qt::MatchExactly);
    if (same.isEmpty()) {
        auto *item = new QListWidgetItem(pattern, m_list);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        same += item;
    }
    m_list->setCurrentItem(same.constFirst());
    m_new->clear();
    changed();
}

void SecretNamesDialog::removeCurrent()
{
    delete m_list->takeItem(m_list->currentRow());
    changed();
}

void SecretNamesDialog::changed()
{
    tryName();
    updateButtons();
}

void SecretNamesDialog::tryName()
{
    const QString name = m_tried->text();
    m_verdict->setText(name.isEmpty()                                    ? QString()
                       : SecretNames(patterns()).isSecret(name.toUtf8()) ? tr("masked")
                                                                         : tr("shown"));
    m_tried->setAccessibleDescription(m_verdict->text());
}

void SecretNamesDialog::updateButtons()
{
    m_add->setEnabled(!SecretNames::normalized(m_new->text()).isEmpty());
    m_remove->setEnabled(m_list->currentItem() != nullptr);
    m_restore->setEnabled(patterns() != SecretNames(SecretNames::defaults()).patterns());
}

} // namespace sockeye
