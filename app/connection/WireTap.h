#pragma once

#include "connection/ClosingHandshake.h"
#include "connection/InboundFrames.h"
#include "connection/LocalHop.h"
#include "connection/OpeningHandshake.h"
#include "connection/OutboundFrames.h"
#include "connection/PeerLink.h"
#include "connection/PongAnswers.h"
#include "connection/RoundTrips.h"
#include "connection/TcpProbe.h"

#include <QTimer>

namespace sockeye {

/// The relay between one QWebSocket and its peer, through which every byte passes:
///
///     QWebSocket --127.0.0.1--> LocalHop | WireTap | PeerLink --TCP, TLS, proxy--> peer
///
/// It has both links, the timers and the flow control, and puts the protocol together from pieces that know no socket:
/// OpeningHandshake, InboundFrames, OutboundFrames, PongAnswers and ClosingHandshake. It tells each message to its
/// listener before it passes it on. It knows no file: the listener records. One tap for one attempt, used in the thread
/// it lives in.
class WireTap final : public QObject
{
    Q_OBJECT

public:
    /// Hears all that crosses the wire: called directly, in the order of the wire. While it hears of a message it may
    /// send and close.
    class Listener
    {
    public:
        virtual ~Listener() = default;
        Listener(const Listener &) = delete;
        Listener &operator=(const Listener &) = delete;

        /// If false, the tap stops reading until resume() is called, so that TCP slows the peer down.
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

    /// Starts listening for QWebSocket, which must then open localUrl(); the peer is dialled once it has connected. If
    /// lenient, a broken rule is a finding, but does not fail the connection as far as its bytes make sense.
    /// `authorization` answers an earlier demand of the peer's (openingRequest()).
    [[nodiscard]] Result<> start(const WebSocketUrl &url, const Endpoint &endpoint, bool lenient,
                                 const QByteArray &authorization = {});
    [[nodiscard]] QUrl localUrl() const { return m_hop.url(); }
    /// QWebSocket has taken our 101.
    void localConnected();

    /// How the next data message that QWebSocket is told to send is to leave.
    void expect(const SendOrder &order) { m_outbound.expect(order); }
    /// QWebSocket has not taken the message that was expected last.
    void cancelLatestOrder() { m_outbound.cancelLatestOrder(); }
    /// Sends a data message past QWebSocket, before anything else can happen. Not once the closing has begun.
    void sendNow(Opcode opcode, const QByteArray &payload);
    /// QWebSocket has been told to close. The close timeout runs from now on, and anew as long as the peer takes what
    /// stands before the close frame.
    void expectClose();
    /// QWebSocket is gone. Unless the closing has begun, the connection is lost with it.
    void localDisconnected();
    /// Data messages, raw bytes and pongs that were to be sent and never left.
    [[nodiscard]] qsizetype unsentMessages() const { return m_outbound.pendingOrders(); }
    [[nodiscard]] bool hasReceivedClose() const { return m_closing.hasReceivedClose(); }
    /// Takes the peer for dead and cuts off.
    void giveUp(int deadPings);
    /// Gives up or cuts off, without a closing handshake.
    void abort();
    /// Goes on after hasRoom() was false.
    void resume();

    [[nodiscard]] const PeerLink &link() const { return m_link; }
    [[nodiscard]] const PhaseTimings &timings() const { return m_timings; }
    /// The body of a refused handshake, at most 1 MiB.
    [[nodiscard]] QByteArray responseBody() const { return m_opening ? m_opening->body() : QByteArray(); }
    /// Bytes handed to TCP that it has not taken yet.
    [[nodiscard]] qint64 backlog() const;
    [[nodiscard]] QString phaseText() const;
    [[nodiscard]] const RoundTrips &roundTrips() const { return m_roundTrips; }
    /// Whether the handshake was accepted although a check failed.
    [[nodiscard]] bool isLenient() const { return m_opening && m_opening->isOpenedLeniently(); }

Q_SIGNALS:
    void phaseChanged();
    /// A close frame went or came, or a rule was broken: the end has begun.
    void closing();
    /// The last signal. Everything that crossed the wire has been told to the listener.
    void ended(const sockeye::ConnectionEnd &end);

private:
    enum class Phase : quint8 { Local, Dialling, Opening, Open, Ended };

    // The opening handshake
    void dialPeer(const QByteArray &key);
    void sendRequest();
    void readReply(QByteArrayView input);
    void takeReply();
    void open(QByteArrayView rest);
    void connectTimeout();
    void refuseUnreadable();
    void refuse();
    void failConnect(EndKind kind, const QString &text);

    // The peer's link
    void readPeer();
    [[nodiscard]] bool mayReadPeer() const;
    void peerTookBytes();
    void peerError(QAbstractSocket::SocketError error);
    void peerGone();
    void openingCutOff(EndKind kind, const QString &text);
    void finish(const ConnectionEnd &end);

    // Frames
    void readFrames(QByteArrayView input);
    void takeInbound(Message &&message);
    void recordUnprocessed(QByteArrayView input, Timestamp now);
    void readLocal();
    [[nodiscard]] bool maySend() const;
    void sendPongs();
    void send(OutboundMessage &&outbound);

    // The closing handshake
    void takeClose(QByteArrayView body, Timestamp time);
    void answerClose();
    void failConnection(const Finding &finding);
    void waitForEnd();
    void closingTimeout();
    void finishOpen(TcpEnd tcp);

    const Clock &m_clock;
    Listener &m_listener;
    LocalHop m_hop;
    PeerLink m_link;
    TcpProbe m_probe;
    /// The connect timeout before the connection is open, the closing one after.
    QTimer m_timer;
    QTimer m_pongTimer;
    WebSocketUrl m_url;
    Endpoint m_endpoint;
    QByteArray m_authorization;
    Phase m_phase = Phase::Local;
    bool m_isLenient = false;
    bool m_isReadingPeer = false;
    Timestamp m_started;
    Timestamp m_requestTime;
    PhaseTimings m_timings;
    /// What is read at once.
    QByteArray m_chunk;
    std::optional<OpeningHandshake> m_opening;
    InboundFrames m_inbound;
    OutboundFrames m_outbound;
    RoundTrips m_roundTrips;
    PongAnswers m_pongs;
    ClosingHandshake m_closing;
};

} // namespace sockeye
