#include "base/RegularFile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace sockeye::RegularFile {

namespace {

struct RegularFileWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::RegularFile)

public:
    static QString folder() { return tr("it is a folder"); }
    static QString pipe() { return tr("it is a pipe, not a file"); }
    static QString device() { return tr("it is a device, not a file"); }
    static QString other() { return tr("it is no regular file"); }
};

#ifdef Q_OS_UNIX

QString refusalOf(const struct stat &status)
{
    if (S_ISREG(status.st_mode))
        return {};
    if (S_ISDIR(status.st_mode))
        return RegularFileWords::folder();
    if (S_ISFIFO(status.st_mode))
        return RegularFileWords::pipe();
    if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
        return RegularFileWords::device();
    return RegularFileWords::other();
}

#endif

} // namespace

QString refusal(const QString &path)
{
#ifdef Q_OS_UNIX
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? refusalOf(status) : QString();
#else
    const QFileInfo info(path);
    if (!info.exists() || info.isFile())
        return {};
    return info.isDir() ? RegularFileWords::folder() : RegularFileWords::other();
#endif
}

Result<> open(QFile &file)
{
    if (const QString reason = refusal(file.fileName()); !reason.isEmpty())
        return Error{reason};
#ifdef Q_OS_UNIX
    const int descriptor =
        ::open(QFile::encodeName(file.fileName()).constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0)
        return Error{qt_error_string(errno)};
    struct stat status = {};
    const QString reason = ::fstat(descriptor, &status) == 0 ? refusalOf(status) : qt_error_string(errno);
    if (reason.isEmpty() && file.open(descriptor, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return {};
    ::close(descriptor);
    return Error{reason.isEmpty() ? file.errorString() : reason};
#else
    return file.open(QIODevice::ReadOnly) ? Result<>() : Result<>(Error{file.errorString()});
#endif
}

} // namespace sockeye::RegularFile
