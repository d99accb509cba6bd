#include "cli/StandardOutput.h"

#include <QtGlobal>

#include <cerrno>
#include <cstdio>

#ifndef Q_OS_WIN
#include <QSocketNotifier>

#include <csignal>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace sockeye::cli {

#ifdef Q_OS_WIN

StandardOutput::StandardOutput(QObject *parent)
    : QObject(parent)
{
}

bool StandardOutput::write(QByteArrayView bytes)
{
    if (!m_isOpen)
        return false;
    const auto size = static_cast<size_t>(bytes.size());
    if (std::fwrite(bytes.data(), 1, size, stdout) == size && std::fflush(stdout) == 0)
        return true;
    // A pipe without a reader is EINVAL there.
    if (errno == EPIPE || errno == EINVAL)
        leave();
    else
        fail(errno);
    return false;
}

#else

StandardOutput::StandardOutput(QObject *parent)
    : QObject(parent)
{
    // A reader that has left is an error of write(), and not the program's end.
    std::signal(SIGPIPE, SIG_IGN);
    watchReader();
}

/// A pipe without a reader is in error, which wakes whoever waits for anything at all on it.
void StandardOutput::watchReader()
{
    struct stat status
    {
    };
    if (::fstat(STDOUT_FILENO, &status) != 0 || !(S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)))
        return;
    auto *notifier = new QSocketNotifier(STDOUT_FILENO, QSocketNotifier::Exception, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        pollfd out{STDOUT_FILENO, POLLOUT, 0};
        if (::poll(&out, 1, 0) <= 0 || !(out.revents & (POLLERR | POLLHUP | POLLNVAL)))
            return;
        notifier->setEnabled(false);
        leave();
    });
}

bool StandardOutput::write(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (!m_isOpen)
            return false;
        const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), static_cast<size_t>(bytes.size()));
        if (written >= 0) {
            bytes = bytes.sliced(written);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            // Whoever started the program has set it so, and may rely on it.
            pollfd out{STDOUT_FILENO, POLLOUT, 0};
            ::poll(&out, 1, -1);
        } else if (errno == EPIPE) {
            leave();
        } else if (errno != EINTR) {
            fail(errno);
        }
    }
    return m_isOpen;
}

#endif

void StandardOutput::leave()
{
    if (m_isOpen.exchange(false))
        Q_EMIT readerLeft();
}

void StandardOutput::fail(int error)
{
    if (m_isOpen.exchange(false))
        Q_EMIT failed(qt_error_string(error));
}

} // namespace sockeye::cli
