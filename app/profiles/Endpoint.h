#pragma once

#include "wire/HttpHead.h"

#include <QString>
#include <QStringList>
#include <QUrl>

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

struct TlsOptions
{
    /// Verify the peer's certificate and name (the default). Off for one record on the command line only: --insecure.
    bool verify = true;
    /// PEM files; empty for none. The CA is trusted beside the system's.
    QString caFile;
    QString certificateFile;
    QString keyFile;

    friend bool operator==(const TlsOptions &, const TlsOptions &) = default;
};

struct Timeouts
{
    /// From dialling to the peer's complete reply.
    std::chrono::milliseconds connect{10'000};
    /// How long our close waits for the peer's close and the end of TCP.
    std::chrono::milliseconds close{5'000};

    friend bool operator==(const Timeouts &, const Timeouts &) = default;
};

/// Where and how to connect: all that a connection needs to know, and what a profile keeps.
struct Endpoint
{
    /// As the user typed it.
    QString url;
    QList<RequestHeader> headers;
    QStringList subprotocols;
    TlsOptions tls;
    /// "" for the system's choice, "none", or http://[user:password@]host:port or socks5://...
    QString proxy;
    Timeouts timeouts;

    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// The URL checked (RFC 6455 section 3): scheme ws or wss (http and https are taken as these), a host, no fragment. A
/// text without a scheme gets ws:// for localhost and addresses, wss:// otherwise. The error says what is wrong with
/// the text and what a right one looks like.
[[nodiscard]] Result<QUrl> parseUrl(const QString &text);
/// The enabled headers as bytes for the wire (UTF-8).
[[nodiscard]] HeaderFields enabledHeaders(const Endpoint &endpoint);

} // namespace sockeye
