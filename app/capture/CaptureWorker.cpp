#include "capture/CaptureWorker.h"

#include "capture/CaptureFile.h"
#include "capture/CaptureSchema.h"

#include <QCoreApplication>
#include <QDir>

#include <sqlite3.h>

namespace sockeye {

namespace {

constexpr std::chrono::milliseconds BatchTime{16};
/// Looking at the clock costs a tenth of an insert: not after each small one.
constexpr qint64 ClockEntries = 64;
constexpr qint64 ClockBytes = 256 * 1024;
/// The WAL is carried home in the background each time it has grown by so much ...
constexpr int BackgroundPages = 16 * 1024 * 1024 / CaptureSchema::PageSize;
/// ... and begun anew, for which the writer has to hold still, beyond so much: at once when little is left to carry,
/// and in any case when the background has fallen far behind. (A sync took 50 to 200 ms where this was measured.)
constexpr int RestartPages = 16 * BackgroundPages;
constexpr int MaxPages = 4 * RestartPages;
/// After so much silence the WAL is carried home, however small it is.
constexpr std::chrono::milliseconds QuietTime{1000};
constexpr int BusyMs = 2000;

Error movedError(const QString &path)
{
    return Error{QCoreApplication::translate("sockeye::CaptureWriter",
                                             "%1 was moved or deleted while it was being recorded. Connect again to "
                                             "record into a new file.")
                     .arg(QDir::toNativeSeparators(path))};
}

Error notBegunError(const Error &cause)
{
    return Error{QCoreApplication::translate("sockeye::CaptureWriter", "Nothing is recorded: %1").arg(cause.message)};
}

Error stoppedError(const Error &cause)
{
    return Error{QCoreApplication::translate("sockeye::CaptureWriter",
                                             "Recording stopped: %1 What was recorded before stays readable.")
                     .arg(cause.message)};
}

} // namespace

void CaptureWriter::Worker::Batch::clear()
{
    entries.clear();
    puts.clear();
    annotations.clear();
    annotationCalls = 0;
    bytes = 0;
}

CaptureWriter::Worker::Worker(QString path, Limits limits)
    : m_path(std::move(path))
    , m_limit(limits.maxQueuedEntries, limits.maxQueuedBytes)
{
    m_queue.firstId = 1;
}

Result<> CaptureWriter::Worker::makeFile()
{
    Result<SqliteDatabase> database = CaptureFile::create(m_path);
    if (!database)
        return database.error();
    Result<EntryInserter> inserter = EntryInserter::create(database.value());
    if (!inserter)
        return inserter.error();
    m_database = std::move(database).value();
    m_inserter = std::move(inserter).value();
    m_database.setBusyTimeout(BusyMs);
    sqlite3_wal_hook(
        m_database.handle(),
        [](void *worker, sqlite3 *, const char *, int pages) {
            static_cast<Worker *>(worker)->m_walPages = pages;
            return SQLITE_OK;
        },
        this);
    return {};
}

CaptureWriter::Worker::~Worker()
{
    static_cast<void>(finish().ok());
}

void CaptureWriter::Worker::start(CaptureWriter *owner)
{
    m_owner = owner;
    m_thread = std::thread([this] { run(); });
}

void CaptureWriter::Worker::run()
{
    if (!m_inserter) {
        if (const Result<> made = makeFile(); made)
            Q_EMIT m_owner->created();
        else
            fail(made.error());
    }
    m_checkpointer = std::make_unique<Checkpointer>(m_path);
    m_busySince = SteadyClock::now();
    Batch batch;
    while (take(batch)) {
        write(batch);
        batch.clear();
    }
    const Result<> closed = close();
    const std::lock_guard lock(m_mutex);
    if (!closed && !m_error)
        m_error = closed.error();
    m_finished = true;
    m_progress.notify_all();
}

/// Waits for something to do; false at the end. The batch is empty when it is only the open transaction's time to end.
bool CaptureWriter::Worker::take(Batch &batch)
{
    m_busy += SteadyClock::now() - m_busySince;
    std::unique_lock lock(m_mutex);
    m_gathering = m_transaction.has_value();
    m_waiting = true;
    const auto ready = [this] { return isWorthWaking(); };
    if (m_gathering) {
        m_wake.wait_until(lock, m_transaction->deadline, ready);
    } else if (!m_wake.wait_for(lock, QuietTime, ready)) {
        checkpointQuietly();
        m_wake.wait(lock, ready);
    }
    m_waiting = false;
    if (m_stopping && m_queue.isEmpty() && !m_transaction)
        return false;
    std::swap(batch, m_queue);
    m_queue.firstId = batch.firstId + qint64(batch.entries.size());
    m_busySince = SteadyClock::now();
    return true;
}

void CaptureWriter::Worker::write(const Batch &batch)
{
    if (m_error)
        return;
    Result<> done = writeAll(batch);
    if (done && isCommitDue())
        done = commit();
    if (!done)
        fail(done.error());
}

bool CaptureWriter::Worker::isCommitDue() const
{
    if (!m_transaction)
        return false;
    if (SteadyClock::now() >= m_transaction->deadline)
        return true;
    const std::lock_guard lock(m_mutex);
    return isUrgent();
}

Result<> CaptureWriter::Worker::writeAll(const Batch &batch)
{
    auto put = batch.puts.begin();
    for (size_t i = 0; i < batch.entries.size() || put != batch.puts.end();) {
        if (Result<> begun = begin(batch.firstArrival); !begun)
            return begun;
        for (; put != batch.puts.end() && put->before <= i; ++put) {
            if (Result<> done = m_inserter->put(put->record); !done)
                return done;
            ++m_transaction->puts;
        }
        const size_t end = put == batch.puts.end() ? batch.entries.size() : std::min(put->before, batch.entries.size());
        const Result<size_t> written =
            writeEntries(batch.firstId + qint64(i), std::span(batch.entries).subspan(i, end - i));
        if (!written)
            return written.error();
        i += written.value();
    }
    return writeAnnotations(batch);
}

Result<> CaptureWriter::Worker::writeAnnotations(const Batch &batch)
{
    if (batch.annotationCalls == 0)
        return {};
    if (Result<> begun = begin(batch.firstArrival); !begun)
        return begun;
    m_transaction->annotationCalls += batch.annotationCalls;
    return m_inserter->annotate(batch.annotations);
}

/// Writes the first of the entries, or as many plain ones as go in at once; how many is the result.
Result<size_t> CaptureWriter::Worker::writeEntries(qint64 firstId, std::span<const NewEntry> entries)
{
    if (entries.empty())
        return size_t(0);
    constexpr size_t many = EntryInserter::RowsAtOnce;
    const bool areMany =
        entries.size() >= many && std::all_of(entries.begin(), entries.begin() + many, EntryInserter::isPlain);
    const size_t count = areMany ? many : 1;
    const Result<> done = areMany ? m_inserter->insertPlain(EntryId(firstId), entries.first<many>())
                                  : m_inserter->insert(EntryId(firstId), entries.front());
    if (!done)
        return done.error();
    m_transaction->lastId = firstId + static_cast<qint64>(count) - 1;
    const qint64 before = m_transaction->entries / ClockEntries;
    m_transaction->entries += static_cast<qint64>(count);
    for (const NewEntry &entry : entries.first(count))
        m_transaction->bytes += entry.payload.size();
    const bool lookAtClock =
        m_transaction->entries / ClockEntries != before || entries.front().payload.size() >= ClockBytes;
    if (lookAtClock && SteadyClock::now() >= m_transaction->deadline) {
        if (Result<> committed = commit(); !committed)
            return committed.error();
    }
    return count;
}

Result<> CaptureWriter::Worker::begin(SteadyClock::time_point arrival)
{
    if (m_transaction)
        return {};
    if (Result<> begun = m_inserter->begin(); !begun)
        return begun;
    Transaction transaction;
    transaction.deadline = std::max(arrival, m_lastCommit) + BatchTime;
    m_transaction = transaction;
    return {};
}

Result<> CaptureWriter::Worker::commit()
{
    // SQLite would go on writing into a file that nobody can find any more.
    if (m_database.hasMoved())
        return movedError(m_path);
    if (Result<> committed = m_inserter->commit(); !committed)
        return committed;
    m_lastCommit = SteadyClock::now();
    m_busy += m_lastCommit - m_busySince;
    m_busySince = m_lastCommit;
    publish(*std::exchange(m_transaction, std::nullopt));
    checkpointIfLarge();
    return {};
}

void CaptureWriter::Worker::publish(const Transaction &done)
{
    if (done.entries > 0)
        m_committed.store(done.lastId, std::memory_order_release);
    bool room = false;
    {
        const std::lock_guard lock(m_mutex);
        m_committedSequence += done.entries + done.puts + done.annotationCalls;
        m_pendingEntries -= done.entries;
        m_pendingBytes -= done.bytes;
        m_limit.measured(done.entries, done.bytes, std::exchange(m_busy, {}));
        room = !hasRoom() && m_limit.isBelowHalf(m_pendingEntries, m_pendingBytes);
        if (room)
            m_full.store(false, std::memory_order_release);
        m_progress.notify_all();
    }
    if (done.entries > 0)
        Q_EMIT m_owner->advanced(EntryId(done.lastId));
    if (done.puts > 0)
        Q_EMIT m_owner->connectionsChanged();
    if (done.annotationCalls > 0)
        Q_EMIT m_owner->annotated();
    if (room)
        Q_EMIT m_owner->roomAvailable();
}

/// What a reader holds back now is carried home next time; a real failure shows at the next write.
void CaptureWriter::Worker::checkpointIfLarge()
{
    if (m_walPages < m_requestedPages)
        m_requestedPages = 0;
    const int left = m_walPages - m_checkpointer->pagesDone();
    if ((m_walPages >= RestartPages && left >= 0 && left < BackgroundPages) || m_walPages >= MaxPages) {
        sqlite3_wal_checkpoint_v2(m_database.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    } else if (m_walPages - m_requestedPages >= BackgroundPages) {
        m_requestedPages = m_walPages;
        m_checkpointer->request();
    }
}

/// Whatever is left goes home, so that the WAL begins anew with what comes next.
void CaptureWriter::Worker::checkpointQuietly()
{
    if (m_requestedPages == m_walPages)
        return;
    m_requestedPages = m_walPages;
    m_checkpointer->request();
}

void CaptureWriter::Worker::fail(const Error &error)
{
    m_transaction.reset();
    if (m_database.isOpen())
        static_cast<void>(m_database.run("ROLLBACK").ok());
    const Error told = m_inserter ? stoppedError(error) : notBegunError(error);
    bool wasFull = false;
    {
        const std::lock_guard lock(m_mutex);
        m_error = told;
        m_dropped += std::exchange(m_pendingEntries, 0);
        m_pendingBytes = 0;
        m_queue.clear();
        wasFull = m_full.exchange(false, std::memory_order_acq_rel);
        m_progress.notify_all();
    }
    Q_EMIT m_owner->failed(told.message);
    if (wasFull)
        Q_EMIT m_owner->roomAvailable();
}

/// Everything into the one file. With readers on it the file stays in WAL mode with an empty WAL, and the last of them
/// to go brings it into its closed form.
Result<> CaptureWriter::Worker::close()
{
    m_checkpointer.reset();
    if (!m_database.isOpen())
        return {};
    m_inserter.reset();
    const Result<QVariant> checkpointed = m_database.value("PRAGMA wal_checkpoint(TRUNCATE)");
    static_cast<void>(m_database.value("PRAGMA journal_mode = DELETE").ok());
    m_database.close();
    return checkpointed ? Result<>() : Result<>(checkpointed.error());
}

} // namespace sockeye
