#pragma once

#include <QList>
#include <QSslCertificate>
#include <QSslError>

namespace sockeye {

/// One thing that is wrong with a peer's certificate or with those that vouch for it.
struct CertificateProblem
{
    /// Beside OpenSSL's codes: the peer showed no certificate; Qt knows it to have been stolen or forged.
    static constexpr int NoCertificate = -1;
    static constexpr int Blocked = -2;

    /// X509_V_ERR_* of OpenSSL's x509_vfy.h, whose numbers never change; in use with every TLS library.
    int code = 0;
    /// 0 for the peer's own certificate, 1 for its issuer's, and so on.
    int depth = 0;
    /// Null where there is none.
    QSslCertificate certificate{};
};

/// What Qt's own verification found, which knows some 20 of OpenSSL's codes and calls the rest "unspecified". `chain`
/// is the peer's.
[[nodiscard]] QList<CertificateProblem> problemsOf(const QList<QSslError> &errors, const QList<QSslCertificate> &chain);

} // namespace sockeye
