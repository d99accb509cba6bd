#include "integration/Program.h"

#include <QJsonDocument>
#include <QtTest>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace sockeye::test {

Program::Program()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("HOME"), m_home.path());
    environment.insert(QStringLiteral("XDG_DATA_HOME"), m_home.filePath(QStringLiteral("data")));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_home.filePath(QStringLiteral("config")));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(m_home.path());
}

Program::~Program()
{
    kill();
}

void Program::showOffscreen()
{
    QProcessEnvironment environment = m_process.processEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    m_process.setProcessEnvironment(environment);
}

void Program::limitOpenFiles(quint64 files)
{
#ifdef Q_OS_UNIX
    m_process.setChildProcessModifier([files] {
        const rlimit limit{files, files};
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    });
#else
    Q_UNUSED(files);
#endif
}

void Program::start(const QStringList &arguments)
{
    m_output.clear();
    m_errors.clear();
    m_process.start(qEnvironmentVariable("SOCKEYE_PROGRAM"), arguments);
    if (!m_process.waitForStarted())
        qFatal("SOCKEYE_PROGRAM cannot be started: %s", qUtf8Printable(m_process.errorString()));
    m_process.closeWriteChannel();
}

bool Program::wait(int timeoutMs)
{
    return QTest::qWaitFor([this] { return !isRunning(); }, timeoutMs) &&
           m_process.exitStatus() == QProcess::NormalExit;
}

int Program::run(const QStringList &arguments)
{
    start(arguments);
    if (!wait()) {
        kill();
        return -1;
    }
    return exitCode();
}

QByteArray Program::output()
{
    m_output += m_process.readAllStandardOutput();
    return m_output;
}

QByteArray Program::errors()
{
    m_errors += m_process.readAllStandardError();
    return m_errors;
}

QJsonObject Program::lastLine()
{
    const QList<QByteArray> lines = output().trimmed().split('\n');
    return QJsonDocument::fromJson(lines.last()).object();
}

void Program::kill()
{
    if (!isRunning())
        return;
    m_process.kill();
    m_process.waitForFinished();
}

} // namespace sockeye::test
