#pragma once

#include "base/Result.h"
#include "wire/DeflateAgreement.h"
#include "wire/HttpHead.h"

#include <QString>
#include <QStringList>

#include <chrono>

namespace sockeye {

/// A header of the opening request as the user wrote it; one that is switched off is kept but not sent.
struct RequestHeader
{
    QString name;
    QString value;
    bool enabled = true;

    friend bool operator==(const RequestHeader &, const RequestHeader &) = default;
};

enum class TlsVersion : quint8 {
    Default, ///< what the system's TLS library takes to be safe today
    Tls10,   ///< for old devices; needs a TLS library that still speaks it
    Tls11,
    Tls12,
    Tls13
};

struct TlsOptions
{
    /// Verify the peer's certificate and name (the default). Off for one record on the command line only: --insecure.
    bool verify = true;
    /// Certificates that are trusted beside the system's, whether they are an authority's, an intermediate's or the
    /// server's own; empty for none. docs/tls.md lists the forms that this and the next two files may have.
    QString caFile;
    /// The client's certificate; PKCS#12 (.p12, .pfx) holds the key too, and other forms may.
    QString certificateFile;
    /// Empty if certificateFile holds the key.
    QString keyFile;
    /// Of the key or the PKCS#12 file.
    QString passphrase;
    TlsVersion minimumVersion = TlsVersion::Default;
    /// The name to ask for (SNI, RFC 6066 section 3) and to verify, instead of the URL's host.
    QString serverName;
    /// Application protocols offered (ALPN, RFC 7301), in order; empty for http/1.1.
    QStringList alpn;
    /// SHA-256 of one certificate (DER) in lower-case hex: the peer's is taken, whatever is wrong with it, if it is
    /// this one. Given by the user, for this endpoint only, after a look at the certificate.
    QString trustedFingerprint;
    /// SHA-256 of public keys (SPKI, RFC 7469 section 2.4), in any form that parsePin() reads: a peer whose certificate
    /// has none of these keys is refused, whatever else is said of it. Empty to take any key.
    QStringList pinnedKeys;

    friend bool operator==(const TlsOptions &, const TlsOptions &) = default;
};

struct Timeouts
{
    /// From dialling to the peer's complete reply.
    std::chrono::milliseconds connect{10'000};
    /// How long our close waits for the peer's close and the end of TCP.
    std::chrono::milliseconds close{5'000};
    /// How long the peer of an open connection may send nothing before we close it; 0 for as long as it likes.
    std::chrono::milliseconds idle{0};

    friend bool operator==(const Timeouts &, const Timeouts &) = default;
};

/// Which addresses of a name to dial.
enum class IpPreference : quint8 { Any, V4, V6 };

/// How the peer's control frames are answered; anything but the defaults breaks RFC 6455 sections 5.5.1 to 5.5.3 on
/// purpose, to see what the peer makes of it.
struct ControlPolicy
{
    enum class Answer : quint8 { AtOnce, Delayed, Never };

    Answer pong = Answer::AtOnce;
    std::chrono::milliseconds pongDelay{1'000};
    /// What pongs carry instead of the ping's payload (at most 125 bytes); null to carry the ping's.
    QByteArray pongPayload;
    Answer close = Answer::AtOnce;
    std::chrono::milliseconds closeDelay{1'000};

    friend bool operator==(const ControlPolicy &, const ControlPolicy &) = default;
};

/// What is taken from a peer at most; beyond it the connection is failed.
struct ReceiveLimits
{
    /// Payload bytes of a message, after inflating.
    qint64 message = 256LL * 1024 * 1024;
    /// Of the handshake's reply.
    qint64 headBytes = 256 * 1024;
    int headLines = 1'000;

    friend bool operator==(const ReceiveLimits &, const ReceiveLimits &) = default;
};

/// Pings sent by ourselves while the connection is open.
struct KeepalivePolicy
{
    /// 0 for none.
    std::chrono::milliseconds interval{0};
    /// The connection counts as dead when that many pings in a row have no pong; 0 for never.
    int deadAfter = 3;

    friend bool operator==(const KeepalivePolicy &, const KeepalivePolicy &) = default;
};

/// Whether and when to connect again after an end that the user did not ask for. Never after a refusal with 4xx.
struct ReconnectPolicy
{
    bool enabled = false;
    /// Before attempt n: first * factor^(n-1), at most maximum, more or less by the share `jitter` (0 to 1).
    std::chrono::milliseconds first{1'000};
    double factor = 2;
    std::chrono::milliseconds maximum{30'000};
    double jitter = 0.2;
    /// In a row without being open in between; 0 for no end.
    int attempts = 10;
    /// Close codes after which to connect again (1006 for none received); empty for all but 1000.
    QList<quint16> closeCodes;

    friend bool operator==(const ReconnectPolicy &, const ReconnectPolicy &) = default;
};

/// Where and how to connect: all that a connection needs to know, and what a profile keeps.
struct Endpoint
{
    /// As the user typed it.
    QString url;
    QList<RequestHeader> headers;
    QStringList subprotocols;
    /// Send invisible characters (isInvisible()) in the URL and in other fields, where they mostly were pasted by
    /// mistake, as they are; a URL's are percent-encoded.
    bool sendInvisible = false;
    TlsOptions tls;
    /// "" for the system's choice, "none", or [http://|socks5://][user[:password]@]host[:port]; see parseProxy().
    QString proxy;
    /// Send a user and a password by Basic (RFC 7617) before they are asked for, though they can be read on the way: to
    /// a ws:// address, and to an HTTP proxy. Over wss:// they are sent at once anyway.
    bool basicAtOnce = false;
    /// "host:port" to dial instead of the URL's, while Host and SNI stay (curl's --connect-to); empty for none.
    QString connectTo;
    IpPreference ipPreference = IpPreference::Any;
    /// Redirects (RFC 9110 section 15.4) followed at most; 0 for none.
    int maxRedirects = 0;
    /// Cookies that a peer sets (RFC 6265) go along when the same host is asked again: after a redirect, by a
    /// reconnect. They are forgotten with the session.
    bool cookies = true;
    DeflateOptions deflate;
    ControlPolicy control;
    ReceiveLimits limits;
    Timeouts timeouts;
    KeepalivePolicy keepalive;
    ReconnectPolicy reconnect;

    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// A certificate's fingerprint as TlsOptions::trustedFingerprint has it, out of one with colons, spaces or capitals;
/// empty for an empty text.
[[nodiscard]] Result<QString> parseFingerprint(const QString &text);
/// The SHA-256 of a public key as curl writes it, "sha256//" and base64, out of that form, out of base64 alone or out
/// of hex digits with or without colons.
[[nodiscard]] Result<QString> parsePin(const QString &text);
/// The enabled headers as bytes for the wire (UTF-8).
[[nodiscard]] HeaderFields enabledHeaders(const Endpoint &endpoint);

} // namespace sockeye
