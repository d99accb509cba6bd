#pragma once

#include "capture/CaptureWriter.h"

#include <array>
#include <functional>
#include <random>
#include <vector>

namespace sockeye {

/// A made-up session of a trading client, the same one each time: two feeds side by side that reconnect now and then,
/// prices and orders as JSON with rising sequence numbers, heartbeats, pings and pongs with latency, some binary, some
/// long snapshots, some fragments, rare findings. Spread over up to eight hours.
class TickerSession final
{
public:
    /// Messages of about `payloadSize` bytes.
    TickerSession(CaptureWriter &writer, qint64 entries, qsizetype payloadSize);

    /// Records the whole session; `progress` is called after each ten thousandth entry or so.
    void record(const std::function<void(qint64)> &progress);

private:
    /// One of the two feeds, with the connection that it is on.
    struct Feed
    {
        ConnectionRecord connection;
        qint64 sequence = 0;
        qint64 endsAfter = 0;
        qint64 pings = 0;
        /// What the ping in flight held and when its pong is due.
        QByteArray ping;
        Timestamp pinged;
        Timestamp pongDue;
        bool isOpen = false;
    };

    [[nodiscard]] qint64 random(qint64 below) { return static_cast<qint64>(m_random() % static_cast<quint64>(below)); }
    void tick();
    void connect(Feed &feed);
    void disconnect(Feed &feed);
    void end(Feed &feed, quint16 code, const QString &reason, const QString &text);
    void sendMessage(Feed &feed);
    void sendText(Feed &feed, const QByteArray &text, Direction direction);
    void sendBinary(Feed &feed);
    void sendFragments(Feed &feed);
    void sendPing(Feed &feed);
    void sendPong(Feed &feed);
    [[nodiscard]] NewEntry made(const Feed &feed, EntryKind kind, Direction direction, const QByteArray &payload) const;
    void event(const Feed &feed, EventKind kind, const QString &text);
    void append(NewEntry &&entry);
    [[nodiscard]] const QByteArray &trade(const Feed &feed);
    [[nodiscard]] QByteArray snapshot(const Feed &feed);

    CaptureWriter &m_writer;
    qint64 m_goal;
    qsizetype m_payloadSize;
    std::mt19937_64 m_random{42};
    Timestamp m_now;
    qint64 m_meanGap;
    qint64 m_appended = 0;
    std::array<Feed, 2> m_feeds;
    std::vector<qint64> m_cents;
    QByteArray m_text;
};

} // namespace sockeye
