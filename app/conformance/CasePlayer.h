#pragma once

#include "conformance/ConformanceCase.h"
#include "conformance/PieceWriter.h"

#include <QTimer>

namespace sockeye::conformance {

/// Plays one case over a WebSocket that is open: sends what the case says, step by step, and judges what the subject
/// does about it, to the end of TCP. A client that is put to the test has a server's frames sent to it, a server a
/// client's. Belongs to the socket's thread.
class CasePlayer final : public QObject
{
    Q_OBJECT

public:
    /// Becomes the socket's child. Without any progress for the time of patience the subject has failed.
    CasePlayer(QTcpSocket &socket, const ConformanceCase &one, Subject subject, std::chrono::milliseconds patience);

    /// Before start(): messages may be compressed, as the server has answered.
    void agreeOnDeflate(const DeflateAnswer &answer);
    /// The handshake has passed; `early` is what came behind it.
    void start(const QByteArray &early);
    /// Ends the case with this verdict, before start() as well.
    void conclude(Verdict verdict, const QString &why, const QString &expected = {}, const QString &came = {});

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
    void readMessages(const QByteArray &bytes);
    void takeTcpEnd();
    void takeTimeout();
    void endTcp();

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
    [[nodiscard]] bool isMasking() const { return m_subject == Subject::Server; }

    QTcpSocket &m_socket;
    ConformanceCase m_case;
    Subject m_subject;
    PieceWriter m_writer;
    PeerReader m_reader;
    std::unique_ptr<Deflater> m_deflater;
    QTimer m_patience;
    QTimer m_stepTimer;
    bool m_hasStarted = false;
    bool m_tcpEnded = false;
    bool m_advancing = false;

    qsizetype m_step = 0;
    /// The timer of the step has run out.
    bool m_timeUp = false;
    qsizetype m_tripsDone = 0;
    bool m_inTrip = false;
    /// How much of the payload was sent whose header was sent alone; none outside of such a frame.
    std::optional<qsizetype> m_rawOffset;

    /// Read and not judged yet.
    QList<PeerMessage> m_inbox;
    /// Sent and to be answered, the oldest first.
    QList<Sent> m_unechoed;
    QList<QByteArray> m_unanswered;
    std::optional<Sent> m_fragmented;
    int m_messageCount = 0;
    bool m_closeSent = false;
    std::optional<PeerMessage> m_peerClose;

    QString m_notStrict;
    std::optional<ConformanceResult> m_result;
};

} // namespace sockeye::conformance
