#include "connection/IdleTimer.h"

#include <QIODevice>

namespace sockeye {

IdleTimer::IdleTimer(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &IdleTimer::look);
}

void IdleTimer::start(const QIODevice &socket, std::chrono::milliseconds timeout)
{
    stop();
    m_socket = &socket;
    m_timeout = timeout;
    m_deadline.setRemainingTime(timeout);
    m_timer.start(timeout);
    connect(m_socket, &QIODevice::readyRead, this, [this] { m_deadline.setRemainingTime(m_timeout); });
}

void IdleTimer::stop()
{
    m_timer.stop();
    if (m_socket)
        disconnect(m_socket, nullptr, this, nullptr);
    m_socket = nullptr;
}

void IdleTimer::look()
{
    const bool isUnread = m_socket->bytesAvailable() > 0;
    if (!isUnread && !m_deadline.hasExpired()) {
        m_timer.start(std::chrono::milliseconds(m_deadline.remainingTime() + 1));
        return;
    }
    m_deadline.setRemainingTime(m_timeout);
    m_timer.start(m_timeout);
    if (!isUnread)
        Q_EMIT idle();
}

} // namespace sockeye
