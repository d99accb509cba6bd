#pragma once

#include "endpoint/Endpoint.h"

#include <QSslConfiguration>

namespace sockeye {

/// What the TLS library is to do for these options: CA, client certificate and key, versions, ALPN. Errors name the
/// file or the option and what is wrong with it. Reads files.
[[nodiscard]] Result<QSslConfiguration> tlsConfiguration(const TlsOptions &options);

/// "TLS 1.3"
[[nodiscard]] QString tlsVersionName(QSsl::SslProtocol protocol);

} // namespace sockeye
