#pragma once

#include "bench/Heartbeat.h"

#include <QString>

#include <memory>

namespace sockeye {
class DocumentTab;
class MainWindow;
} // namespace sockeye

namespace sockeye::bench {

/// What a filter cost.
struct FilterCost
{
    /// Milliseconds; negative for no match.
    double firstRows = -1;
    double all = -1;
    qint64 matches = 0;
};

/// A capture in a real window, driven as a person would drive it; each step tells how many milliseconds passed until
/// its rows were there to be painted.
class LogRun final
{
public:
    explicit LogRun(MainWindow &window);

    [[nodiscard]] double open(const QString &path);
    [[nodiscard]] double toEnd();
    [[nodiscard]] double toMiddle();
    /// Puts a bookmark on the entry in the middle of the screen.
    [[nodiscard]] double bookmark();
    [[nodiscard]] FilterCost filter(const QString &text);
    [[nodiscard]] double clearFilter();
    void close();

    [[nodiscard]] DocumentTab *tab() const { return m_tab; }
    /// Since the last call.
    [[nodiscard]] double takeLongestStallMs();

private:
    [[nodiscard]] bool isPainted() const;

    MainWindow &m_window;
    DocumentTab *m_tab = nullptr;
    std::unique_ptr<Heartbeat> m_heartbeat;
};

} // namespace sockeye::bench
