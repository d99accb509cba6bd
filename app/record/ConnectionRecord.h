#pragma once

#include "base/StrongId.h"
#include "base/Time.h"
#include "wire/CloseCode.h"
#include "wire/Finding.h"
#include "wire/Frame.h"
#include "wire/Handshake.h"

#include <QStringList>

#include <optional>

namespace sockeye {

/// How a connection ended. The values are stored in captures.
enum class EndKind : quint8 {
    Live = 0,            ///< it has not ended, or the program died before it could say so
    Clean = 1,           ///< close frames went both ways, then TCP ended
    ConnectFailed = 2,   ///< no TCP or TLS connection: not found, refused, timeout, certificate
    HandshakeFailed = 3, ///< the peer answered, but not with an acceptable 101
    Dropped = 4,         ///< TCP ended (FIN, RST, network error) without a closing handshake
    RuleBroken = 5,      ///< a broken rule made us fail the connection
    CloseTimeout = 6,    ///< our close was not answered in time
    Aborted = 7          ///< the user cut it off
};

/// How long each phase of connecting took; negative for a phase that did not take place.
struct PhaseTimings
{
    Nanoseconds resolve{-1};
    Nanoseconds tcp{-1};
    Nanoseconds proxy{-1};
    Nanoseconds tls{-1};
    Nanoseconds upgrade{-1};
    /// From dialling to the accepted reply.
    Nanoseconds total{-1};

    friend bool operator==(const PhaseTimings &, const PhaseTimings &) = default;
};

struct TlsFacts
{
    QString version; ///< "TLS 1.3"; empty for a connection without TLS
    QString cipher;
    QString alpn;
    /// The peer's certificate first, each in PEM.
    QList<QByteArray> chainPem;
    /// What is wrong with the certificate, in sentences: of one that was refused, or trusted by its fingerprint.
    QStringList errors;

    friend bool operator==(const TlsFacts &, const TlsFacts &) = default;
};

/// How the TCP connection came to its end. The values are stored in captures.
enum class TcpEnd : quint8 {
    PeerFin = 0,   ///< the peer ended it in order
    PeerReset = 1, ///< the peer reset it (RST)
    Ours = 2,      ///< we ended it
    Failed = 3     ///< the network or TLS failed
};

/// The end of an open connection as it was seen, for whoever asks why it closed.
struct EndDetails
{
    /// The close frames that crossed the wire, and when.
    std::optional<CloseBody> sentClose;
    std::optional<CloseBody> receivedClose;
    Timestamp sentCloseTime;
    Timestamp receivedCloseTime;
    TcpEnd tcp = TcpEnd::PeerFin;
    /// The socket's words if tcp is Failed (a TLS alert, for one).
    QString networkError;
    /// Why we failed the connection: the rule's name; empty if we did not.
    QString brokenRule;
    /// Handed to TCP and not taken by it when the connection ended, in bytes.
    qint64 unsentBytes = 0;
    /// Of a frame that had begun to come and never ended.
    qint64 partialBytes = 0;
    /// The last frames before the closing began; epoch 0 for none.
    Timestamp lastIn;
    Timestamp lastOut;
    /// How long we waited for the peer's close, or for its end of TCP, before we ended TCP ourselves; negative if
    /// neither timed out.
    Nanoseconds closeTimedOutAfter{-1};

    friend bool operator==(const EndDetails &, const EndDetails &) = default;
};

/// Whose close frame says how the connection ended, so that `code` and the reason are its own: In for the peer's, Out
/// for ours, nothing where no close frame ended it.
[[nodiscard]] std::optional<Direction> closeCodeFrom(EndKind kind, quint16 code, const EndDetails &end);
/// What an end amounts to, wherever it is shown. Note: somebody chose it (the user, or the peer without an error code),
/// or there is none yet. Warning: the peer's error code, or an interruption, that is, an end without a closing
/// handshake. Error: no connection came about, or a rule was broken. `end` is of a connection that was open.
[[nodiscard]] Severity endSeverity(EndKind kind, quint16 code, const std::optional<EndDetails> &end);
/// When the closing began: with the first close frame, or else when TCP ended.
[[nodiscard]] Timestamp closingBegan(const EndDetails &end, Timestamp ended);
/// For how long nothing had crossed the wire when the closing began; negative where nothing had crossed it before.
[[nodiscard]] Nanoseconds silentBefore(const EndDetails &end, Timestamp ended);

/// What compression made of the data messages of one direction.
struct CompressionTotals
{
    /// Compressed messages only.
    qint64 messages = 0;
    /// Payload bytes on the wire, and after inflating.
    qint64 wireBytes = 0;
    qint64 plainBytes = 0;

    friend bool operator==(const CompressionTotals &, const CompressionTotals &) = default;
};

/// One request to an HTTP proxy for a tunnel (CONNECT, RFC 9110 section 9.3.6) and what came of it.
struct ProxyStep
{
    /// The proxy's "host:port".
    QString proxy;
    Timestamp sent;
    /// When its reply's head was complete; epoch 0 if it never was.
    Timestamp replied;
    /// The heads, byte for byte; the reply also where it is no head that can be read.
    QByteArray request;
    QByteArray reply;
    /// Of a reply that opens no tunnel: the body as on the wire, at most the first 1 MiB.
    QByteArray body;

    friend bool operator==(const ProxyStep &, const ProxyStep &) = default;
};

/// One attempt to connect and what came of it, as stored in a capture. Written when dialling starts, again when the
/// handshake is through and when it ends.
struct ConnectionRecord
{
    ConnectionId id;
    QString url;
    Timestamp started;
    /// "203.0.113.7:443"; empty until connected.
    QString peerAddress;
    /// What was asked of an HTTP proxy on the way, in order.
    QList<ProxyStep> proxySteps;
    QByteArray requestHead;
    QByteArray responseHead;
    /// Of a refused handshake: the body, at most the first 1 MiB.
    QByteArray responseBody;
    QList<HandshakeCheck> checks;
    QString subprotocol;
    /// Sec-WebSocket-Extensions as agreed on; empty for none.
    QString extensions;
    PhaseTimings timings;
    TlsFacts tls;
    Timestamp ended; ///< epoch 0 while it lives
    EndKind endKind = EndKind::Live;
    /// The code of the close frame that ended it: the peer's if it sent one, else ours; 1005 for one without a code,
    /// 1006 for none. 0 while it lives.
    quint16 closeCode = 0;
    QString closeReason;
    /// How it ended, in a sentence.
    QString endText;
    /// Of a connection that was open.
    std::optional<EndDetails> end;
    CompressionTotals compressedIn;
    CompressionTotals compressedOut;

    [[nodiscard]] bool hasEnded() const { return endKind != EndKind::Live; }
    friend bool operator==(const ConnectionRecord &, const ConnectionRecord &) = default;
};

} // namespace sockeye
