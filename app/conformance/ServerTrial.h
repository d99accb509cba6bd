#pragma once

#include "conformance/OpeningExchange.h"
#include "conformance/PieceWriter.h"

#include <QTimer>
#include <QUrl>

namespace sockeye::conformance {

class CasePlayer;

/// One case played to a server: TCP, the opening handshake, and what a CasePlayer makes of the rest.
class ServerTrial final : public QObject
{
    Q_OBJECT

public:
    /// Without any progress for the time of patience the server has failed.
    ServerTrial(const ConformanceCase &one, std::chrono::milliseconds patience, QObject *parent);

    void start(const QUrl &url);

Q_SIGNALS:
    /// Once, after TCP has ended.
    void finished(const sockeye::conformance::ConformanceResult &result);

private:
    void sendRequest(const QUrl &url);
    void readReply();
    void takeReply(const QByteArray &head, const QByteArray &rest);
    void open(const OpeningExchange::Judgement &judgement, const QByteArray &early);
    void takeError();
    void conclude(const OpeningExchange::Judgement &judgement);

    ConformanceCase m_case;
    std::chrono::milliseconds m_patience;
    QTcpSocket m_socket;
    QTimer m_timer;
    std::optional<OpeningExchange> m_opening;
    PieceWriter *m_writer = nullptr;
    QByteArray m_reply;
    bool m_isDone = false;
};

} // namespace sockeye::conformance
