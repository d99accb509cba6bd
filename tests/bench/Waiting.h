#pragma once

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

namespace sockeye::bench {

/// Lets the event loop turn until the condition holds; how many milliseconds that took since `since` began, or a
/// negative number when it did not within two minutes.
template<typename Condition>
[[nodiscard]] double untilTrue(const QElapsedTimer &since, Condition holds)
{
    constexpr qint64 PatienceMs = 120'000;
    QEventLoop loop;
    QTimer poll;
    poll.setTimerType(Qt::PreciseTimer);
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (holds() || since.elapsed() > PatienceMs)
            loop.quit();
    });
    poll.start(1);
    if (!holds())
        loop.exec();
    return holds() ? static_cast<double>(since.nsecsElapsed()) / 1e6 : -1;
}

} // namespace sockeye::bench
