#include "widgets/options/NotificationsPage.h"

#include "widgets/options/OptionsForm.h"
#include "widgets/style/Theme.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace sockeye {

NotificationsPage::NotificationsPage(QWidget *parent)
    : OptionsPage(parent)
    , m_form(new OptionsForm(this))
    , m_filter(new QLineEdit(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_form);
    layout->addStretch(1);
    m_form->addHeading(tr("Tell me when"));
    m_filter->setFont(theme::dataFont());
    m_filter->setPlaceholderText(tr("No entries; or e.g. has:finding, or json:$.price>100"));
    describe(m_filter, tr("Notify of entries"),
             tr("Entries that come from now on and match this, written as in the log's filter.\n"
                "While you look at the tab it stays silent."));
    m_form->addRow(tr("&Entries match"), m_filter);
    connect(m_filter, &QLineEdit::textChanged, this, &NotificationsPage::changed);
    m_ends = addSwitch(tr("The connection en&ds"), tr("Notify of ends"),
                       tr("The connection ends or does not come about.\nWhile you look at the tab it stays silent."));
    m_returns = addSwitch(tr("The connection comes &back"), tr("Notify of returns"),
                          tr("The connection is open again after an end.\nWhile you look at the tab it stays silent."));
    m_form->addNote(
        tr("Shown by the desktop, and by a mark on the tab until you look at it. There is never more than one in "
           "five seconds; what comes in between is summed up. While you look at the tab it stays silent."));
}

QCheckBox *NotificationsPage::addSwitch(const QString &text, const QString &name, const QString &toolTip)
{
    auto *box = new QCheckBox(text, this);
    describe(box, name, toolTip);
    m_form->addRow({}, box);
    connect(box, &QCheckBox::toggled, this, &NotificationsPage::changed);
    return box;
}

void NotificationsPage::setOptions(const NotifyOptions &options)
{
    m_given = options.filter;
    m_filter->setText(options.filter);
    m_ends->setChecked(options.ends);
    m_returns->setChecked(options.returns);
    Q_EMIT changed();
}

NotifyOptions NotificationsPage::options() const
{
    return {m_filter->text().trimmed(), m_ends->isChecked(), m_returns->isChecked()};
}

void NotificationsPage::load(const Endpoint & /*endpoint*/)
{
    setOptions({});
}

void NotificationsPage::store(Endpoint & /*endpoint*/) const {}

bool NotificationsPage::check(const Endpoint & /*endpoint*/, const QList<EndpointProblem> & /*problems*/)
{
    // One that a newer version has written stays as it is.
    const QString filter = options().filter;
    m_form->setProblem(m_filter, filter == m_given ? QString() : problemOfNotifyFilter(filter));
    return m_form->isValid();
}

} // namespace sockeye
