#pragma once

#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace sockeye::test {

/// A server that speaks exactly the bytes it is told to, well formed or not: for peers that no library would be. It
/// lives in the test's thread and serves one connection at a time.
class RawServer final : public QObject
{
    Q_OBJECT

public:
    /// How TCP ends: in order (FIN) or cut off (RST).
    enum class End : quint8 { Fin, Reset };
    using Reply = std::function<QByteArray(const QByteArray &requestHead)>;

    explicit RawServer(QObject *parent = nullptr);

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    /// ws://127.0.0.1:PORT/
    [[nodiscard]] QString url() const;

    /// A correct 101 for the request, with further header lines (each with its CR LF).
    [[nodiscard]] static QByteArray acceptReply(const QByteArray &requestHead, const QByteArray &furtherLines = {});
    /// What is sent once the request head is there; acceptReply() unless set. Empty bytes: silence.
    void setReply(Reply reply) { m_reply = std::move(reply); }
    /// End TCP right after the reply.
    void endAfterReply(End end);

    void send(const QByteArray &bytes);
    void end(End end);

    /// The latest connection's request head, and all bytes that came after it.
    [[nodiscard]] QByteArray requestHead() const { return m_requestHead; }
    [[nodiscard]] QByteArray received() const { return m_received; }
    [[nodiscard]] bool isConnected() const;
    [[nodiscard]] int connectionCount() const { return m_connectionCount; }

Q_SIGNALS:
    void requestReceived();
    void bytesReceived();
    void disconnected();

private:
    void accept();
    void read();

    QTcpServer m_server;
    QPointer<QTcpSocket> m_socket;
    Reply m_reply;
    bool m_endsAfterReply = false;
    End m_end = End::Fin;
    QByteArray m_requestHead;
    QByteArray m_received;
    int m_connectionCount = 0;
};

} // namespace sockeye::test
