#include "tls/CertificateFacts.h"

#include "tls/PublicKeyFacts.h"

#include <QCryptographicHash>
#include <QSslCertificate>

#include <algorithm>

namespace sockeye {

namespace {

template<typename Info>
QString distinguishedName(const Info &info, const QList<QByteArray> &attributes)
{
    // RFC 4514: the most specific part comes first, the reverse of the encoded order.
    QStringList parts;
    for (const QByteArray &attribute : attributes) {
        for (const QString &value : info(attribute))
            parts.prepend(QString::fromLatin1(attribute) + u'=' + value);
    }
    return parts.join(QStringLiteral(", "));
}

CertificateFacts factsOf(const QByteArray &pem)
{
    CertificateFacts facts;
    facts.pem = pem;
    const QSslCertificate certificate(pem, QSsl::Pem);
    if (certificate.isNull())
        return facts;
    facts.subject =
        distinguishedName([&certificate](const QByteArray &attribute) { return certificate.subjectInfo(attribute); },
                          certificate.subjectInfoAttributes());
    facts.issuer =
        distinguishedName([&certificate](const QByteArray &attribute) { return certificate.issuerInfo(attribute); },
                          certificate.issuerInfoAttributes());
    facts.selfSigned = certificate.isSelfSigned();
    facts.names = certificate.subjectAlternativeNames().values();
    std::sort(facts.names.begin(), facts.names.end());
    facts.validFrom = certificate.effectiveDate();
    facts.validUntil = certificate.expiryDate();
    facts.serialNumber = QString::fromLatin1(certificate.serialNumber());
    facts.key = publicKeyText(certificate);
    facts.pin = publicKeyPin(certificate);
    facts.sha256 = QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex());
    return facts;
}

} // namespace

QList<CertificateFacts> certificateFacts(const QList<QByteArray> &chainPem)
{
    QList<CertificateFacts> facts;
    facts.reserve(chainPem.size());
    std::transform(chainPem.cbegin(), chainPem.cend(), std::back_inserter(facts), factsOf);
    return facts;
}

} // namespace sockeye
