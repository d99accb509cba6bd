#pragma once

#include <QSslCertificate>

namespace sockeye {

/// How a certificate names a server.
enum class NameMatch : quint8 {
    None,
    /// By its common name alone, or an address by a DNS name, where RFC 9525 section 2 does not look.
    Outdated,
    Fits ///< by its subject alternative names
};

/// RFC 9525 section 6, with the common name (and a DNS name for an address) where the certificate has no alternative
/// name of the fitting kind: devices of yesterday have such. `name` is a host's, in any script and with or without a
/// final dot, or an IP address with or without a zone.
[[nodiscard]] NameMatch matchName(const QSslCertificate &certificate, const QString &name);

} // namespace sockeye
