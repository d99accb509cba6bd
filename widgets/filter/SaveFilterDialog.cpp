#include "widgets/filter/SaveFilterDialog.h"

#include "widgets/controls/Describe.h"
#include "widgets/filter/FilterText.h"
#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int MinimumWidth = 360;
constexpr int MaxNameLength = 80;

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
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(new FilterText(filter, this));
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

} // namespace sockeye
