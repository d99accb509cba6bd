#include "peers/TestCa.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QSslCertificate>

namespace sockeye::test {
namespace {

[[nodiscard]] bool writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

bool TestCa::create()
{
    // "openssl ca" keeps a register; it is the one command that can date a certificate into the past.
    return writeFile(m_directory.filePath(QStringLiteral("index.txt")), {}) &&
           writeFile(m_directory.filePath(QStringLiteral("ca.cnf")),
                     "[ca]\ndefault_ca = test\n[test]\ndatabase = index.txt\nnew_certs_dir = .\ncertificate = ca.pem\n"
                     "private_key = ca.key\nrand_serial = yes\ndefault_md = sha256\npolicy = any\n"
                     "[any]\ncommonName = supplied\n") &&
           run({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
                QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
                QStringLiteral("-keyout"), QStringLiteral("ca.key"), QStringLiteral("-out"), QStringLiteral("ca.pem"),
                QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                QStringLiteral("/CN=Sockeye test CA")});
}

TestCa::Certificate TestCa::issue(const QString &subjectAltNames, Validity validity)
{
    const QString name = QStringLiteral("server%1").arg(++m_issued);
    const QString extensions = name + QStringLiteral(".ext");
    const QString certificate = name + QStringLiteral(".pem");
    QStringList arguments{QStringLiteral("ca"),
                          QStringLiteral("-batch"),
                          QStringLiteral("-notext"),
                          QStringLiteral("-config"),
                          QStringLiteral("ca.cnf"),
                          QStringLiteral("-in"),
                          name + QStringLiteral(".csr"),
                          QStringLiteral("-out"),
                          certificate,
                          QStringLiteral("-extfile"),
                          extensions};
    if (validity == Validity::Expired)
        arguments += {QStringLiteral("-startdate"), QStringLiteral("20200101000000Z"), QStringLiteral("-enddate"),
                      QStringLiteral("20200201000000Z")};
    else if (validity == Validity::NotYet)
        arguments += {QStringLiteral("-startdate"), QStringLiteral("20990101000000Z"), QStringLiteral("-enddate"),
                      QStringLiteral("20990201000000Z")};
    else
        arguments += {QStringLiteral("-days"), QStringLiteral("2")};
    const bool made = writeFile(m_directory.filePath(extensions),
                                "subjectAltName=" + subjectAltNames.toLatin1() +
                                    "\nextendedKeyUsage=serverAuth,clientAuth\nbasicConstraints=CA:FALSE\n") &&
                      makeKeyAndRequest(name) && run(arguments);
    if (!made)
        return {};
    return {m_directory.filePath(certificate), m_directory.filePath(name + QStringLiteral(".key"))};
}

TestCa::Certificate TestCa::selfSigned(const QString &subjectAltNames)
{
    const QString name = QStringLiteral("self%1").arg(++m_issued);
    const bool made =
        run({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"),
             QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
             QStringLiteral("-keyout"), name + QStringLiteral(".key"), QStringLiteral("-out"),
             name + QStringLiteral(".pem"), QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
             QStringLiteral("/CN=") + name, QStringLiteral("-addext"),
             QStringLiteral("subjectAltName=") + subjectAltNames});
    if (!made)
        return {};
    return {m_directory.filePath(name + QStringLiteral(".pem")), m_directory.filePath(name + QStringLiteral(".key"))};
}

TestCa::Client TestCa::issueClient(const QString &passphrase)
{
    Client client;
    client.plain = issue(QStringLiteral("DNS:client"));
    client.encryptedKeyFile = client.plain.keyFile + QStringLiteral(".enc");
    client.pkcs12File = client.plain.keyFile + QStringLiteral(".p12");
    const QString pass = QStringLiteral("pass:") + passphrase;
    const bool made =
        run({QStringLiteral("pkcs8"), QStringLiteral("-topk8"), QStringLiteral("-in"), client.plain.keyFile,
             QStringLiteral("-out"), client.encryptedKeyFile, QStringLiteral("-passout"), pass}) &&
        run({QStringLiteral("pkcs12"), QStringLiteral("-export"), QStringLiteral("-in"), client.plain.certificateFile,
             QStringLiteral("-inkey"), client.plain.keyFile, QStringLiteral("-out"), client.pkcs12File,
             QStringLiteral("-passout"), pass});
    return made ? client : Client();
}

QString TestCa::fingerprint(const Certificate &certificate)
{
    const auto certificates = QSslCertificate::fromPath(certificate.certificateFile);
    return certificates.isEmpty()
               ? QString()
               : QString::fromLatin1(certificates.constFirst().digest(QCryptographicHash::Sha256).toHex());
}

bool TestCa::makeKeyAndRequest(const QString &name)
{
    return run({QStringLiteral("req"), QStringLiteral("-newkey"), QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"), QStringLiteral("-keyout"),
                name + QStringLiteral(".key"), QStringLiteral("-out"), name + QStringLiteral(".csr"),
                QStringLiteral("-subj"), QStringLiteral("/CN=") + name});
}

bool TestCa::run(const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_directory.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("openssl"), arguments);
    const bool done =
        process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!done)
        m_errorText = process.errorString() + u'\n' + QString::fromUtf8(process.readAll());
    return done;
}

} // namespace sockeye::test
