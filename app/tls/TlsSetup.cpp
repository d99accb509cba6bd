#include "tls/TlsSetup.h"

#include "tls/ClientIdentity.h"

#include <QCoreApplication>
#include <QSslSocket>

#include <algorithm>

namespace sockeye {

namespace {
struct TlsSetupWords
{
    Q_DECLARE_TR_FUNCTIONS(TlsText)
};

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

Result<TlsSetup> tlsSetup(const TlsOptions &options)
{
    if (!QSslSocket::supportsSsl()) {
        return Error{TlsSetupWords::tr(
                         "This installation of Qt has no TLS library, so wss:// cannot be used. Install OpenSSL %1.")
                         .arg(QSslSocket::sslLibraryBuildVersionString())};
    }
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    QList<QByteArray> protocols;
    std::transform(options.alpn.cbegin(), options.alpn.cend(), std::back_inserter(protocols),
                   [](const QString &protocol) { return protocol.toUtf8(); });
    configuration.setAllowedNextProtocols(protocols.isEmpty() ? QList{QByteArrayLiteral("http/1.1")} : protocols);
    setMinimumVersion(configuration, options.minimumVersion);
    TlsSetup setup;
    if (!options.caFile.isEmpty()) {
        auto anchors = TrustAnchors::fromFile(options.caFile);
        if (!anchors)
            return anchors.error();
        setup.anchors = std::move(anchors).value();
        configuration.addCaCertificates(setup.anchors.forQt());
    }
    if (!options.certificateFile.isEmpty()) {
        const auto identity = clientIdentity(options);
        if (!identity)
            return identity.error();
        configuration.setLocalCertificateChain(identity->chain);
        configuration.setPrivateKey(identity->key);
    }
    setup.configuration = configuration;
    return setup;
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
