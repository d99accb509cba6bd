#include "tls/TrustAnchors.h"

#include "tls/TlsFile.h"
#ifdef SOCKEYE_OPENSSL
#include "tls/CertificateReader.h"
#endif

#include <QCoreApplication>

namespace sockeye {

namespace {
struct TrustAnchorsWords
{
    Q_DECLARE_TR_FUNCTIONS(TrustAnchors)
};

#ifndef SOCKEYE_OPENSSL
/// What Qt reads by itself.
Result<QList<QByteArray>> readCertificates(const TlsFile &file)
{
    QList<QByteArray> certificates;
    for (const auto &certificate : QSslCertificate::fromData(file.content, file.isPem() ? QSsl::Pem : QSsl::Der))
        certificates += certificate.toDer();
    if (certificates.isEmpty())
        return Error{TrustAnchorsWords::tr("it holds no certificate in PEM or DER form")};
    return certificates;
}
#endif
} // namespace

Result<TrustAnchors> TrustAnchors::fromFile(const QString &path)
{
    const auto file = TlsFile::read(path);
    if (!file)
        return file.error();
    auto certificates = readCertificates(file.value());
    if (!certificates) {
        return Error{TrustAnchorsWords::tr("The CA file %1 cannot be used: %2. Check Connection options > TLS.")
                         .arg(path, certificates.message())};
    }
    TrustAnchors anchors;
    anchors.m_certificates = std::move(certificates).value();
    return anchors;
}

QList<QSslCertificate> TrustAnchors::forQt() const
{
    QList<QSslCertificate> all;
    for (const QByteArray &der : m_certificates) {
        // What stands behind a certificate is none, and is passed over.
        if (const QSslCertificate certificate(der, QSsl::Der); !certificate.isNull())
            all += certificate;
    }
    return all;
}

} // namespace sockeye
