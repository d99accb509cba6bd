#include "explain/ClosePatterns.h"

#include "explain/CloseForensics.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace sockeye {

namespace {

struct ClosePatternsWords
{
    Q_DECLARE_TR_FUNCTIONS(ClosePatterns)
};

constexpr qsizetype Fewest = 3;
/// The longest may be this much longer than the shortest.
constexpr double Spread = 0.05;
/// Shorter times are what a peer takes to think, not a timer of its.
constexpr Nanoseconds Shortest = std::chrono::milliseconds(500);

using Measure = std::function<std::optional<Nanoseconds>(const ConnectionRecord &)>;

std::optional<Nanoseconds> since(Timestamp frame, const ConnectionRecord &record)
{
    if (toNs(frame) == 0)
        return std::nullopt;
    return closingBegan(record) - frame;
}

std::optional<Nanoseconds> idle(const ConnectionRecord &record)
{
    return since(std::max(record.end->lastIn, record.end->lastOut), record);
}

std::optional<Nanoseconds> sinceReceived(const ConnectionRecord &record)
{
    return since(record.end->lastIn, record);
}

std::optional<Nanoseconds> sinceSent(const ConnectionRecord &record)
{
    return since(record.end->lastOut, record);
}

std::optional<Nanoseconds> life(const ConnectionRecord &record)
{
    return openFor(record);
}

/// Timers are set in seconds: "60.0 s" tells more than "1 min 00 s".
QString timerText(Nanoseconds duration)
{
    if (duration < std::chrono::seconds(10) || duration >= std::chrono::hours(1))
        return durationText(duration);
    return QStringLiteral("%1 s").arg(static_cast<double>(duration.count()) / 1e9, 0, 'f', 1);
}

/// "60.0 s (59.9 s to 60.1 s)", if the measure is the same for all.
QString repeated(const QList<ConnectionRecord> &records, const Measure &measure)
{
    QList<Nanoseconds> times;
    for (const ConnectionRecord &record : records) {
        const std::optional<Nanoseconds> time = measure(record);
        if (!time || *time < Shortest)
            return {};
        times += *time;
    }
    std::sort(times.begin(), times.end());
    const auto shortest = static_cast<double>(times.first().count());
    const auto longest = static_cast<double>(times.last().count());
    if (longest - shortest > Spread * shortest)
        return {};
    const QString least = timerText(times.first());
    const QString most = timerText(times.last());
    return least == most ? least
                         : ClosePatternsWords::tr("%1 (%2 to %3)").arg(timerText(times[times.size() / 2]), least, most);
}

/// "All 3 connections that the peer closed with 1001 (going away)"
QString subjectOf(const QList<ConnectionRecord> &records)
{
    const quint16 code = records.first().closeCode;
    if (code == CloseCode::Abnormal)
        return ClosePatternsWords::tr("All %1 connections that went without a close frame (1006)").arg(records.size());
    return ClosePatternsWords::tr("All %1 connections that the peer closed with %2 (%3)")
        .arg(QString::number(records.size()), QString::number(code), closeCodeName(code));
}

/// The most telling of the times since a frame: a timer that any frame winds up again explains the others.
QString idlePattern(const QList<ConnectionRecord> &records)
{
    const QString subject = subjectOf(records);
    if (const QString time = repeated(records, idle); !time.isEmpty())
        return ClosePatternsWords::tr("%1 ended %2 after the last frame.").arg(subject, time);
    if (const QString time = repeated(records, sinceReceived); !time.isEmpty())
        return ClosePatternsWords::tr("%1 ended %2 after the last frame received.").arg(subject, time);
    if (const QString time = repeated(records, sinceSent); !time.isEmpty())
        return ClosePatternsWords::tr("%1 ended %2 after the last frame sent.").arg(subject, time);
    return {};
}

QString lifePattern(const QList<ConnectionRecord> &records)
{
    const QString time = repeated(records, life);
    return time.isEmpty() ? QString()
                          : ClosePatternsWords::tr("%1 ended after %2 of life.").arg(subjectOf(records), time);
}

} // namespace

QStringList closePatterns(const QList<ConnectionRecord> &connections)
{
    QMap<quint16, QList<ConnectionRecord>> byCode;
    for (const ConnectionRecord &record : connections) {
        if (endedByPeer(record))
            byCode[record.closeCode] += record;
    }
    QStringList patterns;
    for (const QList<ConnectionRecord> &records : std::as_const(byCode)) {
        if (records.size() >= Fewest)
            patterns << idlePattern(records) << lifePattern(records);
    }
    patterns.removeAll(QString());
    // Where no timer shows, that it is always the same code is still worth a line.
    if (patterns.isEmpty() && byCode.size() == 1 && byCode.first().size() >= Fewest)
        patterns += ClosePatternsWords::tr("%1: no other end was seen.").arg(subjectOf(byCode.first()));
    return patterns;
}

} // namespace sockeye
