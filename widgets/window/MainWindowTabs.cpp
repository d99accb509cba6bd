// How the window's parts are put together and follow its tabs; what its menus do stands in MainWindow.cpp.
#include "widgets/controls/Prompts.h"
#include "widgets/controls/ToolTip.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogView.h"
#include "widgets/profiles/ProfilesDock.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/FileTab.h"
#include "widgets/window/Actions.h"
#include "widgets/window/DocumentTabs.h"
#include "widgets/window/MainWindow.h"
#include "widgets/window/WelcomePage.h"
#include "widgets/window/WindowStatusBar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
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
constexpr int MaxRecentInMenu = 12;

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

QColor stateColor(DocumentTab::State state, const ThemeColors &colors)
{
    switch (state) {
    case DocumentTab::State::Open:
        return colors.ok;
    case DocumentTab::State::Connecting:
        return colors.sent;
    case DocumentTab::State::Failed:
        return colors.error;
    case DocumentTab::State::Idle:
    case DocumentTab::State::File:
        break;
    }
    return colors.dimText;
}

} // namespace

void MainWindow::build()
{
    setWindowTitle(u"Sockeye"_s);
    setWindowIcon(icons::application());
    setAccessibleName(u"Sockeye"_s);
    setAcceptDrops(true);
    setMinimumSize(SmallestSize);
    m_welcome = new WelcomePage(this);
    m_tabs = new DocumentTabs(m_welcome, this);
    setCentralWidget(m_tabs);
    m_profiles = new ProfilesDock(m_store, m_recent, m_captures, m_prompts, this);
    addDockWidget(Qt::LeftDockWidgetArea, m_profiles);
    m_status = new WindowStatusBar(this);
    setStatusBar(m_status);
    m_actions = new Actions(this);
}

void MainWindow::wire()
{
    connect(m_welcome, &WelcomePage::newConnectionRequested, this, &MainWindow::newTab);
    connect(m_welcome, &WelcomePage::echoServerRequested, this, &MainWindow::tryEchoServer);
    connect(m_welcome, &WelcomePage::openCaptureRequested, this, &MainWindow::openCapture);
    connect(m_welcome, &WelcomePage::captureChosen, this, &MainWindow::openPath);
    connect(m_tabs, &DocumentTabs::currentChanged, this, [this] {
        m_status->setText({});
        updateCurrent();
    });
    connect(m_tabs, &DocumentTabs::closeRequested, this, &MainWindow::closeTab);
    connect(m_tabs, &DocumentTabs::newTabRequested, this, &MainWindow::newTab);
    connect(m_profiles, &ProfilesDock::profileOpened, this, &MainWindow::openProfile);
    connect(m_profiles, &ProfilesDock::captureOpened, this, &MainWindow::openPath);
    m_captures.setInUse([this](const QString &path) { return isInUse(path); });
    connect(&m_captures, &CaptureKeeper::statusText, m_status, &WindowStatusBar::setText);
    connect(&m_captures, &CaptureKeeper::changed, this, &MainWindow::updateRecent);
    connect(&m_recent, &RecentCaptures::changed, this, [this] { m_welcome->setRecent(m_recent.captures()); });
    connect(&m_store, &ProfileStore::changed, this, &MainWindow::followProfiles);
    connect(&m_keeper, &ProfileKeeper::statusText, m_status, &WindowStatusBar::setText);
    connect(&m_closer, &RecordingCloser::finished, this, &MainWindow::updateRecent);
    connect(m_actions->recentMenu(), &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    connect(m_status, &WindowStatusBar::saved, this,
            [this](const QString &target) { m_status->setText(tr("Saved %1").arg(QDir::toNativeSeparators(target))); });
    connect(m_status, &WindowStatusBar::saveFailed, this, [this](const QString &message) {
        m_prompts.tell(this, tr("Save capture as"), tr("The capture was not saved."), message);
    });
}

void MainWindow::restore()
{
    const QString scheme = m_settings.value(Settings::Key::Theme).toString();
    const ActionId id = scheme == u"light"  ? ActionId::ThemeLight
                        : scheme == u"dark" ? ActionId::ThemeDark
                                            : ActionId::ThemeSystem;
    m_actions->get(id)->setChecked(true);
    applyTheme();
    m_actions->get(ActionId::ShowProfiles)->setChecked(m_settings.value(Settings::Key::ProfilesVisible).toBool());
    m_actions->get(ActionId::ShowInspector)->setChecked(m_settings.value(Settings::Key::InspectorVisible).toBool());
    m_actions->get(ActionId::RestoreSession)->setChecked(m_settings.value(Settings::Key::RestoreSession).toBool());
    m_actions->get(ActionId::ShowComposer)->setChecked(m_settings.value(Settings::Key::ComposerVisible).toBool());
    m_actions->get(ActionId::ShowTimeline)->setChecked(m_settings.value(Settings::Key::TimelineVisible).toBool());
    resize(DefaultSize);
    const QSize room = screen()->availableSize();
    if (!restoreGeometry(m_settings.value(Settings::Key::WindowGeometry).toByteArray()) &&
        (room.width() <= DefaultSize.width() || room.height() <= DefaultSize.height()))
        setWindowState(windowState() | Qt::WindowMaximized);
    if (!restoreState(m_settings.value(Settings::Key::WindowState).toByteArray()))
        resizeDocks({m_profiles}, {room.width() < NarrowWidth ? NarrowProfilesWidth : ProfilesWidth}, Qt::Horizontal);
    applyPanels();
}

TabServices MainWindow::services()
{
    return {m_library, m_clock, m_closer, m_settings, m_prompts};
}

ConnectionTab *MainWindow::blankTab() const
{
    auto *tab = qobject_cast<ConnectionTab *>(currentTab());
    return tab && tab->isBlank() ? tab : nullptr;
}

ConnectionTab *MainWindow::tabForConnection()
{
    // A tab that was opened and not used yet serves as well as a new one.
    ConnectionTab *blank = blankTab();
    return blank ? blank : addConnectionTab();
}

ConnectionTab *MainWindow::addConnectionTab()
{
    auto *tab = new ConnectionTab(services(), m_tabs->pageParent());
    addTab(tab);
    connect(tab, &ConnectionTab::saveToProfileRequested, this, [this, tab] { m_keeper.save(tab); });
    return tab;
}

FileTab *MainWindow::addFileTab(const QString &path, const std::optional<TabState> &state)
{
    auto *tab = new FileTab(services(), path, m_tabs->pageParent());
    if (state)
        tab->restore(*state);
    addTab(tab);
    connect(tab, &FileTab::connectElsewhere, this, &MainWindow::openEndpoint);
    return tab;
}

/// The file takes the place of a tab that was not used yet, and keeps what had been written there.
void MainWindow::openFile(const QString &path)
{
    ConnectionTab *blank = blankTab();
    FileTab *tab = addFileTab(path, blank ? blank->tabState() : std::nullopt);
    if (!blank)
        return;
    m_tabs->moveTab(tab, blank);
    closeTab(blank);
}

void MainWindow::addTab(DocumentTab *tab)
{
    tab->setPanels(m_actions->get(ActionId::ShowInspector)->isChecked(),
                   m_actions->get(ActionId::ShowComposer)->isChecked(),
                   m_actions->get(ActionId::ShowTimeline)->isChecked());
    m_tabs->addTab(tab, tab->title());
    connect(tab, &DocumentTab::changed, this, [this, tab] { updateTab(tab); });
    connect(tab, &DocumentTab::statusText, m_status, &WindowStatusBar::setText);
    connect(tab, &DocumentTab::selectionText, this, [this, tab](const QString &text) {
        if (tab == currentTab())
            m_status->setSelection(text);
    });
    connect(tab, &DocumentTab::lookChanged, this, [this, tab] {
        for (int i = 0; i < m_tabs->count(); ++i) {
            if (tabAt(i) != tab)
                tabAt(i)->view()->restoreLook();
        }
    });
    connect(tab, &DocumentTab::captureShown, this, &MainWindow::updateRecent);
    connect(tab, &DocumentTab::tabStateChanged, &m_session, &SessionKeeper::noteChange);
    tab->view()->logView()->addActions(m_actions->logActions());
    updateTab(tab);
    m_tabs->setCurrentPage(tab);
}

DocumentTab *MainWindow::tabAt(int index) const
{
    return qobject_cast<DocumentTab *>(m_tabs->page(index));
}

DocumentTab *MainWindow::tabOf(const QString &capture) const
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        const QString path = tabAt(i)->capturePath();
        if (!path.isEmpty() && (path == capture || QFileInfo(path) == QFileInfo(capture)))
            return tabAt(i);
    }
    return nullptr;
}

void MainWindow::closeTab(QWidget *page)
{
    if (!page)
        return;
    m_tabs->removeTab(page);
    page->disconnect(this);
    page->deleteLater();
    updateMarks();
    updateRecent();
}

void MainWindow::openEndpoint(const Endpoint &endpoint)
{
    ConnectionTab *tab = tabForConnection();
    tab->setEndpoint(endpoint);
    tab->connectToPeer();
}

void MainWindow::openProfile(const QString &id, bool andConnect)
{
    const Profile *profile = m_store.find(id);
    if (!profile)
        return;
    ConnectionTab *tab = tabForConnection();
    tab->setEndpoint(profile->endpoint);
    tab->setProfile(profile->id, profile->name);
    if (andConnect)
        tab->connectToPeer();
    tab->focusUrl();
}

void MainWindow::updateTab(DocumentTab *tab)
{
    const DocumentTab::State state = tab->state();
    m_tabs->setTitle(tab, tab->title(), tab->description());
    m_tabs->setIcon(tab, state == DocumentTab::State::File ? QIcon()
                                                           : icons::dot(stateColor(state, theme::colors(palette()))));
    updateMarks();
    if (tab == currentTab())
        updateCurrent();
}

void MainWindow::updateCurrent()
{
    const DocumentTab *tab = currentTab();
    m_actions->update(tab, m_echo.isListening());
    m_actions->get(ActionId::EchoServer)->setChecked(m_echo.isListening());
    m_actions->get(ActionId::EchoServer)
        ->setText(m_echo.isListening() ? tr("Built-in &echo server on %1").arg(m_echo.url().toString())
                                       : tr("Built-in &echo server"));
    m_status->setCapture(tab ? tab->capturePath() : QString());
    m_status->setSelection(tab ? tab->view()->logCommands()->selectionSummary() : QString());
    setWindowTitle(tab ? tr("%1 – Sockeye").arg(tab->title()) : u"Sockeye"_s);
}

void MainWindow::updateMarks()
{
    QHash<QString, ProfileMark> marks;
    for (int i = 0; i < m_tabs->count(); ++i) {
        const auto *tab = qobject_cast<ConnectionTab *>(tabAt(i));
        if (!tab || tab->profileId().isEmpty() || marks.value(tab->profileId()) == ProfileMark::Open)
            continue;
        if (tab->state() == DocumentTab::State::Open)
            marks[tab->profileId()] = ProfileMark::Open;
        else if (tab->state() == DocumentTab::State::Failed)
            marks[tab->profileId()] = ProfileMark::Failed;
    }
    m_profiles->setMarks(marks);
}

void MainWindow::updateRecent()
{
    m_recent.refresh();
    updateCurrent();
}

void MainWindow::followProfiles()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        auto *tab = qobject_cast<ConnectionTab *>(tabAt(i));
        if (!tab || tab->profileId().isEmpty())
            continue;
        const Profile *profile = m_store.find(tab->profileId());
        tab->setProfile(profile ? profile->id : QString(), profile ? profile->name : QString());
    }
}

void MainWindow::fillRecentMenu()
{
    QMenu *menu = m_actions->recentMenu();
    menu->clear();
    const QList<RecentCapture> &captures = m_recent.captures();
    for (const RecentCapture &capture : captures.first(qMin(captures.size(), qsizetype(MaxRecentInMenu)))) {
        const CaptureLibrary::Item &item = capture.item;
        QAction *action = menu->addAction(QString(item.title).replace(u'&', u"&&"_s));
        action->setToolTip(plainToolTip(QDir::toNativeSeparators(item.path) + u'\n' + factsText(capture)));
        connect(action, &QAction::triggered, this, [this, path = item.path] { openPath(path); });
    }
    if (captures.isEmpty())
        menu->addAction(tr("No captures yet"))->setEnabled(false);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_settings.setValue(Settings::Key::WindowGeometry, saveGeometry());
    m_settings.setValue(Settings::Key::WindowState, saveState());
    // Tabs that nobody has decided on are asked for again.
    if (m_offered.isEmpty())
        m_session.setRestoring(false);
    m_session.close();
    // Out of sight first: saying goodbye to peers and finishing files goes on behind, and then the program ends.
    hide();
    while (m_tabs->count() > 0) {
        QWidget *page = m_tabs->page(0);
        m_tabs->removeTab(page);
        delete page;
    }
    event->accept();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_actions)
        return;
    m_actions->updateIcons();
    for (int i = 0; i < m_tabs->count(); ++i)
        updateTab(tabAt(i));
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedCaptures(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    for (const QString &path : droppedCaptures(event->mimeData()))
        openPath(path);
    event->acceptProposedAction();
}

} // namespace sockeye
