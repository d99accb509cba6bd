#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace sockeye::test {

/// The real program in a process of its own, as on a machine without a display, with its own home. The test's event
/// loop runs while it is waited for, so a server in the test can answer it.
class Program final
{
public:
    Program();
    ~Program();
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    /// Before start(): with a window, which nobody sees.
    void showOffscreen();
    /// Before start(): its standard output goes into a file or a pipe with a name.
    void printInto(const QString &path) { m_process.setStandardOutputFile(path); }
    /// Before start(): the soft and the hard limit of open files (RLIMIT_NOFILE), where there is one.
    void limitOpenFiles(quint64 files);
    [[nodiscard]] QString home(const QString &name) const { return m_home.filePath(name); }

    void start(const QStringList &arguments);
    /// Waits for its end; false if it did not come in time or was a crash.
    [[nodiscard]] bool wait(int timeoutMs = 30'000);
    /// start() and wait(); the exit code, or -1.
    [[nodiscard]] int run(const QStringList &arguments);

    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }
    [[nodiscard]] QByteArray output();
    [[nodiscard]] QByteArray errors();
    /// The last line of the output as a JSON object.
    [[nodiscard]] QJsonObject lastLine();
    /// kill -9.
    void kill();

private:
    QTemporaryDir m_home;
    QProcess m_process;
    QByteArray m_output;
    QByteArray m_errors;
};

} // namespace sockeye::test
