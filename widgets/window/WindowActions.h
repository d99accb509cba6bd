#pragma once

#include "widgets/controls/ActionSpec.h"
#include "widgets/tab/DocumentTab.h"

#include <QCoreApplication>

class QWidget;

namespace sockeye {

class Actions;
class AnalysisTool;
class CaptureFiles;
class Documents;
class EchoTool;
class HelpTool;
class MergeOpener;
class NotesTool;
class Panels;
class PreferencesTool;
class ProfileTabs;
class RecentTool;
class SessionRestorer;
class Settings;
class ThemeChoice;

/// The actions on the window: its tabs, captures, panels, colours, profiles and tools.
class WindowActions final
{
    Q_DECLARE_TR_FUNCTIONS(WindowActions)

public:
    /// What the actions work on; all of it outlives them.
    struct Parts
    {
        Documents &documents;
        CaptureFiles &files;
        RecentTool &recent;
        MergeOpener &merges;
        ProfileTabs &profiles;
        SessionRestorer &session;
        Panels &panels;
        ThemeChoice &theme;
        EchoTool &echo;
        HelpTool &help;
        PreferencesTool &preferences;
        NotesTool &notes;
        AnalysisTool &analysis;
        Settings &settings;
        const Actions &actions;
        std::function<void()> openPalette;
        /// The parent of dialogs, closed by Quit.
        QWidget &window;
    };

    explicit WindowActions(const Parts &parts)
        : m_parts(parts)
    {
    }

    // Each in the order of its menu.
    [[nodiscard]] QList<ActionSpec> file() const;
    [[nodiscard]] QList<ActionSpec> edit() const;
    [[nodiscard]] QList<ActionSpec> view() const;
    [[nodiscard]] QList<ActionSpec> profiles() const;
    [[nodiscard]] QList<ActionSpec> tools() const;
    [[nodiscard]] QList<ActionSpec> help() const;

private:
    [[nodiscard]] QList<ActionSpec> opening() const;
    [[nodiscard]] QList<ActionSpec> saving() const;
    [[nodiscard]] QList<ActionSpec> closing() const;
    [[nodiscard]] QList<ActionSpec> themes() const;
    [[nodiscard]] QList<ActionSpec> panels() const;
    [[nodiscard]] QList<ActionSpec> pages() const;
    [[nodiscard]] QList<ActionSpec> tabs() const;
    [[nodiscard]] std::function<bool()> needs(DocumentTab::Need need) const;

    Parts m_parts;
};

} // namespace sockeye
