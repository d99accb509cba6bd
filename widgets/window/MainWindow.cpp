#include "widgets/window/MainWindow.h"

#include "base/Paths.h"
#include "endpoint/InvisibleCharacters.h"
#include "log/LogModel.h"
#include "widgets/commands/CommandPalette.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/DocumentTabs.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/editing/EditActions.h"
#include "widgets/log/LogActions.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogView.h"
#include "widgets/notes/NotesDock.h"
#include "widgets/notify/DesktopPresenter.h"
#include "widgets/profiles/ProfilesDock.h"
#include "widgets/style/DataFont.h"
#include "widgets/style/Icons.h"
#include "widgets/style/InterfaceFont.h"
#include "widgets/tab/InspectorWindow.h"
#include "widgets/tab/TabActions.h"
#include "widgets/window/Actions.h"
#include "widgets/window/TabMenu.h"
#include "widgets/window/WelcomePage.h"
#include "widgets/window/WindowActions.h"
#include "widgets/window/WindowCommands.h"
#include "widgets/window/WindowStatusBar.h"

#include <QCloseEvent>
#include <QDir>
#include <QMimeData>
#include <QScreen>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr QSize DefaultSize(1440, 900);
constexpr QSize SmallestSize(720, 480);
constexpr int ProfilesWidth = 220;
constexpr int NarrowWidth = 1200;
constexpr int NarrowProfilesWidth = 172;

QStringList droppedCaptures(const QMimeData *data)
{
    QStringList paths;
    const QList<QUrl> urls = data->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile() && url.fileName().endsWith(u".sockeye"))
            paths += url.toLocalFile();
    }
    return paths;
}

} // namespace

MainWindow::MainWindow(Prompts &prompts)
    : m_actions(new Actions(this))
    , m_library(m_settings.captureFolder())
    , m_store(paths::profiles())
    , m_welcome(new WelcomePage(this))
    , m_tabs(new DocumentTabs(m_welcome, this))
    , m_status(new WindowStatusBar(this))
    , m_palette(new CommandPalette(this))
    , m_recent(m_library, m_settings, prompts, this)
    , m_documents({m_library, m_clock, m_closer, m_settings, prompts}, *m_tabs)
    , m_profiles(m_store, m_documents, prompts)
    , m_profilesDock(new ProfilesDock(m_store, m_recent.captures(), m_recent.keeper(), prompts, this))
    , m_panels(m_settings, m_documents, *this, *m_profilesDock)
    , m_theme(m_settings)
    , m_session(m_documents, *m_tabs, m_store, m_settings)
    , m_crashes(m_recent.captures(), m_recent.keeper(), *m_tabs->banner())
    , m_merges(m_documents, m_closer, m_clock, prompts, this)
    , m_files(m_documents, m_closer, m_session, m_settings, prompts, this)
    , m_echo(prompts, this)
    , m_help(this)
    , m_preferences({m_settings, m_theme, m_recent.retention(), prompts}, this)
    , m_notes(m_documents, m_settings, prompts, this)
    , m_analysis(m_settings, this)
    , m_notifier(std::make_unique<DesktopPresenter>(*this), m_clock)
    , m_guard(m_settings, prompts)
    , m_editTarget(this)
{
    m_store.load();
    build();
    buildActions();
    wireWelcome();
    wireDocuments();
    wireCaptures();
    wireProfiles();
    wireEcho();
    wirePreferences();
    wireAnalysis();
    wireSession();
    wireNotices();
    restore();
    refreshRecent();
    m_welcome->setFocus();
}

MainWindow::~MainWindow()
{
    // The focus moves from widget to widget as they go, and the actions ask those that go.
    m_editTarget.disconnect(m_actions);
    // The tabs hand their recordings to m_closer, and so must be deleted before it is.
    delete takeCentralWidget();
}

void MainWindow::start()
{
    m_session.start();
    connect(&m_recent.captures(), &RecentCaptures::completed, this, &MainWindow::takeCaptures,
            Qt::SingleShotConnection);
    MergeOpener::removeLeftovers();
    m_recent.captures().refresh();
}

void MainWindow::openArgument(const QString &argument)
{
    // What was pasted with more than the URL is shown in its field, which says what is wrong with it.
    const QString scheme = cleaned(argument).section(u"://"_s, 0, 0).toLower();
    const bool isUrl = argument.contains(u"://"_s) && (scheme == u"ws" || scheme == u"wss" || scheme == u"ws+unix");
    if (isUrl)
        m_documents.openUrl(argument);
    else
        m_documents.openPath(QDir::current().absoluteFilePath(argument));
}

void MainWindow::build()
{
    setWindowTitle(u"Sockeye"_s);
    setWindowIcon(icons::application());
    setAccessibleName(u"Sockeye"_s);
    setAcceptDrops(true);
    setMinimumSize(SmallestSize);
    setCentralWidget(m_tabs);
    addDockWidget(Qt::LeftDockWidgetArea, m_profilesDock);
    addDockWidget(Qt::LeftDockWidgetArea, m_notes.dock());
    addDockWidget(Qt::BottomDockWidgetArea, m_analysis.panel());
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setStatusBar(m_status);
    new TabMenu(m_documents, *m_tabs, this);
}

void MainWindow::buildActions()
{
    const WindowActions window({m_documents, m_files, m_recent, m_merges, m_profiles, m_session, m_panels, m_theme,
                                m_echo, m_help, m_preferences, m_notes, m_analysis, m_settings, *m_actions,
                                [this] { openPalette(); }, *this});
    const auto logCommands = [this] {
        const DocumentTab *current = m_documents.current();
        return current ? current->view()->logCommands() : nullptr;
    };
    const EditActions edit(
        m_editTarget,
        {[this] { m_documents.current()->focusFilter(); }, [this] { return m_documents.can(DocumentTab::Need::Tab); }},
        {[logCommands] { logCommands()->goTo(); },
         [logCommands] { return logCommands() && logCommands()->annotations(); }});
    const TabActions tab([this] { return m_documents.current(); });
    const LogActions log(logCommands);
    // In the order in which the menus and the list of keys show them.
    m_actions->setUp(window.file() + edit.all() + tab.edit() + window.view() + tab.connection() + window.profiles() +
                     window.tools() + window.help() + log.all() + tab.go() + window.edit());
    m_editTarget.leaveOut(m_palette);
    m_editTarget.include(m_panels.inspectorWindow());
    QList<QAction *> shared = m_actions->all();
    const QAction *closeTab = m_actions->get(u"closeTab"_s);
    shared.removeIf([closeTab](const QAction *action) {
        return action->shortcutContext() != Qt::WindowShortcut || action == closeTab;
    });
    m_panels.inspectorWindow()->shareActions(shared);
    m_panels.inspectorWindow()->setCloseKeys(closeTab->shortcuts());
    connect(&m_panels, &Panels::changed, m_actions, &Actions::update);
    connect(&m_editTarget, &EditTarget::changed, m_actions, &Actions::update);
    connect(m_actions, &Actions::menuOpening, &m_editTarget, &EditTarget::askClipboard);
}

void MainWindow::openPalette()
{
    m_editTarget.askClipboard();
    m_actions->update();
    m_palette->open(WindowCommands({*m_actions, m_store, m_profiles, m_recent, m_documents, m_settings}).all());
}

void MainWindow::wireWelcome()
{
    connect(m_welcome, &WelcomePage::connectRequested, this, [this](const QString &text) {
        const Result<> opened = m_documents.openText(text);
        // What was pasted may hold secrets: it does not stay.
        if (opened)
            m_welcome->clearLine();
        else
            m_welcome->setProblem(opened.message());
    });
    connect(m_welcome, &WelcomePage::whatIsNewRequested, &m_help, &HelpTool::showWhatIsNew);
    connect(m_welcome, &WelcomePage::profileChosen, this, [this](const QString &id) { m_profiles.open(id, false); });
    const auto showProfiles = [this] { m_welcome->setProfiles(m_store.profiles()); };
    connect(&m_store, &ProfileStore::changed, m_welcome, showProfiles);
    showProfiles();
    connect(m_welcome, &WelcomePage::newConnectionRequested, &m_documents, &Documents::openNew);
    connect(m_welcome, &WelcomePage::echoServerRequested, &m_echo, &EchoTool::connectTo);
    connect(m_welcome, &WelcomePage::openCaptureRequested, &m_files, &CaptureFiles::open);
    connect(m_welcome, &WelcomePage::captureChosen, &m_documents, &Documents::openPath);
    connect(&m_recent.captures(), &RecentCaptures::changed, m_welcome,
            [this] { m_welcome->setRecent(m_recent.captures().captures()); });
}

void MainWindow::wireDocuments()
{
    connect(&m_documents, &Documents::tabMade, m_actions,
            [this](const DocumentTab *tab) { tab->view()->logView()->addActions(m_actions->localActions()); });
    connect(&m_documents, &Documents::currentChanged, this, [this] {
        m_status->setText({});
        updateCurrent();
    });
    connect(&m_documents, &Documents::tabChanged, this, [this](const DocumentTab *tab) {
        if (tab == m_documents.current())
            updateCurrent();
    });
    connect(&m_documents, &Documents::statusText, m_status, &WindowStatusBar::setText);
    connect(&m_documents, &Documents::selectionText, m_status, &WindowStatusBar::setSelection);
}

void MainWindow::wireCaptures()
{
    m_recent.keeper().setInUse([this](const QString &path) { return m_files.isInUse(path); });
    connect(&m_recent.keeper(), &CaptureKeeper::statusText, m_status, &WindowStatusBar::setText);
    connect(&m_recent, &RecentTool::openRequested, &m_documents, &Documents::openPath);
    connect(&m_recent, &RecentTool::saveRequested, &m_files, &CaptureFiles::save);
    connect(&m_documents, &Documents::captureShown, this, &MainWindow::refreshRecent);
    connect(&m_documents, &Documents::tabClosed, this, &MainWindow::refreshRecent);
    connect(&m_closer, &RecordingCloser::finished, this, &MainWindow::refreshRecent);
    connect(&m_files, &CaptureFiles::savingStarted, m_status, &WindowStatusBar::showProgress);
    connect(&m_files, &CaptureFiles::statusText, m_status, &WindowStatusBar::setText);
}

void MainWindow::wireProfiles()
{
    connect(m_profilesDock, &ProfilesDock::profileOpened, &m_profiles, &ProfileTabs::open);
    connect(m_profilesDock, &ProfilesDock::captureOpened, &m_documents, &Documents::openPath);
    connect(&m_profiles, &ProfileTabs::marksChanged, m_profilesDock, &ProfilesDock::setMarks);
    connect(&m_profiles, &ProfileTabs::statusText, m_status, &WindowStatusBar::setText);
}

void MainWindow::wireEcho()
{
    connect(&m_echo, &EchoTool::changed, m_actions, &Actions::update);
    connect(&m_echo, &EchoTool::connectRequested, this, &MainWindow::openEcho);
    connect(&m_echo, &EchoTool::statusText, m_status, &WindowStatusBar::setText);
}

void MainWindow::wirePreferences()
{
    connect(&m_preferences, &PreferencesTool::lookChanged, &m_documents, &Documents::restoreLooks);
    connect(&m_preferences, &PreferencesTool::captureFolderChanged, this, [this] {
        m_library.setDirectory(m_settings.captureFolder());
        refreshRecent();
    });
}

void MainWindow::wireAnalysis()
{
    const auto follow = [this] { m_analysis.follow(m_documents.current()); };
    connect(&m_documents, &Documents::currentChanged, &m_analysis, follow);
    connect(&m_documents, &Documents::captureShown, &m_analysis, follow);
    connect(&m_documents, &Documents::tabChanged, &m_analysis, follow);
    connect(&m_analysis, &AnalysisTool::changed, m_actions, &Actions::update);
    connect(&m_analysis, &AnalysisTool::statusText, m_status, &WindowStatusBar::setText);
}

void MainWindow::wireSession()
{
    connect(&m_crashes, &CrashOffer::openRequested, &m_documents, &Documents::openPath);
    connect(&m_session, &SessionRestorer::decided, &m_crashes, &CrashOffer::show);
}

void MainWindow::wireNotices()
{
    connect(&m_documents, &Documents::tabMade, &m_notifier, [this](DocumentTab *tab) {
        if (auto *connection = qobject_cast<ConnectionTab *>(tab))
            m_notifier.watch(connection);
    });
    connect(&m_notifier, &Notifier::wanted, this, &MainWindow::showNoticed);
}

void MainWindow::showNoticed(ConnectionTab *tab, EntryId entry)
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
    m_documents.setCurrent(tab);
    LogView *log = tab->view()->logView();
    const LogModel *model = log->logModel();
    if (entry.value() == 0 && model && model->rowCount() > 0)
        entry = model->entryAt(Row(model->rowCount() - 1));
    if (entry != EntryId() && log->goToEntry(entry) != entry)
        m_status->setText(tr("Entry %L1 is not shown; this is the nearest one before it.").arg(entry.value()));
    log->setFocus();
}

void MainWindow::restore()
{
    theme::setInterfaceFont(m_settings.value(Settings::Key::InterfaceFont).toString(),
                            m_settings.value(Settings::Key::InterfaceFontSize).toInt());
    theme::setDataFamily(m_settings.value(Settings::Key::DataFont).toString());
    m_theme.apply();
    resize(DefaultSize);
    const QSize room = screen()->availableSize();
    if (!restoreGeometry(m_settings.value(Settings::Key::WindowGeometry).toByteArray()) &&
        (room.width() <= DefaultSize.width() || room.height() <= DefaultSize.height()))
        setWindowState(windowState() | Qt::WindowMaximized);
    if (!restoreState(m_settings.value(Settings::Key::WindowState).toByteArray()))
        resizeDocks({m_profilesDock}, {room.width() < NarrowWidth ? NarrowProfilesWidth : ProfilesWidth},
                    Qt::Horizontal);
    m_panels.apply();
    m_notes.apply();
    m_analysis.apply();
}

/// Called once after the start, when the captures of the library are known.
void MainWindow::takeCaptures()
{
    // The banner has room for one offer; this one is made when the other has been answered.
    if (!m_session.isOffering())
        m_crashes.show();
    // Another program's open captures are unknown here, and must not be removed.
    if (m_session.isAlone())
        m_recent.applyLimits();
}

void MainWindow::openEcho(const QString &url)
{
    m_documents.openUrl(url)->composer()->focusEditor();
}

void MainWindow::updateCurrent()
{
    const DocumentTab *tab = m_documents.current();
    m_actions->update();
    m_status->setCapture(tab ? tab->capturePath() : QString());
    m_status->setSelection(tab ? tab->view()->logCommands()->selectionSummary() : QString());
    setWindowTitle(tab ? tr("%1 – Sockeye").arg(plainTitle(tab->title())) : u"Sockeye"_s);
}

void MainWindow::refreshRecent()
{
    m_recent.captures().refresh();
    updateCurrent();
}

void MainWindow::closeUnasked()
{
    m_isCloseAgreed = true;
    close();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (const QList<ConnectionTab *> open = m_documents.connections(); !m_isCloseAgreed && m_guard.asksAbout(open)) {
        event->ignore();
        // Later, for a window that is closing already is not closed again.
        m_guard.ask(this, open,
                    [this] { QMetaObject::invokeMethod(this, &MainWindow::closeUnasked, Qt::QueuedConnection); });
        return;
    }
    m_settings.setValue(Settings::Key::WindowGeometry, saveGeometry());
    m_settings.setValue(Settings::Key::WindowState, saveState());
    m_session.close();
    // Hidden at once; closing handshakes and files are finished in the background, and then the program ends.
    hide();
    m_documents.closeAll();
    event->accept();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_actions)
        return;
    m_actions->updateIcons();
    m_documents.updateTitles();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedCaptures(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    for (const QString &path : droppedCaptures(event->mimeData()))
        m_documents.openPath(path);
    event->acceptProposedAction();
}

} // namespace sockeye
