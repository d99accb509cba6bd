#include "widgets/window/WindowCommands.h"

#include "profiles/ProfileStore.h"
#include "widgets/controls/ActionWords.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/filter/FilterStore.h"
#include "widgets/library/Age.h"
#include "widgets/window/Actions.h"
#include "widgets/window/Documents.h"
#include "widgets/window/ProfileTabs.h"
#include "widgets/window/RecentTool.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace sockeye {

QList<Command> WindowCommands::all() const
{
    return actions() + profiles() + captures() + filters();
}

Command WindowCommands::ofAction(QAction *action)
{
    Command command;
    command.title = actionWords(action->text());
    const QList<QObject *> places = action->associatedObjects();
    for (const QObject *place : places) {
        if (const auto *menu = qobject_cast<const QMenu *>(place))
            command.place = actionWords(menu->title());
    }
    command.keys = action->shortcut().toString(QKeySequence::NativeText);
    command.canRun = action->isEnabled();
    command.run = [action = QPointer(action)] {
        if (action)
            action->trigger();
    };
    return command;
}

QList<Command> WindowCommands::actions() const
{
    QList<Command> commands;
    for (QAction *action : m_parts.actions.all())
        commands += ofAction(action);
    return commands;
}

QList<Command> WindowCommands::profiles() const
{
    QList<Command> commands;
    for (const Profile &profile : m_parts.store.profiles()) {
        commands += Command{profile.name, tr("Profile"), {}, [&profiles = m_parts.profiles, id = profile.id] {
                                profiles.open(id, false);
                            }};
    }
    return commands;
}

QList<Command> WindowCommands::captures() const
{
    QList<Command> commands;
    const QDateTime now = QDateTime::currentDateTime();
    for (const RecentCapture &capture : m_parts.recent.captures().captures()) {
        const CaptureLibrary::Item &item = capture.item;
        commands += Command{tr("%1 · %2 · %3").arg(item.title, ageText(item.modified, now), factsText(capture)),
                            tr("Capture"),
                            {},
                            [&documents = m_parts.documents, path = item.path] { documents.openPath(path); }};
    }
    return commands;
}

QList<Command> WindowCommands::filters() const
{
    const DocumentTab *tab = m_parts.documents.current();
    QList<Command> commands;
    for (const SavedFilter &filter : FilterStore(m_parts.settings).saved()) {
        Command command{filter.name, tr("Filter")};
        command.canRun = tab != nullptr;
        command.run = [view = QPointer(tab ? tab->view() : nullptr), text = filter.text] {
            if (view)
                view->filterBar()->setText(text);
        };
        commands += command;
    }
    return commands;
}

} // namespace sockeye
