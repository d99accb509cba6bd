#pragma once

#include "base/DiskLimits.h"
#include "capture/CaptureWriter.h"
#include "capture/Checkpointer.h"
#include "capture/CommitPace.h"
#include "capture/EntryInserter.h"
#include "capture/WriteQueue.h"
#include "sqlite/Sqlite.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <span>
#include <thread>

namespace sockeye {

/// The writer's thread. It takes what came from its queue, and inserts, commits and checkpoints without holding the
/// queue's lock.
///
/// A transaction begins with the first entry that came and ends when CommitPace says so; commits, and the signals that
/// follow them, come at most some 60 times a second.
class CaptureWorker final
{
public:
    CaptureWorker(QString path, CaptureWriter::Limits limits);
    ~CaptureWorker();
    CaptureWorker(const CaptureWorker &) = delete;
    CaptureWorker &operator=(const CaptureWorker &) = delete;

    /// Creates the capture; what was not made before start() is made by the thread.
    [[nodiscard]] Result<> makeFile();
    /// Emits the owner's signals from the thread.
    void start(CaptureWriter *owner);

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] ConnectionId newConnectionId() { return ConnectionId(++m_connections); }
    [[nodiscard]] WriteQueue &queue() { return m_queue; }
    [[nodiscard]] const WriteQueue &queue() const { return m_queue; }
    [[nodiscard]] EntryId committed() const { return EntryId(m_committed.load(std::memory_order_acquire)); }
    /// Thread-safe.
    [[nodiscard]] bool resume(const DiskLimits &limits, Timestamp now);
    [[nodiscard]] bool hasReachedMaxSize() const { return m_hasReachedMaxSize.load(std::memory_order_acquire); }
    Result<> finish();

private:
    using SteadyClock = std::chrono::steady_clock;

    /// What the open transaction holds.
    struct Transaction
    {
        WrittenAmount written;
        qint64 lastId = 0;
    };

    // The thread's.
    void run();
    [[nodiscard]] bool take(WriteBatch &batch);
    void write(const WriteBatch &batch);
    [[nodiscard]] Result<> recover();
    [[nodiscard]] Result<> checkDisk(qint64 bytes);
    [[nodiscard]] qint64 captureSize() const;
    [[nodiscard]] bool isCommitDue() const;
    [[nodiscard]] Result<> writeAll(const WriteBatch &batch);
    [[nodiscard]] Result<> writeAnnotations(const WriteBatch &batch);
    [[nodiscard]] Result<size_t> writeEntries(qint64 firstId, std::span<const NewEntry> entries);
    [[nodiscard]] Result<> begin(SteadyClock::time_point arrival);
    [[nodiscard]] Result<> commit();
    void publish(const Transaction &done);
    void checkpointIfLarge(SteadyClock::time_point now);
    void checkpointAfterSilence();
    void requestCheckpoint(SteadyClock::time_point now);
    void fail(const Error &error);
    [[nodiscard]] Result<> close();

    const QString m_path;
    SqliteDatabase m_database;
    std::optional<EntryInserter> m_inserter;
    CaptureWriter *m_owner = nullptr;
    std::thread m_thread;
    std::atomic<qint64> m_connections{0};
    std::atomic<qint64> m_committed{0};
    std::atomic<bool> m_hasReachedMaxSize{false};
    std::mutex m_limitsMutex;
    /// Under the lock: what resume() was given, until the thread takes it.
    std::optional<DiskLimits> m_newLimits;
    WriteQueue m_queue;

    // The thread's alone.
    std::optional<Transaction> m_transaction;
    DiskGuard m_guard;
    /// Since fail(), until recover().
    bool m_hasFailed = false;
    CommitPace m_pace;
    /// Since when the thread has been busy, and for how long before that since the last commit.
    SteadyClock::time_point m_busySince;
    std::chrono::nanoseconds m_busy{0};
    /// Nothing has come for QuietTime, and the WAL was carried home.
    bool m_isQuiet = false;
    std::unique_ptr<Checkpointer> m_checkpointer;
    int m_walPages = 0;
    int m_requestedPages = 0;
    SteadyClock::time_point m_lastRequest;
};

} // namespace sockeye
