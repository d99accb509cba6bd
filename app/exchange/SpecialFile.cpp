#include "exchange/SpecialFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace sockeye {

namespace {
#ifdef Q_OS_UNIX
/// Between two looks at the cancel token.
constexpr int PollMs = 50;
#endif
} // namespace

bool SpecialFile::isAt(const QString &path)
{
#ifdef Q_OS_UNIX
    const QFileInfo info(path);
    if (!info.exists() || info.isDir())
        return false;
    const QString name = QDir::cleanPath(info.absoluteFilePath());
    return !info.isFile() || name.startsWith(u"/dev/std") || name.startsWith(u"/dev/fd/") || name.startsWith(u"/proc/");
#else
    // There a device has a name that no file may have, and QSaveFile's own error for it.
    Q_UNUSED(path)
    return false;
#endif
}

SpecialFile::SpecialFile(QString path, CancelToken cancel)
    : m_path(std::move(path))
    , m_cancel(std::move(cancel))
{
}

SpecialFile::~SpecialFile()
{
    SpecialFile::close();
}

#ifdef Q_OS_UNIX

bool SpecialFile::openForWriting()
{
    // A reader that leaves is an error of write(), and not the program's end.
    std::signal(SIGPIPE, SIG_IGN);
    while (!m_cancel.isCancelled()) {
        // What stands for an open file goes on where that one ends.
        m_file = ::open(QFile::encodeName(m_path).constData(), O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (m_file >= 0)
            return QIODevice::open(WriteOnly | Unbuffered);
        if (errno == ENXIO && QFileInfo(m_path).exists() && waitForReader())
            continue;
        if (errno != EINTR)
            break;
    }
    setErrorString(m_cancel.isCancelled() ? tr("cancelled") : qt_error_string(errno));
    return false;
}

/// False if it is no named pipe: then there will be none.
bool SpecialFile::waitForReader()
{
    struct stat status
    {
    };
    if (::stat(QFile::encodeName(m_path).constData(), &status) != 0 || !S_ISFIFO(status.st_mode)) {
        errno = ENXIO;
        return false;
    }
    ::poll(nullptr, 0, PollMs);
    return true;
}

void SpecialFile::close()
{
    QIODevice::close();
    if (m_file >= 0)
        ::close(std::exchange(m_file, -1));
}

qint64 SpecialFile::writeData(const char *data, qint64 size)
{
    while (!m_cancel.isCancelled()) {
        const ssize_t written = ::write(m_file, data, static_cast<size_t>(size));
        if (written >= 0)
            return written;
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            pollfd out{m_file, POLLOUT, 0};
            ::poll(&out, 1, PollMs);
        } else if (errno != EINTR) {
            setErrorString(qt_error_string(errno));
            return -1;
        }
    }
    setErrorString(tr("cancelled"));
    return -1;
}

#else

bool SpecialFile::openForWriting()
{
    return false;
}

bool SpecialFile::waitForReader()
{
    return false;
}

void SpecialFile::close()
{
    QIODevice::close();
}

qint64 SpecialFile::writeData(const char *, qint64)
{
    return -1;
}

#endif

} // namespace sockeye
