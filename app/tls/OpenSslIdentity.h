#pragma once

#include "tls/ClientIdentity.h"

namespace sockeye {

/// clientIdentity() by OpenSSL: certificates and keys of every kind that it reads. Only where openssl::isQtsLibrary(),
/// because the key is handed to Qt as it is: Qt's own types know RSA, DSA and EC only.
[[nodiscard]] Result<ClientIdentity> openSslIdentity(const TlsOptions &options);

} // namespace sockeye
