#pragma once

#include "endpoint/Endpoint.h"

#include <QSslCertificate>
#include <QSslKey>

namespace sockeye {

/// Who we are to servers that ask: a certificate, those that vouch for it, and its key.
struct ClientIdentity
{
    /// Ours first.
    QList<QSslCertificate> chain;
    QSslKey key;
};

/// Read from the files that the options name: by OpenSSL where Qt's TLS is the OpenSSL that we are linked to, by Qt
/// elsewhere, which knows fewer kinds. Errors name the file and tell a missing passphrase, a wrong one, a key of
/// another certificate and everything else apart, the latter in the TLS library's own words.
[[nodiscard]] Result<ClientIdentity> clientIdentity(const TlsOptions &options);

} // namespace sockeye
