#include "widgets/dialogs/PlaceDialog.h"

#include "widgets/controls/Describe.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

PlaceDialog::PlaceDialog(const QString &title, const QString &name, const QString &toolTip, QWidget *parent)
    : QDialog(parent)
    , m_edit(new QLineEdit(this))
    , m_hint(new QLabel(this))
{
    constexpr int PreferredWidth = 420;
    setWindowTitle(title);
    setAccessibleName(title);
    describe(m_edit, name, toolTip);
    m_edit->setFont(theme::dataFont());
    m_edit->setClearButtonEnabled(true);
    m_hint->setWordWrap(true);
    m_hint->setMinimumWidth(PreferredWidth);
    // Two lines, so that what is wrong does not move the buttons.
    m_hint->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_hint->setTextFormat(Qt::PlainText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_go = buttons->addButton(tr("Go"), QDialogButtonBox::AcceptRole);
    m_go->setToolTip(tr("Go there (Enter)"));
    m_go->setDefault(true);
    setStyleRole(m_go, "primary", true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Gap * 2, theme::Gap * 2, theme::Gap * 2, theme::Gap * 2);
    layout->setSpacing(theme::Gap);
    layout->addWidget(m_edit);
    layout->addWidget(m_hint);
    layout->addWidget(buttons);
    connect(m_edit, &QLineEdit::textChanged, this, &PlaceDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &PlaceDialog::go);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QString PlaceDialog::errorText() const
{
    return m_edit->text().trimmed().isEmpty() ? QString() : problemWith(m_edit->text());
}

void PlaceDialog::check()
{
    const QString error = errorText();
    m_hint->setText(error.isEmpty() ? hint() : error);
    setStyleRole(m_hint, "error", !error.isEmpty());
    setStyleRole(m_edit, "error", !error.isEmpty());
    m_go->setEnabled(!m_edit->text().trimmed().isEmpty() && error.isEmpty());
}

void PlaceDialog::go()
{
    const QString text = m_edit->text();
    if (!problemWith(text).isEmpty())
        return;
    accept();
    goTo(text);
}

} // namespace sockeye
