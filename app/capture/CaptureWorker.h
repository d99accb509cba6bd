#pragma once

#include "capture/CaptureWriter.h"
#include "capture/Checkpointer.h"
#include "capture/EntryInserter.h"
#include "capture/QueueLimit.h"
#include "capture/Sqlite.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

namespace sockeye {

/// The writer's thread and the queue before it. Producers push under a lock that the thread holds only to swap the
/// queue for an empty one; inserting, committing and checkpointing happen outside it.
///
/// A transaction begins with the first entry that came and ends BatchTime later, so commits (and the signals that
/// follow them) come at most some 60 times a second, and an entry waits no longer than that for its own.
class CaptureWriter::Worker final
{
public:
    Worker(QString path, Limits limits);
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    /// Creates the capture; what was not made before start() is made by the thread.
    [[nodiscard]] Result<> makeFile();
    void start(CaptureWriter *owner);

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] ConnectionId newConnectionId() { return ConnectionId(++m_connections); }
    void put(const ConnectionRecord &record);
    EntryId append(NewEntry &&entry);
    bool annotate(const AnnotationMap &annotations);
    [[nodiscard]] bool hasRoom() const { return !m_full.load(std::memory_order_acquire); }
    [[nodiscard]] EntryId committed() const { return EntryId(m_committed.load(std::memory_order_acquire)); }
    [[nodiscard]] qint64 dropped() const;
    void flush();
    Result<> finish();
    [[nodiscard]] Result<> state() const;

private:
    using SteadyClock = std::chrono::steady_clock;

    struct Put
    {
        /// How many of the batch's entries came before it.
        size_t before = 0;
        ConnectionRecord record;
    };

    /// What came since the last swap, in order.
    struct Batch
    {
        std::vector<NewEntry> entries;
        std::vector<Put> puts;
        /// Their order among the rest does not matter.
        AnnotationMap annotations;
        /// Calls of annotate(), each of which counts in m_sequence.
        qint64 annotationCalls = 0;
        qint64 firstId = 0;
        qint64 bytes = 0;
        SteadyClock::time_point firstArrival;

        [[nodiscard]] bool isEmpty() const { return entries.empty() && puts.empty() && annotationCalls == 0; }
        void clear();
    };

    /// What the open transaction holds.
    struct Transaction
    {
        qint64 entries = 0;
        qint64 bytes = 0;
        qint64 puts = 0;
        qint64 annotationCalls = 0;
        qint64 lastId = 0;
        SteadyClock::time_point deadline;
    };

    // Called with the lock held.
    void noteArrival();
    [[nodiscard]] bool wantsWaking();
    [[nodiscard]] bool isWorthWaking() const;
    /// Whether somebody waits for a commit.
    [[nodiscard]] bool isUrgent() const;

    // The thread's.
    void run();
    [[nodiscard]] bool take(Batch &batch);
    void write(const Batch &batch);
    [[nodiscard]] bool isCommitDue() const;
    [[nodiscard]] Result<> writeAll(const Batch &batch);
    [[nodiscard]] Result<> writeAnnotations(const Batch &batch);
    [[nodiscard]] Result<size_t> writeEntries(qint64 firstId, std::span<const NewEntry> entries);
    [[nodiscard]] Result<> begin(SteadyClock::time_point arrival);
    [[nodiscard]] Result<> commit();
    void publish(const Transaction &done);
    void checkpointIfLarge();
    void checkpointQuietly();
    void fail(const Error &error);
    [[nodiscard]] Result<> close();

    const QString m_path;
    SqliteDatabase m_database;
    std::optional<EntryInserter> m_inserter;
    CaptureWriter *m_owner = nullptr;
    std::thread m_thread;
    std::atomic<qint64> m_connections{0};
    std::atomic<qint64> m_committed{0};
    std::atomic<bool> m_full{false};

    // The thread's alone.
    std::optional<Transaction> m_transaction;
    SteadyClock::time_point m_lastCommit;
    /// Since when the thread has been busy, and for how long before that since the last commit.
    SteadyClock::time_point m_busySince;
    std::chrono::nanoseconds m_busy{0};
    std::unique_ptr<Checkpointer> m_checkpointer;
    int m_walPages = 0;
    int m_requestedPages = 0;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_progress;
    // All below under the lock.
    Batch m_queue;
    QueueLimit m_limit;
    qint64 m_lastAppended = 0;
    qint64 m_sequence = 0;          ///< entries, puts and annotations that came
    qint64 m_committedSequence = 0; ///< of these, committed
    qint64 m_flushTarget = 0;       ///< how many of these somebody waits for
    qint64 m_pendingEntries = 0;
    qint64 m_pendingBytes = 0;
    qint64 m_dropped = 0;
    bool m_waiting = false;
    bool m_gathering = false;
    bool m_stopping = false;
    bool m_finished = false;
    std::optional<Error> m_error;
};

} // namespace sockeye
