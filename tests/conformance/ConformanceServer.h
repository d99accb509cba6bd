#pragma once

#include "conformance/ConformanceRun.h"

#include <QTcpServer>

namespace sockeye::conformance {

/// A WebSocket server on loopback that puts clients to the test: ws://127.0.0.1:PORT/case/1.1.1 does to its client what
/// case 1.1.1 says, and judges it. Any number of connections at once. It shares no code with what it judges: frames,
/// handshake and compression are its own. Belongs to the thread it lives in.
class ConformanceServer final : public QObject
{
    Q_OBJECT

public:
    explicit ConformanceServer(const QList<ConformanceCase> &cases, QObject *parent = nullptr);

    /// On 127.0.0.1; port 0 for a free one.
    [[nodiscard]] Result<> listen(quint16 port = 0);
    [[nodiscard]] quint16 port() const { return m_port; }
    /// Where a client finds the case.
    [[nodiscard]] QString url(const QString &id) const;

    /// How long a client may do nothing before it has failed; 30 s unless set.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

Q_SIGNALS:
    /// A connection has ended, and this came of it.
    void finished(const sockeye::conformance::ConformanceResult &result);

private:
    void accept();

    ConformanceCases m_cases;
    QTcpServer m_server;
    quint16 m_port = 0;
    std::chrono::milliseconds m_patience{30'000};
};

} // namespace sockeye::conformance
