#pragma once

#include "library/RecentCaptures.h"
#include "widgets/library/CaptureKeeper.h"
#include "widgets/library/Retention.h"

class QMenu;
class QWidget;

namespace sockeye {

/// The captures of the library as the window offers them: listed, opened from a menu or a dialog, kept in order.
class RecentTool final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it; `window` is the parent of what is shown.
    RecentTool(const CaptureLibrary &library, Settings &settings, Prompts &prompts, QWidget *window);

    [[nodiscard]] RecentCaptures &captures() { return m_captures; }
    [[nodiscard]] const RecentCaptures &captures() const { return m_captures; }
    [[nodiscard]] CaptureKeeper &keeper() { return m_keeper; }
    [[nodiscard]] Retention &retention() { return m_retention; }

    /// Removes captures beyond the user's limits, at the start of the program.
    void applyLimits() { m_retention.applyAtStart(); }
    /// Fills the menu with the newest captures.
    void fillMenu(QMenu &menu);
    void showDialog();

Q_SIGNALS:
    void openRequested(const QString &path);
    /// Emitted when the user wants a copy of the capture elsewhere.
    void saveRequested(const QString &path);

private:
    Settings &m_settings;
    Prompts &m_prompts;
    QWidget *m_window;
    RecentCaptures m_captures;
    CaptureKeeper m_keeper;
    Retention m_retention;
};

} // namespace sockeye
