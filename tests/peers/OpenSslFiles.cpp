#include "peers/OpenSslFiles.h"

#include <QFile>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace sockeye::test {

bool OpenSslFiles::run(const QString &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_directory.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"openssl"_s, arguments.split(u' ', Qt::SkipEmptyParts));
    const bool done =
        process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!done) {
        m_errorText =
            u"openssl %1: %2\n%3"_s.arg(arguments, process.errorString(), QString::fromUtf8(process.readAll()));
    }
    return done;
}

bool OpenSslFiles::makeRoot(const QString &name)
{
    return run(u"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=%1 -keyout %1.key -out "
               "%1.pem"_s.arg(name));
}

bool OpenSslFiles::issue(const QString &name, const QString &issuer, const QByteArray &extensions,
                         const QString &newKey, const QString &more)
{
    return write(name + u".ext"_s, extensions) &&
           run(u"req -new -newkey %2 -nodes -subj /CN=%1 -keyout %1.key -out %1.csr"_s.arg(name, newKey)) &&
           run(u"x509 -req -in %1.csr -CA %2.pem -CAkey %2.key -CAcreateserial -extfile %1.ext -out %1.pem %3"_s.arg(
               name, issuer, more.isEmpty() ? u"-days 2"_s : more));
}

bool OpenSslFiles::write(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QByteArray OpenSslFiles::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QSslCertificate OpenSslFiles::certificate(const QString &name) const
{
    return QSslCertificate(read(name), QSsl::Pem);
}

} // namespace sockeye::test
