#pragma once

#include "base/Result.h"
#include "wire/HttpHead.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrl>

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
    /// Null until dialled().
    [[nodiscard]] QTcpSocket *socket() const { return m_socket; }
    [[nodiscard]] bool isConnected() const;

Q_SIGNALS:
    /// QWebSocket came; the key is the Sec-WebSocket-Key that it made.
    void dialled(const QByteArray &key);
    void failed(const QString &message);

private:
    void take();
    void readHead(QTcpSocket *candidate, HttpHeadParser &parser);

    QTcpServer m_server;
    QTimer m_deadline;
    QByteArray m_token;
    QByteArray m_key;
    QTcpSocket *m_socket = nullptr;
};

} // namespace sockeye
