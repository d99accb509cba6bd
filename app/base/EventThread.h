#pragma once

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace sockeye {

/// A thread with an event loop, shared by objects that move to it. There are a few of them for the whole program, as
/// many as it has processors to run them, so that two hundred connections do not need two hundred threads; each lives
/// as long as somebody holds it.
class EventThread final
{
public:
    /// The one that the fewest hold, or a new one while there are few. Null if the system allows the program no thread
    /// at all. Thread-safe.
    [[nodiscard]] static std::shared_ptr<EventThread> acquire();

    /// Waits for the thread's end. In another thread than this one.
    ~EventThread();
    EventThread(const EventThread &) = delete;
    EventThread &operator=(const EventThread &) = delete;

    [[nodiscard]] QThread *thread() { return &m_thread; }
    /// Runs `work` in the thread, behind what was posted to objects there, and waits until it has returned.
    void runAndWait(const std::function<void()> &work);

private:
    EventThread();
    [[nodiscard]] bool isRunning() const { return m_thread.isRunning(); }

    QThread m_thread;
    /// Lives in the thread.
    QObject m_context;
};

} // namespace sockeye
