#include "peers/ProxyServer.h"

#include <QtEndian>

#include <memory>

namespace sockeye::test {
namespace {
/// RFC 1928 and RFC 1929.
constexpr char SocksVersion = 5;
constexpr char AuthenticationVersion = 1;
constexpr char NoAuthentication = 0;
constexpr char UserAndPassword = 2;
constexpr char NoAcceptableMethod = '\xff';
constexpr char AddressIpv4 = 1;
constexpr char AddressName = 3;

QByteArray socksReply(int code)
{
    return QByteArray{"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10}.replace(1, 1, QByteArray(1, char(code)));
}
} // namespace

ProxyServer::ProxyServer(Kind kind, QObject *parent)
    : QTcpServer(parent)
    , m_kind(kind)
{
    connect(this, &QTcpServer::newConnection, this, &ProxyServer::accept);
    listen(QHostAddress::LocalHost);
}

void ProxyServer::setCredentials(const QByteArray &user, const QByteArray &password)
{
    m_user = user;
    m_password = password;
}

QString ProxyServer::url(const QString &credentials) const
{
    const QString scheme = m_kind == Kind::Http ? QStringLiteral("http://") : QStringLiteral("socks5://");
    return scheme + (credentials.isEmpty() ? QString() : credentials + u'@') +
           QStringLiteral("127.0.0.1:%1").arg(serverPort());
}

void ProxyServer::accept()
{
    auto client = std::make_shared<Client>();
    client->socket = nextPendingConnection();
    connect(client->socket, &QTcpSocket::readyRead, this, [this, client] {
        client->buffer += client->socket->readAll();
        if (m_kind == Kind::Http)
            readHttp(client);
        else
            readSocks(client);
    });
}

void ProxyServer::readHttp(const std::shared_ptr<Client> &client)
{
    const qsizetype end = client->buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = client->buffer.left(end + 4);
    client->buffer.remove(0, end + 4);
    const QByteArray credentials = (m_user + ':' + m_password).toBase64();
    if (!m_user.isEmpty() && !head.contains("Proxy-Authorization: Basic " + credentials + "\r\n")) {
        client->socket->write("HTTP/1.1 407 Proxy Authentication Required\r\n"
                              "Proxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n" +
                              QByteArray(m_closesAfterDemand ? "Proxy-Connection: close\r\n\r\n" : "\r\n"));
        if (m_closesAfterDemand)
            client->socket->disconnectFromHost();
        return;
    }
    if (m_refusal != 0) {
        client->socket->write("HTTP/1.1 " + QByteArray::number(m_refusal) + " No\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    m_target = head.split(' ').value(1);
    tunnel(client->socket, m_target.mid(m_target.lastIndexOf(':') + 1).toUShort(),
           "HTTP/1.1 200 Connection established\r\n\r\n");
}

void ProxyServer::readSocks(const std::shared_ptr<Client> &client)
{
    if (!client->greeted && !greet(*client))
        return;
    if (!client->authenticated && !authenticate(*client))
        return;
    request(*client);
}

/// VER NMETHODS METHODS
bool ProxyServer::greet(Client &client) const
{
    if (client.buffer.size() < 2 || client.buffer.size() < 2 + client.buffer[1])
        return false;
    const QByteArray methods = client.buffer.mid(2, client.buffer[1]);
    client.buffer.remove(0, 2 + methods.size());
    const char method = m_user.isEmpty() ? NoAuthentication : UserAndPassword;
    client.greeted = methods.contains(method);
    client.authenticated = client.greeted && m_user.isEmpty();
    client.socket->write(QByteArray{1, SocksVersion} + (client.greeted ? method : NoAcceptableMethod));
    if (!client.greeted)
        client.socket->disconnectFromHost();
    return client.greeted;
}

/// VER ULEN UNAME PLEN PASSWD
bool ProxyServer::authenticate(Client &client) const
{
    if (client.buffer.size() < 2 || client.buffer.size() < 3 + client.buffer[1])
        return false;
    const QByteArray user = client.buffer.mid(2, client.buffer[1]);
    const qsizetype at = 2 + user.size();
    if (client.buffer.size() < at + 1 + client.buffer[at])
        return false;
    const QByteArray password = client.buffer.mid(at + 1, client.buffer[at]);
    client.buffer.remove(0, at + 1 + password.size());
    client.authenticated = user == m_user && password == m_password;
    client.socket->write(QByteArray{1, AuthenticationVersion} + (client.authenticated ? '\0' : '\1'));
    if (!client.authenticated)
        client.socket->disconnectFromHost();
    return client.authenticated;
}

/// VER CMD RSV ATYP DST.ADDR DST.PORT
void ProxyServer::request(Client &client)
{
    if (client.buffer.size() < 5)
        return;
    const char type = client.buffer[3];
    const qsizetype start = type == AddressName ? 5 : 4;
    const qsizetype length = type == AddressName ? client.buffer[4] : type == AddressIpv4 ? 4 : 16;
    if (client.buffer.size() < start + length + 2)
        return;
    const QByteArray host = client.buffer.mid(start, length);
    const auto port = qFromBigEndian<quint16>(client.buffer.constData() + start + length);
    client.buffer.clear();
    if (m_refusal != 0) {
        client.socket->write(socksReply(m_refusal));
        client.socket->disconnectFromHost();
        return;
    }
    m_target = (type == AddressName ? host : host.toHex()) + ':' + QByteArray::number(port);
    tunnel(client.socket, port, socksReply(0));
}

void ProxyServer::tunnel(QTcpSocket *client, quint16 port, const QByteArray &reply)
{
    ++m_tunnels;
    client->disconnect(this);
    auto *peer = new QTcpSocket(client);
    const auto relay = [](QTcpSocket *from, QTcpSocket *to) {
        connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
        connect(from, &QTcpSocket::disconnected, to, [to] { to->disconnectFromHost(); });
    };
    connect(peer, &QTcpSocket::connected, client, [client, peer, reply, relay] {
        client->write(reply);
        relay(client, peer);
        relay(peer, client);
    });
    peer->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
}

} // namespace sockeye::test
