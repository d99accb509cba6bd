#pragma once

#include <QTcpServer>
#include <QTcpSocket>

#include <memory>

namespace sockeye::test {

/// A proxy of one connection after the other, in the test's thread. Whatever host it is asked for, it dials 127.0.0.1:
/// the names need not exist.
class ProxyServer final : public QTcpServer
{
    Q_OBJECT

public:
    enum class Kind : quint8 { Http, Socks5 };

    explicit ProxyServer(Kind kind, QObject *parent = nullptr);

    /// Ask for these (RFC 7617, RFC 1929).
    void setCredentials(const QByteArray &user, const QByteArray &password);
    /// End the connection with each demand for credentials, as proxies without persistent connections do.
    void closeAfterDemand() { m_closesAfterDemand = true; }
    /// Let nobody through: an HTTP status, or a reply code of RFC 1928 section 6.
    void refuseWith(int code) { m_refusal = code; }

    /// http://127.0.0.1:PORT, or with "user:password" before the host.
    [[nodiscard]] QString url(const QString &credentials = {}) const;
    /// "host:port" of the latest request that was let through.
    [[nodiscard]] QByteArray target() const { return m_target; }
    [[nodiscard]] int tunnels() const { return m_tunnels; }

private:
    /// What has come from a client that is not let through yet.
    struct Client
    {
        QTcpSocket *socket = nullptr;
        QByteArray buffer;
        bool greeted = false;
        bool authenticated = false;
    };

    void accept();
    void readHttp(const std::shared_ptr<Client> &client);
    void readSocks(const std::shared_ptr<Client> &client);
    [[nodiscard]] bool greet(Client &client) const;
    [[nodiscard]] bool authenticate(Client &client) const;
    void request(Client &client);
    void tunnel(QTcpSocket *client, quint16 port, const QByteArray &reply);

    Kind m_kind;
    QByteArray m_user;
    QByteArray m_password;
    bool m_closesAfterDemand = false;
    int m_refusal = 0;
    QByteArray m_target;
    int m_tunnels = 0;
};

} // namespace sockeye::test
