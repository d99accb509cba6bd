#pragma once

#include "base/StrongId.h"
#include "base/Time.h"
#include "endpoint/WebSocketUrl.h"
#include "record/ConnectionRecord.h"

#include <QDeadlineTimer>
#include <QMetaType>

namespace sockeye {

/// What crossed the wire, of one connection or of several.
struct Traffic
{
    /// Data messages, and wire bytes with headers.
    qint64 messagesIn = 0;
    qint64 messagesOut = 0;
    qint64 bytesIn = 0;
    qint64 bytesOut = 0;
    qint64 findings = 0;

    friend Traffic operator+(const Traffic &a, const Traffic &b)
    {
        return {a.messagesIn + b.messagesIn, a.messagesOut + b.messagesOut, a.bytesIn + b.bytesIn,
                a.bytesOut + b.bytesOut, a.findings + b.findings};
    }
    friend bool operator==(const Traffic &, const Traffic &) = default;
};

/// A session as people see it at one moment: a value, replaced as a whole at most 60 times a second.
struct SessionStatus
{
    enum class State : quint8 {
        Idle,
        Connecting,
        Open,
        Closing,
        Closed,
        Waiting ///< closed, and about to connect again when `retry` has run out; close() calls that off
    };

    State state = State::Idle;
    ConnectionId connection;
    /// While connecting: what is being waited for, in words.
    QString phase;
    /// Data messages and wire bytes (headers included) of this connection.
    qint64 messagesIn = 0;
    qint64 messagesOut = 0;
    qint64 bytesIn = 0;
    qint64 bytesOut = 0;
    /// What the data messages say, after inflating.
    qint64 payloadIn = 0;
    qint64 payloadOut = 0;
    qint64 findings = 0;
    QString tlsVersion;
    QString subprotocol;
    /// Sec-WebSocket-Extensions as agreed on; empty for none.
    QString extensions;
    CompressionTotals compressedIn;
    CompressionTotals compressedOut;
    /// The handshake was accepted although a check failed.
    bool lenient = false;
    /// From dialling to the accepted reply; negative before that.
    Nanoseconds handshake{-1};
    /// The latest ping's time to its pong, and how many pings wait for theirs; negative before the first pong.
    Nanoseconds roundTrip{-1};
    int pingsOutstanding = 0;
    EndKind endKind = EndKind::Live;
    quint16 closeCode = 0;
    QString closeReason;
    /// Once closed: how it ended, in a sentence.
    QString endText;
    /// Once closed: when, and what was seen of the end of a connection that was open.
    Timestamp ended;
    std::optional<EndDetails> end;
    /// Once closed: the HTTP status of a refused handshake, 0 for none; a 101 that failed a check can be opened
    /// leniently.
    int httpStatus = 0;
    /// Once closed: where a redirecting refusal pointed to (absolute); empty for none.
    WebSocketUrl redirect;
    /// Once the reply has come: its Set-Cookie values.
    QList<QByteArray> setCookies;
    /// Once open or closed: the chain of a certificate, and what is wrong with one that was refused (or trusted by its
    /// fingerprint).
    TlsFacts tls;
    /// While waiting: until the next attempt, and its number of how many (0 for no end).
    QDeadlineTimer retry;
    int attempt = 0;
    int attempts = 0;

    /// Whether there is a connection to end, or one about to be made.
    [[nodiscard]] bool isActive() const { return state != State::Idle && state != State::Closed; }
    /// Once closed: what its end amounts to.
    [[nodiscard]] Severity endSeverity() const { return sockeye::endSeverity(endKind, closeCode, end); }
    /// Of this connection.
    [[nodiscard]] Traffic traffic() const { return {messagesIn, messagesOut, bytesIn, bytesOut, findings}; }
};

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::SessionStatus)
