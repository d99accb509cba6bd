#pragma once

#include "conformance/ConformanceCase.h"
#include "conformance/Frames.h"
#include "conformance/PieceWriter.h"

#include <QHash>
#include <QTimer>

namespace sockeye::conformance {

using ConformanceCases = QHash<QString, ConformanceCase>;

/// One connection: the handshake, the case that the client asked for step by step, and the verdict.
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
    struct Sent
    {
        quint8 opcode = 0;
        QByteArray payload;
    };

    // The connection
    void read();
    void readHead();
    void open(const QByteArray &head);
    void agreeOnDeflate(const DeflateAnswer &answer);
    void readMessages();
    void takeTcpEnd();
    void conclude(Verdict verdict, const QString &why);

    // The script: each take...() says whether its step is done.
    void advance();
    [[nodiscard]] bool take(const Step &step);
    [[nodiscard]] bool takeTrips(const Step &step);
    [[nodiscard]] bool takeEcho(bool isOptional);
    [[nodiscard]] bool takePong();
    [[nodiscard]] bool takePongs();
    [[nodiscard]] bool takeNothing(const Step &step);
    [[nodiscard]] bool takeEarlyFail(const Step &step);
    void takeClose(const Step &step);
    void takeEnd();
    [[nodiscard]] bool isTimeUp(const Step &step);
    void expected(const QString &what);

    // What is sent
    void sendStep(const Step &step);
    void sendFrames(const Step &step, const QByteArray &payload);
    void track(const Step &step, const QByteArray &payload);
    void answerClose();

    QTcpSocket &m_socket;
    const ConformanceCases &m_cases;
    PieceWriter m_writer;
    ClientReader m_reader;
    std::unique_ptr<Deflater> m_deflater;
    QTimer m_patience;
    QTimer m_stepTimer;
    QByteArray m_head;
    bool m_isOpen = false;
    bool m_tcpEnded = false;
    bool m_advancing = false;

    ConformanceCase m_case;
    qsizetype m_step = 0;
    /// The timer of the step has run out.
    bool m_timeUp = false;
    qsizetype m_tripsDone = 0;
    bool m_inTrip = false;

    /// Read and not judged yet.
    QList<ClientMessage> m_inbox;
    /// Sent and to be answered, the oldest first.
    QList<Sent> m_unechoed;
    QList<QByteArray> m_unanswered;
    std::optional<Sent> m_fragmented;
    int m_messageCount = 0;
    bool m_closeSent = false;
    std::optional<ClientMessage> m_clientClose;

    QString m_notStrict;
    std::optional<ConformanceResult> m_result;
};

} // namespace sockeye::conformance
