#pragma once

#include "peers/OpenSslFiles.h"

#include <QProcess>

namespace sockeye::test {

/// An "openssl s_server", which takes certificates and clients that Qt's sockets would not. It answers a request with a
/// page about the connection.
class OpenSslServer final
{
public:
    OpenSslServer() = default;
    OpenSslServer(const OpenSslServer &) = delete;
    OpenSslServer &operator=(const OpenSslServer &) = delete;
    ~OpenSslServer();

    /// With NAME.pem and NAME.key, and further arguments; what it said is the reason if it does not start.
    [[nodiscard]] bool start(const OpenSslFiles &files, const QString &name, const QStringList &more = {});
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QByteArray said() const { return m_said; }

private:
    QProcess m_process;
    QByteArray m_said;
    quint16 m_port = 0;
};

} // namespace sockeye::test
