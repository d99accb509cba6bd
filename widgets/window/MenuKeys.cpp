#include "widgets/window/MenuKeys.h"

#include <QApplication>
#include <QKeyEvent>
#include <QWidget>

#include <algorithm>

namespace sockeye {

MenuKeys::MenuKeys(const QList<QAction *> &actions, QWidget *window)
    : QObject(window)
    , m_actions(actions)
{
    qApp->installEventFilter(this);
}

bool MenuKeys::eventFilter(QObject *watched, QEvent *event)
{
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (event->type() != QEvent::ShortcutOverride || !widget)
        return false;
    const QKeySequence keys(static_cast<QKeyEvent *>(event)->keyCombination());
    const QWidget *window = widget->window();
    const bool isMain = window == parent();
    const bool isOurs = std::any_of(m_actions.cbegin(), m_actions.cend(), [=](QAction *action) {
        // Actions of a part of the window have their keys only there.
        return (isMain || window->actions().contains(action)) && action->isEnabled() &&
               action->shortcutContext() == Qt::WindowShortcut && action->shortcuts().contains(keys);
    });
    // A key that no widget overrides becomes a shortcut.
    if (isOurs)
        event->ignore();
    return isOurs;
}

} // namespace sockeye
