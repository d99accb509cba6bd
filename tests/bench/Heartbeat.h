#pragma once

#include <QElapsedTimer>
#include <QTimer>

namespace sockeye::bench {

/// Beats in the thread that made it, and knows the longest time between two beats beyond what was asked for: how long
/// that thread's event loop stood still.
class Heartbeat final : public QObject
{
public:
    Heartbeat();

    [[nodiscard]] double longestStallMs() const { return m_longestStallMs; }
    /// When the longest one ended, in seconds from the first beat.
    [[nodiscard]] double longestStallAt() const { return m_longestStallAt; }
    /// Stalls of more than 50 ms.
    [[nodiscard]] int longStalls() const { return m_longStalls; }

private:
    void beat();

    QTimer m_timer;
    QElapsedTimer m_sinceBeat;
    QElapsedTimer m_sinceStart;
    double m_longestStallMs = 0;
    double m_longestStallAt = 0;
    int m_longStalls = 0;
};

} // namespace sockeye::bench
