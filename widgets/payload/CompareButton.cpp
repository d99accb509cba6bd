#include "widgets/payload/CompareButton.h"

#include "base/Units.h"

#include <QActionGroup>
#include <QMenu>
#include <QStyleOptionToolButton>

namespace sockeye {

CompareButton::CompareButton(QWidget *parent)
    : IconButton(QStringLiteral("compare"), tr("Compare the message"), parent)
{
    setToolTip(tr("Show what differs from another message: the one before of the same shape, a chosen one, the "
                  "clipboard"));
    setPopupMode(QToolButton::InstantPopup);
    setCheckable(true);
    auto *menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, this, &CompareButton::fillMenu);
    setMenu(menu);
}

/// An arrow would stand on the icon.
void CompareButton::initStyleOption(QStyleOptionToolButton *option) const
{
    IconButton::initStyleOption(option);
    option->features &= ~QStyleOptionToolButton::ToolButtonFeatures(QStyleOptionToolButton::HasMenu);
}

void CompareButton::fillMenu()
{
    using With = CompareChoice::With;
    QMenu &menu = *this->menu();
    menu.clear();
    auto *group = new QActionGroup(&menu);
    const auto add = [&](const QString &text, const QString &toolTip, const CompareChoice &choice) {
        QAction *action = menu.addAction(text, this, [this, choice] { choose(choice); });
        action->setToolTip(toolTip);
        action->setCheckable(true);
        action->setChecked(choice == m_choice);
        group->addAction(action);
        return action;
    };
    add(tr("With &nothing"), tr("Show the message alone"), {});
    add(tr("With the &previous of the same shape"),
        tr("The nearest message before it of this connection and direction with the same members; where no format is "
           "known, the nearest one"),
        {With::Previous, {}});
    if (m_choice.with == With::Entry)
        add(tr("With entry %1").arg(countText(m_choice.entry.value())), tr("The entry that was chosen"), m_choice);
    add(tr("With the &clipboard"), tr("The text on the clipboard"), {With::Clipboard, {}});
    menu.addSeparator();
    QAction *others = menu.addAction(tr("Compare &others with this one"), this, [this] {
        choose({With::Entry, m_shown});
    });
    others->setToolTip(tr("Messages that are shown from now on are compared with this one"));
    others->setEnabled(m_shown != EntryId());
}

void CompareButton::choose(const CompareChoice &choice)
{
    m_choice = choice;
    setChecked(choice.with != CompareChoice::With::Nothing);
    Q_EMIT chosen();
}

} // namespace sockeye
