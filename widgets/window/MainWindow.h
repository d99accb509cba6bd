#pragma once

#include "base/Clock.h"
#include "document/RecordingCloser.h"
#include "library/CaptureLibrary.h"
#include "library/RecentCaptures.h"
#include "library/Settings.h"
#include "profiles/ProfileStore.h"
#include "server/EchoServer.h"
#include "widgets/library/CaptureKeeper.h"
#include "widgets/library/Retention.h"
#include "widgets/window/ProfileKeeper.h"
#include "widgets/window/SessionKeeper.h"

#include <QMainWindow>

namespace sockeye {

class Actions;
class ConnectionTab;
class CrashOffer;
class DocumentTab;
class DocumentTabs;
class FileTab;
class ProfilesDock;
class Prompts;
class WelcomePage;
class WindowStatusBar;
struct TabServices;

/// The window: makes the parts and ties them together.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// Profiles, captures and settings are where base/Paths.h says. The prompts outlive the window.
    explicit MainWindow(Prompts &prompts);
    ~MainWindow() override;

    [[nodiscard]] DocumentTab *currentTab() const;
    [[nodiscard]] DocumentTabs *tabs() const { return m_tabs; }
    [[nodiscard]] ProfilesDock *profilesDock() const { return m_profiles; }
    [[nodiscard]] Actions *actionTable() const { return m_actions; }
    [[nodiscard]] const RecentCaptures *recentCaptures() const { return &m_recent; }
    [[nodiscard]] const EchoServer &echoServer() const { return m_echo; }

    /// What a start of the program does beside showing the window: shows the tabs of the last one again, offers what a
    /// crash left, and removes captures beyond the user's limits.
    void start();
    /// What the command line gives: a URL is connected to, a file opened as a capture.
    void openArgument(const QString &argument);
    ConnectionTab *openUrl(const QString &url);
    void openPath(const QString &path);

public Q_SLOTS:
    void newTab();
    void openCapture();
    void saveCapture();
    void exportCapture();
    void closeCurrentTab();
    void quit();
    void applyTheme();
    void applyPanels();
    void mergeView();
    void nextTab();
    void previousTab();
    void saveAsProfile();
    void saveToProfile();
    void toggleEchoServer();
    void tryEchoServer();
    void copyEchoUrl();
    void showShortcuts();
    void showAbout();
    void showRecent();
    void applyRestore();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void wire();
    void wireSession();
    void restore();
    void removeMergeLeftovers();
    void restoreTabs();
    void showTabs(const SessionState &state);
    void offerTabs(const SessionState &state);
    void takeOfferedTabs(bool wanted);
    [[nodiscard]] SessionState sessionState() const;
    void addTab(DocumentTab *tab);
    ConnectionTab *addConnectionTab();
    FileTab *addFileTab(const QString &path, const std::optional<TabState> &state);
    void openFile(const QString &path);
    void openMerge(const QList<DocumentTab *> &tabs, const QStringList &names);
    /// What a new tab is made with.
    [[nodiscard]] TabServices services();
    /// The current tab if it has not been used yet: another document may take its place. Else null.
    [[nodiscard]] ConnectionTab *blankTab() const;
    [[nodiscard]] ConnectionTab *tabForConnection();
    [[nodiscard]] DocumentTab *tabAt(int index) const;
    [[nodiscard]] DocumentTab *tabOf(const QString &capture) const;
    void closeTab(QWidget *page);
    void openEndpoint(const Endpoint &endpoint);
    void openProfile(const QString &id, bool andConnect);
    void updateTab(DocumentTab *tab);
    void updateCurrent();
    void updateMarks();
    void updateRecent();
    void followProfiles();
    void fillRecentMenu();
    [[nodiscard]] bool startEcho();
    [[nodiscard]] bool isInUse(const QString &path) const;
    void askSave(const QString &capture);
    void saveTo(const QString &capture, const QString &target);

    Prompts &m_prompts;
    Settings m_settings;
    SystemClock m_clock;
    CaptureLibrary m_library;
    ProfileStore m_store;
    RecordingCloser m_closer;
    ProfileKeeper m_keeper;
    RecentCaptures m_recent;
    CaptureKeeper m_captures;
    Retention m_retention;
    SessionKeeper m_session;
    /// Tabs that are not shown until the user wants it, because the program ended while it showed them.
    QList<TabState> m_offered;
    EchoServer m_echo;
    WelcomePage *m_welcome = nullptr;
    DocumentTabs *m_tabs = nullptr;
    ProfilesDock *m_profiles = nullptr;
    WindowStatusBar *m_status = nullptr;
    Actions *m_actions = nullptr;
    CrashOffer *m_crashes = nullptr;
};

} // namespace sockeye
