// The producers' side of CaptureWriter::Worker: what they hand over, under the lock, and when the thread is woken.
#include "capture/CaptureWorker.h"

namespace sockeye {

namespace {

/// While it gathers, the thread begins to insert when this much has come.
constexpr size_t ChunkEntries = 1024;
constexpr qint64 ChunkBytes = 1024 * 1024;

} // namespace

void CaptureWriter::Worker::put(const ConnectionRecord &record)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_error || m_finished)
            return;
        noteArrival();
        m_queue.puts.push_back({m_queue.entries.size(), record});
        wake = wantsWaking();
    }
    if (wake)
        m_wake.notify_one();
}

EntryId CaptureWriter::Worker::append(NewEntry &&entry)
{
    bool wake = false;
    EntryId id;
    {
        const std::lock_guard lock(m_mutex);
        id = EntryId(++m_lastAppended);
        if (m_error || m_finished) {
            ++m_dropped;
            return id;
        }
        noteArrival();
        const qint64 bytes = entry.payload.size();
        m_queue.entries.push_back(std::move(entry));
        m_queue.bytes += bytes;
        m_pendingBytes += bytes;
        if (m_limit.isBeyond(++m_pendingEntries, m_pendingBytes))
            m_full.store(true, std::memory_order_release);
        wake = wantsWaking();
    }
    if (wake)
        m_wake.notify_one();
    return id;
}

bool CaptureWriter::Worker::annotate(const AnnotationMap &annotations)
{
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_error || m_finished)
            return false;
        noteArrival();
        ++m_queue.annotationCalls;
        m_queue.annotations.insert(annotations);
        wake = wantsWaking();
    }
    if (wake)
        m_wake.notify_one();
    return true;
}

qint64 CaptureWriter::Worker::dropped() const
{
    const std::lock_guard lock(m_mutex);
    return m_dropped;
}

void CaptureWriter::Worker::flush()
{
    std::unique_lock lock(m_mutex);
    const qint64 target = m_sequence;
    m_flushTarget = target;
    m_wake.notify_one();
    m_progress.wait(lock, [&] { return m_error || m_finished || m_committedSequence >= target; });
}

Result<> CaptureWriter::Worker::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
    return state();
}

Result<> CaptureWriter::Worker::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_error ? Result<>(*m_error) : Result<>();
}

void CaptureWriter::Worker::noteArrival()
{
    ++m_sequence;
    if (m_queue.isEmpty())
        m_queue.firstArrival = SteadyClock::now();
}

bool CaptureWriter::Worker::wantsWaking()
{
    if (!m_waiting || !isWorthWaking())
        return false;
    m_waiting = false;
    return true;
}

bool CaptureWriter::Worker::isWorthWaking() const
{
    if (isUrgent())
        return true;
    if (m_gathering)
        return m_queue.entries.size() >= ChunkEntries || m_queue.bytes >= ChunkBytes;
    return !m_queue.isEmpty();
}

bool CaptureWriter::Worker::isUrgent() const
{
    return m_stopping || (!m_error && m_committedSequence < m_flushTarget);
}

} // namespace sockeye
