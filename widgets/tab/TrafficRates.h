#pragma once

#include "base/Clock.h"
#include "connection/SessionStatus.h"
#include "widgets/tab/RateMeter.h"
#include "widgets/timeline/RateHistory.h"

#include <QObject>
#include <QTimer>

namespace sockeye {

/// What a connection's messages and bytes a second are now, and were at most. It goes on by itself until a second has
/// passed without anything, so that what has stopped is not shown any more.
class TrafficRates final : public QObject
{
    Q_OBJECT

public:
    /// The clock outlives it.
    explicit TrafficRates(const Clock &clock, QObject *parent = nullptr);

    /// The next status of the session; another connection begins anew.
    void take(const SessionStatus &status);

    [[nodiscard]] qint64 messagesIn() const { return m_messagesIn.perSecond(now()); }
    [[nodiscard]] qint64 messagesOut() const { return m_messagesOut.perSecond(now()); }
    [[nodiscard]] qint64 bytesIn() const { return m_bytesIn.perSecond(now()); }
    [[nodiscard]] qint64 bytesOut() const { return m_bytesOut.perSecond(now()); }
    [[nodiscard]] qint64 peakIn() const { return m_messagesIn.peak(); }
    [[nodiscard]] qint64 peakOut() const { return m_messagesOut.peak(); }

    /// Messages in each of the last seconds, of all connections that there were; the oldest first.
    [[nodiscard]] QList<MessageRate> lastSeconds() const { return m_history.upTo(now()); }

Q_SIGNALS:
    /// Emitted when the rates have changed because time has passed.
    void faded();

private:
    /// In milliseconds.
    [[nodiscard]] qint64 now() const;
    /// Nothing has come or left within the last second.
    [[nodiscard]] bool isSilent() const;
    void fade();

    const Clock &m_clock;
    QTimer m_fading;
    ConnectionId m_connection;
    RateMeter m_messagesIn;
    RateMeter m_messagesOut;
    RateMeter m_bytesIn;
    RateMeter m_bytesOut;
    RateHistory m_history;
};

} // namespace sockeye
