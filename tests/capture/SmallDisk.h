#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace sockeye::samples {

/// A tmpfs of its own, if the system lets us mount one: on a folder of its own, or on one that is there.
class SmallDisk final
{
public:
    /// `options` as of mount, e.g. "size=4m" or "size=1m,ro".
    explicit SmallDisk(const QString &options, const QString &at = {})
        : m_path(at.isEmpty() ? m_directory.path() : at)
    {
        const QString tmpfs = QStringLiteral("tmpfs");
        m_mounted =
            run(QStringLiteral("mount"), {QStringLiteral("-t"), tmpfs, QStringLiteral("-o"), options, tmpfs, m_path});
    }
    ~SmallDisk()
    {
        // Lazily: whoever still has a file open must not keep it there.
        if (m_mounted)
            run(QStringLiteral("umount"), {QStringLiteral("-l"), m_path});
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    [[nodiscard]] bool isMounted() const { return m_mounted; }
    [[nodiscard]] QString filePath(const QString &name) const { return QDir(m_path).filePath(name); }
    void fill() const
    {
        QFile file(filePath(QStringLiteral("filling")));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return;
        while (file.write(QByteArray(4096, 'x')) > 0) {
        }
    }

private:
    static bool run(const QString &program, const QStringList &arguments)
    {
        QProcess process;
        process.start(program, arguments);
        return process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    }

    QTemporaryDir m_directory;
    QString m_path;
    bool m_mounted = false;
};

} // namespace sockeye::samples
