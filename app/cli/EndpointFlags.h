#pragma once

#include "endpoint/Endpoint.h"

#include <QCommandLineOption>
#include <QCommandLineParser>

namespace sockeye::cli {

/// The flags of `record` that say where and how to connect.
class EndpointFlags final
{
public:
    EndpointFlags();

    void addTo(QCommandLineParser &parser) const;
    /// Changes what the flags name; the error names the flag and what is wrong with its value.
    [[nodiscard]] Result<> apply(const QCommandLineParser &parser, Endpoint &endpoint) const;

private:
    [[nodiscard]] Result<> applyRequest(const QCommandLineParser &parser, Endpoint &endpoint) const;
    [[nodiscard]] Result<> applyTls(const QCommandLineParser &parser, TlsOptions &tls) const;
    [[nodiscard]] Result<> applyRoute(const QCommandLineParser &parser, Endpoint &endpoint) const;
    [[nodiscard]] Result<> applyTimes(const QCommandLineParser &parser, Endpoint &endpoint) const;

    QCommandLineOption m_header;
    QCommandLineOption m_subprotocol;
    QCommandLineOption m_insecure;
    QCommandLineOption m_ca;
    QCommandLineOption m_fingerprint;
    QCommandLineOption m_cert;
    QCommandLineOption m_key;
    QCommandLineOption m_pass;
    QCommandLineOption m_sni;
    QCommandLineOption m_tlsMin;
    QCommandLineOption m_proxy;
    QCommandLineOption m_connectTo;
    QCommandLineOption m_ipv4;
    QCommandLineOption m_ipv6;
    QCommandLineOption m_maxRedirects;
    QCommandLineOption m_noDeflate;
    QCommandLineOption m_ping;
    QCommandLineOption m_connectTimeout;
};

/// The value of an option that takes seconds.
[[nodiscard]] Result<std::chrono::milliseconds> parseSeconds(const QString &option, const QString &text);

} // namespace sockeye::cli
