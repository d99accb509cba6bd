#include "tls/PublicKeyFacts.h"

#include "endpoint/Endpoint.h"
#ifdef SOCKEYE_OPENSSL
#include "tls/OpenSsl.h"
#endif

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QSslKey>

#include <algorithm>

namespace sockeye {

namespace {
struct PublicKeyFactsWords
{
    Q_DECLARE_TR_FUNCTIONS(CertificateFacts)
};

QString unknownKind()
{
    return PublicKeyFactsWords::tr("of a kind that is not known here");
}

QString keyText(const QString &name, int bits)
{
    return PublicKeyFactsWords::tr("%1, %2 bits").arg(name).arg(bits);
}

#ifdef SOCKEYE_OPENSSL
/// Of every kind of key: the bytes are not looked into.
QByteArray subjectPublicKeyInfo(const QSslCertificate &certificate)
{
    const openssl::ErrorQueue queue;
    const openssl::Certificate parsed = openssl::certificateFromDer(certificate.toDer());
    unsigned char *bytes = nullptr;
    const int size = parsed ? i2d_X509_PUBKEY(X509_get_X509_PUBKEY(parsed.get()), &bytes) : 0;
    const openssl::Memory memory(bytes);
    return size > 0 ? QByteArray(reinterpret_cast<const char *>(bytes), size) : QByteArray();
}
#else
QByteArray subjectPublicKeyInfo(const QSslCertificate &certificate)
{
    return certificate.publicKey().toDer();
}
#endif
} // namespace

QString publicKeyPin(const QSslCertificate &certificate)
{
    const QByteArray info = subjectPublicKeyInfo(certificate);
    if (info.isEmpty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(info, QCryptographicHash::Sha256);
    return QStringLiteral("sha256//") + QString::fromLatin1(hash.toBase64());
}

bool isAllowedByPins(const QString &pin, const QStringList &pinnedKeys)
{
    return pinnedKeys.isEmpty() ||
           (!pin.isEmpty() && std::any_of(pinnedKeys.cbegin(), pinnedKeys.cend(), [&pin](const QString &text) {
               const auto pinned = parsePin(text);
               return pinned && pinned.value() == pin;
           }));
}

#ifdef SOCKEYE_OPENSSL
QString publicKeyText(const QSslCertificate &certificate)
{
    const openssl::ErrorQueue queue;
    const openssl::Certificate parsed = openssl::certificateFromDer(certificate.toDer());
    const EVP_PKEY *key = parsed ? X509_get0_pubkey(parsed.get()) : nullptr;
    if (!key)
        return unknownKind();
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_ED25519:
        return QStringLiteral("Ed25519");
    case EVP_PKEY_ED448:
        return QStringLiteral("Ed448");
    default:
        return keyText(QString::fromLatin1(EVP_PKEY_get0_type_name(key)), EVP_PKEY_get_bits(key));
    }
}
#else
QString publicKeyText(const QSslCertificate &certificate)
{
    const QSslKey key = certificate.publicKey();
    if (key.isNull())
        return unknownKind();
    switch (key.algorithm()) {
    case QSsl::Rsa:
        return keyText(QStringLiteral("RSA"), key.length());
    case QSsl::Ec:
        return keyText(QStringLiteral("EC"), key.length());
    case QSsl::Dsa:
        return keyText(QStringLiteral("DSA"), key.length());
    default:
        return unknownKind();
    }
}
#endif

} // namespace sockeye
