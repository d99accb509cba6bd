#pragma once

#include "base/Result.h"
#include "connection/AcceptingHandshake.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

#include <memory>

namespace sockeye {

/// The inner end of the tap: listens on 127.0.0.1 on a free port until the one QWebSocket that knows the token came,
/// for five seconds at most. Whoever asks for anything else is dropped.
class LocalHop final : public QObject
{
    Q_OBJECT

public:
    explicit LocalHop(QObject *parent = nullptr);

    [[nodiscard]] Result<> listen();
    /// What QWebSocket is to dial: ws://127.0.0.1:PORT/TOKEN
    [[nodiscard]] QUrl url() const;
    /// Answers QWebSocket's request with a minimal 101; from then on the socket carries frames.
    void accept();
    /// QWebSocket has taken the 101: frames may reach it from now on (6.4 loses those that come together with the 101).
    void setReady();
    [[nodiscard]] bool isReady() const { return m_isReady; }
    /// Sends QWebSocket a close frame, once it is ready.
    void close();
    /// Null until dialled().
    [[nodiscard]] QTcpSocket *socket() const { return m_socket; }
    [[nodiscard]] bool isConnected() const;

Q_SIGNALS:
    /// QWebSocket came; the key is the Sec-WebSocket-Key that it made.
    void dialled(const QByteArray &key);
    void failed(const QString &message);

private:
    void take();
    void readRequest(QTcpSocket *candidate, const std::shared_ptr<AcceptingHandshake> &handshake);

    QTcpServer m_server;
    QTimer m_deadline;
    QByteArray m_token;
    /// Of the socket.
    std::shared_ptr<AcceptingHandshake> m_handshake;
    QTcpSocket *m_socket = nullptr;
    bool m_isReady = false;
    bool m_isCloseDue = false;
};

} // namespace sockeye
