#include "widgets/filter/MatchStepper.h"

#include "base/Units.h"
#include "log/LogModel.h"
#include "widgets/controls/IconButton.h"

#include <QHBoxLayout>
#include <QLabel>

namespace sockeye {

MatchStepper::MatchStepper(QWidget *parent)
    : QWidget(parent)
    , m_counter(new QLabel(this))
    , m_previous(new IconButton(QStringLiteral("previous"), tr("Previous match"), this))
    , m_next(new IconButton(QStringLiteral("next"), tr("Next match"), this))
{
    m_counter->setProperty("dim", true);
    m_counter->setToolTip(tr("The match that is selected, and how many there are"));
    m_previous->setToolTip(tr("Previous match (Shift+F3)"));
    m_next->setToolTip(tr("Next match (F3)"));
    for (IconButton *button : {m_previous, m_next})
        button->setFocusPolicy(Qt::TabFocus);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_counter);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    connect(m_previous, &IconButton::clicked, this, &MatchStepper::previous);
    connect(m_next, &IconButton::clicked, this, &MatchStepper::next);
    updateCounter();
}

void MatchStepper::setLogModel(LogModel *model)
{
    m_model = model;
    m_current = {};
    updateCounter();
}

void MatchStepper::setCurrentEntry(EntryId id)
{
    m_current = id;
    updateCounter();
}

void MatchStepper::step(bool forward)
{
    if (!m_model || m_model->matchCount() == 0)
        return;
    const EntryId beyond = forward ? EntryId() : m_model->lastEntry() + 1;
    EntryId match = m_model->nextMatch(m_current.value() > 0 ? m_current : beyond, forward);
    if (match.value() == 0)
        match = m_model->nextMatch(beyond, forward);
    if (match.value() > 0)
        Q_EMIT entryWanted(match);
}

void MatchStepper::updateCounter()
{
    QString counter;
    const qint64 count = m_model ? m_model->matchCount() : 0;
    if (m_model && m_model->isFiltered()) {
        const qint64 upTo = m_model->matchesUpTo(m_current);
        const bool isMatch = m_current.value() > 0 && upTo > m_model->matchesUpTo(EntryId(m_current.value() - 1));
        counter = isMatch ? tr("%1 of %2").arg(countText(upTo), countText(count)) : tr("– of %1").arg(countText(count));
    }
    m_counter->setText(counter);
    m_counter->setAccessibleName(counter.isEmpty() ? QString() : tr("Match %1").arg(counter));
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);
}

QString MatchStepper::counterText() const
{
    return m_counter->text();
}

} // namespace sockeye
