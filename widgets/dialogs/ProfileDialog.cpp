#include "widgets/dialogs/ProfileDialog.h"

#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace sockeye {

ProfileDialog::ProfileDialog(const QString &name, const QString &folder, const QStringList &folders, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(name, this))
    , m_folder(new QComboBox(this))
{
    setWindowTitle(tr("Save as profile"));
    setAccessibleName(windowTitle());
    constexpr int MinimumWidth = 420;
    setMinimumWidth(MinimumWidth);
    m_name->setAccessibleName(tr("Profile name"));
    m_name->setToolTip(tr("How the profile is called in the list"));
    m_name->selectAll();
    m_folder->setEditable(true);
    m_folder->addItems(folders);
    m_folder->setEditText(folder);
    m_folder->setAccessibleName(tr("Folder"));
    m_folder->lineEdit()->setAccessibleName(tr("Folder"));
    m_folder->lineEdit()->setPlaceholderText(tr("None"));
    m_folder->setToolTip(tr("The heading under which the profile is listed; a new name makes a new one"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Save);
    setStyleRole(m_ok, "primary", true);
    m_ok->setEnabled(!name.trimmed().isEmpty());
    auto *form = new QFormLayout(this);
    form->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    form->setVerticalSpacing(theme::Gap);
    form->setHorizontalSpacing(theme::Gap * 2);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Folder"), m_folder);
    form->addRow(buttons);
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_ok->setEnabled(!text.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QString ProfileDialog::name() const
{
    return m_name->text().trimmed();
}

QString ProfileDialog::folder() const
{
    return m_folder->currentText().trimmed();
}

} // namespace sockeye
