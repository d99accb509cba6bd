#include "widgets/window/WindowActions.h"

#include "library/Settings.h"
#include "widgets/analysis/AnalysisTool.h"
#include "widgets/dialogs/AboutDialog.h"
#include "widgets/dialogs/SecretNamesDialog.h"
#include "widgets/dialogs/ShortcutsDialog.h"
#include "widgets/help/HelpTool.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/inspector/InspectorPages.h"
#include "widgets/preferences/PreferencesTool.h"
#include "widgets/preferences/ThemeChoice.h"
#include "widgets/window/Actions.h"
#include "widgets/window/CaptureFiles.h"
#include "widgets/window/Documents.h"
#include "widgets/window/EchoTool.h"
#include "widgets/window/MergeOpener.h"
#include "widgets/window/NotesTool.h"
#include "widgets/window/Panels.h"
#include "widgets/window/ProfileTabs.h"
#include "widgets/window/RecentTool.h"
#include "widgets/window/SessionRestorer.h"

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

using Menu = ActionMenu;
using Need = DocumentTab::Need;
using theme::Scheme;

constexpr auto Ctrl = Qt::CTRL;
constexpr auto Shift = Qt::SHIFT;

void open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace

QList<ActionSpec> WindowActions::file() const
{
    return opening() + saving() + closing();
}

QList<ActionSpec> WindowActions::edit() const
{
    return {{.id = u"preferences"_s,
             .menu = Menu::Edit,
             .text = tr("Preference&s…"),
             .toolTip = tr("Colours, fonts, logs, captures, new connections, questions"),
             .icon = u"settings"_s,
             .keys = {Ctrl | Qt::Key_Comma},
             .run = [&preferences = m_parts.preferences] { preferences.show(); },
             .startsSection = true}};
}

QList<ActionSpec> WindowActions::view() const
{
    return themes() + panels() + pages() + tabs();
}

QList<ActionSpec> WindowActions::opening() const
{
    return {{.id = u"newTab"_s,
             .menu = Menu::File,
             .text = tr("&New connection"),
             .toolTip = tr("Open a tab to connect from"),
             .icon = u"plus"_s,
             .keys = {Ctrl | Qt::Key_T},
             .run = [&documents = m_parts.documents] { documents.openNew(); }},
            {.id = u"openCapture"_s,
             .menu = Menu::File,
             .text = tr("&Open capture…"),
             .toolTip = tr("Look at a recorded session"),
             .icon = u"open"_s,
             .keys = {Ctrl | Qt::Key_O},
             .run = [&files = m_parts.files] { files.open(); }},
            {.id = u"openRecent"_s,
             .menu = Menu::File,
             .text = tr("Open &recent"),
             .fillMenu = [&recent = m_parts.recent](QMenu &menu) { recent.fillMenu(menu); }},
            {.id = u"recentCaptures"_s,
             .menu = Menu::File,
             .text = tr("Recen&t captures…"),
             .toolTip = tr("Find, rename and delete what was recorded"),
             .icon = u"folder"_s,
             .keys = {Ctrl | Shift | Qt::Key_O},
             .run = [&recent = m_parts.recent] { recent.showDialog(); }}};
}

QList<ActionSpec> WindowActions::saving() const
{
    return {{.id = u"saveCapture"_s,
             .menu = Menu::File,
             .text = tr("&Save capture as…"),
             .toolTip = tr("Keep a copy of this tab's capture in a file"),
             .icon = u"save"_s,
             .keys = {Ctrl | Qt::Key_S},
             .run = [&files = m_parts.files] { files.saveCurrent(); },
             .canRun = needs(Need::Capture),
             .startsSection = true},
            {.id = u"export"_s,
             .menu = Menu::File,
             .text = tr("&Export…"),
             .toolTip = tr("Write this tab's capture in another format"),
             .icon = u"export"_s,
             .keys = {Ctrl | Qt::Key_E},
             .run = [&files = m_parts.files] { files.exportCurrent(); },
             .canRun = needs(Need::Capture)}};
}

QList<ActionSpec> WindowActions::closing() const
{
    return {{.id = u"closeTab"_s,
             .menu = Menu::File,
             .text = tr("&Close tab"),
             .toolTip = tr("Close this tab; what it recorded stays under Recent"),
             .icon = u"close"_s,
             .keys = {Ctrl | Qt::Key_W},
             .run = [&documents = m_parts.documents] { documents.closeCurrent(); },
             .canRun = needs(Need::Tab),
             .startsSection = true},
            {.id = u"quit"_s,
             .menu = Menu::File,
             .text = tr("&Quit"),
             .toolTip = tr("Close the window"),
             .keys = {Ctrl | Qt::Key_Q},
             .run = [&window = m_parts.window] { window.close(); },
             .startsSection = true}};
}

QList<ActionSpec> WindowActions::themes() const
{
    const auto choice = [&theme = m_parts.theme](const QString &id, const QString &text, const QString &toolTip,
                                                 Scheme scheme) {
        return ActionSpec{.id = id,
                          .menu = Menu::Theme,
                          .text = text,
                          .toolTip = toolTip,
                          .run = [&theme, scheme] { theme.choose(scheme); },
                          .isChecked = [&theme, scheme] { return theme.scheme() == scheme; },
                          .isExclusive = true};
    };
    return {choice(u"themeSystem"_s, tr("&System"), tr("Look like the desktop"), Scheme::System),
            choice(u"themeLight"_s, tr("&Light"), tr("Dark text on a light ground"), Scheme::Light),
            choice(u"themeDark"_s, tr("&Dark"), tr("Light text on a dark ground"), Scheme::Dark)};
}

QList<ActionSpec> WindowActions::panels() const
{
    const auto choice = [&panels = m_parts.panels](const QString &id, const QString &text, const QString &toolTip,
                                                   const QKeySequence &keys, Panel panel) {
        return ActionSpec{.id = id,
                          .menu = Menu::View,
                          .text = text,
                          .toolTip = toolTip,
                          .keys = {keys},
                          .run = [&panels, panel] { panels.toggle(panel); },
                          .isChecked = [&panels, panel] { return panels.isShown(panel); },
                          .startsSection = panel == Panel::Profiles};
    };
    const auto place = [&panels = m_parts.panels](const QString &id, const QString &text, const QString &toolTip,
                                                  InspectorPlace where) {
        return ActionSpec{.id = id,
                          .menu = Menu::Inspector,
                          .text = text,
                          .toolTip = toolTip,
                          .run = [&panels, where] { panels.setInspectorPlace(where); },
                          .isChecked = [&panels, where] { return panels.inspectorPlace() == where; },
                          .isExclusive = true};
    };
    return {choice(u"showProfiles"_s, tr("&Profiles panel"), tr("Show the profiles and recent captures"),
                   Ctrl | Qt::Key_B, Panel::Profiles),
            choice(u"showInspector"_s, tr("&Inspector panel"), tr("Show the selected entry and its connection"),
                   Ctrl | Qt::Key_I, Panel::Inspector),
            place(u"inspectorRight"_s, tr("&Right"), tr("Show the inspector beside the log"), InspectorPlace::Right),
            place(u"inspectorBelow"_s, tr("&Below"), tr("Show the inspector below the log, both in the whole width"),
                  InspectorPlace::Below),
            place(u"inspectorWindow"_s, tr("Own &window"),
                  tr("Show the inspector of the current tab in a window of its own, on another screen, say. Closing "
                     "that hides the inspector; Ctrl+I shows it there again"),
                  InspectorPlace::OwnWindow),
            choice(u"showComposer"_s, tr("&Composer panel"), tr("Show where messages are written"),
                   Ctrl | Shift | Qt::Key_M, Panel::Composer),
            choice(u"showTimeline"_s, tr("Time&line"), tr("Show messages per second above the log"),
                   Ctrl | Shift | Qt::Key_L, Panel::Timeline),
            {.id = u"showNotes"_s,
             .menu = Menu::View,
             .text = tr("Notes panel"),
             .toolTip = tr("Show the bookmarks and notes of the capture"),
             .keys = {Ctrl | Shift | Qt::Key_B},
             .run = [&notes = m_parts.notes] { notes.toggle(); },
             .isChecked = [&notes = m_parts.notes] { return notes.isShown(); }},
            {.id = u"showAnalysis"_s,
             .menu = Menu::View,
             .text = tr("Anal&ysis panel"),
             .toolTip = tr("Show what the messages of this tab amount to: kinds of messages, above all"),
             .keys = {Ctrl | Shift | Qt::Key_A},
             .run = [&analysis = m_parts.analysis] { analysis.toggle(); },
             .isChecked = [&analysis = m_parts.analysis] { return analysis.isShown(); }}};
}

QList<ActionSpec> WindowActions::pages() const
{
    QList<ActionSpec> specs;
    const QStringList titles = inspectorPageTitles();
    for (int i = 0; i < titles.size(); ++i) {
        const auto run = [&documents = m_parts.documents, &panels = m_parts.panels, title = titles.at(i)] {
            if (!panels.isShown(Panel::Inspector))
                panels.toggle(Panel::Inspector);
            documents.current()->view()->inspector()->showPage(title);
        };
        specs += {.id = u"page%1"_s.arg(i + 1),
                  .menu = Menu::Page,
                  .text = titles.at(i),
                  .toolTip = tr("Show this page of the inspector"),
                  .keys = i < 9 ? QList{QKeySequence(Ctrl | Qt::Key(Qt::Key_1 + i))} : QList<QKeySequence>(),
                  .run = run,
                  .canRun = needs(Need::Tab)};
    }
    return specs;
}

QList<ActionSpec> WindowActions::tabs() const
{
    return {
        {.id = u"restoreSession"_s,
         .menu = Menu::View,
         .text = tr("&Restore tabs at start"),
         .toolTip = tr("Show the tabs and drafts of this window again when Sockeye starts; nothing connects by itself"),
         .run = [&session = m_parts.session] { session.setOn(!session.isOn()); },
         .isChecked = [&session = m_parts.session] { return session.isOn(); },
         .startsSection = true},
        {.id = u"mergeView"_s,
         .menu = Menu::View,
         .text = tr("&Merge view…"),
         .toolTip = tr("Show the captures of several tabs in one log, in the order of time"),
         .keys = {Ctrl | Shift | Qt::Key_G},
         .run = [&merges = m_parts.merges] { merges.showDialog(); },
         .canRun = needs(Need::Capture),
         .startsSection = true},
        {.id = u"nextTab"_s,
         .menu = Menu::View,
         .text = tr("&Next tab"),
         .toolTip = tr("Go to the tab on the right"),
         .keys = {Ctrl | Qt::Key_Tab, Ctrl | Qt::Key_PageDown},
         .run = [&documents = m_parts.documents] { documents.goToNext(); },
         .canRun = needs(Need::Tab),
         .startsSection = true},
        {.id = u"previousTab"_s,
         .menu = Menu::View,
         .text = tr("Previo&us tab"),
         .toolTip = tr("Go to the tab on the left"),
         .keys = {Ctrl | Shift | Qt::Key_Tab, Ctrl | Shift | Qt::Key_Backtab, Ctrl | Qt::Key_PageUp},
         .run = [&documents = m_parts.documents] { documents.goToPrevious(); },
         .canRun = needs(Need::Tab)}};
}

QList<ActionSpec> WindowActions::profiles() const
{
    return {{.id = u"saveAsProfile"_s,
             .menu = Menu::Connection,
             .text = tr("Save as &profile…"),
             .toolTip = tr("Keep this connection in the list on the left"),
             .icon = u"profile"_s,
             .keys = {Ctrl | Shift | Qt::Key_P},
             .run = [&profiles = m_parts.profiles] { profiles.saveCurrentAs(); },
             .canRun = needs(Need::Live),
             .startsSection = true},
            {.id = u"saveToProfile"_s,
             .menu = Menu::Connection,
             .text = tr("Save &to its profile"),
             .toolTip = tr("Write this tab's URL and options to the profile it came from"),
             .keys = {Ctrl | Shift | Qt::Key_S},
             .run = [&profiles = m_parts.profiles] { profiles.saveCurrent(); },
             .canRun = needs(Need::Profile)},
            {.id = u"keepInOneCapture"_s,
             .menu = Menu::Connection,
             .text = tr("&Keep in one capture"),
             .toolTip = tr("Go on in a tab's capture when its URL was changed, instead of beginning another"),
             .run = [&settings = m_parts.settings] { settings.setKeepsInOneCapture(!settings.keepsInOneCapture()); },
             .isChecked = [&settings = m_parts.settings] { return settings.keepsInOneCapture(); },
             .startsSection = true}};
}

QList<ActionSpec> WindowActions::tools() const
{
    const auto serverText = [&echo = m_parts.echo] {
        return echo.isListening() ? tr("Built-in &echo server on %1").arg(echo.url().toString())
                                  : tr("Built-in &echo server");
    };
    return {{.id = u"echoServer"_s,
             .menu = Menu::Tools,
             .text = tr("Built-in &echo server"),
             .toolTip = tr("A server inside Sockeye that sends everything back"),
             .run = [&echo = m_parts.echo] { echo.toggle(); },
             .isChecked = [&echo = m_parts.echo] { return echo.isListening(); },
             .currentText = serverText},
            {.id = u"connectToEcho"_s,
             .menu = Menu::Tools,
             .text = tr("C&onnect to it"),
             .toolTip = tr("Open a tab connected to the echo server"),
             .run = [&echo = m_parts.echo] { echo.connectTo(); }},
            {.id = u"copyEchoUrl"_s,
             .menu = Menu::Tools,
             .text = tr("&Copy its address"),
             .toolTip = tr("Put the echo server's URL on the clipboard"),
             .icon = u"copy"_s,
             .run = [&echo = m_parts.echo] { echo.copyUrl(); },
             .canRun = [&echo = m_parts.echo] { return echo.isListening(); }},
            {.id = u"commandPalette"_s,
             .menu = Menu::Tools,
             .text = tr("Command &palette"),
             .toolTip = tr("Find every action, profile, capture, page of the inspector and filter by its name"),
             .icon = u"search"_s,
             .keys = {Ctrl | Qt::Key_K},
             .run = m_parts.openPalette,
             .startsSection = true},
            {.id = u"secretNames"_s,
             .menu = Menu::Tools,
             .text = tr("&Names of secrets…"),
             .toolTip = tr("Choose whose values are shown and written as ***"),
             .run = [parts = m_parts] { open(new SecretNamesDialog(parts.settings, &parts.window)); },
             .startsSection = true}};
}

QList<ActionSpec> WindowActions::help() const
{
    return {{.id = u"guide"_s,
             .menu = Menu::Help,
             .text = tr("&Guide"),
             .toolTip = tr("How to find your way in a long session, the filter, TLS"),
             .run = [&help = m_parts.help] { help.showGuide(); }},
            {.id = u"shortcuts"_s,
             .menu = Menu::Help,
             .text = tr("&Keyboard shortcuts"),
             .toolTip = tr("List all keys"),
             .keys = {Qt::Key_F1},
             .run = [parts = m_parts] { open(new ShortcutsDialog(parts.actions.all(), &parts.window)); }},
            {.id = u"whatIsNew"_s,
             .menu = Menu::Help,
             .text = tr("&What is new"),
             .toolTip = tr("What this version has that the one before had not"),
             .run = [&help = m_parts.help] { help.showWhatIsNew(); }},
            {.id = u"report"_s,
             .menu = Menu::Help,
             .text = tr("&Report a problem…"),
             .toolTip = tr("What a report needs, with the versions to copy; nothing is sent"),
             .run = [&help = m_parts.help] { help.showReport(); },
             .startsSection = true},
            {.id = u"about"_s,
             .menu = Menu::Help,
             .text = tr("&About Sockeye"),
             .toolTip = tr("Version and licence"),
             .icon = u"info"_s,
             .run = [&window = m_parts.window] { open(new AboutDialog(&window)); }}};
}

std::function<bool()> WindowActions::needs(Need need) const
{
    return [&documents = m_parts.documents, need] { return documents.can(need); };
}

} // namespace sockeye
