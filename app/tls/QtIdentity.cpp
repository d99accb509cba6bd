#include "tls/QtIdentity.h"

#include "tls/TlsFile.h"

#include <QBuffer>
#include <QCoreApplication>

namespace sockeye {

namespace {
struct QtIdentityWords
{
    Q_DECLARE_TR_FUNCTIONS(ClientIdentity)
};

Result<QSslKey> privateKey(const TlsFile &file, const QString &passphrase)
{
    const QSsl::EncodingFormat format = file.isPem() ? QSsl::Pem : QSsl::Der;
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        QSslKey key(file.content, algorithm, format, QSsl::PrivateKey, passphrase.toUtf8());
        if (!key.isNull())
            return key;
    }
    if (file.isPem() && !file.content.contains("PRIVATE KEY-----")) {
        return Error{
            QtIdentityWords::tr("The file %1 holds no private key. Name the key's file under Connection options > TLS.")
                .arg(file.path)};
    }
    // "-----BEGIN ENCRYPTED PRIVATE KEY-----", or "Proc-Type: 4,ENCRYPTED" in the older form.
    const bool isEncrypted = file.content.contains("ENCRYPTED");
    if (isEncrypted && passphrase.isEmpty()) {
        return Error{
            QtIdentityWords::tr("The private key in %1 has a passphrase. Enter it under Connection options > TLS.")
                .arg(file.path)};
    }
    if (isEncrypted) {
        return Error{QtIdentityWords::tr(
                         "The private key in %1 was not opened: the passphrase is another one, or the key is of a "
                         "kind that this TLS library does not take. Check Connection options > TLS.")
                         .arg(file.path)};
    }
    return Error{
        QtIdentityWords::tr("The private key in %1 is broken, or of a kind that this TLS library does not take.")
            .arg(file.path)};
}

Result<ClientIdentity> fromPkcs12(TlsFile file, const TlsOptions &options)
{
    ClientIdentity identity;
    QSslCertificate leaf;
    QList<QSslCertificate> others;
    QBuffer buffer(&file.content);
    buffer.open(QIODevice::ReadOnly);
    if (!QSslCertificate::importPkcs12(&buffer, &identity.key, &leaf, &others, options.passphrase.toUtf8())) {
        return Error{QtIdentityWords::tr(
                         "The file %1 was not opened: the passphrase is another one, or it is no PKCS#12 file of a "
                         "kind that this TLS library takes. Check Connection options > TLS.")
                         .arg(file.path)};
    }
    identity.chain = QList{leaf} + others;
    return identity;
}
} // namespace

Result<ClientIdentity> qtIdentity(const TlsOptions &options)
{
    const auto file = TlsFile::read(options.certificateFile);
    if (!file)
        return file.error();
    ClientIdentity identity;
    identity.chain = QSslCertificate::fromData(file->content, file->isPem() ? QSsl::Pem : QSsl::Der);
    if (identity.chain.isEmpty() && !file->isPem() && file->content.startsWith('\x30'))
        return fromPkcs12(file.value(), options);
    if (identity.chain.isEmpty())
        return Error{QtIdentityWords::tr("The file %1 holds no client certificate.").arg(file->path)};
    const auto keyFile = options.keyFile.isEmpty() ? file : TlsFile::read(options.keyFile);
    if (!keyFile)
        return keyFile.error();
    auto key = privateKey(keyFile.value(), options.passphrase);
    if (!key)
        return key.error();
    identity.key = std::move(key).value();
    return identity;
}

} // namespace sockeye
