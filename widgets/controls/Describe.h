#pragma once

#include <QWidget>

namespace sockeye {

/// Name and tooltip of a control: what it is, and what it does.
inline void describe(QWidget *control, const QString &name, const QString &toolTip)
{
    control->setAccessibleName(name);
    control->setToolTip(toolTip);
}

} // namespace sockeye
