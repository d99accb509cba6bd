#include "tls/ServerCheck.h"

#include "tls/PublicKeyFacts.h"
#include "tls/VerifyErrors.h"
#ifdef SOCKEYE_OPENSSL
#include "tls/ChainVerifier.h"
#include "tls/NameCheck.h"
#include "tls/SecurityLevel.h"

#include <openssl/x509_vfy.h>
#endif

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHostAddress>
#include <QSslSocket>

namespace sockeye {

namespace {
struct ServerCheckWords
{
    Q_DECLARE_TR_FUNCTIONS(ServerCheck)
};

bool isAddress(const QString &name)
{
    return !QHostAddress(name).isNull();
}

/// Whether the certificate has no alternative name of the kind that the name is of.
bool lacksAlternativeName(const QSslCertificate &certificate, const QString &name)
{
    const auto kind = isAddress(name) ? QSsl::IpAddressEntry : QSsl::DnsEntry;
    return !certificate.subjectAlternativeNames().contains(kind);
}

#ifdef SOCKEYE_OPENSSL
/// Of Qt's findings what OpenSSL does not know.
QList<CertificateProblem> blockedByQt(const QList<QSslError> &errors, const QList<QSslCertificate> &chain)
{
    QList<CertificateProblem> problems = problemsOf(errors, chain);
    problems.removeIf([](const CertificateProblem &problem) { return problem.code != CertificateProblem::Blocked; });
    return problems;
}
#endif
} // namespace

ServerCheck::ServerCheck(TlsOptions options, TrustAnchors anchors, QString name)
    : m_options(std::move(options))
    , m_anchors(std::move(anchors))
    , m_name(std::move(name))
{
}

QList<CertificateProblem> ServerCheck::problemsWith(const QList<QSslCertificate> &chain,
                                                    const QList<QSslError> &errors) const
{
#ifdef SOCKEYE_OPENSSL
    if (QSslSocket::activeBackend() == u"openssl") {
        auto problems = ChainVerifier(m_anchors, securityLevel(m_options)).verify(chain);
        if (!chain.isEmpty() && matchName(chain.constFirst(), m_name) == NameMatch::None) {
            const int code = isAddress(m_name) ? X509_V_ERR_IP_ADDRESS_MISMATCH : X509_V_ERR_HOSTNAME_MISMATCH;
            problems.append({code, 0, chain.constFirst()});
        }
        return problems + blockedByQt(errors, chain);
    }
#endif
    return problemsOf(errors, chain);
}

bool ServerCheck::isTrustedAnyway(const QSslCertificate &certificate) const
{
    if (!m_options.verify)
        return true;
    const QByteArray digest = certificate.digest(QCryptographicHash::Sha256).toHex();
    return !certificate.isNull() && m_options.trustedFingerprint == QLatin1StringView(digest);
}

ServerCheck::Verdict ServerCheck::judge(const QList<QSslCertificate> &chain, const QList<QSslError> &errors) const
{
    const QSslCertificate own = chain.value(0);
    const QList<CertificateProblem> problems = problemsWith(chain, errors);
    Verdict verdict;
    verdict.accepted = problems.isEmpty() || isTrustedAnyway(own);
    verdict.errors = certificateErrors(problems, m_name);
    if (!problems.isEmpty())
        verdict.advice = certificateAdvice(problems);
    if (!verdict.accepted && !m_options.trustedFingerprint.isEmpty())
        verdict.errors +=
            ServerCheckWords::tr("It is not the certificate that this connection trusts by its fingerprint.");
    if (!isAllowedByPins(publicKeyPin(own), m_options.pinnedKeys)) {
        verdict.accepted = false;
        verdict.errors +=
            ServerCheckWords::tr("Its public key is none of those that this connection is pinned to, but %1.")
                .arg(own.isNull() ? ServerCheckWords::tr("none at all") : publicKeyPin(own));
        verdict.advice =
            ServerCheckWords::tr("If the server's key was changed on purpose, pin the new one under Connection options "
                                 "> TLS; if not, somebody else may answer in its place.");
    }
    if (problems.isEmpty() && lacksAlternativeName(own, m_name)) {
        verdict.outdatedName =
            ServerCheckWords::tr(
                "The certificate has “%1” only as its common name, or as a name of another kind: browsers and "
                "other clients look at its subject alternative names alone, and refuse it.")
                .arg(m_name);
    }
    return verdict;
}

} // namespace sockeye
