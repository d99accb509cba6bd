#include "widgets/dialogs/GoToDialog.h"

#include "base/Units.h"

namespace sockeye {

GoToDialog::GoToDialog(const GoToContext &context, QWidget *parent)
    : PlaceDialog(tr("Go to"), tr("Entry or time"),
                  tr("An entry's number, a time as the log shows it, or the time since the beginning: +1.5 s"), parent)
    , m_context(context)
{
    check();
}

void GoToDialog::setContext(const GoToContext &context)
{
    m_context = context;
    check();
}

QString GoToDialog::problemWith(const QString &text) const
{
    const GoToTarget target = parseGoTo(text, m_context);
    const QString *error = std::get_if<QString>(&target);
    return error ? *error : QString();
}

QString GoToDialog::hint() const
{
    return m_context.last.value() > 0 ? tr("A number from 1 to %1, or a time").arg(countText(m_context.last.value()))
                                      : tr("There are no entries yet.");
}

void GoToDialog::goTo(const QString &text)
{
    const GoToTarget target = parseGoTo(text, m_context);
    if (const EntryId *id = std::get_if<EntryId>(&target))
        Q_EMIT entryChosen(*id);
    else
        Q_EMIT timeChosen(std::get<Timestamp>(target));
}

} // namespace sockeye
