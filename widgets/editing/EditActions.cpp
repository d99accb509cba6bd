#include "widgets/editing/EditActions.h"

#include "widgets/controls/Findable.h"
#include "widgets/controls/Seekable.h"

using namespace Qt::StringLiterals;

namespace sockeye {

QList<ActionSpec> EditActions::all() const
{
    QList<ActionSpec> specs{
        command(u"undo"_s, tr("&Undo"), tr("Take back what was typed last"), QKeySequence::Undo, EditCommand::Undo),
        command(u"redo"_s, tr("&Redo"), tr("Bring back what was undone last"), QKeySequence::Redo, EditCommand::Redo),
        command(u"cut"_s, tr("Cu&t"), tr("Move what is selected to the clipboard"), QKeySequence::Cut,
                EditCommand::Cut),
        command(u"copy"_s, tr("&Copy"), tr("Copy what is selected: text, entries or bytes"), QKeySequence::Copy,
                EditCommand::Copy),
        command(u"paste"_s, tr("&Paste"), tr("Put what is on the clipboard here"), QKeySequence::Paste,
                EditCommand::Paste),
        command(u"selectAll"_s, tr("Select &all"), tr("Select the whole text, log or message"), QKeySequence::SelectAll,
                EditCommand::SelectAll)};
    specs[2].startsSection = true;
    specs += find();
    specs += goTo();
    return specs;
}

ActionSpec EditActions::command(const QString &id, const QString &text, const QString &toolTip,
                                const QKeySequence &keys, EditCommand command) const
{
    return {.id = id,
            .menu = ActionMenu::Edit,
            .text = text,
            .toolTip = toolTip,
            .keys = {keys},
            .run = [&target = m_target, command] { target.run(command); },
            .canRun = [&target = m_target, command] { return target.can(command); },
            // The widget that has the focus has this key by itself; here it is shown.
            .keyContext = Qt::WidgetShortcut};
}

ActionSpec EditActions::find() const
{
    const auto run = [&target = m_target, elsewhere = m_find] {
        if (Findable *findable = target.findable())
            findable->openFind();
        else if (elsewhere.canRun())
            elsewhere.run();
    };
    const auto canRun = [&target = m_target, elsewhere = m_find] { return target.findable() || elsewhere.canRun(); };
    return {.id = u"find"_s,
            .menu = ActionMenu::Edit,
            .text = tr("F&ind"),
            .toolTip = tr("Find in the panel that you are in, in the log by its filter"),
            .icon = u"search"_s,
            .keys = {QKeySequence(Qt::CTRL | Qt::Key_F)},
            .run = run,
            .canRun = canRun,
            .startsSection = true};
}

ActionSpec EditActions::goTo() const
{
    const auto run = [&target = m_target, elsewhere = m_goTo] {
        if (Seekable *seekable = target.seekable())
            seekable->openGoTo();
        else if (elsewhere.canRun())
            elsewhere.run();
    };
    const auto canRun = [&target = m_target, elsewhere = m_goTo] { return target.seekable() || elsewhere.canRun(); };
    return {.id = u"goTo"_s,
            .menu = ActionMenu::Go,
            .text = tr("&Go to…"),
            .toolTip = tr("Go to an entry by its number, or to a time; in the hex view to an offset"),
            .keys = {QKeySequence(Qt::CTRL | Qt::Key_G)},
            .run = run,
            .canRun = canRun};
}

} // namespace sockeye
