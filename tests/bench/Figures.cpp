#include "bench/Figures.h"

#include "base/Units.h"

#include <QFile>
#include <QTextStream>

namespace sockeye::bench {

QStringList Load::arguments() const
{
    QStringList list{QStringLiteral("--count"), QString::number(count), QStringLiteral("--size"),
                     QString::number(size)};
    if (binary)
        list += QStringLiteral("--binary");
    return list;
}

QString Load::description() const
{
    return QStringLiteral("%1 %2 messages of %3")
        .arg(countText(count), binary ? QStringLiteral("binary") : QStringLiteral("text"), sizeText(size));
}

Stopwatch::Stopwatch()
    : m_cpu(std::clock())
{
    m_wall.start();
}

void Stopwatch::writeTo(Outcome &outcome) const
{
    outcome.seconds = static_cast<double>(m_wall.nsecsElapsed()) / 1e9;
    outcome.cpuSeconds = static_cast<double>(std::clock() - m_cpu) / CLOCKS_PER_SEC;
}

void printOutcome(const QString &name, const Load &load, const Outcome &outcome, const Yardstick &yardstick)
{
    QTextStream out(stdout);
    const double bytesPerSecond = outcome.rate() * static_cast<double>(load.size);
    const QString ofDisk = yardstick.diskRate > 0
                               ? QStringLiteral("  %1 of write()").arg(bytesPerSecond / yardstick.diskRate, 0, 'f', 2)
                               : QString();
    out << QStringLiteral("  %1 %2 s  cpu %3 s  %4 messages/s  %5 MB/s  %6 of bare%7  lost %8  peak %9")
               .arg(name, -18)
               .arg(outcome.seconds, 7, 'f', 2)
               .arg(outcome.cpuSeconds, 6, 'f', 2)
               .arg(countText(qRound64(outcome.rate())), 9)
               .arg(bytesPerSecond / 1e6, 6, 'f', 0)
               .arg(outcome.rate() / yardstick.bareRate, 5, 'f', 2)
               .arg(ofDisk)
               .arg(load.count - outcome.received)
               .arg(sizeText(outcome.peakMemory));
    if (outcome.longestStallMs >= 0)
        out << QStringLiteral("\n  %1 longest stall %2 ms (at %3 s), %4 above 50 ms; Connect took %5 ms")
                   .arg(QString(), -18)
                   .arg(outcome.longestStallMs, 0, 'f', 1)
                   .arg(outcome.longestStallAt, 0, 'f', 2)
                   .arg(outcome.longStalls)
                   .arg(outcome.connectMs, 0, 'f', 1);
    if (outcome.closingSeconds >= 0)
        out << QStringLiteral("\n  %1 closed into one file in %2 s, %3 MB/s")
                   .arg(QString(), -18)
                   .arg(outcome.closingSeconds, 0, 'f', 2)
                   .arg(static_cast<double>(load.size * outcome.received) / 1e6 / outcome.closingSeconds, 0, 'f', 0);
    out << '\n';
}

namespace {
/// A line of proc(5)'s status, in bytes.
qint64 memoryLine(QByteArrayView name)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray status = file.readAll();
    const qsizetype start = status.indexOf(name) + name.size();
    return status.mid(start, status.indexOf("kB", start) - start).trimmed().toLongLong() * 1024;
}
} // namespace

qint64 peakMemory()
{
    return memoryLine("VmHWM:");
}

qint64 residentMemory()
{
    return memoryLine("VmRSS:");
}

void resetPeakMemory()
{
    // proc(5): 5 resets the peak resident set size.
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

} // namespace sockeye::bench
