#pragma once

#include <QAction>
#include <QHash>
#include <QMenu>
#include <QObject>

class QMenuBar;

namespace sockeye {

class DocumentTab;
class MainWindow;

enum class ActionId : quint8 {
    NewTab,
    OpenCapture,
    RecentCaptures,
    SaveCapture,
    Export,
    CloseTab,
    Quit,
    EditUrl,
    FilterLog,
    NextMatch,
    PreviousMatch,
    WriteMessage,
    CopyUrl,
    BookmarkEntry,
    ColourNone,
    ColourRed,
    ColourOrange,
    ColourYellow,
    ColourGreen,
    ColourBlue,
    ColourPurple,
    EditNote,
    CopyRows,
    CopyText,
    CopyHex,
    CopyJsonLines,
    CopyMarkdown,
    GoTo,
    NextSameDirection,
    PreviousSameDirection,
    NextFinding,
    PreviousFinding,
    NextBookmark,
    PreviousBookmark,
    NextConnection,
    PreviousConnection,
    ZoomIn,
    ZoomOut,
    ResetZoom,
    ChooseColumns,
    MeasureFromHere,
    SendAgain,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    ShowProfiles,
    ShowInspector,
    ShowComposer,
    ShowTimeline,
    RestoreSession,
    MergeView,
    NextTab,
    PreviousTab,
    Connect,
    ConnectLeniently,
    Disconnect,
    CutOff,
    Options,
    Send,
    SaveAsProfile,
    SaveToProfile,
    EchoServer,
    CopyEchoUrl,
    ConnectToEcho,
    Shortcuts,
    About
};

/// All that can be done from the menus, in one table (ActionTable.h): id, menu, text, icon, keys, what it calls and
/// when it can. An action calls the window, or the window's current tab.
class Actions final : public QObject
{
    Q_OBJECT

public:
    /// Fills the window's menu bar; the window is the parent.
    explicit Actions(MainWindow *window);

    [[nodiscard]] QAction *get(ActionId id) const { return m_actions.value(id); }
    /// In the order of the table.
    [[nodiscard]] const QList<QAction *> &all() const { return m_all; }
    /// Those whose keys mean something else outside of the log: they belong to each tab's log view.
    [[nodiscard]] const QList<QAction *> &logActions() const { return m_inLog; }
    [[nodiscard]] QMenu *recentMenu() const { return m_recent; }
    /// Enables what can be done with this tab (null for none) now.
    void update(const DocumentTab *tab, bool echoRuns);
    void updateIcons();

private:
    QHash<ActionId, QAction *> m_actions;
    QList<QAction *> m_all;
    QList<QAction *> m_inLog;
    QMenu *m_recent = nullptr;
};

} // namespace sockeye
