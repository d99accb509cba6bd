#include "widgets/tab/TabActions.h"

#include "widgets/tab/ConnectionTab.h"

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

using Menu = ActionMenu;
using Need = DocumentTab::Need;

constexpr auto Ctrl = Qt::CTRL;
constexpr auto Shift = Qt::SHIFT;

} // namespace

TabActions::TabActions(CurrentTab current)
    : m_current(std::move(current))
{
}

QList<ActionSpec> TabActions::edit() const
{
    return {{.id = u"editUrl"_s,
             .menu = Menu::Edit,
             .text = tr("Edit UR&L"),
             .toolTip = tr("Go to the URL"),
             .keys = {Ctrl | Qt::Key_L},
             .run = run(&DocumentTab::focusUrl),
             .canRun = needs(Need::Url)},
            {.id = u"filterLog"_s,
             .menu = Menu::Edit,
             .text = tr("&Filter log"),
             .toolTip = tr("Go to the log's filter"),
             .icon = u"filter"_s,
             .keys = {Ctrl | Shift | Qt::Key_F},
             .run = run(&DocumentTab::focusFilter),
             .canRun = needs(Need::Tab)},
            {.id = u"nextMatch"_s,
             .menu = Menu::Edit,
             .text = tr("Ne&xt match"),
             .toolTip = tr("Go to the next entry that the filter matches"),
             .icon = u"next"_s,
             .keys = {Qt::Key_F3},
             .run = run(&DocumentTab::goToNextMatch),
             .canRun = needs(Need::Tab)},
            {.id = u"previousMatch"_s,
             .menu = Menu::Edit,
             .text = tr("Pre&vious match"),
             .toolTip = tr("Go to the previous entry that the filter matches"),
             .icon = u"previous"_s,
             .keys = {Shift | Qt::Key_F3},
             .run = run(&DocumentTab::goToPreviousMatch),
             .canRun = needs(Need::Tab)},
            {.id = u"writeMessage"_s,
             .menu = Menu::Edit,
             .text = tr("Write &message"),
             .toolTip = tr("Go to the message to send"),
             .keys = {Ctrl | Qt::Key_M},
             .run = run(&ConnectionTab::focusMessage),
             .canRun = needs(Need::Live)},
            {.id = u"copyUrl"_s,
             .menu = Menu::Edit,
             .text = tr("Cop&y URL"),
             .toolTip = tr("Put this tab's URL on the clipboard"),
             .icon = u"copy"_s,
             .keys = {Ctrl | Shift | Qt::Key_C},
             .run = run(&DocumentTab::copyUrl),
             .canRun = needs(Need::Url),
             .startsSection = true}};
}

QList<ActionSpec> TabActions::connection() const
{
    return {{.id = u"connect"_s,
             .menu = Menu::Connection,
             .text = tr("&Connect"),
             .toolTip = tr("Connect to the URL"),
             .icon = u"connect"_s,
             .keys = {Qt::Key_F5},
             .run = run(&DocumentTab::connectToPeer),
             .canRun = needs(Need::Idle)},
            {.id = u"connectLeniently"_s,
             .menu = Menu::Connection,
             .text = tr("Connect &leniently"),
             .toolTip = tr("Connect and go on where the server breaks a rule, to study the rest"),
             .keys = {Ctrl | Qt::Key_F5},
             .run = run(&ConnectionTab::connectLeniently),
             .canRun = needs(Need::LiveIdle)},
            {.id = u"disconnect"_s,
             .menu = Menu::Connection,
             .text = tr("&Disconnect"),
             .toolTip = tr("Close the connection with code 1000"),
             .icon = u"disconnect"_s,
             .keys = {Shift | Qt::Key_F5},
             .run = run(&ConnectionTab::disconnectFromPeer),
             .canRun = needs(Need::Active)},
            {.id = u"cutOff"_s,
             .menu = Menu::Connection,
             .text = tr("C&ut off"),
             .toolTip = tr("End TCP at once, without a closing handshake"),
             .keys = {Ctrl | Shift | Qt::Key_F5},
             .run = run(&ConnectionTab::cutOff),
             .canRun = needs(Need::Active)},
            {.id = u"options"_s,
             .menu = Menu::Connection,
             .text = tr("&Options…"),
             .toolTip = tr("Headers, TLS, proxy, compression, timeouts and reconnecting"),
             .icon = u"settings"_s,
             .keys = {Qt::ALT | Qt::Key_Return, Qt::ALT | Qt::Key_Enter},
             .run = run(&ConnectionTab::showOptions),
             .canRun = needs(Need::Live),
             .startsSection = true},
            {.id = u"formats"_s,
             .menu = Menu::Connection,
             .text = tr("Message &formats…"),
             .toolTip = tr("As what the messages of this tab are read: rules, schemas, structs"),
             .run = run(&DocumentTab::showFormats),
             .canRun = needs(Need::Tab)},
            {.id = u"send"_s,
             .menu = Menu::Connection,
             .text = tr("&Send message"),
             .toolTip = tr("Send what stands in the composer"),
             .icon = u"send"_s,
             .keys = {Ctrl | Qt::Key_Return, Ctrl | Qt::Key_Enter},
             .run = run(&ConnectionTab::sendMessage),
             .canRun = needs(Need::Open),
             .startsSection = true}};
}

QList<ActionSpec> TabActions::go() const
{
    return {{.id = u"nextPane"_s,
             .menu = Menu::Go,
             .text = tr("Next &pane"),
             .toolTip = tr("Go from the URL to the log, the inspector, the composer, and around"),
             .keys = {Qt::Key_F6},
             .run = run(&DocumentTab::goToNextPane),
             .canRun = needs(Need::Tab),
             .startsSection = true},
            {.id = u"previousPane"_s,
             .menu = Menu::Go,
             .text = tr("Previous p&ane"),
             .toolTip = tr("Go from the composer to the inspector, the log, the URL, and around"),
             .keys = {Shift | Qt::Key_F6},
             .run = run(&DocumentTab::goToPreviousPane),
             .canRun = needs(Need::Tab)}};
}

std::function<bool()> TabActions::needs(Need need) const
{
    return [current = m_current, need] {
        const DocumentTab *tab = current();
        return tab && tab->can(need);
    };
}

} // namespace sockeye
