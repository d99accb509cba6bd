#pragma once

#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <functional>

namespace sockeye::test {

/// A server that speaks exactly the bytes it is told to, well formed or not: for peers that no library would be. It
/// lives in the test's thread and serves one connection at a time.
class RawServer final : public QObject
{
    Q_OBJECT

public:
    /// How TCP ends: in order (FIN), cut off (RST), or in order while the server goes on reading.
    enum class End : quint8 { Fin, Reset, HalfClose };
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
    /// From now on what is sent, the reply included, leaves in pieces of that size, each a segment of its own.
    void sendInPieces(qsizetype size, std::chrono::milliseconds gap);
    /// From now on nothing is read after the request head, so that TCP stops the client's sending.
    void stopReading();
    /// Back to a server that accepts, for the next connection.
    void behave();

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
    void sendPiece();

    QTcpServer m_server;
    QPointer<QTcpSocket> m_socket;
    Reply m_reply;
    bool m_endsAfterReply = false;
    End m_end = End::Fin;
    bool m_reads = true;
    qsizetype m_pieceSize = 0;
    QTimer m_pieceTimer;
    QByteArray m_pieces;
    QByteArray m_requestHead;
    QByteArray m_received;
    int m_connectionCount = 0;
};

} // namespace sockeye::test
