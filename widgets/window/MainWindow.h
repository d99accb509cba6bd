#pragma once

#include "base/Clock.h"
#include "document/RecordingCloser.h"
#include "library/CaptureLibrary.h"
#include "library/Settings.h"
#include "profiles/ProfileStore.h"
#include "widgets/analysis/AnalysisTool.h"
#include "widgets/editing/EditTarget.h"
#include "widgets/help/HelpTool.h"
#include "widgets/notify/Notifier.h"
#include "widgets/preferences/PreferencesTool.h"
#include "widgets/preferences/ThemeChoice.h"
#include "widgets/window/CaptureFiles.h"
#include "widgets/window/CloseGuard.h"
#include "widgets/window/CrashOffer.h"
#include "widgets/window/Documents.h"
#include "widgets/window/EchoTool.h"
#include "widgets/window/MergeOpener.h"
#include "widgets/window/NotesTool.h"
#include "widgets/window/Panels.h"
#include "widgets/window/ProfileTabs.h"
#include "widgets/window/RecentTool.h"
#include "widgets/window/SessionRestorer.h"

#include <QMainWindow>

namespace sockeye {

class Actions;
class CommandPalette;
class DocumentTabs;
class ProfilesDock;
class Prompts;
class WelcomePage;
class WindowStatusBar;

/// The window: makes the parts and ties them together.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    /// Profiles, captures and settings are where base/Paths.h says. The prompts outlive the window.
    explicit MainWindow(Prompts &prompts);
    ~MainWindow() override;

    [[nodiscard]] Documents &documents() { return m_documents; }
    [[nodiscard]] DocumentTabs *tabs() const { return m_tabs; }
    [[nodiscard]] ProfilesDock *profilesDock() const { return m_profilesDock; }
    [[nodiscard]] Actions *menuActions() const { return m_actions; }
    [[nodiscard]] const RecentCaptures &recentCaptures() const { return m_recent.captures(); }
    [[nodiscard]] EchoTool &echo() { return m_echo; }
    [[nodiscard]] CaptureFiles &files() { return m_files; }
    [[nodiscard]] Panels &panels() { return m_panels; }
    [[nodiscard]] AnalysisTool &analysis() { return m_analysis; }
    [[nodiscard]] Notifier &notifier() { return m_notifier; }

    /// What a start of the program does beside showing the window: opens the tabs of the last one again, offers what a
    /// crash left, and removes captures beyond the user's limits.
    void start();
    /// What the command line gives: a URL is connected to, a file opened as a capture.
    void openArgument(const QString &argument);
    /// Closes the window whatever is open in it: the program is asked to end.
    void closeUnasked();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void build();
    void buildActions();
    void openPalette();
    void wireWelcome();
    void wireDocuments();
    void wireCaptures();
    void wireProfiles();
    void wireEcho();
    void wirePreferences();
    void wireAnalysis();
    void wireSession();
    void wireNotices();
    void showNoticed(ConnectionTab *tab, EntryId entry);
    void restore();
    void takeCaptures();
    void openEcho(const QString &url);
    void updateCurrent();
    void refreshRecent();

    Actions *m_actions;
    Settings m_settings;
    SystemClock m_clock;
    CaptureLibrary m_library;
    ProfileStore m_store;
    RecordingCloser m_closer;
    WelcomePage *m_welcome;
    DocumentTabs *m_tabs;
    WindowStatusBar *m_status;
    CommandPalette *m_palette;
    RecentTool m_recent;
    Documents m_documents;
    ProfileTabs m_profiles;
    ProfilesDock *m_profilesDock;
    Panels m_panels;
    ThemeChoice m_theme;
    SessionRestorer m_session;
    CrashOffer m_crashes;
    MergeOpener m_merges;
    CaptureFiles m_files;
    EchoTool m_echo;
    HelpTool m_help;
    PreferencesTool m_preferences;
    NotesTool m_notes;
    AnalysisTool m_analysis;
    Notifier m_notifier;
    CloseGuard m_guard;
    bool m_isCloseAgreed = false;
    /// Goes first, because it has the actions updated, which ask all of the above.
    EditTarget m_editTarget;
};

} // namespace sockeye
