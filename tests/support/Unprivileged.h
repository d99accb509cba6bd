#pragma once

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace sockeye::test {

/// Somebody without rights, for a while: root may do everything.
class Unprivileged final
{
public:
#ifdef Q_OS_UNIX
    Unprivileged()
    {
        m_changed = ::geteuid() == 0 && ::seteuid(65534) == 0;
    }
    ~Unprivileged()
    {
        if (m_changed && ::seteuid(0) != 0)
            qFatal("The user's rights could not be taken back");
    }
#endif
    Unprivileged(const Unprivileged &) = delete;
    Unprivileged &operator=(const Unprivileged &) = delete;

private:
    bool m_changed = false;
};

} // namespace sockeye::test
