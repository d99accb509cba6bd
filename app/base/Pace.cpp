#include "base/Pace.h"

#include <algorithm>

namespace sockeye {

Pace::Pace(std::chrono::milliseconds interval, QObject *parent)
    : QObject(parent)
    , m_interval(interval)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Pace::refresh);
}

void Pace::request()
{
    m_isPending = true;
    if (m_isResting || m_timer.isActive())
        return;
    const std::chrono::milliseconds passed(m_sinceDue.isValid() ? m_sinceDue.elapsed() : m_interval.count());
    if (passed >= m_interval)
        refresh();
    else
        m_timer.start(m_interval - std::max(passed, std::chrono::milliseconds(0)));
}

void Pace::flush()
{
    if (m_isPending)
        refresh();
}

void Pace::cancel()
{
    m_isPending = false;
    m_timer.stop();
}

void Pace::setResting(bool resting)
{
    if (m_isResting == resting)
        return;
    m_isResting = resting;
    if (resting)
        m_timer.stop();
    else
        flush();
}

void Pace::refresh()
{
    m_timer.stop();
    m_isPending = false;
    // Before it is told: whoever hears of it may request the next.
    m_sinceDue.start();
    Q_EMIT due();
}

} // namespace sockeye
