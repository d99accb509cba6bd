#include "cli/Interrupt.h"

#include <QtGlobal>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace sockeye::cli {

#ifdef Q_OS_WIN

namespace {
Interrupt *instance = nullptr;

BOOL WINAPI onConsoleEvent(DWORD)
{
    // Windows calls this in a thread of its own.
    if (instance)
        QMetaObject::invokeMethod(instance, &Interrupt::interrupted, Qt::QueuedConnection);
    return TRUE;
}
} // namespace

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    instance = this;
    SetConsoleCtrlHandler(onConsoleEvent, TRUE);
}

Interrupt::~Interrupt()
{
    SetConsoleCtrlHandler(onConsoleEvent, FALSE);
    instance = nullptr;
}

#else

namespace {
// A signal handler may do little more than write(2): the byte wakes the event loop.
std::array<int, 2> wakePipe{-1, -1};
volatile std::sig_atomic_t demands = 0;

void wake()
{
    const int error = errno;
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(wakePipe[1], &byte, 1);
    errno = error;
}

/// An event loop that has not ended the program after two of them may hang.
void onSignal(int signal)
{
    demands = demands + 1;
    if (demands > 2) {
        std::signal(signal, SIG_DFL);
        ::raise(signal);
        return;
    }
    wake();
}

/// A terminal that goes sends it more than once, and what ends the session sends SIGTERM as well: not in haste.
void onHangup(int)
{
    if (demands > 0)
        return;
    demands = 1;
    wake();
}

bool isIgnored(int signal)
{
    struct sigaction now
    {
    };
    return ::sigaction(signal, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}
} // namespace

Interrupt::Interrupt(QObject *parent)
    : QObject(parent)
{
    demands = 0;
    if (::pipe(wakePipe.data()) != 0)
        return;
    for (const int end : wakePipe) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(wakePipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(wakePipe[0], &byte, 1) == 1)
            Q_EMIT interrupted();
    });
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    // As nohup has it.
    if (!isIgnored(SIGHUP))
        std::signal(SIGHUP, onHangup);
}

Interrupt::~Interrupt()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    if (!isIgnored(SIGHUP))
        std::signal(SIGHUP, SIG_DFL);
    for (int &end : wakePipe) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

#endif

} // namespace sockeye::cli
