#include "conformance/ConformanceServer.h"

namespace sockeye::conformance {

ConformanceServer::ConformanceServer(const QList<ConformanceCase> &cases, QObject *parent)
    : QObject(parent)
    , m_server(this)
{
    for (const ConformanceCase &one : cases)
        m_cases.insert(one.id, one);
    connect(&m_server, &QTcpServer::newConnection, this, &ConformanceServer::accept);
}

Result<> ConformanceServer::listen(quint16 port)
{
    if (!m_server.listen(QHostAddress::LocalHost, port))
        return Error{
            tr("The conformance server cannot listen on port %1: %2. Choose another port, or 0 for a free one.")
                .arg(port)
                .arg(m_server.errorString())};
    m_port = m_server.serverPort();
    return {};
}

QString ConformanceServer::url(const QString &id) const
{
    return QStringLiteral("ws://127.0.0.1:%1/case/%2").arg(m_port).arg(id);
}

void ConformanceServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        const auto *run = new ConformanceRun(*socket, m_cases, m_patience);
        connect(run, &ConformanceRun::finished, this, &ConformanceServer::finished);
    }
}

} // namespace sockeye::conformance
