#include "endpoint/EndpointFields.h"

#include "endpoint/EndpointRules.h"
#include "wire/Frame.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {
using Saved = EndpointField::Saved;
using Secrecy = EndpointField::Secrecy;
using FieldKind = EndpointField::Kind;
using Bounds = EndpointField::Bounds;

constexpr double Day = std::chrono::milliseconds(std::chrono::hours(24)).count();
/// Of a timeout or delay that cannot be switched off.
constexpr Bounds Wait{1, Day};
constexpr Bounds WaitOrOff{0, Day};
/// RFC 7692 section 7.1.2.
constexpr Bounds WindowBits{8, 15};
constexpr double MiB = 1024.0 * 1024;

// The choices of the enumerations, in the enumerations' order.
constexpr std::array TlsVersions{
    FieldChoice{u"default", QT_TRANSLATE_NOOP("EndpointFields", "The system's choice")},
    FieldChoice{u"1.0", QT_TRANSLATE_NOOP("EndpointFields", "TLS 1.0 (broken, for old devices)")},
    FieldChoice{u"1.1", QT_TRANSLATE_NOOP("EndpointFields", "TLS 1.1 (broken, for old devices)")},
    FieldChoice{u"1.2", QT_TRANSLATE_NOOP("EndpointFields", "TLS 1.2")},
    FieldChoice{u"1.3", QT_TRANSLATE_NOOP("EndpointFields", "TLS 1.3")}};
constexpr std::array IpPreferences{FieldChoice{u"any", QT_TRANSLATE_NOOP("EndpointFields", "IPv4 and IPv6")},
                                   FieldChoice{u"v4", QT_TRANSLATE_NOOP("EndpointFields", "IPv4 only"), "ipv4"},
                                   FieldChoice{u"v6", QT_TRANSLATE_NOOP("EndpointFields", "IPv6 only"), "ipv6"}};
constexpr std::array Answers{FieldChoice{u"at once", QT_TRANSLATE_NOOP("EndpointFields", "At once")},
                             FieldChoice{u"delayed", QT_TRANSLATE_NOOP("EndpointFields", "Delayed by")},
                             FieldChoice{u"never", QT_TRANSLATE_NOOP("EndpointFields", "Never")}};

QString tr(const char *text)
{
    return text ? QCoreApplication::translate("EndpointFields", text) : QString();
}

template<typename T>
constexpr FieldKind kindOf()
{
    if constexpr (std::is_same_v<T, bool>)
        return FieldKind::Switch;
    else if constexpr (std::is_enum_v<T>)
        return FieldKind::Choice;
    else if constexpr (std::is_integral_v<T>)
        return FieldKind::Integer;
    else if constexpr (std::is_same_v<T, double>)
        return FieldKind::Number;
    else if constexpr (std::is_same_v<T, std::chrono::milliseconds>)
        return FieldKind::Duration;
    else if constexpr (std::is_same_v<T, QString>)
        return FieldKind::Text;
    else if constexpr (std::is_same_v<T, QStringList>)
        return FieldKind::TextList;
    else if constexpr (std::is_same_v<T, QByteArray>)
        return FieldKind::Bytes;
    else if constexpr (std::is_same_v<T, QList<quint16>>)
        return FieldKind::CloseCodes;
    else
        return FieldKind::Headers;
}

/// A member of an Endpoint by the pointers that lead to it: Member<&Endpoint::tls, &TlsOptions::caFile>.
template<auto... Path>
struct Member
{
    static auto &in(auto &endpoint) { return (endpoint.*....*Path); }
    using Type = std::remove_cvref_t<decltype(in(std::declval<Endpoint &>()))>;
    /// Enumerations and int travel as qint64.
    static constexpr bool IsNumber = std::is_enum_v<Type> || (std::is_integral_v<Type> && !std::is_same_v<Type, bool>);
    using Value = std::conditional_t<IsNumber, qint64, Type>;

    static FieldValue value(const Endpoint &endpoint) { return FieldValue(static_cast<Value>(in(endpoint))); }
    static void setValue(Endpoint &endpoint, const FieldValue &value)
    {
        in(endpoint) = static_cast<Type>(std::get<Value>(value));
    }
    static const void *address(const Endpoint &endpoint) { return &in(endpoint); }
};

template<auto... Path>
EndpointField row(EndpointField field)
{
    using M = Member<Path...>;
    field.kind = kindOf<typename M::Type>();
    field.value = &M::value;
    field.setValue = &M::setValue;
    field.address = &M::address;
    return field;
}

#define SOCKEYE_TEXT(text) QT_TRANSLATE_NOOP("EndpointFields", text)

const auto &table()
{
    static const std::array fields{
        row<&Endpoint::url>({.json = "url"_L1,
                             .label = SOCKEYE_TEXT("URL"),
                             .valueName = "URL",
                             .help = SOCKEYE_TEXT("A ws:// or wss:// URL, or ws+unix:///path/to.sock:/resource."),
                             .saved = Saved::Always,
                             .secrecy = Secrecy::MayHold,
                             .expands = true,
                             .problem = problemOfUrl}),
        row<&Endpoint::subprotocols>({.json = "subprotocols"_L1,
                                      .label = SOCKEYE_TEXT("Subprotocols"),
                                      .flag = "subprotocol",
                                      .valueName = "P|@FILE|env:NAME",
                                      .help = SOCKEYE_TEXT("Offer this subprotocol; may be given again."),
                                      .saved = Saved::Always,
                                      .secrecy = Secrecy::MayHold,
                                      .expands = true,
                                      .problem = problemOfSubprotocols}),
        row<&Endpoint::headers>({.json = "headers"_L1,
                                 .label = SOCKEYE_TEXT("Headers"),
                                 .flag = "header",
                                 .valueName = "N: V|@FILE|env:NAME",
                                 .help = SOCKEYE_TEXT("Send this header; may be given again."),
                                 .saved = Saved::Always,
                                 .secrecy = Secrecy::MayHold,
                                 .expands = true,
                                 .problem = problemOfHeaders}),
        row<&Endpoint::sendInvisible>(
            {.json = "sendInvisible"_L1,
             .label = SOCKEYE_TEXT("Send invisible characters"),
             .flag = "send-invisible",
             .help = SOCKEYE_TEXT("Send invisible characters, such as zero-width ones, in the URL, headers and other "
                                  "fields instead of refusing them.")}),
        row<&Endpoint::tls, &TlsOptions::verify>(
            {.json = "tls.verify"_L1,
             .label = SOCKEYE_TEXT("Verify the certificate"),
             .flag = "insecure",
             .help = SOCKEYE_TEXT("Take any certificate, for this one connection."),
             .saved = Saved::Never}),
        row<&Endpoint::tls, &TlsOptions::caFile>(
            {.json = "tls.caFile"_L1,
             .label = SOCKEYE_TEXT("Extra certificate authority"),
             .flag = "ca",
             .valueName = "FILE",
             .help = SOCKEYE_TEXT("Trust the certificates in this file, beside the system's authorities."),
             .saved = Saved::Always,
             .expands = true}),
        row<&Endpoint::tls, &TlsOptions::certificateFile>(
            {.json = "tls.certificateFile"_L1,
             .label = SOCKEYE_TEXT("Client certificate"),
             .flag = "cert",
             .valueName = "FILE",
             .help = SOCKEYE_TEXT("Present the client certificate in this file (PEM, DER or PKCS#12)."),
             .saved = Saved::Always,
             .expands = true}),
        row<&Endpoint::tls, &TlsOptions::keyFile>(
            {.json = "tls.keyFile"_L1,
             .label = SOCKEYE_TEXT("Client key"),
             .flag = "key",
             .valueName = "FILE",
             .help = SOCKEYE_TEXT("The client certificate's private key (PEM or DER)."),
             .saved = Saved::Always,
             .expands = true,
             .problem = problemOfKeyFile}),
        row<&Endpoint::tls, &TlsOptions::passphrase>(
            {.json = "tls.passphrase"_L1,
             .label = SOCKEYE_TEXT("Passphrase"),
             .flag = "pass",
             .valueName = "@FILE|env:NAME",
             .help = SOCKEYE_TEXT("The passphrase of the key or the PKCS#12 file: a file's first line, or an "
                                  "environment variable."),
             .secrecy = Secrecy::Secret,
             .expands = true}),
        row<&Endpoint::tls, &TlsOptions::minimumVersion>(
            {.json = "tls.minimumVersion"_L1,
             .label = SOCKEYE_TEXT("Minimum version"),
             .flag = "tls-min",
             .valueName = "VERSION",
             .help = SOCKEYE_TEXT("Speak no TLS older than VERSION; “default” is the system's choice."),
             .choices = TlsVersions}),
        row<&Endpoint::tls, &TlsOptions::serverName>(
            {.json = "tls.serverName"_L1,
             .label = SOCKEYE_TEXT("Server name"),
             .flag = "sni",
             .valueName = "NAME",
             .help = SOCKEYE_TEXT("Ask for this name in TLS, and verify it, instead of the URL's host."),
             .expands = true,
             .problem = problemOfServerName}),
        row<&Endpoint::tls, &TlsOptions::alpn>(
            {.json = "tls.alpn"_L1,
             .label = SOCKEYE_TEXT("Application protocols"),
             .flag = "alpn",
             .valueName = "P",
             .help = SOCKEYE_TEXT("Offer this application protocol in TLS (ALPN) in place of http/1.1; may be given "
                                  "again."),
             .problem = problemOfAlpn}),
        row<&Endpoint::tls, &TlsOptions::trustedFingerprint>(
            {.json = "tls.trustedFingerprint"_L1,
             .label = SOCKEYE_TEXT("Trusted certificate"),
             .flag = "fingerprint",
             .valueName = "HEX",
             .help =
                 SOCKEYE_TEXT("An exception: take the one certificate with this SHA-256, whatever is wrong with it; "
                              "others are verified as always."),
             .problem = problemOfFingerprint,
             .reading = parseFingerprint,
             .format = SOCKEYE_TEXT("a SHA-256 fingerprint of 64 hex digits")}),
        row<&Endpoint::tls, &TlsOptions::pinnedKeys>(
            {.json = "tls.pinnedKeys"_L1,
             .label = SOCKEYE_TEXT("Pinned keys"),
             .flag = "pin",
             .valueName = "SHA256",
             .help = SOCKEYE_TEXT("A restriction: refuse every server whose public key has another SHA-256, beside "
                                  "all verification; sha256//BASE64 as in curl, or hex; may be given again."),
             .expands = true,
             .problem = problemOfPins}),
        row<&Endpoint::proxy>(
            {.json = "proxy"_L1,
             .label = SOCKEYE_TEXT("Proxy"),
             .flag = "proxy",
             .valueName = "URL|@FILE|env:NAME",
             .help = SOCKEYE_TEXT("Connect through http://[USER:PASSWORD@]HOST:PORT or socks5://…; “none” for no "
                                  "proxy."),
             .saved = Saved::Always,
             .secrecy = Secrecy::MayHold,
             .expands = true,
             .problem = problemOfProxy}),
        row<&Endpoint::basicAtOnce>(
            {.json = "basicAtOnce"_L1,
             .label = SOCKEYE_TEXT("Send passwords unasked"),
             .flag = "basic-at-once",
             .help = SOCKEYE_TEXT("Send user and password by Basic before they are asked for, to ws:// addresses and "
                                  "HTTP proxies too.")}),
        row<&Endpoint::connectTo>(
            {.json = "connectTo"_L1,
             .label = SOCKEYE_TEXT("Connect to"),
             .flag = "connect-to",
             .valueName = "HOST:PORT",
             .help = SOCKEYE_TEXT("Dial this address instead of the URL's, which Host and TLS still name."),
             .expands = true,
             .problem = problemOfConnectTo}),
        row<&Endpoint::ipPreference>({.json = "ipPreference"_L1,
                                      .label = SOCKEYE_TEXT("Addresses"),
                                      .flag = "ip",
                                      .valueName = "VERSION",
                                      .help = SOCKEYE_TEXT("Dial addresses of this version only."),
                                      .choices = IpPreferences}),
        row<&Endpoint::maxRedirects>({.json = "maxRedirects"_L1,
                                      .label = SOCKEYE_TEXT("Redirects"),
                                      .flag = "max-redirects",
                                      .valueName = "N",
                                      .help = SOCKEYE_TEXT("Follow up to N redirects."),
                                      .bounds = {0, 100}}),
        row<&Endpoint::cookies>({.json = "cookies"_L1,
                                 .label = SOCKEYE_TEXT("Cookies"),
                                 .flag = "no-cookies",
                                 .help = SOCKEYE_TEXT("Send no cookies that the server has set on the way (a redirect, "
                                                      "an earlier connection).")}),
        row<&Endpoint::deflate, &DeflateOptions::offered>(
            {.json = "deflate.offered"_L1,
             .label = SOCKEYE_TEXT("Offer permessage-deflate"),
             .flag = "no-deflate",
             .help = SOCKEYE_TEXT("Offer no compression (permessage-deflate).")}),
        row<&Endpoint::deflate, &DeflateOptions::serverNoContextTakeover>(
            {.json = "deflate.serverNoContextTakeover"_L1,
             .label = SOCKEYE_TEXT("server_no_context_takeover"),
             .flag = "server-no-context-takeover",
             .help = SOCKEYE_TEXT("Ask the server to compress each message without the ones before it.")}),
        row<&Endpoint::deflate, &DeflateOptions::clientNoContextTakeover>(
            {.json = "deflate.clientNoContextTakeover"_L1,
             .label = SOCKEYE_TEXT("client_no_context_takeover"),
             .flag = "client-no-context-takeover",
             .help = SOCKEYE_TEXT("Compress each message without the ones before it.")}),
        row<&Endpoint::deflate, &DeflateOptions::serverMaxWindowBits>(
            {.json = "deflate.serverMaxWindowBits"_L1,
             .label = SOCKEYE_TEXT("server_max_window_bits"),
             .flag = "server-max-window-bits",
             .valueName = "N",
             .help = SOCKEYE_TEXT("Ask the server to compress with a window of 2^N bytes."),
             .bounds = WindowBits}),
        row<&Endpoint::deflate, &DeflateOptions::clientMaxWindowBits>(
            {.json = "deflate.clientMaxWindowBits"_L1,
             .label = SOCKEYE_TEXT("client_max_window_bits"),
             .flag = "client-max-window-bits",
             .valueName = "N",
             .help = SOCKEYE_TEXT("Compress with a window of 2^N bytes."),
             .bounds = WindowBits}),
        row<&Endpoint::control, &ControlPolicy::pong>(
            {.json = "control.pong"_L1,
             .label = SOCKEYE_TEXT("Pong"),
             .flag = "pong",
             .valueName = "WHEN",
             .help = SOCKEYE_TEXT("When to answer pings; anything but the default breaks RFC 6455 on purpose."),
             .choices = Answers}),
        row<&Endpoint::control, &ControlPolicy::pongDelay>(
            {.json = "control.pongDelayMs"_L1,
             .label = SOCKEYE_TEXT("Pong: delay"),
             .flag = "pong-delay",
             .valueName = "SECONDS",
             .help = SOCKEYE_TEXT("How late a pong of --pong delayed is."),
             .bounds = Wait}),
        row<&Endpoint::control, &ControlPolicy::pongPayload>(
            {.json = "control.pongPayloadHex"_L1,
             .label = SOCKEYE_TEXT("Pong payload"),
             .flag = "pong-payload",
             .valueName = "HEX",
             .help = SOCKEYE_TEXT("Send pongs with this payload instead of the ping's."),
             .bounds = {0, MaxControlPayload}}),
        row<&Endpoint::control, &ControlPolicy::close>(
            {.json = "control.close"_L1,
             .label = SOCKEYE_TEXT("Close"),
             .flag = "close-answer",
             .valueName = "WHEN",
             .help = SOCKEYE_TEXT("When to answer the peer's close; anything but the default breaks RFC 6455 on "
                                  "purpose."),
             .choices = Answers}),
        row<&Endpoint::control, &ControlPolicy::closeDelay>(
            {.json = "control.closeDelayMs"_L1,
             .label = SOCKEYE_TEXT("Close: delay"),
             .flag = "close-answer-delay",
             .valueName = "SECONDS",
             .help = SOCKEYE_TEXT("How late the answer of --close-answer delayed is."),
             .bounds = Wait}),
        row<&Endpoint::limits, &ReceiveLimits::message>(
            {.json = "limits.messageBytes"_L1,
             .label = SOCKEYE_TEXT("Largest message"),
             .flag = "max-message",
             .valueName = "BYTES",
             .help = SOCKEYE_TEXT("Fail the connection when a message is larger, after inflating."),
             .bounds = {1, 1024 * MiB}}), // a message stands in memory whole
        row<&Endpoint::limits, &ReceiveLimits::headBytes>(
            {.json = "limits.headBytes"_L1,
             .label = SOCKEYE_TEXT("Largest handshake head"),
             .flag = "max-head",
             .valueName = "BYTES",
             .help = SOCKEYE_TEXT("Refuse a larger head of the handshake's reply."),
             .bounds = {1, 64 * MiB}}),
        row<&Endpoint::limits, &ReceiveLimits::headLines>(
            {.json = "limits.headLines"_L1,
             .label = SOCKEYE_TEXT("Most lines in the head"),
             .flag = "max-head-lines",
             .valueName = "N",
             .help = SOCKEYE_TEXT("Refuse a head of the handshake's reply with more lines."),
             .bounds = {1, 1'000'000}}),
        row<&Endpoint::timeouts, &Timeouts::connect>({.json = "timeouts.connectMs"_L1,
                                                      .label = SOCKEYE_TEXT("Connect timeout"),
                                                      .flag = "connect-timeout",
                                                      .valueName = "SECONDS",
                                                      .help = SOCKEYE_TEXT("Give up connecting after SECONDS."),
                                                      .bounds = Wait,
                                                      .saved = Saved::Always}),
        row<&Endpoint::timeouts, &Timeouts::close>(
            {.json = "timeouts.closeMs"_L1,
             .label = SOCKEYE_TEXT("Close timeout"),
             .flag = "close-timeout",
             .valueName = "SECONDS",
             .help = SOCKEYE_TEXT("Wait SECONDS for the peer's answer to our close."),
             .bounds = Wait,
             .saved = Saved::Always}),
        row<&Endpoint::timeouts, &Timeouts::idle>(
            {.json = "timeouts.idleMs"_L1,
             .label = SOCKEYE_TEXT("Idle timeout"),
             .flag = "idle-timeout",
             .valueName = "SECONDS",
             .help = SOCKEYE_TEXT("Close with 1001 when nothing has come from the peer for SECONDS."),
             .bounds = WaitOrOff}),
        row<&Endpoint::keepalive, &KeepalivePolicy::interval>({.json = "keepalive.intervalMs"_L1,
                                                               .label = SOCKEYE_TEXT("Ping interval"),
                                                               .flag = "ping",
                                                               .valueName = "SECONDS",
                                                               .help = SOCKEYE_TEXT("Send a ping every SECONDS."),
                                                               .bounds = WaitOrOff}),
        row<&Endpoint::keepalive, &KeepalivePolicy::deadAfter>(
            {.json = "keepalive.deadAfter"_L1,
             .label = SOCKEYE_TEXT("Dead after"),
             .flag = "max-missed-pongs",
             .valueName = "N",
             .help = SOCKEYE_TEXT("Cut the connection off when N pings of --ping in a row had no pong; 0 for never."),
             .bounds = {0, 1'000}}),
        row<&Endpoint::reconnect, &ReconnectPolicy::enabled>(
            {.json = "reconnect.enabled"_L1,
             .label = SOCKEYE_TEXT("Connect again automatically"),
             .flag = "reconnect",
             .help = SOCKEYE_TEXT("Connect again after an end that was not asked for.")}),
        row<&Endpoint::reconnect, &ReconnectPolicy::first>(
            {.json = "reconnect.firstMs"_L1,
             .label = SOCKEYE_TEXT("First delay"),
             .flag = "reconnect-delay",
             .valueName = "SECONDS",
             .help = SOCKEYE_TEXT("Wait SECONDS before the first attempt of --reconnect."),
             .bounds = Wait}),
        row<&Endpoint::reconnect, &ReconnectPolicy::factor>(
            {.json = "reconnect.factor"_L1,
             .label = SOCKEYE_TEXT("Factor"),
             .flag = "reconnect-factor",
             .valueName = "X",
             .help = SOCKEYE_TEXT("Make each delay X times the one before it."),
             .bounds = {1, 100}}),
        row<&Endpoint::reconnect, &ReconnectPolicy::maximum>(
            {.json = "reconnect.maximumMs"_L1,
             .label = SOCKEYE_TEXT("Longest delay"),
             .flag = "reconnect-max-delay",
             .valueName = "SECONDS",
             .help = SOCKEYE_TEXT("Make no delay longer than SECONDS."),
             .bounds = Wait,
             .problem = problemOfLongestDelay}),
        row<&Endpoint::reconnect, &ReconnectPolicy::jitter>(
            {.json = "reconnect.jitter"_L1,
             .label = SOCKEYE_TEXT("Jitter"),
             .flag = "reconnect-jitter",
             .valueName = "SHARE",
             .help = SOCKEYE_TEXT("Make each delay longer or shorter by chance, by this share of it at most."),
             .bounds = {0, 1}}),
        row<&Endpoint::reconnect, &ReconnectPolicy::attempts>(
            {.json = "reconnect.attempts"_L1,
             .label = SOCKEYE_TEXT("Attempts"),
             .flag = "reconnect-attempts",
             .valueName = "N",
             .help = SOCKEYE_TEXT("Give up after N attempts in a row; 0 for never."),
             .bounds = {0, 1'000'000}}),
        row<&Endpoint::reconnect, &ReconnectPolicy::closeCodes>(
            {.json = "reconnect.closeCodes"_L1,
             .label = SOCKEYE_TEXT("Close codes"),
             .flag = "reconnect-codes",
             .valueName = "N,N,...",
             .help = SOCKEYE_TEXT("Connect again after these close codes only, 1006 for an end without a close; "
                                  "without this flag after all but 1000."),
             .bounds = {0, 65'535}})};
    return fields;
}

QString numberText(double number)
{
    return QString::number(number, 'g', 12);
}

QString standardText(const EndpointField &field)
{
    const FieldValue value = field.standard();
    switch (field.kind) {
    case FieldKind::Integer:
        return QString::number(std::get<qint64>(value));
    case FieldKind::Number:
        return numberText(std::get<double>(value));
    case FieldKind::Duration: {
        const auto duration = std::get<std::chrono::milliseconds>(value);
        return field.canBeOff() && duration.count() == 0 ? u"off"_s : secondsText(duration);
    }
    case FieldKind::Choice:
        return field.choiceFlagText(std::get<qint64>(value));
    default:
        return {};
    }
}

/// What a flag takes, and the default: "0 to 100; default 0". Empty where the help says it.
QString takenText(const EndpointField &field)
{
    switch (field.kind) {
    case FieldKind::Integer:
    case FieldKind::Number:
        return tr("%1 to %2; default %3")
            .arg(numberText(field.bounds.lowest), numberText(field.bounds.highest), standardText(field));
    case FieldKind::Duration:
        return (field.canBeOff() ? tr("%1 to %2, or “off”; default %3") : tr("%1 to %2; default %3"))
            .arg(secondsText(field.shortest()), secondsText(field.longest()), standardText(field));
    case FieldKind::Choice: {
        QStringList names;
        for (qsizetype i = 0; i < std::ssize(field.choices); ++i)
            names += field.choiceFlagText(i);
        const QString list = names.join(u", "_s);
        // A choice by the name of "default" says so itself.
        return standardText(field) == u"default" ? list : tr("%1; default %2").arg(list, standardText(field));
    }
    case FieldKind::Bytes:
        return tr("%1 bytes at most").arg(numberText(field.bounds.highest));
    default:
        return {};
    }
}
} // namespace

std::span<const EndpointField> endpointFields()
{
    return table();
}

QString EndpointField::group() const
{
    const qsizetype dot = json.indexOf(u'.');
    return dot < 0 ? QString() : QString(json.first(dot));
}

QString EndpointField::member() const
{
    return QString(json.sliced(json.indexOf(u'.') + 1));
}

QString EndpointField::name() const
{
    return tr(label);
}

QString EndpointField::formatText() const
{
    return tr(format);
}

QString EndpointField::helpText() const
{
    const QString takes = takenText(*this);
    QString text = tr(help);
    if (takes.isEmpty())
        return text;
    text.chop(1);
    return u"%1 (%2)."_s.arg(text, takes);
}

QString EndpointField::choiceName(qint64 choice) const
{
    return QString::fromUtf16(choices[static_cast<std::size_t>(choice)].name);
}

QString EndpointField::choiceFlagText(qint64 choice) const
{
    return choiceName(choice).replace(u' ', u'-');
}

QString EndpointField::choiceLabel(qint64 choice) const
{
    return tr(choices[static_cast<std::size_t>(choice)].label);
}

QStringList EndpointField::choiceNames() const
{
    QStringList names;
    for (const FieldChoice &choice : choices)
        names += QString::fromUtf16(choice.name);
    return names;
}

FieldValue EndpointField::standard() const
{
    return value(Endpoint());
}

bool EndpointField::isStandard(const Endpoint &endpoint) const
{
    const FieldValue now = value(endpoint);
    // An empty payload is another value than none.
    if (kind == FieldKind::Bytes && std::get<QByteArray>(now).isNull() != std::get<QByteArray>(standard()).isNull())
        return false;
    return now == standard();
}

bool EndpointField::isInBounds(double number) const
{
    return number >= bounds.lowest && number <= bounds.highest;
}

std::chrono::milliseconds EndpointField::shortest() const
{
    return std::chrono::milliseconds(std::max(qint64(1), static_cast<qint64>(bounds.lowest)));
}

std::chrono::milliseconds EndpointField::longest() const
{
    return std::chrono::milliseconds(static_cast<qint64>(bounds.highest));
}

QString secondsText(std::chrono::milliseconds duration)
{
    return numberText(static_cast<double>(duration.count()) / 1000);
}

namespace detail {
const Endpoint &addressedEndpoint()
{
    static const Endpoint endpoint;
    return endpoint;
}

const EndpointField &fieldAt(const void *address)
{
    const auto found = std::find_if(table().begin(), table().end(), [address](const EndpointField &field) {
        return field.address(addressedEndpoint()) == address;
    });
    if (found == table().end())
        qFatal("A member of Endpoint has no row in EndpointFields.");
    return *found;
}
} // namespace detail

} // namespace sockeye
