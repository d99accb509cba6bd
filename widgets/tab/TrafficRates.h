#pragma once

#include "connection/SessionStatus.h"
#include "widgets/tab/RateMeter.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace sockeye {

/// What a connection's messages and bytes a second are now, and were at most. It goes on by itself until a second has
/// passed without anything, so that what has stopped is not shown any more.
class TrafficRates final : public QObject
{
    Q_OBJECT

public:
    explicit TrafficRates(QObject *parent = nullptr);

    /// The next status of the session; another connection begins anew.
    void take(const SessionStatus &status);

    [[nodiscard]] qint64 messagesIn() const { return m_messagesIn.perSecond(now()); }
    [[nodiscard]] qint64 messagesOut() const { return m_messagesOut.perSecond(now()); }
    [[nodiscard]] qint64 bytesIn() const { return m_bytesIn.perSecond(now()); }
    [[nodiscard]] qint64 bytesOut() const { return m_bytesOut.perSecond(now()); }
    [[nodiscard]] qint64 peakIn() const { return m_messagesIn.peak(); }
    [[nodiscard]] qint64 peakOut() const { return m_messagesOut.peak(); }

Q_SIGNALS:
    /// Emitted when the rates have changed because time has passed.
    void faded();

private:
    [[nodiscard]] qint64 now() const { return m_clock.elapsed(); }
    /// Nothing has come or left within the last second.
    [[nodiscard]] bool isSilent() const;
    void fade();

    QElapsedTimer m_clock;
    QTimer m_fading;
    ConnectionId m_connection;
    RateMeter m_messagesIn;
    RateMeter m_messagesOut;
    RateMeter m_bytesIn;
    RateMeter m_bytesOut;
};

} // namespace sockeye
