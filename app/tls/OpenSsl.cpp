#include "tls/OpenSsl.h"

#include <QSslSocket>
#include <QStringList>

#include <openssl/err.h>
#include <openssl/proverr.h>

namespace sockeye::openssl {

namespace {
constexpr qsizetype MostReasons = 3;

bool isOf(unsigned long error, int library, int reason)
{
    return ERR_GET_LIB(error) == library && ERR_GET_REASON(error) == reason;
}

/// What the padding, the authentication or the structure of decrypted bytes show when the key was another one.
bool isOfWrongPassphrase(unsigned long error)
{
    return isOf(error, ERR_LIB_EVP, EVP_R_BAD_DECRYPT) || isOf(error, ERR_LIB_PROV, PROV_R_BAD_DECRYPT) ||
           isOf(error, ERR_LIB_PKCS12, PKCS12_R_PKCS12_CIPHERFINAL_ERROR) ||
           isOf(error, ERR_LIB_PKCS12, PKCS12_R_DECODE_ERROR);
}

template<typename T>
QByteArray derBy(int (*encode)(const T *, unsigned char **), const T *object)
{
    unsigned char *bytes = nullptr;
    const int size = encode(object, &bytes);
    const Memory memory(bytes);
    return size > 0 ? QByteArray(static_cast<const char *>(memory.get()), size) : QByteArray();
}

int encodeTrusted(const X509 *certificate, unsigned char **bytes)
{
    return i2d_X509_AUX(certificate, bytes);
}
} // namespace

void CertificatesDeleter::operator()(STACK_OF(X509) * certificates) const
{
    sk_X509_pop_free(certificates, X509_free);
}

void MemoryDeleter::operator()(void *memory) const
{
    OPENSSL_free(memory);
}

Failure takeFailure()
{
    Failure failure;
    QStringList reasons;
    while (const unsigned long error = ERR_get_error()) {
        failure.isWrongPassphrase |= isOfWrongPassphrase(error);
        const char *reason = ERR_reason_error_string(error);
        const QString text = reason ? QString::fromUtf8(reason) : QStringLiteral("error %1").arg(error, 8, 16);
        if (!reasons.contains(text) && reasons.size() < MostReasons)
            reasons += text;
    }
    failure.reasons = reasons.join(QStringLiteral(", "));
    return failure;
}

ErrorQueue::ErrorQueue()
{
    ERR_clear_error();
}

ErrorQueue::~ErrorQueue()
{
    ERR_clear_error();
}

bool isQtsLibrary()
{
    return QSslSocket::activeBackend() == u"openssl" &&
           static_cast<unsigned long>(QSslSocket::sslLibraryVersionNumber()) == OpenSSL_version_num();
}

Bio readingBio(const QByteArray &bytes)
{
    return Bio(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
}

Certificate certificateFromDer(const QByteArray &der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    return Certificate(d2i_X509_AUX(nullptr, &at, static_cast<long>(der.size())));
}

QByteArray derOf(X509 *certificate)
{
    return derBy<X509>(i2d_X509, certificate);
}

QByteArray trustedDerOf(X509 *certificate)
{
    return derBy<X509>(encodeTrusted, certificate);
}

QByteArray derOf(EVP_PKEY *key)
{
    const KeyInfo info(EVP_PKEY2PKCS8(key));
    return info ? derBy<PKCS8_PRIV_KEY_INFO>(i2d_PKCS8_PRIV_KEY_INFO, info.get()) : QByteArray();
}

Key keyFromDer(const QByteArray &der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    return Key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
}

} // namespace sockeye::openssl
