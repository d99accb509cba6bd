#pragma once

#include "connection/ConnectionEnd.h"
#include "connection/LocalHop.h"
#include "connection/PeerLink.h"
#include "connection/RoundTrips.h"
#include "connection/SendOrder.h"
#include "wire/ChunkedBody.h"
#include "wire/FrameDecoder.h"
#include "wire/MessageAssembler.h"

#include <QTimer>

#include <limits>

namespace sockeye {

/// The relay between one QWebSocket and its peer, through which every byte passes:
///
///     QWebSocket --127.0.0.1--> LocalHop | WireTap | PeerLink --TCP, TLS, proxy--> peer
///
/// It composes the request that really goes out, judges the reply, decodes and stamps the frames of both directions,
/// inflates and deflates, answers control frames by the endpoint's policy, tells each message to its listener before it
/// passes it on, and runs the closing handshake on the wire to its end. It knows no file: the listener records. One tap
/// for one attempt, used in the thread it lives in.
class WireTap final : public QObject
{
    Q_OBJECT

public:
    /// Who hears what crosses the wire. Called directly, in the order of the wire.
    class Listener
    {
    public:
        virtual ~Listener() = default;
        Listener(const Listener &) = delete;
        Listener &operator=(const Listener &) = delete;

        /// False makes the tap stop reading until resume(), so that TCP slows the peer down.
        [[nodiscard]] virtual bool hasRoom() const = 0;
        /// The request is on its way.
        virtual void requestSent(const QByteArray &head) = 0;
        /// A whole head came; `verdict` says whether it opens the connection.
        virtual void replyReceived(const HttpHead &head, const HandshakeVerdict &verdict) = 0;
        /// A message crossed the wire, in either direction.
        virtual void messagePassed(Message &&message) = 0;
        /// Bytes crossed the wire that make no frame, or only a part of one.
        virtual void rawPassed(Direction direction, const QByteArray &bytes, Timestamp time,
                               const Findings &findings) = 0;

    protected:
        Listener() = default;
    };

    WireTap(const Clock &clock, Listener &listener, QObject *parent = nullptr);

    /// Starts listening for QWebSocket, which is then to open localUrl(); the peer is dialled when it came.
    /// Leniently: a broken rule is a finding, but does not fail the connection as far as its bytes make sense.
    [[nodiscard]] Result<> start(const QUrl &url, const Endpoint &endpoint, bool lenient);
    [[nodiscard]] QUrl localUrl() const { return m_hop.url(); }
    /// QWebSocket has taken our 101: frames may reach it from now on (6.4 loses those that come together with the 101).
    void localConnected();

    /// What is to become of the next data message that QWebSocket is told to send.
    void expect(const SendOrder &order) { m_orders.append(order); }
    /// Sends a data message past QWebSocket, before anything else can happen. Not once the closing has begun.
    void sendNow(Opcode opcode, const QByteArray &payload);
    /// QWebSocket has been told to close. The close timeout runs from now on, and anew as long as the peer takes what
    /// stands before the close frame.
    void expectClose();
    /// QWebSocket is gone, not by a close of ours.
    void localDisconnected();
    /// Data messages, raw bytes and pongs that were to be sent and never left.
    [[nodiscard]] qsizetype unsentMessages() const { return m_orders.size(); }
    [[nodiscard]] bool hasReceivedClose() const { return m_receivedClose.has_value(); }
    /// Takes the peer for dead and cuts off.
    void giveUp(int deadPings);
    /// Gives up or cuts off, without a closing handshake.
    void abort();
    /// Goes on after hasRoom() was false.
    void resume();

    [[nodiscard]] const PeerLink &link() const { return m_link; }
    [[nodiscard]] const PhaseTimings &timings() const { return m_timings; }
    /// The body of a refused handshake, at most 1 MiB.
    [[nodiscard]] const QByteArray &responseBody() const { return m_body; }
    /// Bytes handed to TCP that it has not taken yet.
    [[nodiscard]] qint64 backlog() const;
    [[nodiscard]] QString phaseText() const;
    [[nodiscard]] const RoundTrips &roundTrips() const { return m_roundTrips; }
    /// Whether the handshake was accepted although a check failed.
    [[nodiscard]] bool isLenient() const { return m_lenient && !m_verdict.accepted(); }

Q_SIGNALS:
    void phaseChanged();
    /// A close frame went or came, or a rule was broken: the end has begun.
    void closing();
    /// The last signal. Everything that crossed the wire has been told to the listener.
    void ended(const sockeye::ConnectionEnd &end);

private:
    enum class Phase : quint8 { Local, Dialling, Reply, RefusedBody, Open, Ended };

    // The handshake (WireTap.cpp)
    void dialPeer(const QByteArray &key);
    void sendRequest();
    void readReply(QByteArrayView input);
    [[nodiscard]] HttpHeadParser::Limits headLimits() const;
    void skipInterimReply(QByteArrayView rest);
    [[nodiscard]] QString tooLargeText() const;
    void refuseHead(const QString &rule, const QString &section, const QString &text);
    void takeReply(QByteArrayView rest);
    void takeBody(QByteArrayView bytes);
    void refuse();
    void connectTimeout();
    void failConnect(EndKind kind, const QString &text);

    // Both ways
    void readPeer();
    void peerTookBytes();
    [[nodiscard]] bool mayReadPeer() const;
    void peerError(QAbstractSocket::SocketError error);
    void peerGone();
    [[nodiscard]] QString goneText() const;
    void finish(const ConnectionEnd &end);

    // Frames (WireTapFrames.cpp)
    void readFrames(QByteArrayView input);
    void takeInbound(Message &&message);
    void takePing(const QByteArray &payload);
    void delayPong(const QByteArray &answer);
    void sendPong();
    void refuseLength(Timestamp time);
    void clocalDisconnected();
    void flushToLocal();
    void readLocal();
    void takeOutbound(Message &&message);
    void sendRaw(const QByteArray &bytes);
    void startDeflater();
    void sendControl(Opcode opcode, const MaskKey &maskKey, const QByteArray &payload);
    void send(OutboundMessage &&outbound);

    // The closing handshake (WireTapClosing.cpp)
    void noteReceivedClose(const Message &message);
    void takePeerClose(const Message &message);
    void answerClose();
    void sendClose(const QByteArray &body);
    void fail(const Finding &finding);
    void beginClosing(std::chrono::milliseconds patience);
    void closingTimeout();
    void finishOpen(TcpEnd tcp);
    [[nodiscard]] EndDetails endDetails(TcpEnd tcp) const;

    const Clock &m_clock;
    Listener &m_listener;
    LocalHop m_hop;
    PeerLink m_link;
    TcpProbe m_probe;
    /// The connect timeout before the connection is open, the closing one after.
    QTimer m_timer;
    QUrl m_url;
    Endpoint m_endpoint;
    HandshakeRequest m_request;
    Phase m_phase = Phase::Local;
    bool m_lenient = false;
    bool m_localReady = false;
    bool m_readingPeer = false;
    Timestamp m_started;
    Timestamp m_requestTime;
    PhaseTimings m_timings;

    HttpHeadParser m_reply;
    int m_interimReplies = 0;
    HandshakeVerdict m_verdict;
    QByteArray m_body;
    qint64 m_bodyExpected = -1;
    std::optional<ChunkedBody> m_chunks;

    QByteArray m_chunk;
    QByteArray m_toLocal;
    FrameDecoder m_inFrames;
    MessageAssembler m_inMessages{Direction::In};
    // What we send has been in memory before: the limits are for what peers send.
    FrameDecoder m_outFrames{std::numeric_limits<quint64>::max()};
    MessageAssembler m_outMessages{Direction::Out, {.maxMessage = std::numeric_limits<qint64>::max()}};
    std::unique_ptr<Deflater> m_deflater;
    QList<SendOrder> m_orders;
    RoundTrips m_roundTrips;
    std::optional<QByteArray> m_pongToSend;
    int m_delayedPongs = 0;

    std::optional<CloseBody> m_sentClose;
    std::optional<CloseBody> m_receivedClose;
    Timestamp m_sentCloseTime;
    Timestamp m_receivedCloseTime;
    Timestamp m_lastIn;
    Timestamp m_lastOut;
    std::optional<Finding> m_brokenRule;
    std::optional<TcpEnd> m_tcpEnd;
    std::optional<Nanoseconds> m_closeTimedOutAfter;
    QString m_networkError;
    bool m_weClose = false;
    bool m_peerClosedFirst = false;
    bool m_aborted = false;
    int m_deadPings = 0;
};

} // namespace sockeye
