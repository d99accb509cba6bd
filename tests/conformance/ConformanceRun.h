#pragma once

#include "conformance/CasePlayer.h"

#include <QHash>

namespace sockeye::conformance {

using ConformanceCases = QHash<QString, ConformanceCase>;

/// One connection with a client: the opening handshake and which case it asks for; a CasePlayer does the rest.
class ConformanceRun final : public QObject
{
    Q_OBJECT

public:
    /// Becomes the socket's child. Without any progress for the time of patience the client has failed.
    ConformanceRun(QTcpSocket &socket, const ConformanceCases &cases, std::chrono::milliseconds patience);

Q_SIGNALS:
    /// Once, after TCP has ended.
    void finished(const sockeye::conformance::ConformanceResult &result);

private:
    void readHead();
    void open(const QByteArray &head, const QByteArray &early);
    void play(const ConformanceCase &one, const std::optional<DeflateAnswer> &deflate, const QByteArray &early);
    void fail(const QString &id, const QString &why);
    void takeTcpEnd();

    QTcpSocket &m_socket;
    const ConformanceCases &m_cases;
    std::chrono::milliseconds m_patience;
    QTimer m_timer;
    QByteArray m_head;
    std::optional<ConformanceResult> m_failure;
};

} // namespace sockeye::conformance
