#include "widgets/style/ThemeSwitch.h"

#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QScopedValueRollback>
#include <QStyle>
#include <QWidget>

namespace sockeye {

ThemeSwitch::ThemeSwitch(QApplication &app)
    : QObject(&app)
    , m_app(app)
{
}

void ThemeSwitch::apply(const QPalette &palette, const QString &styleSheet)
{
    if (m_app.styleSheet().isEmpty()) {
        QApplication::setPalette(palette);
        m_app.setStyleSheet(styleSheet);
        return;
    }
    // Qt's exchange of styles passes over what has not been polished, and so over every widget that says so for now.
    const QWidgetList widgets = QApplication::allWidgets();
    m_stale.clear();
    for (QWidget *widget : widgets) {
        if (!widget->testAttribute(Qt::WA_WState_Polished))
            continue;
        m_stale.insert(widget);
        widget->setAttribute(Qt::WA_WState_Polished, false);
    }
    // First of all filters, so that none sees what is kept from the widgets.
    m_app.removeEventFilter(this);
    m_app.installEventFilter(this);
    {
        const QScopedValueRollback switching(m_isSwitching, true);
        exchange(palette, styleSheet);
        for (QWidget *widget : widgets) {
            if (m_stale.contains(widget))
                widget->setAttribute(Qt::WA_WState_Polished, true);
        }
    }
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows)
        restyleVisible(window);
}

void ThemeSwitch::exchange(const QPalette &palette, const QString &styleSheet)
{
    // What Qt knows about the palettes that style sheets have put on widgets goes with the last style that has a sheet.
    QWidget holder;
    holder.setStyleSheet(QStringLiteral("* {}"));
    m_app.setStyleSheet({});
    QApplication::setPalette(palette);
    m_app.setStyleSheet(styleSheet);
}

/// The parent before its children, which inherit its palette.
void ThemeSwitch::restyleVisible(QWidget *widget)
{
    if (!widget->isVisible())
        return;
    if (m_stale.contains(widget))
        polish(widget);
    const QObjectList children = widget->children();
    for (QObject *child : children) {
        if (child->isWidgetType() && !static_cast<QWidget *>(child)->isWindow())
            restyleVisible(static_cast<QWidget *>(child));
    }
    if (m_stale.remove(widget))
        tell(widget);
}

void ThemeSwitch::restyleLate(QWidget *widget)
{
    // Children are shown before their parents.
    QWidgetList line;
    for (QWidget *at = widget; at; at = at->isWindow() ? nullptr : at->parentWidget()) {
        if (m_stale.contains(at))
            line.prepend(at);
    }
    for (QWidget *at : std::as_const(line))
        polish(at);
    for (QWidget *at : std::as_const(line)) {
        m_stale.remove(at);
        tell(at);
    }
    if (m_stale.isEmpty())
        m_app.removeEventFilter(this);
}

void ThemeSwitch::polish(QWidget *widget)
{
    const QScopedValueRollback switching(m_isSwitching, true);
    ++m_restyledCount;
    // Qt takes the font of its own from a box that holds the line it is edited in.
    const bool isBoxWithFont = qobject_cast<QComboBox *>(widget) && widget->testAttribute(Qt::WA_SetFont);
    const QFont font = widget->font();
    widget->style()->polish(widget);
    if (isBoxWithFont && !widget->testAttribute(Qt::WA_SetFont))
        widget->setFont(font);
}

void ThemeSwitch::tell(QWidget *widget)
{
    for (const QEvent::Type type : {QEvent::PaletteChange, QEvent::StyleChange}) {
        QEvent event(type);
        QCoreApplication::sendEvent(widget, &event);
    }
}

bool ThemeSwitch::eventFilter(QObject *object, QEvent *event)
{
    switch (event->type()) {
    case QEvent::PaletteChange:
    case QEvent::StyleChange:
        return m_isSwitching && m_stale.contains(object);
    case QEvent::Show:
        if (m_stale.contains(object) && object->isWidgetType())
            restyleLate(static_cast<QWidget *>(object));
        return false;
    default:
        return false;
    }
}

} // namespace sockeye
