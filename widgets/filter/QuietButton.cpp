#include "widgets/filter/QuietButton.h"

#include "base/Units.h"

#include <QAction>
#include <QMenu>

namespace sockeye {

QuietButton::QuietButton(QWidget *parent)
    : QToolButton(parent)
    , m_control(new QAction(tr("Hide &pings and pongs"), this))
    , m_repeats(new QAction(tr("Hide &repeated heartbeats"), this))
{
    m_repeats->setToolTip(tr("Short messages with the same payload as the one before, from their second time on"));
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    setCheckable(true);
    setToolTip(tr("Hide noise: pings and pongs, and heartbeats that repeat"));
    auto *menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    menu->addActions(choices());
    setMenu(menu);
    for (QAction *action : choices()) {
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, &QuietButton::quietChanged);
    }
    setHiddenCount(0);
}

LogQuiet QuietButton::quiet() const
{
    return {m_control->isChecked(), m_repeats->isChecked()};
}

void QuietButton::setQuiet(LogQuiet quiet)
{
    m_control->setChecked(quiet.control);
    m_repeats->setChecked(quiet.repeats);
}

void QuietButton::setHiddenCount(qint64 entries)
{
    setText(entries > 0 ? tr("Quiet · %1").arg(countText(entries)) : tr("Quiet"));
    setAccessibleName(entries > 0 ? tr("Quiet, %1 hidden").arg(countText(entries)) : tr("Quiet"));
    setChecked(quiet() != LogQuiet());
}

} // namespace sockeye
