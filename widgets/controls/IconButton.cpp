#include "widgets/controls/IconButton.h"

#include "widgets/style/Icons.h"

#include <QEvent>

namespace sockeye {

IconButton::IconButton(const QString &icon, const QString &name, QWidget *parent)
    : QToolButton(parent)
    , m_icon(icon)
{
    setAccessibleName(name);
    setToolTip(name);
    setIconSize({16, 16});
    updateIcon();
}

void IconButton::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateIcon();
}

void IconButton::updateIcon()
{
    setIcon(icons::get(m_icon, palette()));
}

} // namespace sockeye
