#include "connection/PlainRelay.h"

#include "endpoint/UrlParser.h"

#include <QHostAddress>

namespace sockeye::test {

PlainRelay::PlainRelay(QTcpSocket *client, quint16 serverPort)
    : m_client(client)
    , m_serverPort(serverPort)
{
    m_client->setParent(this);
    connect(m_client, &QTcpSocket::readyRead, this, &PlainRelay::readClient);
    connect(m_client, &QTcpSocket::disconnected, &m_server, &QTcpSocket::disconnectFromHost);
    connect(&m_server, &QTcpSocket::readyRead, this, &PlainRelay::readServer);
    connect(&m_server, &QTcpSocket::disconnected, m_client, &QTcpSocket::disconnectFromHost);
    connect(&m_server, &QTcpSocket::connected, this, [this] { m_server.write(m_opening->requestHead()); });
}

Findings PlainRelay::findings() const
{
    Findings all;
    for (const Message &message : m_messages)
        all += message.findings;
    return all;
}

void PlainRelay::readClient()
{
    const QByteArray bytes = m_client->readAll();
    QByteArrayView input = bytes;
    if (!m_opening && m_accepting.feed(input) == AcceptingHandshake::Event::Requested)
        dial();
    else if (m_isOpen)
        pass(m_fromClient, m_toServer, &m_server, input);
}

/// Asks the server for what the client asked for: its key and its offers pass on.
void PlainRelay::dial()
{
    const HttpHead &head = m_accepting.request();
    HandshakeRequest request;
    request.target = requestLine(head).target;
    request.host = head.value("Host").value_or(QByteArray());
    request.key = head.value("Sec-WebSocket-Key").value_or(QByteArray());
    request.extensions = head.values("Sec-WebSocket-Extensions").join(", ");
    m_opening.emplace(parseUrl(QStringLiteral("ws://127.0.0.1/")).value(), request, HttpHeadParser::Limits(), false);
    m_server.connectToHost(QHostAddress::LocalHost, m_serverPort);
}

void PlainRelay::readServer()
{
    const QByteArray bytes = m_server.readAll();
    QByteArrayView input = bytes;
    if (!m_isOpen && m_opening->feed(input) == OpeningHandshake::Event::Opened)
        opened();
    if (m_isOpen)
        pass(m_fromServer, m_toClient, m_client, input);
}

/// Answers the client as the server answered, so that both sides agree on the same extensions.
void PlainRelay::opened()
{
    m_isOpen = true;
    m_client->write(m_accepting.accept({.extensions = m_opening->verdict().extensions}));
    if (const auto &deflate = m_opening->verdict().deflate) {
        m_fromServer.agreeOnDeflate(*deflate);
        m_toServer.agreeOnDeflate(*deflate);
        m_fromClient.agreeOnDeflate(*m_accepting.deflate());
        m_toClient.agreeOnDeflate(*m_accepting.deflate());
    }
}

void PlainRelay::pass(InboundFrames &from, OutboundFrames &to, QTcpSocket *socket, QByteArrayView input)
{
    while (auto message = from.next(input, m_clock.now())) {
        m_messages += *message;
        if (m_change)
            m_change(*message);
        if (message->opcode == Opcode::Close)
            noteClose(*message);
        const bool passesWhole = isControl(message->opcode);
        socket->write(passesWhole
                          ? to.control(message->opcode, message->payload).bytes
                          : to.data(message->opcode, message->payload, {.compress = message->compressed}).bytes);
    }
}

void PlainRelay::noteClose(const Message &close)
{
    const bool isClients = close.direction == Direction::Out;
    (void)(isClients ? m_clientClosing : m_serverClosing).closeReceived(close.payload, close.time);
    (isClients ? m_serverClosing : m_clientClosing).closeSent(close.payload, close.time);
}

} // namespace sockeye::test
