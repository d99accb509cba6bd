#pragma once

#include "base/WorkerThread.h"
#include "capture/CaptureIdentity.h"
#include "reading/CaptureReader.h"

#include <QObject>

#include <functional>
#include <memory>
#include <type_traits>

namespace sockeye {

class CaptureReaders;

/// The window's way to a capture: reads in the background, so that whoever asks never waits for the disk.
/// Questions are answered in the order in which they were asked. Live captures and files opened from disk are read
/// alike.
///
///     loader.read(this, [id](const CaptureReader &capture) { return capture.payload(id); },
///                 [this](Result<QByteArray> payload) { ... });
class CaptureLoader final : public QObject
{
    Q_OBJECT

public:
    /// Opening happens in the loader's thread; opened() or failed() tells how it went.
    explicit CaptureLoader(const QString &path, QObject *parent = nullptr);
    ~CaptureLoader() override;

    [[nodiscard]] QString path() const { return m_path; }
    /// Which capture it reads, whatever stands at the path later on; known from opened() on.
    [[nodiscard]] const CaptureIdentity &identity() const { return m_identity; }

    /// Runs `work` on the loader's reader and hands its value to `done` in this object's thread, unless `context` is
    /// gone by then. What is asked before the capture is open is answered after opened(); if opening failed, `done` is
    /// not called.
    template<typename Work, typename Done>
    void read(QObject *context, Work work, Done done)
    {
        post(context, [work = std::move(work), done = std::move(done)](const CaptureReader &capture) mutable {
            using Value = std::invoke_result_t<Work, const CaptureReader &>;
            auto value = std::make_shared<Value>(work(capture));
            return std::function<void()>(
                [value = std::move(value), done = std::move(done)]() mutable { done(std::move(*value)); });
        });
    }

Q_SIGNALS:
    void opened(sockeye::EntryId last);
    void failed(const QString &message);

private:
    using Task = std::function<std::function<void()>(const CaptureReader &)>;
    void post(QObject *context, Task task);

    void open();

    const QString m_path;
    CaptureIdentity m_identity;
    // The thread's alone.
    std::shared_ptr<CaptureReaders> m_readers;
    bool m_isOpen = false;
    /// The last member, and so the first to go: what it runs uses those above.
    WorkerThread m_thread;
};

} // namespace sockeye
