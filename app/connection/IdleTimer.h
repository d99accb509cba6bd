#pragma once

#include <QDeadlineTimer>
#include <QObject>
#include <QTimer>

class QIODevice;

namespace sockeye {

/// Watches a socket for silence: tells when nothing has come for a time. Bytes that have come and wait to be read are
/// no silence, so that a reader who holds back does not take it for one. Used in the socket's thread.
class IdleTimer final : public QObject
{
    Q_OBJECT

public:
    explicit IdleTimer(QObject *parent = nullptr);

    /// Watches the socket from now on, which is to outlive the watch.
    void start(const QIODevice &socket, std::chrono::milliseconds timeout);
    void stop();

Q_SIGNALS:
    /// Nothing has come for the time; told again after each further one.
    void idle();

private:
    void look();

    const QIODevice *m_socket = nullptr;
    std::chrono::milliseconds m_timeout{0};
    QTimer m_timer;
    /// Moves with each byte that comes; cheaper than to start the timer anew.
    QDeadlineTimer m_deadline;
};

} // namespace sockeye
