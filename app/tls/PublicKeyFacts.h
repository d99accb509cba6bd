#pragma once

#include <QSslCertificate>
#include <QStringList>

namespace sockeye {

/// SHA-256 of a certificate's public key (SPKI, RFC 7469 section 2.4) as parsePin() gives it: "sha256//" and base64.
/// Empty for a key that cannot be read.
[[nodiscard]] QString publicKeyPin(const QSslCertificate &certificate);
/// Whether a key of this pin is taken by a connection that is pinned to these (TlsOptions::pinnedKeys): any is, by one
/// that is pinned to none.
[[nodiscard]] bool isAllowedByPins(const QString &pin, const QStringList &pinnedKeys);
/// "RSA, 2048 bits", "Ed25519"
[[nodiscard]] QString publicKeyText(const QSslCertificate &certificate);

} // namespace sockeye
