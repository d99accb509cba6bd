#pragma once

#include "base/Clock.h"
#include "connection/AcceptingHandshake.h"
#include "connection/ClosingHandshake.h"
#include "connection/InboundFrames.h"
#include "connection/OpeningHandshake.h"
#include "connection/OutboundFrames.h"
#include "connection/PongAnswers.h"
#include "connection/RoundTrips.h"

#include <QTcpSocket>
#include <QTimer>

namespace sockeye::test {

/// One end of a WebSocket connection, client or server, put together from the pieces of app/connection/ over a plain
/// QTcpSocket: there is no QWebSocket and no tap in it.
class PlainEnd final : public QObject
{
    Q_OBJECT

public:
    PlainEnd(Role role, QTcpSocket *socket, const ControlPolicy &policy = {});

    /// A client's first step. A server waits for the request.
    void request(const HandshakeRequest &request);
    void send(Opcode opcode, const QByteArray &payload, const SendOrder &order = {});
    void ping(const QByteArray &payload);
    void sendRaw(const QByteArray &bytes);
    void close(quint16 code, QStringView reason);

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] bool isDeflating() const { return m_isDeflating; }
    [[nodiscard]] const QList<Message> &received() const { return m_received; }
    [[nodiscard]] const QList<Message> &sent() const { return m_sent; }
    [[nodiscard]] const RoundTrips &roundTrips() const { return m_roundTrips; }
    /// None as long as TCP goes on.
    [[nodiscard]] const std::optional<ConnectionEnd> &end() const { return m_end; }

private:
    void read();
    void readReply(QByteArrayView &input);
    void readRequest(QByteArrayView &input);
    void opened(const std::optional<DeflateParameters> &deflate);
    void readFrames(QByteArrayView input);
    void take(Message &&message);
    void sendPongs();
    void answerClose();
    void write(OutboundMessage &&outbound);
    void waitForEnd();
    void endTcp();
    void tcpEnded(TcpEnd end);

    Role m_role;
    QTcpSocket *m_socket;
    SystemClock m_clock;
    QTimer m_timer;
    std::optional<OpeningHandshake> m_opening;
    AcceptingHandshake m_accepting;
    InboundFrames m_inbound;
    OutboundFrames m_outbound;
    PongAnswers m_pongs;
    RoundTrips m_roundTrips;
    ClosingHandshake m_closing;
    QList<Message> m_received;
    QList<Message> m_sent;
    std::optional<ConnectionEnd> m_end;
    bool m_isOpen = false;
    bool m_isDeflating = false;
};

} // namespace sockeye::test
