#include "widgets/columns/ColumnSetDialog.h"

#include "decode/Decoder.h"
#include "formats/Formats.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace sockeye {

ColumnSetDialog::ColumnSetDialog(const QString &format, const QStringList &names, QWidget *parent)
    : QDialog(parent)
    , m_names(names)
    , m_name(new QLineEdit(this))
    , m_format(new QComboBox(this))
    , m_hint(new QLabel(this))
{
    constexpr int PreferredWidth = 420;
    setWindowTitle(tr("Save columns as a set"));
    setAccessibleName(windowTitle());
    describe(m_name, tr("Name"), tr("How the set is called in the menu of columns"));
    describe(m_format, tr("Protocol"), tr("Whose messages have these fields"));
    m_format->addItem(tr("Any"), QString());
    for (const Decoder *one : formats())
        m_format->addItem(one->name(), one->id());
    // What was chosen by hand or described by the user is in no list.
    if (!format.isEmpty() && m_format->findData(format) < 0)
        m_format->addItem(format, format);
    m_format->setCurrentIndex(std::max(m_format->findData(format), 0));
    m_hint->setMinimumWidth(PreferredWidth);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = buttons->button(QDialogButtonBox::Save);
    m_save->setToolTip(tr("Keep the columns under this name (Enter)"));
    setStyleRole(m_save, "primary", true);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    form->setVerticalSpacing(theme::Gap);
    form->setHorizontalSpacing(theme::Gap * 2);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Protocol"), m_format);
    form->addRow(m_hint);
    form->addRow(buttons);
    connect(m_name, &QLineEdit::textChanged, this, &ColumnSetDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

QString ColumnSetDialog::name() const
{
    return m_name->text().trimmed();
}

QString ColumnSetDialog::format() const
{
    return m_format->currentData().toString();
}

void ColumnSetDialog::check()
{
    m_hint->setText(m_names.contains(name()) ? tr("This takes the place of the set of that name.") : QString());
    m_save->setEnabled(!name().isEmpty());
}

} // namespace sockeye
