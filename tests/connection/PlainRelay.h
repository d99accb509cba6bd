#pragma once

#include "base/Clock.h"
#include "connection/AcceptingHandshake.h"
#include "connection/ClosingHandshake.h"
#include "connection/InboundFrames.h"
#include "connection/OpeningHandshake.h"
#include "connection/OutboundFrames.h"

#include <QTcpSocket>

#include <functional>

namespace sockeye::test {

/// A relay between two peers, a client and a server, put together from the pieces of app/connection/: it is the server
/// of the one and the client of the other, and passes every message on.
class PlainRelay final : public QObject
{
    Q_OBJECT

public:
    /// Takes the socket that a client connected.
    PlainRelay(QTcpSocket *client, quint16 serverPort);

    /// What it may do to a message before it passes it on: an injected fault.
    void setChange(std::function<void(Message &)> change) { m_change = std::move(change); }
    /// All messages, as they came, in order.
    [[nodiscard]] const QList<Message> &messages() const { return m_messages; }
    /// Findings about them.
    [[nodiscard]] Findings findings() const;
    [[nodiscard]] ConnectionEnd clientEnd() const { return m_clientClosing.end(TcpEnd::Ours, {}, 0, 0); }
    [[nodiscard]] ConnectionEnd serverEnd() const { return m_serverClosing.end(TcpEnd::PeerFin, {}, 0, 0); }

private:
    void readClient();
    void readServer();
    void dial();
    void opened();
    void pass(InboundFrames &from, OutboundFrames &to, QTcpSocket *socket, QByteArrayView input);
    void noteClose(const Message &close);

    SystemClock m_clock;
    QTcpSocket *m_client;
    QTcpSocket m_server;
    quint16 m_serverPort;
    AcceptingHandshake m_accepting;
    std::optional<OpeningHandshake> m_opening;
    InboundFrames m_fromClient{{.direction = Direction::Out, .sender = Role::Client}};
    OutboundFrames m_toServer{Role::Client, Direction::Out};
    InboundFrames m_fromServer{{.direction = Direction::In, .sender = Role::Server}};
    OutboundFrames m_toClient{Role::Server, Direction::In};
    ClosingHandshake m_clientClosing;
    ClosingHandshake m_serverClosing;
    std::function<void(Message &)> m_change;
    QList<Message> m_messages;
    bool m_isOpen = false;
};

} // namespace sockeye::test
