#include "tls/CertificateProblem.h"

#include <algorithm>

namespace sockeye {

namespace {
/// The code that Qt made the error of.
int codeOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::UnableToGetIssuerCertificate:
        return 2;
    case QSslError::UnableToDecryptCertificateSignature:
        return 4;
    case QSslError::UnableToDecodeIssuerPublicKey:
        return 6;
    case QSslError::CertificateSignatureFailed:
        return 7;
    case QSslError::CertificateNotYetValid:
        return 9;
    case QSslError::CertificateExpired:
        return 10;
    case QSslError::InvalidNotBeforeField:
        return 13;
    case QSslError::InvalidNotAfterField:
        return 14;
    case QSslError::SelfSignedCertificate:
        return 18;
    case QSslError::SelfSignedCertificateInChain:
        return 19;
    case QSslError::UnableToGetLocalIssuerCertificate:
        return 20;
    case QSslError::UnableToVerifyFirstCertificate:
        return 21;
    case QSslError::CertificateRevoked:
        return 23;
    case QSslError::PathLengthExceeded:
        return 25;
    case QSslError::InvalidPurpose:
        return 26;
    case QSslError::CertificateUntrusted:
        return 27;
    case QSslError::CertificateRejected:
        return 28;
    case QSslError::SubjectIssuerMismatch:
        return 29;
    case QSslError::AuthorityIssuerSerialNumberMismatch:
        return 31;
    case QSslError::HostNameMismatch:
        return 62;
    case QSslError::InvalidCaCertificate:
        return 79;
    case QSslError::NoPeerCertificate:
        return CertificateProblem::NoCertificate;
    case QSslError::CertificateBlacklisted:
        return CertificateProblem::Blocked;
    default:
        return 1;
    }
}
} // namespace

QList<CertificateProblem> problemsOf(const QList<QSslError> &errors, const QList<QSslCertificate> &chain)
{
    QList<CertificateProblem> problems;
    for (const QSslError &error : errors) {
        const auto depth = std::max<qsizetype>(chain.indexOf(error.certificate()), 0);
        problems.append({codeOf(error.error()), static_cast<int>(depth), error.certificate()});
    }
    return problems;
}

} // namespace sockeye
