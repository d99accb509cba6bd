#include "cli/EndpointFlags.h"

#include "endpoint/EndpointBounds.h"
#include "endpoint/Target.h"
#include "wire/Handshake.h"

#include <QCoreApplication>
#include <QFile>

#include <cmath>

namespace sockeye::cli {

namespace {
QString tr(const char *text)
{
    return QCoreApplication::translate("Cli", text);
}

QCommandLineOption flag(const char *name, const QString &help)
{
    return QCommandLineOption(QString::fromLatin1(name), help);
}

QCommandLineOption option(const char *name, const QString &help, const char *value)
{
    return QCommandLineOption(QString::fromLatin1(name), help, QString::fromLatin1(value));
}

Result<RequestHeader> parseHeader(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    if (colon <= 0)
        return Error{tr("“%1” is no header. Write it as 'Name: value'.").arg(text)};
    return RequestHeader{text.first(colon), text.sliced(colon + 1).trimmed()};
}

/// The first line of the file after an @: a passphrase on a command line is there for everybody to see.
Result<QString> parsePassphrase(const QString &text)
{
    if (!text.startsWith(u'@'))
        return text;
    QFile file(text.sliced(1));
    if (!file.open(QIODevice::ReadOnly))
        return Error{tr("--pass: the file %1 could not be read: %2.").arg(file.fileName(), file.errorString())};
    QString line = QString::fromUtf8(file.readLine());
    while (line.endsWith(u'\n') || line.endsWith(u'\r'))
        line.chop(1);
    return line;
}

Result<TlsVersion> parseTlsVersion(const QString &text)
{
    if (text == u"1.0")
        return TlsVersion::Tls10;
    if (text == u"1.1")
        return TlsVersion::Tls11;
    if (text == u"1.2")
        return TlsVersion::Tls12;
    if (text == u"1.3")
        return TlsVersion::Tls13;
    return Error{tr("--tls-min takes 1.0, 1.1, 1.2 or 1.3, not “%1”.").arg(text)};
}
} // namespace

EndpointFlags::EndpointFlags()
    : m_header(option("header", tr("Send this header; may be given again."), "N: V"))
    , m_subprotocol(option("subprotocol", tr("Offer this subprotocol; may be given again."), "P"))
    , m_insecure(flag("insecure", tr("Take any certificate, for this one connection.")))
    , m_ca(option("ca", tr("Trust the CA certificates in this PEM file, beside the system's."), "FILE"))
    , m_fingerprint(
          option("fingerprint", tr("Take the certificate with this SHA-256, whatever is wrong with it."), "HEX"))
    , m_cert(option("cert", tr("Present the client certificate in this file (PEM or PKCS#12)."), "FILE"))
    , m_key(option("key", tr("The client certificate's private key (PEM)."), "FILE"))
    , m_pass(option("pass", tr("The passphrase of the key or the PKCS#12 file, or a file with it in its first line."),
                    "TEXT|@FILE"))
    , m_sni(option("sni", tr("Ask for this name in TLS, and verify it, instead of the URL's host."), "NAME"))
    , m_tlsMin(option("tls-min", tr("Speak no TLS older than 1.0, 1.1, 1.2 (the default) or 1.3."), "VERSION"))
    , m_proxy(option("proxy",
                     tr("Connect through http://[USER:PASSWORD@]HOST:PORT or socks5://…; “none” for no proxy."), "URL"))
    , m_connectTo(option("connect-to", tr("Dial this address instead of the URL's, which Host and TLS still name."),
                         "HOST:PORT"))
    , m_ipv4(flag("ipv4", tr("Use IPv4 only.")))
    , m_ipv6(flag("ipv6", tr("Use IPv6 only.")))
    , m_maxRedirects(option("max-redirects", tr("Follow up to N redirects (default 0)."), "N"))
    , m_noDeflate(flag("no-deflate", tr("Offer no compression (permessage-deflate).")))
    , m_ping(option("ping", tr("Send a ping every SECONDS; three without a pong end the connection."), "SECONDS"))
    , m_connectTimeout(option("connect-timeout", tr("Give up connecting after SECONDS (default 10)."), "SECONDS"))
{
}

void EndpointFlags::addTo(QCommandLineParser &parser) const
{
    parser.addOptions({m_header, m_subprotocol, m_insecure, m_ca, m_fingerprint, m_cert, m_key, m_pass, m_sni, m_tlsMin,
                       m_proxy, m_connectTo, m_ipv4, m_ipv6, m_maxRedirects, m_noDeflate, m_ping, m_connectTimeout});
}

Result<> EndpointFlags::apply(const QCommandLineParser &parser, Endpoint &endpoint) const
{
    if (auto applied = applyRequest(parser, endpoint); !applied)
        return applied;
    if (auto applied = applyTls(parser, endpoint.tls); !applied)
        return applied;
    if (auto applied = applyRoute(parser, endpoint); !applied)
        return applied;
    return applyTimes(parser, endpoint);
}

Result<> EndpointFlags::applyRequest(const QCommandLineParser &parser, Endpoint &endpoint) const
{
    for (const QString &text : parser.values(m_header)) {
        auto header = parseHeader(text);
        if (!header)
            return header.error();
        endpoint.headers += std::move(header).value();
    }
    if (auto checked = checkHeaders(enabledHeaders(endpoint)); !checked)
        return checked;
    endpoint.subprotocols += parser.values(m_subprotocol);
    if (parser.isSet(m_noDeflate))
        endpoint.deflate.offered = false;
    return checkSubprotocols(endpoint.subprotocols);
}

Result<> EndpointFlags::applyTls(const QCommandLineParser &parser, TlsOptions &tls) const
{
    tls.verify = !parser.isSet(m_insecure);
    if (parser.isSet(m_ca))
        tls.caFile = parser.value(m_ca);
    if (parser.isSet(m_cert))
        tls.certificateFile = parser.value(m_cert);
    if (parser.isSet(m_key))
        tls.keyFile = parser.value(m_key);
    if (parser.isSet(m_sni))
        tls.serverName = parser.value(m_sni);
    if (parser.isSet(m_pass)) {
        auto passphrase = parsePassphrase(parser.value(m_pass));
        if (!passphrase)
            return passphrase.error();
        tls.passphrase = std::move(passphrase).value();
    }
    if (parser.isSet(m_tlsMin)) {
        const auto version = parseTlsVersion(parser.value(m_tlsMin));
        if (!version)
            return version.error();
        tls.minimumVersion = version.value();
    }
    if (parser.isSet(m_fingerprint)) {
        auto fingerprint = parseFingerprint(parser.value(m_fingerprint));
        if (!fingerprint)
            return Error{tr("--fingerprint: %1").arg(fingerprint.message())};
        tls.trustedFingerprint = std::move(fingerprint).value();
    }
    return {};
}

Result<> EndpointFlags::applyRoute(const QCommandLineParser &parser, Endpoint &endpoint) const
{
    if (parser.isSet(m_proxy))
        endpoint.proxy = parser.value(m_proxy);
    if (parser.isSet(m_connectTo))
        endpoint.connectTo = parser.value(m_connectTo);
    const auto url = parseUrl(endpoint.url);
    if (!url)
        return url.error();
    if (const auto target = targetOf(url.value(), endpoint.connectTo); !target)
        return Error{tr("--connect-to: %1").arg(target.message())};
    if (parser.isSet(m_ipv4) && parser.isSet(m_ipv6))
        return Error{tr("--ipv4 and --ipv6 exclude each other. Give one of them, or none for both families.")};
    if (parser.isSet(m_ipv4))
        endpoint.ipPreference = IpPreference::V4;
    if (parser.isSet(m_ipv6))
        endpoint.ipPreference = IpPreference::V6;
    if (parser.isSet(m_maxRedirects)) {
        bool isNumber = false;
        endpoint.maxRedirects = parser.value(m_maxRedirects).toInt(&isNumber);
        if (!isNumber || endpoint.maxRedirects < 0 || endpoint.maxRedirects > bounds::MostRedirects) {
            return Error{tr("--max-redirects takes a number from 0 to %1, not “%2”.")
                             .arg(bounds::MostRedirects)
                             .arg(parser.value(m_maxRedirects))};
        }
    }
    return {};
}

Result<> EndpointFlags::applyTimes(const QCommandLineParser &parser, Endpoint &endpoint) const
{
    if (parser.isSet(m_ping)) {
        const auto interval = parseSeconds(QStringLiteral("ping"), parser.value(m_ping));
        if (!interval)
            return interval.error();
        endpoint.keepalive.interval = interval.value();
    }
    if (parser.isSet(m_connectTimeout)) {
        const auto timeout = parseSeconds(QStringLiteral("connect-timeout"), parser.value(m_connectTimeout));
        if (!timeout)
            return timeout.error();
        endpoint.timeouts.connect = timeout.value();
    }
    return {};
}

Result<std::chrono::milliseconds> parseSeconds(const QString &option, const QString &text)
{
    bool isNumber = false;
    const double seconds = text.toDouble(&isNumber);
    if (!isNumber || !(seconds > 0) || seconds > 1e6)
        return Error{tr("--%1 takes a number of seconds above 0, not “%2”.").arg(option, text)};
    return std::chrono::milliseconds(std::max(1LL, std::llround(seconds * 1000)));
}

} // namespace sockeye::cli
