#pragma once

#include "server/EchoServer.h"

#include <QTcpSocket>

namespace sockeye::test {

/// A client of the echo server that says exactly these bytes, and keeps all that comes.
class EchoPeer final : public QObject
{
    Q_OBJECT

public:
    explicit EchoPeer(const EchoServer &server);

    /// Sends an opening request with further header lines, each with its line break; true if it was accepted.
    [[nodiscard]] bool open(const QByteArray &furtherLines = {});
    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    /// Reads no more than what fits into the buffers on the way, or all again.
    void setReading(bool reads);

    /// The head of the server's reply; what follows it is received().
    [[nodiscard]] const QByteArray &reply() const { return m_reply; }
    /// Waits until that many bytes have come, or TCP has ended.
    [[nodiscard]] bool waitFor(qsizetype size);
    /// Waits until the server has ended TCP.
    [[nodiscard]] bool waitForEnd();
    /// Waits until the kernel has all that is to be sent.
    [[nodiscard]] bool waitUntilSent();
    [[nodiscard]] const QByteArray &received() const { return m_received; }
    [[nodiscard]] qint64 unsent() const { return m_socket.bytesToWrite(); }

Q_SIGNALS:
    /// Bytes came or went, or TCP ended.
    void changed();

private:
    void read();
    /// In an event loop that never sleeps, as QTest::qWaitFor() does.
    template<typename Condition>
    [[nodiscard]] bool waitUntil(Condition condition);

    QTcpSocket m_socket;
    bool m_reads = true;
    QByteArray m_reply;
    QByteArray m_received;
};

/// A client's frame of less than 64 KiB, masked with zeros: its payload can be read in the bytes.
[[nodiscard]] QByteArray clientFrame(quint8 firstByte, const QByteArray &payload);
/// A server's frame of the same kind.
[[nodiscard]] QByteArray serverFrame(quint8 firstByte, const QByteArray &payload);
[[nodiscard]] QByteArray closeBody(quint16 code, const QByteArray &reason = {});

} // namespace sockeye::test
