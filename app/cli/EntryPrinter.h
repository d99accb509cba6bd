#pragma once

#include "record/EntryLines.h"

#include <QObject>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace sockeye {
class CaptureReader;
}

namespace sockeye::cli {

class StandardOutput;

/// Prints the entries of a capture that is being recorded, a line each, in a thread of its own: neither what is
/// recorded nor Ctrl+C waits for a slow reader. It reads them back from the file, so that what is not printed yet takes
/// no memory.
class EntryPrinter final : public QObject
{
    Q_OBJECT

public:
    /// The capture at `path` need not be there before printTo(). The output outlives the printer.
    /// Unless they are to be kept, secrets in events and close reasons are masked.
    EntryPrinter(QString path, StandardOutput &out, bool keepSecrets);
    /// Prints no more, and waits for the write that is under way.
    ~EntryPrinter() override;

    /// Every entry up to this one is to be printed; they are committed.
    void printTo(EntryId last);
    /// While the printer does not touch the capture, somebody else brings it into its closed form.
    void releaseCapture();
    void takeCaptureAgain();
    /// Prints no more. False if that could not be had in a moment, since nobody takes what is being written.
    [[nodiscard]] bool stop();

Q_SIGNALS:
    /// Emitted in the printer's thread when all that was to be printed is, or cannot be any more.
    void caughtUp(sockeye::EntryId last);

private:
    void run();
    [[nodiscard]] EntryId printRange(EntryId first, EntryId last);

    const QString m_path;
    StandardOutput &m_out;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    // Under the lock:
    EntryId m_wanted;
    bool m_isStopping = false;
    bool m_hasEnded = false;
    /// Held while the capture is read; before the other lock, where both are.
    std::mutex m_reading;
    /// Written under both locks, read under either.
    bool m_isReleased = false;
    std::unique_ptr<CaptureReader> m_reader;
    /// The thread's alone.
    EntryLines m_lines;
    /// The last member, for it uses those above.
    std::thread m_thread;
};

} // namespace sockeye::cli
