#pragma once

#include <QByteArray>
#include <QString>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

/// OpenSSL's types with owners. Only sources that CMake builds where OpenSSL 3 was found include this.
namespace sockeye::openssl {

template<auto Free>
struct Deleter
{
    template<typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
/// Of a stack and all that it holds.
struct CertificatesDeleter
{
    void operator()(STACK_OF(X509) * certificates) const;
};
/// Of memory that OpenSSL has allocated.
struct MemoryDeleter
{
    void operator()(void *memory) const;
};

using Bio = std::unique_ptr<BIO, Deleter<&BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Deleter<&X509_free>>;
using Certificates = std::unique_ptr<STACK_OF(X509), CertificatesDeleter>;
using Context = std::unique_ptr<SSL_CTX, Deleter<&SSL_CTX_free>>;
using EncryptedKey = std::unique_ptr<X509_SIG, Deleter<&X509_SIG_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<&EVP_PKEY_free>>;
using KeyInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Deleter<&PKCS8_PRIV_KEY_INFO_free>>;
using Memory = std::unique_ptr<void, MemoryDeleter>;
using Pkcs12 = std::unique_ptr<PKCS12, Deleter<&PKCS12_free>>;
using Pkcs7 = std::unique_ptr<PKCS7, Deleter<&PKCS7_free>>;
using Store = std::unique_ptr<X509_STORE, Deleter<&X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Deleter<&X509_STORE_CTX_free>>;

/// Why something failed: what stands in the thread's queue of errors.
struct Failure
{
    /// OpenSSL's own words, each once: "unsupported, bad decrypt".
    QString reasons;
    /// Whether what was decrypted is no sense: the passphrase is another one.
    bool isWrongPassphrase = false;
};
/// Empties the queue.
[[nodiscard]] Failure takeFailure();

/// Leaves no errors behind in the thread's queue, where Qt would take them for those of a socket.
class ErrorQueue final
{
public:
    ErrorQueue();
    ErrorQueue(const ErrorQueue &) = delete;
    ErrorQueue &operator=(const ErrorQueue &) = delete;
    ~ErrorQueue();
};

/// Whether Qt's TLS is the very OpenSSL that we are linked to, so that keys can be handed over as they are.
[[nodiscard]] bool isQtsLibrary();

/// To be read; the bytes must stay.
[[nodiscard]] Bio readingBio(const QByteArray &bytes);
/// One certificate, which may have what it is trusted for behind it (TRUSTED CERTIFICATE); null if it is none.
[[nodiscard]] Certificate certificateFromDer(const QByteArray &der);
[[nodiscard]] QByteArray derOf(X509 *certificate);
/// With what it is trusted for.
[[nodiscard]] QByteArray trustedDerOf(X509 *certificate);
/// PKCS#8 without encryption; empty for a key that cannot be written so.
[[nodiscard]] QByteArray derOf(EVP_PKEY *key);
[[nodiscard]] Key keyFromDer(const QByteArray &der);

} // namespace sockeye::openssl
