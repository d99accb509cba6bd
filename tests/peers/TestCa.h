#pragma once

#include <QString>
#include <QTemporaryDir>

namespace sockeye::test {

/// A certificate authority of the test's own, made with the openssl program in a temporary directory, and server
/// certificates that it signs.
class TestCa final
{
public:
    struct Certificate
    {
        QString certificateFile;
        QString keyFile;
    };
    enum class Validity : quint8 { Valid, Expired, NotYet };
    /// A client's certificate in the forms that people keep it in.
    struct Client
    {
        Certificate plain;
        /// The key of `plain`, and both in PKCS#12, with the passphrase.
        QString encryptedKeyFile;
        QString pkcs12File;
    };

    /// Makes the authority; errorText() says why not.
    [[nodiscard]] bool create();
    /// A certificate for the names, e.g. "DNS:localhost,IP:127.0.0.1". Empty files on failure.
    [[nodiscard]] Certificate issue(const QString &subjectAltNames, Validity validity = Validity::Valid);
    /// For localhost and 127.0.0.1.
    [[nodiscard]] Certificate issueLocal() { return issue(QStringLiteral("DNS:localhost,IP:127.0.0.1")); }
    /// A certificate for the names that vouches for itself.
    [[nodiscard]] Certificate selfSigned(const QString &subjectAltNames);
    [[nodiscard]] Client issueClient(const QString &passphrase);
    /// SHA-256 of a certificate's DER form, lower-case hex.
    [[nodiscard]] static QString fingerprint(const Certificate &certificate);

    [[nodiscard]] QString caFile() const { return m_directory.filePath(QStringLiteral("ca.pem")); }
    [[nodiscard]] QString errorText() const { return m_errorText; }

private:
    [[nodiscard]] bool run(const QStringList &arguments);
    [[nodiscard]] bool makeKeyAndRequest(const QString &name);

    QTemporaryDir m_directory;
    QString m_errorText;
    int m_issued = 0;
};

} // namespace sockeye::test
