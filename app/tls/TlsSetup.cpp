#include "tls/TlsSetup.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>

namespace sockeye {

namespace {
struct TlsText
{
    Q_DECLARE_TR_FUNCTIONS(TlsText)
};

struct Identity
{
    QList<QSslCertificate> chain;
    QSslKey key;
};

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{TlsText::tr("The file %1 could not be read: %2. Check Connection options > TLS.")
                         .arg(path, file.errorString())};
    }
    return file.readAll();
}

bool isPem(const QByteArray &content)
{
    return content.contains("-----BEGIN ");
}

Result<QSslKey> privateKey(const QString &path, const QString &passphrase)
{
    const auto content = readFile(path);
    if (!content)
        return content.error();
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        QSslKey key(content.value(), algorithm, QSsl::Pem, QSsl::PrivateKey, passphrase.toUtf8());
        if (!key.isNull())
            return key;
    }
    if (!content->contains("PRIVATE KEY-----"))
        return Error{TlsText::tr("The file %1 holds no private key in PEM form. Name the key's file under Connection "
                                 "options > TLS.")
                         .arg(path)};
    // "-----BEGIN ENCRYPTED PRIVATE KEY-----", or "Proc-Type: 4,ENCRYPTED" in the older form.
    if (!content->contains("ENCRYPTED"))
        return Error{TlsText::tr("The private key in %1 is broken, or of a kind that is not known here.").arg(path)};
    return Error{
        (passphrase.isEmpty()
             ? TlsText::tr("The private key in %1 has a passphrase. Enter it under Connection options > TLS.")
             : TlsText::tr("The passphrase does not open the private key in %1. Check it under Connection options "
                           "> TLS."))
            .arg(path)};
}

Result<Identity> identityFromPkcs12(QByteArray content, const TlsOptions &options)
{
    Identity identity;
    QSslCertificate leaf;
    QList<QSslCertificate> others;
    QBuffer buffer(&content);
    buffer.open(QIODevice::ReadOnly);
    if (!QSslCertificate::importPkcs12(&buffer, &identity.key, &leaf, &others, options.passphrase.toUtf8())) {
        return Error{(options.passphrase.isEmpty()
                          ? TlsText::tr("The PKCS#12 file %1 could not be opened without a passphrase. Enter it under "
                                        "Connection options > TLS.")
                          : TlsText::tr("The passphrase does not open the PKCS#12 file %1. Check it under Connection "
                                        "options > TLS. If it is right, the file may be encrypted in an old way (RC2): "
                                        "save it anew with a current program."))
                         .arg(options.certificateFile)};
    }
    identity.chain = QList{leaf} + others;
    return identity;
}

Result<Identity> clientIdentity(const TlsOptions &options)
{
    const auto content = readFile(options.certificateFile);
    if (!content)
        return content.error();
    // What is not PEM and begins with an ASN.1 sequence is taken for PKCS#12.
    if (!isPem(content.value()) && content->startsWith('\x30'))
        return identityFromPkcs12(content.value(), options);
    Identity identity;
    identity.chain = QSslCertificate::fromData(content.value());
    if (identity.chain.isEmpty()) {
        return Error{TlsText::tr("The file %1 holds no client certificate, neither in PEM form nor as PKCS#12.")
                         .arg(options.certificateFile)};
    }
    auto key = privateKey(options.keyFile.isEmpty() ? options.certificateFile : options.keyFile, options.passphrase);
    if (!key)
        return key.error();
    identity.key = std::move(key).value();
    return identity;
}

void setMinimumVersion(QSslConfiguration &configuration, TlsVersion version)
{
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    switch (version) {
    case TlsVersion::Default:
        return;
    case TlsVersion::Tls10:
        configuration.setProtocol(QSsl::TlsV1_0OrLater);
        break;
    case TlsVersion::Tls11:
        configuration.setProtocol(QSsl::TlsV1_1OrLater);
        break;
    case TlsVersion::Tls12:
        configuration.setProtocol(QSsl::TlsV1_2OrLater);
        return;
    case TlsVersion::Tls13:
        configuration.setProtocol(QSsl::TlsV1_3OrLater);
        return;
    }
    QT_WARNING_POP
    // OpenSSL 3 refuses SHA-1 in handshakes, and with it everything before TLS 1.2, above this level.
    if (QSslSocket::activeBackend() == u"openssl")
        configuration.setBackendConfigurationOption("CipherString", QByteArrayLiteral("DEFAULT@SECLEVEL=0"));
}
} // namespace

Result<QSslConfiguration> tlsConfiguration(const TlsOptions &options)
{
    if (!QSslSocket::supportsSsl()) {
        return Error{
            TlsText::tr("This installation of Qt has no TLS library, so wss:// cannot be used. Install OpenSSL %1.")
                .arg(QSslSocket::sslLibraryBuildVersionString())};
    }
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    QList<QByteArray> protocols;
    std::transform(options.alpn.cbegin(), options.alpn.cend(), std::back_inserter(protocols),
                   [](const QString &protocol) { return protocol.toUtf8(); });
    configuration.setAllowedNextProtocols(protocols.isEmpty() ? QList{QByteArrayLiteral("http/1.1")} : protocols);
    setMinimumVersion(configuration, options.minimumVersion);
    if (!options.caFile.isEmpty()) {
        const auto pem = readFile(options.caFile);
        if (!pem)
            return pem.error();
        const auto certificates = QSslCertificate::fromData(pem.value());
        if (certificates.isEmpty())
            return Error{TlsText::tr("The CA file %1 holds no certificate in PEM form.").arg(options.caFile)};
        configuration.addCaCertificates(certificates);
    }
    if (!options.certificateFile.isEmpty()) {
        auto identity = clientIdentity(options);
        if (!identity)
            return identity.error();
        configuration.setLocalCertificateChain(identity->chain);
        configuration.setPrivateKey(identity->key);
    }
    return configuration;
}

QString tlsVersionName(QSsl::SslProtocol protocol)
{
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    switch (protocol) {
    case QSsl::TlsV1_0:
        return QStringLiteral("TLS 1.0");
    case QSsl::TlsV1_1:
        return QStringLiteral("TLS 1.1");
    case QSsl::TlsV1_2:
        return QStringLiteral("TLS 1.2");
    case QSsl::TlsV1_3:
        return QStringLiteral("TLS 1.3");
    default:
        return QStringLiteral("TLS");
    }
    QT_WARNING_POP
}

} // namespace sockeye
