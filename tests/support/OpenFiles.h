#pragma once

#include <QDirIterator>
#include <QFileInfo>
#include <QStringList>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace sockeye::test {

/// The most open umask there is, for one test.
class OpenUmask final
{
public:
#ifdef Q_OS_UNIX
    OpenUmask()
        : m_before(::umask(0))
    {
    }
    ~OpenUmask()
    {
        ::umask(m_before);
    }
#else
    OpenUmask() = default;
    ~OpenUmask() = default;
#endif
    OpenUmask(const OpenUmask &) = delete;
    OpenUmask &operator=(const OpenUmask &) = delete;

private:
#ifdef Q_OS_UNIX
    mode_t m_before;
#endif
};

/// Files and folders below this one that somebody other than their owner could read or change.
inline QStringList openToOthers(const QString &folder)
{
    QStringList open;
    constexpr QFileDevice::Permissions OfOthers = QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                                                  QFileDevice::ExeGroup | QFileDevice::ReadOther |
                                                  QFileDevice::WriteOther | QFileDevice::ExeOther;
    QDirIterator it(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QFileInfo file(it.next());
        if (!file.isSymLink() && (file.permissions() & OfOthers))
            open += QStringLiteral("%1 %2").arg(static_cast<int>(file.permissions()), 0, 16).arg(file.filePath());
    }
    return open;
}

} // namespace sockeye::test
