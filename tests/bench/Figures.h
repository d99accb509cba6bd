#pragma once

#include <QElapsedTimer>
#include <QString>

#include <ctime>

namespace sockeye::bench {

/// What is sent at a client.
struct Load
{
    qint64 count = 0;
    qint64 size = 0;
    bool binary = false;

    [[nodiscard]] QStringList arguments() const;
    /// "1,000,000 text messages of 100 B".
    [[nodiscard]] QString description() const;
};

/// What became of it.
struct Outcome
{
    qint64 received = 0;
    double seconds = 0;
    /// Of all the process's threads: what a busy machine does not upset.
    double cpuSeconds = 0;
    /// The most memory the process held meanwhile.
    qint64 peakMemory = 0;
    /// How long the capture took to become one file after its last entry; negative where that is not measured.
    double closingSeconds = -1;
    /// The GUI thread's longest stall; negative where there is no window.
    double longestStallMs = -1;
    /// When that was, in seconds from the start.
    double longestStallAt = 0;
    /// Stalls of more than 50 ms.
    int longStalls = 0;
    /// How long the click on Connect held the GUI thread.
    double connectMs = 0;

    [[nodiscard]] double rate() const { return static_cast<double>(received) / seconds; }
};

/// Wall clock and processor time since it was made.
class Stopwatch final
{
public:
    Stopwatch();
    void writeTo(Outcome &outcome) const;

private:
    QElapsedTimer m_wall;
    std::clock_t m_cpu;
};

/// What an outcome is set beside.
struct Yardstick
{
    /// The bare QWebSocket's messages a second.
    double bareRate = 0;
    /// Bytes a second of plain write() to the same disk; 0 where the disk bounds nothing.
    double diskRate = 0;
};

/// A line of the report: rate, ratios, what was lost.
void printOutcome(const QString &name, const Load &load, const Outcome &outcome, const Yardstick &yardstick);

/// Memory of this process, in bytes, since resetPeakMemory(); 0 where the system does not tell.
[[nodiscard]] qint64 peakMemory();
void resetPeakMemory();
/// Memory of this process now.
[[nodiscard]] qint64 residentMemory();

} // namespace sockeye::bench
