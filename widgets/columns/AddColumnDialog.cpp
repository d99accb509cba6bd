#include "widgets/columns/AddColumnDialog.h"

#include "formats/FieldColumns.h"
#include "search/FieldPath.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace sockeye {

AddColumnDialog::AddColumnDialog(const QStringList &taken, QWidget *parent)
    : QDialog(parent)
    , m_taken(taken)
    , m_path(new QLineEdit(this))
    , m_title(new QLineEdit(this))
    , m_hint(new QLabel(this))
{
    constexpr int PreferredWidth = 420;
    setWindowTitle(tr("Add column"));
    setAccessibleName(windowTitle());
    describe(m_path, tr("Field"), tr("Its path from $ on, or its name wherever it stands: $.data[0].price, price"));
    m_path->setFont(theme::dataFont());
    m_path->setPlaceholderText(QStringLiteral("$.data[0].price"));
    describe(m_title, tr("Title"), tr("What stands above the column; empty for the field's name"));
    m_hint->setWordWrap(true);
    m_hint->setMinimumWidth(PreferredWidth);
    // Two lines, so that what is wrong does not move the buttons.
    m_hint->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_hint->setTextFormat(Qt::PlainText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_add = buttons->addButton(tr("Add"), QDialogButtonBox::AcceptRole);
    m_add->setToolTip(tr("Show the field as a column of the log (Enter)"));
    m_add->setDefault(true);
    setStyleRole(m_add, "primary", true);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    form->setVerticalSpacing(theme::Gap);
    form->setHorizontalSpacing(theme::Gap * 2);
    form->addRow(tr("Field"), m_path);
    form->addRow(tr("Title"), m_title);
    form->addRow(m_hint);
    form->addRow(buttons);
    connect(m_path, &QLineEdit::textChanged, this, &AddColumnDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

QString AddColumnDialog::path() const
{
    return m_path->text().trimmed();
}

QString AddColumnDialog::title() const
{
    return m_title->text().trimmed();
}

QString AddColumnDialog::errorText() const
{
    const QString text = path();
    if (text.isEmpty())
        return {};
    if (const Result<FieldPath> parsed = FieldPath::parse(text); !parsed)
        return parsed.message();
    return m_taken.contains(text) ? tr("This field is a column already.") : QString();
}

void AddColumnDialog::check()
{
    const QString error = errorText();
    m_hint->setText(error.isEmpty() ? tr("Each row shows the first field of its message that this path leads to.")
                                    : error);
    setStyleRole(m_hint, "error", !error.isEmpty());
    setStyleRole(m_path, "error", !error.isEmpty());
    m_title->setPlaceholderText(error.isEmpty() && !path().isEmpty() ? titleOf({.path = path()}) : QString());
    m_add->setEnabled(!path().isEmpty() && error.isEmpty());
}

} // namespace sockeye
