#include "capture/WriteQueue.h"

#include <utility>

namespace sockeye {

namespace {

/// While it gathers, the writer begins to insert when this much has come.
constexpr size_t ChunkEntries = 1024;
constexpr qint64 ChunkBytes = 1024 * 1024;
/// Connections that came while nothing was recorded: the latest, however long that lasts.
constexpr size_t MaxMissedPuts = 1000;

} // namespace

void WriteBatch::clear()
{
    entries.clear();
    puts.clear();
    annotations.clear();
    annotationCalls = 0;
    bytes = 0;
}

WriteQueue::WriteQueue(qint64 maxEntries, qint64 maxBytes)
    : m_limit(maxEntries, maxBytes)
{
}

void WriteQueue::put(const ConnectionRecord &record)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        if (isClosed()) {
            noteMissed(record);
            return;
        }
        noteArrival();
        m_batch.puts.push_back({m_batch.entries.size(), record});
        wake = wantsWaking();
    }
    if (wake)
        m_wake.notify_one();
}

EntryId WriteQueue::append(NewEntry &&entry)
{
    bool wake = false;
    EntryId id;
    {
        const std::lock_guard lock(m_mutex);
        id = EntryId(++m_lastAppended);
        if (isClosed()) {
            ++m_dropped;
            return id;
        }
        noteArrival();
        const qint64 bytes = entry.payload.size();
        m_batch.entries.push_back(std::move(entry));
        m_batch.bytes += bytes;
        m_pendingBytes += bytes;
        if (m_limit.isBeyond(++m_pendingEntries, m_pendingBytes))
            m_full.store(true, std::memory_order_release);
        wake = wantsWaking();
    }
    if (wake)
        m_wake.notify_one();
    return id;
}

bool WriteQueue::annotate(const AnnotationMap &annotations)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        if (isClosed())
            return false;
        noteArrival();
        ++m_batch.annotationCalls;
        m_batch.annotations.insert(annotations);
        wake = wantsWaking();
    }
    if (wake)
        m_wake.notify_one();
    return true;
}

qint64 WriteQueue::dropped() const
{
    const std::lock_guard lock(m_mutex);
    return m_dropped;
}

void WriteQueue::flush()
{
    std::unique_lock lock(m_mutex);
    const qint64 target = m_sequence;
    m_flushTarget = target;
    m_wake.notify_one();
    m_progress.wait(lock, [&] { return isClosed() || m_committedSequence >= target; });
}

bool WriteQueue::resume(EntryId committed, const std::function<NewEntry(qint64)> &gap)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_error || m_finished || m_stopping)
            return false;
        m_error.reset();
        // Whatever was not committed is lost, and nobody waits for it any more.
        m_committedSequence = m_sequence;
        m_lastAppended = committed.value();
        m_batch.clear();
        m_batch.firstId = committed.value() + 1;
        for (auto &[id, record] : std::exchange(m_missedPuts, {})) {
            noteArrival();
            m_batch.puts.push_back({0, std::move(record)});
        }
        noteArrival();
        m_batch.entries.push_back(gap(m_dropped - std::exchange(m_droppedTold, m_dropped)));
        m_lastAppended += 1;
        m_pendingEntries = 1;
    }
    m_wake.notify_one();
    return true;
}

void WriteQueue::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
}

Result<> WriteQueue::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_error ? Result<>(*m_error) : Result<>();
}

bool WriteQueue::take(WriteBatch &batch, std::optional<SteadyClock::time_point> deadline, bool hasTransaction)
{
    std::unique_lock lock(m_mutex);
    m_gathering = hasTransaction;
    m_waiting = true;
    const auto ready = [this] { return isWorthTaking(); };
    if (deadline)
        m_wake.wait_until(lock, *deadline, ready);
    else
        m_wake.wait(lock, ready);
    m_waiting = false;
    if (m_stopping && m_batch.isEmpty() && !hasTransaction)
        return false;
    std::swap(batch, m_batch);
    m_batch.firstId = batch.firstId + qint64(batch.entries.size());
    return true;
}

bool WriteQueue::isUrgent() const
{
    const std::lock_guard lock(m_mutex);
    return isAwaited();
}

bool WriteQueue::noteCommitted(const WrittenAmount &written, std::chrono::nanoseconds busy)
{
    const std::lock_guard lock(m_mutex);
    m_committedSequence += written.entries + written.puts + written.annotationCalls;
    m_pendingEntries -= written.entries;
    m_pendingBytes -= written.bytes;
    m_limit.measured(written.entries, written.bytes, busy);
    const bool room = !hasRoom() && m_limit.isBelowHalf(m_pendingEntries, m_pendingBytes);
    if (room)
        m_full.store(false, std::memory_order_release);
    m_progress.notify_all();
    return room;
}

bool WriteQueue::fail(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    m_error = error;
    m_dropped += std::exchange(m_pendingEntries, 0);
    m_pendingBytes = 0;
    for (const WriteBatch::Put &put : m_batch.puts)
        noteMissed(put.record);
    m_batch.clear();
    m_progress.notify_all();
    return m_full.exchange(false, std::memory_order_acq_rel);
}

void WriteQueue::finish(const Result<> &closed)
{
    const std::lock_guard lock(m_mutex);
    if (!closed && !m_error)
        m_error = closed.error();
    m_finished = true;
    m_progress.notify_all();
}

void WriteQueue::noteArrival()
{
    ++m_sequence;
    if (m_batch.isEmpty())
        m_batch.firstArrival = SteadyClock::now();
}

void WriteQueue::noteMissed(const ConnectionRecord &record)
{
    m_missedPuts.insert_or_assign(record.id, record);
    if (m_missedPuts.size() > MaxMissedPuts)
        m_missedPuts.erase(m_missedPuts.begin());
}

bool WriteQueue::wantsWaking()
{
    if (!m_waiting || !isWorthTaking())
        return false;
    m_waiting = false;
    return true;
}

bool WriteQueue::isWorthTaking() const
{
    if (isAwaited())
        return true;
    if (m_gathering)
        return m_batch.entries.size() >= ChunkEntries || m_batch.bytes >= ChunkBytes;
    return !m_batch.isEmpty();
}

bool WriteQueue::isAwaited() const
{
    return m_stopping || (!m_error && m_committedSequence < m_flushTarget);
}

} // namespace sockeye
