#include "widgets/Actions.h"

#include "widgets/ConnectionTab.h"
#include "widgets/MainWindow.h"
#include "widgets/MenuKeys.h"
#include "widgets/style/Icons.h"

#include <QActionGroup>
#include <QMenuBar>

#include <variant>

namespace sockeye {
namespace {

/// When an action can be done.
enum class Need : quint8 { Nothing, Tab, LiveTab, Capture, Idle, LiveIdle, Active, Open, Profile, Echo };

enum class Menu : quint8 { File, Edit, View, Theme, Connection, Tools, Help };

enum Flag : quint8 { None = 0, Checkable = 1, Separator = 2, Exclusive = 4 };

using WindowSlot = void (MainWindow::*)();
using TabSlot = void (ConnectionTab::*)();

struct Spec
{
    ActionId id;
    Menu menu;
    const char *text;
    const char *toolTip;
    const char *icon;
    QList<QKeySequence> keys;
    std::variant<WindowSlot, TabSlot> slot;
    Need need = Need::Nothing;
    int flags = None;
};

#define TEXT(text) QT_TRANSLATE_NOOP("Actions", text)

const QList<Spec> &table()
{
    using Id = ActionId;
    using W = MainWindow;
    using T = ConnectionTab;
    constexpr auto Ctrl = Qt::CTRL;
    constexpr auto Shift = Qt::SHIFT;
    static const QList<Spec> specs = {
        {Id::NewTab,
         Menu::File,
         TEXT("&New connection"),
         TEXT("Open a tab to connect from"),
         "plus",
         {Ctrl | Qt::Key_T},
         &W::newTab},
        {Id::OpenCapture,
         Menu::File,
         TEXT("&Open capture…"),
         TEXT("Look at a recorded session"),
         "open",
         {Ctrl | Qt::Key_O},
         &W::openCapture},
        {Id::SaveCapture,
         Menu::File,
         TEXT("&Save capture as…"),
         TEXT("Keep a copy of this tab's capture in a file"),
         "save",
         {Ctrl | Qt::Key_S},
         &W::saveCapture,
         Need::Capture,
         Separator},
        {Id::Export,
         Menu::File,
         TEXT("&Export…"),
         TEXT("Write this tab's capture in another format"),
         "export",
         {Ctrl | Qt::Key_E},
         &W::exportCapture,
         Need::Capture},
        {Id::CloseTab,
         Menu::File,
         TEXT("&Close tab"),
         TEXT("Close this tab; what it recorded stays under Recent"),
         "close",
         {Ctrl | Qt::Key_W},
         &W::closeCurrentTab,
         Need::Tab,
         Separator},
        {Id::Quit,
         Menu::File,
         TEXT("&Quit"),
         TEXT("Close the window"),
         "",
         {Ctrl | Qt::Key_Q},
         &W::quit,
         Need::Nothing,
         Separator},

        {Id::EditUrl,
         Menu::Edit,
         TEXT("Edit &URL"),
         TEXT("Go to the URL"),
         "",
         {Ctrl | Qt::Key_L},
         &T::focusUrl,
         Need::Tab},
        {Id::FilterLog,
         Menu::Edit,
         TEXT("&Filter log"),
         TEXT("Go to the log's filter"),
         "filter",
         {Ctrl | Qt::Key_F},
         &T::focusFilter,
         Need::Tab},
        {Id::WriteMessage,
         Menu::Edit,
         TEXT("Write &message"),
         TEXT("Go to the message to send"),
         "",
         {Ctrl | Qt::Key_M},
         &T::focusMessage,
         Need::LiveTab},
        {Id::CopyUrl,
         Menu::Edit,
         TEXT("&Copy URL"),
         TEXT("Put this tab's URL on the clipboard"),
         "copy",
         {Ctrl | Shift | Qt::Key_C},
         &T::copyUrl,
         Need::Tab,
         Separator},

        {Id::ThemeSystem,
         Menu::Theme,
         TEXT("&System"),
         TEXT("Look like the desktop"),
         "",
         {},
         &W::applyTheme,
         Need::Nothing,
         Checkable | Exclusive},
        {Id::ThemeLight,
         Menu::Theme,
         TEXT("&Light"),
         TEXT("Dark text on a light ground"),
         "",
         {},
         &W::applyTheme,
         Need::Nothing,
         Checkable | Exclusive},
        {Id::ThemeDark,
         Menu::Theme,
         TEXT("&Dark"),
         TEXT("Light text on a dark ground"),
         "",
         {},
         &W::applyTheme,
         Need::Nothing,
         Checkable | Exclusive},
        {Id::ShowProfiles,
         Menu::View,
         TEXT("&Profiles panel"),
         TEXT("Show the profiles and recent captures"),
         "",
         {Ctrl | Qt::Key_B},
         &W::applyPanels,
         Need::Nothing,
         Checkable | Separator},
        {Id::ShowInspector,
         Menu::View,
         TEXT("&Inspector panel"),
         TEXT("Show the selected entry beside the log"),
         "",
         {Ctrl | Qt::Key_I},
         &W::applyPanels,
         Need::Nothing,
         Checkable},
        {Id::ShowComposer,
         Menu::View,
         TEXT("&Composer panel"),
         TEXT("Show where messages are written"),
         "",
         {Ctrl | Shift | Qt::Key_M},
         &W::applyPanels,
         Need::Nothing,
         Checkable},
        {Id::NextTab,
         Menu::View,
         TEXT("&Next tab"),
         TEXT("Go to the tab on the right"),
         "",
         {Ctrl | Qt::Key_Tab, Ctrl | Qt::Key_PageDown},
         &W::nextTab,
         Need::Tab,
         Separator},
        {Id::PreviousTab,
         Menu::View,
         TEXT("P&revious tab"),
         TEXT("Go to the tab on the left"),
         "",
         {Ctrl | Shift | Qt::Key_Tab, Ctrl | Shift | Qt::Key_Backtab, Ctrl | Qt::Key_PageUp},
         &W::previousTab,
         Need::Tab},

        {Id::Connect,
         Menu::Connection,
         TEXT("&Connect"),
         TEXT("Connect to the URL"),
         "connect",
         {Qt::Key_F5},
         &T::connectToPeer,
         Need::Idle},
        {Id::ConnectLeniently,
         Menu::Connection,
         TEXT("Connect &leniently"),
         TEXT("Connect and go on where the server breaks a rule, to study the rest"),
         "",
         {Ctrl | Qt::Key_F5},
         &T::connectLeniently,
         Need::LiveIdle},
        {Id::Disconnect,
         Menu::Connection,
         TEXT("&Disconnect"),
         TEXT("Close the connection with code 1000"),
         "disconnect",
         {Shift | Qt::Key_F5},
         &T::disconnectFromPeer,
         Need::Active},
        {Id::CutOff,
         Menu::Connection,
         TEXT("Cut &off"),
         TEXT("End TCP at once, without a closing handshake"),
         "",
         {Ctrl | Shift | Qt::Key_F5},
         &T::cutOff,
         Need::Active},
        {Id::Options,
         Menu::Connection,
         TEXT("&Options…"),
         TEXT("Headers, subprotocols, TLS and proxy"),
         "settings",
         {Ctrl | Qt::Key_Comma},
         &T::showOptions,
         Need::LiveTab,
         Separator},
        {Id::Send,
         Menu::Connection,
         TEXT("&Send message"),
         TEXT("Send what stands in the composer"),
         "send",
         {Ctrl | Qt::Key_Return, Ctrl | Qt::Key_Enter},
         &T::sendMessage,
         Need::Open,
         Separator},
        {Id::SaveAsProfile,
         Menu::Connection,
         TEXT("Save as &profile…"),
         TEXT("Keep this connection in the list on the left"),
         "profile",
         {Ctrl | Shift | Qt::Key_P},
         &W::saveAsProfile,
         Need::LiveTab,
         Separator},
        {Id::SaveToProfile,
         Menu::Connection,
         TEXT("Save &to its profile"),
         TEXT("Write this tab's URL and options to the profile it came from"),
         "",
         {Ctrl | Shift | Qt::Key_S},
         &W::saveToProfile,
         Need::Profile},

        {Id::EchoServer,
         Menu::Tools,
         TEXT("Built-in &echo server"),
         TEXT("A server inside Sockeye that sends everything back"),
         "",
         {},
         &W::toggleEchoServer,
         Need::Nothing,
         Checkable},
        {Id::ConnectToEcho,
         Menu::Tools,
         TEXT("C&onnect to it"),
         TEXT("Open a tab connected to the echo server"),
         "",
         {},
         &W::tryEchoServer},
        {Id::CopyEchoUrl,
         Menu::Tools,
         TEXT("&Copy its address"),
         TEXT("Put the echo server's URL on the clipboard"),
         "copy",
         {},
         &W::copyEchoUrl,
         Need::Echo},

        {Id::Shortcuts,
         Menu::Help,
         TEXT("&Keyboard shortcuts"),
         TEXT("List all keys"),
         "",
         {Qt::Key_F1},
         &W::showShortcuts},
        {Id::About, Menu::Help, TEXT("&About Sockeye"), TEXT("Version and licence"), "info", {}, &W::showAbout},
    };
    return specs;
}

bool isMet(Need need, const ConnectionTab *tab, bool echoRuns)
{
    if (need == Need::Nothing)
        return true;
    if (need == Need::Echo)
        return echoRuns;
    if (!tab)
        return false;
    switch (need) {
    case Need::LiveTab:
        return !tab->isFile();
    case Need::Capture:
        return !tab->capturePath().isEmpty();
    case Need::Idle:
        return !tab->isActive() || tab->isWaiting();
    case Need::LiveIdle:
        return !tab->isFile() && (!tab->isActive() || tab->isWaiting());
    case Need::Active:
        return tab->isActive();
    case Need::Open:
        return tab->state() == ConnectionTab::State::Open;
    case Need::Profile:
        return !tab->profileId().isEmpty();
    case Need::Tab:
    case Need::Nothing:
    case Need::Echo:
        break;
    }
    return true;
}

QString toolTipOf(const Spec &spec)
{
    const QString text = QCoreApplication::translate("Actions", spec.toolTip);
    if (spec.keys.isEmpty())
        return text;
    return QStringLiteral("%1 (%2)").arg(text, spec.keys.first().toString(QKeySequence::NativeText));
}

} // namespace

Actions::Actions(MainWindow *window)
    : QObject(window)
{
    QHash<Menu, QMenu *> menus;
    QMenuBar *bar = window->menuBar();
    menus[Menu::File] = bar->addMenu(tr("&File"));
    menus[Menu::Edit] = bar->addMenu(tr("&Edit"));
    menus[Menu::View] = bar->addMenu(tr("&View"));
    menus[Menu::Theme] = menus[Menu::View]->addMenu(tr("&Theme"));
    menus[Menu::Connection] = bar->addMenu(tr("&Connection"));
    menus[Menu::Tools] = bar->addMenu(tr("&Tools"));
    menus[Menu::Help] = bar->addMenu(tr("&Help"));
    auto *themes = new QActionGroup(this);
    for (const Spec &spec : table()) {
        QMenu *menu = menus[spec.menu];
        if (spec.flags & Separator)
            menu->addSeparator();
        QAction *action = menu->addAction(QCoreApplication::translate("Actions", spec.text));
        action->setToolTip(toolTipOf(spec));
        action->setStatusTip({});
        action->setShortcuts(spec.keys);
        action->setCheckable(spec.flags & Checkable);
        if (spec.flags & Exclusive)
            themes->addAction(action);
        if (const WindowSlot *slot = std::get_if<WindowSlot>(&spec.slot)) {
            connect(action, &QAction::triggered, window, [window, slot = *slot] { (window->*slot)(); });
        } else {
            connect(action, &QAction::triggered, window, [window, slot = std::get<TabSlot>(spec.slot)] {
                if (ConnectionTab *tab = window->currentTab())
                    (tab->*slot)();
            });
        }
        m_actions.insert(spec.id, action);
        m_all.append(action);
        if (spec.id == ActionId::OpenCapture)
            m_recent = menu->addMenu(tr("Open &recent"));
    }
    for (QMenu *menu : menus)
        menu->setToolTipsVisible(true);
    updateIcons();
    new MenuKeys(m_all, window);
}

void Actions::update(const ConnectionTab *tab, bool echoRuns)
{
    for (const Spec &spec : table())
        get(spec.id)->setEnabled(isMet(spec.need, tab, echoRuns));
}

void Actions::updateIcons()
{
    const auto *window = static_cast<const QWidget *>(parent());
    for (const Spec &spec : table()) {
        if (*spec.icon)
            get(spec.id)->setIcon(icons::get(QString::fromLatin1(spec.icon), window->palette()));
    }
}

} // namespace sockeye
