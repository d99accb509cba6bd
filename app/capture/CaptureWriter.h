#pragma once

#include "base/DiskLimits.h"
#include "base/Result.h"
#include "record/Annotation.h"
#include "record/ConnectionRecord.h"
#include "record/Entry.h"

#include <QObject>

#include <memory>

namespace sockeye {

class CaptureWorker;

/// Records into one capture file (docs/capture-format.md), in a thread of its own behind a bounded queue.
///
/// append() and put() may be called from one producing thread at a time and never block; a producer asks hasRoom() and
/// stops reading from its peer when there is none, until roomAvailable() comes. Entries are committed in batches
/// (CommitPace), at most 80 ms after they came, so that a killed program loses less than 100 ms.
///
/// When the disk is full or the file cannot be written, or a limit is reached, failed() tells so once; what was
/// committed stays readable, and later entries are counted and dropped until resume().
class CaptureWriter final : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        /// The queue's bounds; hasRoom() is false beyond either, and true again below half.
        qsizetype maxQueuedEntries = 65'536;
        qsizetype maxQueuedBytes = 64 * 1024 * 1024;
        /// Nothing stays free by default.
        DiskLimits disk{0, 0};
    };

    /// Creates the file; it must not exist.
    [[nodiscard]] static Result<std::unique_ptr<CaptureWriter>> create(const QString &path, Limits limits);
    [[nodiscard]] static Result<std::unique_ptr<CaptureWriter>> create(const QString &path);
    /// Creates the file after start() and in the writer's own thread, so that nobody waits for the disk. Entries are
    /// taken from the first moment on; created() or failed() tells how it went.
    [[nodiscard]] static std::unique_ptr<CaptureWriter> createLater(const QString &path, Limits limits);
    /// After createLater(), when the signals are connected; once.
    void start();
    /// Finishes if finish() was not called.
    ~CaptureWriter() override;

    [[nodiscard]] QString path() const;

    /// A fresh id for put(); thread-safe.
    [[nodiscard]] ConnectionId newConnectionId();
    /// Writes the connection's record, or replaces the one of the same id. Thread-safe, does not block.
    void put(const ConnectionRecord &record);
    /// Records the entry and returns the id it will have. Thread-safe, does not block, takes the entry even without
    /// room.
    EntryId append(NewEntry &&entry);
    /// Sets or removes what stands at these entries. Thread-safe, does not block. False, and nothing is done, after
    /// recording has stopped or finish() was called.
    bool annotate(const AnnotationMap &annotations);
    /// After failed(): goes on recording into the same file, if it was ever made. An event, of the connection that the
    /// last put() was of, counts what is missing. `limits` hold from then on. Thread-safe, does not block; failed() may
    /// come again. False, and nothing is done, if recording goes on or has finished.
    bool resume(const DiskLimits &limits, Timestamp now);
    [[nodiscard]] bool hasRoom() const;

    /// The last committed entry: what a reader can see now. Thread-safe.
    [[nodiscard]] EntryId committed() const;
    /// How many entries were lost because recording had stopped.
    [[nodiscard]] qint64 dropped() const;
    /// Writes out what is queued and waits for it. For tests and for the end of a command.
    void flush();
    /// Writes out everything, brings the file into its closed form (one file, no -wal beside it) and ends the thread.
    [[nodiscard]] Result<> finish();
    /// Why recording stopped, if it did.
    [[nodiscard]] Result<> state() const;
    /// It stopped because the capture is as large as it may be. Thread-safe.
    [[nodiscard]] bool hasReachedMaxSize() const;

Q_SIGNALS:
    // Emitted in the writer's thread: connect queued, with a context object.
    /// The file is there and can be read; only after createLater().
    void created();
    void advanced(sockeye::EntryId last);
    void roomAvailable();
    void connectionsChanged();
    /// What annotate() was given before is in the file now.
    void annotated();
    void failed(const QString &message);

private:
    explicit CaptureWriter(std::unique_ptr<CaptureWorker> worker);

    std::unique_ptr<CaptureWorker> m_worker;
};

} // namespace sockeye
