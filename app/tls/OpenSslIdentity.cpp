#include "tls/OpenSslIdentity.h"

#include "tls/CertificateReader.h"
#include "tls/Pkcs12Reader.h"
#include "tls/PrivateKeyReader.h"
#include "tls/SecurityLevel.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {
struct OpenSslIdentityWords
{
    Q_DECLARE_TR_FUNCTIONS(ClientIdentity)
};

struct Parts
{
    QList<QByteArray> certificates;
    openssl::Key key;
    /// Where the key comes from.
    QString keyPath;
};

Result<Parts> partsFromPkcs12(const TlsFile &file, const QString &passphrase)
{
    const auto content = readPkcs12(file, passphrase);
    if (!content)
        return content.error();
    if (content->certificates.isEmpty())
        return Error{OpenSslIdentityWords::tr("The PKCS#12 file %1 holds no client certificate.").arg(file.path)};
    if (content->key.isEmpty())
        return Error{
            OpenSslIdentityWords::tr("The PKCS#12 file %1 holds no private key. Export the certificate with its key.")
                .arg(file.path)};
    openssl::Key key = openssl::keyFromDer(content->key);
    if (!key) {
        return Error{OpenSslIdentityWords::tr("OpenSSL does not take the key in the PKCS#12 file %1: %2.")
                         .arg(file.path, openssl::takeFailure().reasons)};
    }
    return Parts{content->certificates, std::move(key), file.path};
}

Result<openssl::Key> keyFrom(const TlsFile &file, const QString &passphrase)
{
    if (!isPkcs12(file))
        return readPrivateKey(file, passphrase);
    auto parts = partsFromPkcs12(file, passphrase);
    if (!parts)
        return parts.error();
    return std::move(parts->key);
}

Result<Parts> fromFiles(const TlsFile &file, const TlsOptions &options)
{
    const auto certificates = readCertificates(file);
    if (!certificates) {
        return Error{OpenSslIdentityWords::tr(
                         "The file %1 holds no client certificate that can be used: %2. Check Connection options > "
                         "TLS.")
                         .arg(file.path, certificates.message())};
    }
    if (options.keyFile.isEmpty() && !file.isPem()) {
        return Error{
            OpenSslIdentityWords::tr("The file %1 holds no private key, but a certificate. Name the key's file under "
                                     "Connection options > TLS.")
                .arg(file.path)};
    }
    auto keyFile = options.keyFile.isEmpty() ? Result(file) : TlsFile::read(options.keyFile);
    if (!keyFile)
        return keyFile.error();
    auto key = keyFrom(keyFile.value(), options.passphrase);
    if (!key)
        return key.error();
    return Parts{certificates.value(), std::move(key).value(), keyFile->path};
}

/// The key's own certificate goes first, wherever the file has it.
bool putOwnFirst(Parts &parts)
{
    const auto isOwn = [&parts](const QByteArray &der) {
        const openssl::Certificate certificate = openssl::certificateFromDer(der);
        return certificate && X509_check_private_key(certificate.get(), parts.key.get());
    };
    const auto own = std::find_if(parts.certificates.begin(), parts.certificates.end(), isOwn);
    if (own == parts.certificates.end())
        return false;
    std::rotate(parts.certificates.begin(), own, own + 1);
    return true;
}

/// What Qt's socket would find out only while connecting, and tell in one word: a key that is too weak, for one.
Result<> tryOut(const Parts &parts, const TlsOptions &options)
{
    const openssl::Context context(SSL_CTX_new(TLS_client_method()));
    const openssl::Certificate certificate = openssl::certificateFromDer(parts.certificates.constFirst());
    if (!context || !certificate)
        return {};
    SSL_CTX_set_security_level(context.get(), securityLevel(options));
    if (SSL_CTX_use_certificate(context.get(), certificate.get()) &&
        SSL_CTX_use_PrivateKey(context.get(), parts.key.get())) {
        return {};
    }
    return Error{OpenSslIdentityWords::tr(
                     "OpenSSL refuses the client certificate in %1: %2. Have one made that is as strong as TLS "
                     "wants it today.")
                     .arg(options.certificateFile, openssl::takeFailure().reasons)};
}
} // namespace

Result<ClientIdentity> openSslIdentity(const TlsOptions &options)
{
    const openssl::ErrorQueue queue;
    const auto file = TlsFile::read(options.certificateFile);
    if (!file)
        return file.error();
    auto parts =
        isPkcs12(file.value()) ? partsFromPkcs12(file.value(), options.passphrase) : fromFiles(file.value(), options);
    if (!parts)
        return parts.error();
    if (!putOwnFirst(parts.value())) {
        return Error{OpenSslIdentityWords::tr(
                         "The private key in %1 does not belong to the certificate in %2. Name the one that does "
                         "under Connection options > TLS.")
                         .arg(parts->keyPath, options.certificateFile)};
    }
    if (auto tried = tryOut(parts.value(), options); !tried)
        return tried.error();
    ClientIdentity identity;
    for (const QByteArray &der : std::as_const(parts->certificates))
        identity.chain += QSslCertificate(openssl::derOf(openssl::certificateFromDer(der).get()), QSsl::Der);
    // The QSslKey owns it from now on.
    identity.key = QSslKey(Qt::HANDLE(parts->key.release()), QSsl::PrivateKey);
    return identity;
}

} // namespace sockeye
