#pragma once

#include "base/Result.h"
#include "capture/QueueLimit.h"
#include "record/Annotation.h"
#include "record/ConnectionRecord.h"
#include "record/Entry.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace sockeye {

/// What came to a WriteQueue since its writer last took from it, in order.
struct WriteBatch
{
    struct Put
    {
        /// How many of the batch's entries came before it.
        size_t before = 0;
        ConnectionRecord record;
    };

    std::vector<NewEntry> entries;
    std::vector<Put> puts;
    /// Their order among the rest does not matter.
    AnnotationMap annotations;
    /// Calls of annotate().
    qint64 annotationCalls = 0;
    qint64 firstId = 1;
    qint64 bytes = 0;
    std::chrono::steady_clock::time_point firstArrival;

    [[nodiscard]] bool isEmpty() const { return entries.empty() && puts.empty() && annotationCalls == 0; }
    void clear();
};

/// How much of what was taken is committed at once.
struct WrittenAmount
{
    qint64 entries = 0;
    qint64 bytes = 0;
    qint64 puts = 0;
    qint64 annotationCalls = 0;
};

/// The bounded queue between those who record and the thread that writes. Producers push under a lock that the writer
/// holds only to swap the queue for an empty one. The bounds stop nobody: a producer asks hasRoom() and reads no more
/// from its peer while there is none.
class WriteQueue final
{
public:
    using SteadyClock = std::chrono::steady_clock;

    WriteQueue(qint64 maxEntries, qint64 maxBytes);
    WriteQueue(const WriteQueue &) = delete;
    WriteQueue &operator=(const WriteQueue &) = delete;

    // For producers; thread-safe, and none blocks but flush().
    /// The id that the entry will have. After fail() or finish() it is counted and dropped.
    EntryId append(NewEntry &&entry);
    void put(const ConnectionRecord &record);
    /// False, and nothing is done, after fail() or finish().
    [[nodiscard]] bool annotate(const AnnotationMap &annotations);
    [[nodiscard]] bool hasRoom() const { return !m_full.load(std::memory_order_acquire); }
    /// How many entries were lost.
    [[nodiscard]] qint64 dropped() const;
    /// After fail(): takes what comes again, from the id after `committed` on. First come the connections that were put
    /// meanwhile, and the entry that `gap` makes of how many entries were lost since. False, and nothing is done, if
    /// there is nothing to go on with.
    [[nodiscard]] bool resume(EntryId committed, const std::function<NewEntry(qint64 lost)> &gap);
    /// Waits until everything that came before is committed, or nothing will be any more.
    void flush();
    /// Nothing more will come: the writer takes what is left and ends.
    void stop();
    /// Why writing stopped, if it did.
    [[nodiscard]] Result<> state() const;

    // For the writer's thread.
    /// Waits until it is worth taking, or until `deadline` (for ever without one), and swaps the queue for the batch,
    /// which is empty when nothing came. While a transaction is open few entries are left to gather. False at the end,
    /// after stop(), when there is nothing left to take or to commit.
    [[nodiscard]] bool take(WriteBatch &batch, std::optional<SteadyClock::time_point> deadline, bool hasTransaction);
    /// Somebody waits for a commit.
    [[nodiscard]] bool isUrgent() const;
    /// Notes what was committed and how long it took, waiting for more not counted. True if there is room again where
    /// there was none.
    [[nodiscard]] bool noteCommitted(const WrittenAmount &written, std::chrono::nanoseconds busy);
    /// Drops what waits and what comes. True if there is room again where there was none.
    [[nodiscard]] bool fail(const Error &error);
    [[nodiscard]] bool hasFailed() const { return !state().ok(); }
    /// The writer has ended, and so well.
    void finish(const Result<> &closed);

private:
    // Called with the lock held.
    [[nodiscard]] bool isClosed() const { return m_error || m_finished; }
    void noteArrival();
    void noteMissed(const ConnectionRecord &record);
    [[nodiscard]] bool wantsWaking();
    [[nodiscard]] bool isWorthTaking() const;
    [[nodiscard]] bool isAwaited() const;

    std::atomic<bool> m_full{false};
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_progress;
    // All below under the lock.
    WriteBatch m_batch;
    QueueLimit m_limit;
    qint64 m_lastAppended = 0;
    qint64 m_sequence = 0;          ///< entries, puts and annotations that came
    qint64 m_committedSequence = 0; ///< of these, committed
    qint64 m_flushTarget = 0;       ///< how many of these somebody waits for
    qint64 m_pendingEntries = 0;
    qint64 m_pendingBytes = 0;
    qint64 m_dropped = 0;
    /// Of these, how many are told of by the entries of resume().
    qint64 m_droppedTold = 0;
    /// What was put since fail(), the last of each connection.
    std::map<ConnectionId, ConnectionRecord> m_missedPuts;
    bool m_waiting = false;   ///< the writer sleeps
    bool m_gathering = false; ///< it has a transaction open
    bool m_stopping = false;
    bool m_finished = false;
    std::optional<Error> m_error;
};

} // namespace sockeye
