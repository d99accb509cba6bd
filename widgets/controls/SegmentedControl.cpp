#include "widgets/controls/SegmentedControl.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace sockeye {

SegmentedControl::SegmentedControl(QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        if (!checked || id == m_current)
            return;
        m_current = id;
        updateFocus();
        Q_EMIT currentChanged(id);
    });
}

void SegmentedControl::addSegment(int id, const QString &text, const QString &accessibleName, const QString &toolTip)
{
    auto *button = new QPushButton(text, this);
    button->setCheckable(true);
    button->setAutoDefault(false);
    button->setAccessibleName(accessibleName);
    button->setToolTip(toolTip);
    button->installEventFilter(this);
    m_group->addButton(button, id);
    layout()->addWidget(button);
}

void SegmentedControl::finish()
{
    const QList<QAbstractButton *> buttons = m_group->buttons();
    for (QAbstractButton *button : buttons)
        button->setProperty("segment", u"middle"_s);
    buttons.first()->setProperty("segment", u"first"_s);
    buttons.last()->setProperty("segment", u"last"_s);
    buttons.first()->setChecked(true);
}

int SegmentedControl::current() const
{
    return m_group->checkedId();
}

void SegmentedControl::setCurrent(int id)
{
    if (QAbstractButton *button = m_group->button(id))
        button->setChecked(true);
}

bool SegmentedControl::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(object, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_Right:
    case Qt::Key_Down:
        step(1);
        return true;
    default:
        return QWidget::eventFilter(object, event);
    }
}

void SegmentedControl::step(int by)
{
    const QList<QAbstractButton *> buttons = m_group->buttons();
    const qsizetype count = buttons.size();
    QAbstractButton *next = buttons[(buttons.indexOf(m_group->checkedButton()) + by + count) % count];
    next->setChecked(true);
    next->setFocus(Qt::TabFocusReason);
}

void SegmentedControl::updateFocus()
{
    for (QAbstractButton *button : m_group->buttons()) {
        button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
        if (button->isChecked())
            setFocusProxy(button);
    }
}

} // namespace sockeye
