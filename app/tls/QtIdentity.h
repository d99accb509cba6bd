#pragma once

#include "tls/ClientIdentity.h"

namespace sockeye {

/// clientIdentity() by what every TLS backend of Qt reads: certificates in PEM or DER, keys (RSA, EC, DSA) in PEM or
/// DER, PKCS#12.
[[nodiscard]] Result<ClientIdentity> qtIdentity(const TlsOptions &options);

} // namespace sockeye
