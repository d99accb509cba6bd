#pragma once

#include <QStyle>
#include <QVariant>
#include <QWidget>

namespace sockeye {

/// Sets a property that the style sheet looks at (primary, error, ...) on a widget that may have its looks already:
/// style sheets are not matched anew by themselves.
inline void setStyleRole(QWidget *widget, const char *role, const QVariant &value)
{
    if (widget->property(role) == value)
        return;
    widget->setProperty(role, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace sockeye
