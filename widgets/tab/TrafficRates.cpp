#include "widgets/tab/TrafficRates.h"

#include <chrono>

namespace sockeye {
namespace {

/// As often as the figures beside are shown anew.
constexpr std::chrono::milliseconds FadeStep{250};

} // namespace

TrafficRates::TrafficRates(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_fading.setInterval(FadeStep);
    connect(&m_fading, &QTimer::timeout, this, &TrafficRates::fade);
}

void TrafficRates::take(const SessionStatus &status)
{
    if (status.connection != m_connection) {
        m_connection = status.connection;
        m_messagesIn = m_messagesOut = m_bytesIn = m_bytesOut = RateMeter();
        m_history.restart();
    }
    const qint64 time = now();
    m_messagesIn.add(status.messagesIn, time);
    m_messagesOut.add(status.messagesOut, time);
    m_bytesIn.add(status.bytesIn, time);
    m_bytesOut.add(status.bytesOut, time);
    m_history.add(status.messagesIn, status.messagesOut, time);
    if (!m_fading.isActive() && !isSilent())
        m_fading.start();
}

qint64 TrafficRates::now() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.now().time_since_epoch()).count();
}

bool TrafficRates::isSilent() const
{
    return messagesIn() + messagesOut() + bytesIn() + bytesOut() == 0;
}

void TrafficRates::fade()
{
    if (isSilent())
        m_fading.stop();
    Q_EMIT faded();
}

} // namespace sockeye
