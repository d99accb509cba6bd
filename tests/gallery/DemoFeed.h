#pragma once

#include <QObject>
#include <QTimer>
#include <QWebSocketServer>

class QWebSocket;

namespace sockeye::gallery {

/// A small market feed to show in pictures: answers a subscription, then sends trades, order books, a binary frame and
/// a ping.
class DemoFeed final : public QObject
{
    Q_OBJECT

public:
    explicit DemoFeed(QObject *parent = nullptr);

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }

private:
    void accept();
    void sendNext();

    QWebSocketServer m_server;
    QWebSocket *m_client = nullptr;
    QTimer m_timer;
    int m_sent = 0;
};

} // namespace sockeye::gallery
