#pragma once

#include "tls/OpenSsl.h"
#include "tls/TlsFile.h"

namespace sockeye {

/// The private key in a file: PEM (PKCS#8, with and without a passphrase, or the older forms of each algorithm) or DER
/// (the same), of any algorithm that OpenSSL knows. Errors name the file, and tell a missing passphrase, a wrong one
/// and everything else apart, the latter in OpenSSL's words.
[[nodiscard]] Result<openssl::Key> readPrivateKey(const TlsFile &file, const QString &passphrase);

} // namespace sockeye
