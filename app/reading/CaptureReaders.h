#pragma once

#include "base/Result.h"
#include "capture/CaptureIdentity.h"

#include <QString>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace sockeye {

class CaptureReader;

/// The readers of one capture, lent to what reads it in the background: as many are open as are in use at one moment,
/// and one is kept open in between. A tab whose log, timeline and filter take turns opens the file once. Thread-safe.
class CaptureReaders final : public std::enable_shared_from_this<CaptureReaders>
{
public:
    /// A reader that is lent, for one thread at a time, and given back at the end.
    class Lent final
    {
    public:
        ~Lent();
        Lent(Lent &&) noexcept;
        Lent &operator=(Lent &&) = delete;
        [[nodiscard]] const CaptureReader &operator*() const { return *m_reader; }
        [[nodiscard]] const CaptureReader *operator->() const { return m_reader.get(); }

    private:
        friend class CaptureReaders;
        Lent(std::shared_ptr<CaptureReaders> owner, std::unique_ptr<CaptureReader> reader);

        std::shared_ptr<CaptureReaders> m_owner;
        std::unique_ptr<CaptureReader> m_reader;
    };

    /// Those of the file at `path`, shared by all who hold them. Nothing is opened yet.
    [[nodiscard]] static std::shared_ptr<CaptureReaders> of(const QString &path);
    ~CaptureReaders();
    CaptureReaders(const CaptureReaders &) = delete;
    CaptureReaders &operator=(const CaptureReaders &) = delete;

    [[nodiscard]] QString path() const { return m_path; }
    /// Opens a reader if none is there. If no more can be opened, because the file is gone from its place, another one
    /// stands there, or too many are open, waits for one that is in use.
    [[nodiscard]] Result<Lent> lend();
    /// A reader to keep, of the same file as all others.
    [[nodiscard]] Result<std::unique_ptr<CaptureReader>> open();
    /// Which capture they read; unknown before the first one is open.
    [[nodiscard]] CaptureIdentity identity();
    /// From now on of() is about the file that stands there now. Those who hold the former readers keep them.
    static void forget(const QString &path);

private:
    explicit CaptureReaders(QString path);
    void takeBack(std::unique_ptr<CaptureReader> reader);

    const QString m_path;
    std::mutex m_mutex;
    std::condition_variable m_returned;
    // Guarded by the mutex.
    std::unique_ptr<CaptureReader> m_kept;
    int m_lent = 0;
    /// That of the file that was opened first: all others are to be of the same one.
    std::optional<CaptureIdentity> m_identity;
};

} // namespace sockeye
