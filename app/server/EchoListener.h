#pragma once

#include "base/Result.h"
#include "server/EchoOptions.h"

#include <QSet>
#include <QTcpServer>

namespace sockeye {

class EchoConnection;

/// The listening side of the echo server: 127.0.0.1, and ::1 on the same port where the system has IPv6, because to
/// many clients "localhost" is that first. Lives in the server's thread; everything in it is called there.
class EchoListener final : public QObject
{
    Q_OBJECT

public:
    explicit EchoListener(const EchoOptions &options);

    /// On the port, or on a free one for 0; returns which.
    [[nodiscard]] Result<quint16> listen(quint16 port);
    /// No more clients; those that are there are told that the server goes away.
    void close();

Q_SIGNALS:
    /// How many WebSockets are open.
    void clientCountChanged(int count);
    /// In words for the user: clients that wait, and why.
    void troubled(const QString &text);

private:
    void accept(QTcpServer &server);
    void release(EchoConnection *connection);
    void stopAccepting();
    void goOnAccepting();
    void reportCount(int change);

    EchoOptions m_options;
    QTcpServer m_ipv4;
    QTcpServer m_ipv6;
    QSet<EchoConnection *> m_connections;
    int m_openCount = 0;
    /// Nobody is accepted until somebody has left.
    bool m_isFull = false;
    bool m_hasToldFull = false;
};

} // namespace sockeye
