#pragma once

#include "base/Clock.h"
#include "connection/AcceptingHandshake.h"
#include "connection/ClosingHandshake.h"
#include "connection/InboundFrames.h"
#include "connection/OutboundFrames.h"
#include "server/EchoOptions.h"

#include <QTcpSocket>
#include <QTimer>

namespace sockeye {

/// One client of the echo server, from its request to the end of TCP: the pieces of app/connection/ put together as a
/// server over a plain socket. Every message goes back as it came, whole, compressed where that was agreed on; pings
/// and closes are answered, a broken rule fails the connection with the code that the RFC names (section 7.1.7).
///
/// Memory is bounded by what one message may hold: a client that does not take its echoes is not read any more. Lives
/// in the server's thread.
class EchoConnection final : public QObject
{
    Q_OBJECT

public:
    /// Takes over the connected socket.
    EchoConnection(QTcpSocket *socket, const EchoOptions &options, QObject *parent);

    /// A WebSocket is open, or was until TCP ended.
    [[nodiscard]] bool hasOpened() const { return m_hasOpened; }
    /// Sends a close frame with 1001 and the reason, as far as TCP takes it at once: the thread is about to end.
    void goAway(QStringView reason);

Q_SIGNALS:
    /// The client's request was accepted.
    void opened();
    /// TCP has ended, whether the connection was open or not. Emitted once.
    void ended();

private:
    enum class Phase : quint8 {
        Opening,  ///< the request is coming
        Open,     ///< frames pass
        Lingering ///< all has been said: what still comes is read and dropped until the client ends TCP
    };

    void read();
    [[nodiscard]] bool mayRead() const;
    [[nodiscard]] bool fetch();
    void readRequest();
    void open();
    void readFrame();
    void take(const Message &message);
    void takeClose(const Message &message);
    void fail(const Finding &finding);
    void send(const OutboundMessage &outbound);
    void linger();
    void endTcp();
    void bytesTaken();

    QTcpSocket *m_socket;
    EchoOptions m_options;
    SystemClock m_clock;
    QTimer m_timer;
    Phase m_phase = Phase::Opening;
    bool m_hasOpened = false;
    AcceptingHandshake m_accepting;
    InboundFrames m_inbound;
    OutboundFrames m_outbound{Role::Server};
    ClosingHandshake m_closing;
    /// What was read of the socket, and what of that is still to be looked at.
    QByteArray m_chunk;
    QByteArrayView m_input;
};

} // namespace sockeye
