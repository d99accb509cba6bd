#pragma once

#include <QSslCertificate>
#include <QTemporaryDir>

namespace sockeye::test {

/// A temporary directory with certificates and keys of all kinds, made by the openssl program.
class OpenSslFiles final
{
public:
    /// A command line of openssl's without quotes, run in the directory. errorText() says why it failed.
    [[nodiscard]] bool run(const QString &arguments);
    /// A self-signed authority: NAME.pem and NAME.key.
    [[nodiscard]] bool makeRoot(const QString &name);
    /// NAME.key, NAME.pem, the latter by the authority `issuer`. `newKey` are the arguments that say which kind of key
    /// ("rsa:2048"), `extensions` lines of a configuration file.
    [[nodiscard]] bool issue(const QString &name, const QString &issuer, const QByteArray &extensions,
                             const QString &newKey = QStringLiteral("ec -pkeyopt ec_paramgen_curve:P-256"),
                             const QString &more = {});

    [[nodiscard]] bool write(const QString &name, const QByteArray &content) const;
    [[nodiscard]] QByteArray read(const QString &name) const;
    /// The first certificate of a PEM file.
    [[nodiscard]] QSslCertificate certificate(const QString &name) const;
    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }
    [[nodiscard]] QString directory() const { return m_directory.path(); }
    [[nodiscard]] QString errorText() const { return m_errorText; }

private:
    QTemporaryDir m_directory;
    QString m_errorText;
};

} // namespace sockeye::test
