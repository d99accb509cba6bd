#pragma once

#include "endpoint/Endpoint.h"

#include "tls/TrustAnchors.h"

#include <QSslConfiguration>

namespace sockeye {

/// What an endpoint's options come to: how the TLS library is to be used, and who is trusted.
struct TlsSetup
{
    QSslConfiguration configuration;
    TrustAnchors anchors;
};

/// CA, client certificate and key, versions, ALPN. Errors name the file or the option and what is wrong with it. Reads
/// files.
[[nodiscard]] Result<TlsSetup> tlsSetup(const TlsOptions &options);

/// "TLS 1.3"
[[nodiscard]] QString tlsVersionName(QSsl::SslProtocol protocol);

} // namespace sockeye
