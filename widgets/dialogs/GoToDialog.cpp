#include "widgets/dialogs/GoToDialog.h"

#include "base/Units.h"
#include "widgets/controls/Describe.h"
#include "widgets/controls/StyleRole.h"
#include "widgets/style/Theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockeye {

GoToDialog::GoToDialog(const GoToContext &context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_edit(new QLineEdit(this))
    , m_hint(new QLabel(this))
{
    constexpr int PreferredWidth = 420;
    setWindowTitle(tr("Go to"));
    setAccessibleName(windowTitle());
    describe(m_edit, tr("Entry or time"),
             tr("An entry's number, a time as the log shows it, or the time since the beginning: +1.5 s"));
    m_edit->setFont(theme::dataFont());
    m_edit->setClearButtonEnabled(true);
    m_hint->setWordWrap(true);
    m_hint->setMinimumWidth(PreferredWidth);
    // Two lines, so that what is wrong does not move the buttons.
    m_hint->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setAccessibleName(tr("Hint"));
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
    connect(m_edit, &QLineEdit::textChanged, this, &GoToDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &GoToDialog::go);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    check();
}

void GoToDialog::setContext(const GoToContext &context)
{
    m_context = context;
    check();
}

QString GoToDialog::errorText() const
{
    const GoToTarget target = parseGoTo(m_edit->text(), m_context);
    const QString *error = std::get_if<QString>(&target);
    return error && !m_edit->text().trimmed().isEmpty() ? *error : QString();
}

void GoToDialog::check()
{
    const QString error = errorText();
    const bool isEmpty = m_edit->text().trimmed().isEmpty();
    m_hint->setText(!error.isEmpty() ? error
                    : m_context.last.value() > 0
                        ? tr("A number from 1 to %1, or a time").arg(countText(m_context.last.value()))
                        : tr("There are no entries yet."));
    setStyleRole(m_hint, "error", !error.isEmpty());
    setStyleRole(m_edit, "error", !error.isEmpty());
    m_go->setEnabled(!isEmpty && error.isEmpty());
}

void GoToDialog::go()
{
    const GoToTarget target = parseGoTo(m_edit->text(), m_context);
    if (std::holds_alternative<QString>(target))
        return;
    accept();
    if (const EntryId *id = std::get_if<EntryId>(&target))
        Q_EMIT entryChosen(*id);
    else
        Q_EMIT timeChosen(std::get<Timestamp>(target));
}

} // namespace sockeye
