#pragma once

#include "endpoint/Endpoint.h"
#include "tls/CertificateProblem.h"
#include "tls/TrustAnchors.h"

#include <QStringList>

namespace sockeye {

/// Whether a server is the one that an endpoint's options allow, by its certificate: verified by OpenSSL
/// (ChainVerifier) where Qt's TLS is OpenSSL, by Qt's own verdict elsewhere. An exception is made for the certificate
/// with the trusted fingerprint, none from pinned keys.
class ServerCheck final
{
public:
    struct Verdict
    {
        bool accepted = false;
        /// What is wrong with the certificate, in sentences, even where it is accepted all the same.
        QStringList errors;
        /// What to do about it, in a sentence; empty where nothing is wrong.
        QString advice;
        /// That the name was found only where RFC 9525 section 2 does not look, in a sentence; else empty.
        QString outdatedName;
    };

    ServerCheck() = default;
    /// `name` is the one that the certificate must be for: a host's, or an address.
    ServerCheck(TlsOptions options, TrustAnchors anchors, QString name);

    /// `chain` is what the server sent, its own certificate first; `errors` are Qt's.
    [[nodiscard]] Verdict judge(const QList<QSslCertificate> &chain, const QList<QSslError> &errors) const;

private:
    [[nodiscard]] QList<CertificateProblem> problemsWith(const QList<QSslCertificate> &chain,
                                                         const QList<QSslError> &errors) const;
    [[nodiscard]] bool isTrustedAnyway(const QSslCertificate &certificate) const;

    TlsOptions m_options;
    TrustAnchors m_anchors;
    QString m_name;
};

} // namespace sockeye
