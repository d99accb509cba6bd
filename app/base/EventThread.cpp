#include "base/EventThread.h"

#include <algorithm>
#include <mutex>
#include <vector>

namespace sockeye {

namespace {

constexpr int LeastThreads = 2;
constexpr int MostThreads = 16;

size_t wantedThreads()
{
    return static_cast<size_t>(std::clamp(QThread::idealThreadCount(), LeastThreads, MostThreads));
}

} // namespace

std::shared_ptr<EventThread> EventThread::acquire()
{
    static std::mutex mutex;
    static std::vector<std::weak_ptr<EventThread>> known;
    const std::lock_guard lock(mutex);
    std::erase_if(known, [](const auto &thread) { return thread.expired(); });
    const auto least = std::min_element(known.cbegin(), known.cend(),
                                        [](const auto &a, const auto &b) { return a.use_count() < b.use_count(); });
    std::shared_ptr<EventThread> used = least == known.cend() ? nullptr : least->lock();
    if (used && known.size() >= wantedThreads())
        return used;
    const std::shared_ptr<EventThread> made(new EventThread);
    // Refused by the system: the connections share those that there are.
    if (!made->isRunning())
        return used;
    known.push_back(made);
    return made;
}

EventThread::EventThread()
{
    m_thread.setObjectName(QStringLiteral("network"));
    m_context.moveToThread(&m_thread);
    m_thread.start();
}

EventThread::~EventThread()
{
    m_thread.quit();
    m_thread.wait();
}

void EventThread::runAndWait(const std::function<void()> &work)
{
    QMetaObject::invokeMethod(&m_context, work, Qt::BlockingQueuedConnection);
}

} // namespace sockeye
