#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QStringList>

namespace sockeye {

/// What a certificate says, in words for people.
struct CertificateFacts
{
    /// Distinguished names, most specific part first: "CN=example.com, O=Example".
    QString subject;
    QString issuer;
    bool selfSigned = false;
    /// The names it is for: "example.com", "*.example.com", "192.0.2.1".
    QStringList names;
    QDateTime validFrom;
    QDateTime validUntil;
    /// Colon-separated hex.
    QString serialNumber;
    /// "RSA, 2048 bits"
    QString key;
    /// SHA-256 of the public key, as parsePin() gives it: to be pinned.
    QString pin;
    /// Of the DER form, lower-case hex without colons: as TlsOptions::trustedFingerprint wants it.
    QString sha256;
    QByteArray pem;
};

/// The certificates of a chain, each in PEM, as a capture holds them. One that cannot be read has only its pem.
[[nodiscard]] QList<CertificateFacts> certificateFacts(const QList<QByteArray> &chainPem);

} // namespace sockeye
