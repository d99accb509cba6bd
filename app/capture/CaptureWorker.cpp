#include "capture/CaptureWorker.h"

#include "base/Units.h"
#include "capture/CaptureFile.h"
#include "capture/CaptureSchema.h"
#include "capture/PayloadFile.h"

#include <QCoreApplication>
#include <QDir>

#include <sqlite3.h>

namespace sockeye {

namespace {

/// Looking at the clock costs a tenth of an insert: not after each small one.
constexpr size_t ClockEntries = 256;
constexpr qint64 ClockBytes = 256 * 1024;
/// The WAL is carried home in the background each time it has grown by so much, and after so long a time if it is not
/// quite small. Of a quiet feed all is home before the next commit, which then begins the WAL anew.
constexpr int BackgroundPages = 16 * 1024 * 1024 / CaptureSchema::PageSize;
constexpr int SmallPages = 1024 * 1024 / CaptureSchema::PageSize;
constexpr std::chrono::milliseconds SmallTime{1000};
/// It is begun anew, for which the writer has to hold still, beyond so much: at once when little is left to carry, and
/// in any case when the background has fallen far behind. (A sync took 50 to 200 ms where this was measured.)
constexpr int RestartPages = 16 * BackgroundPages;
constexpr int MaxPages = 4 * RestartPages;
/// After so much silence the WAL is carried home, however small it is.
constexpr std::chrono::milliseconds IdleTime{1000};
constexpr int WorkerBusyMs = 2000;

Error movedError(const QString &path)
{
    return Error{QCoreApplication::translate("sockeye::CaptureWriter",
                                             "%1 was moved or deleted while it was being recorded. Connect again to "
                                             "record into a new file.")
                     .arg(QDir::toNativeSeparators(path))};
}

Error reserveError(const QString &path, const std::optional<DiskGuard::Space> &space)
{
    const DiskGuard::Space now = space.value_or(DiskGuard::Space());
    return Error{QCoreApplication::translate(
                     "sockeye::CaptureWriter",
                     "Only %1 are free on the disk of %2, and Sockeye leaves %3 for everything else. Make room, or "
                     "choose a smaller reserve under File > Recent captures.")
                     .arg(sizeText(now.free), QDir::toNativeSeparators(path), sizeText(now.reserve))};
}

Error sizeError(const QString &path, qint64 maxSize)
{
    return Error{QCoreApplication::translate("sockeye::CaptureWriter", "%1 has reached its limit of %2.")
                     .arg(QDir::toNativeSeparators(path), sizeText(maxSize))};
}

QString gapText(qint64 lost)
{
    if (lost == 0)
        return QCoreApplication::translate("sockeye::CaptureWriter", "Recording goes on. Nothing is missing.");
    if (lost == 1)
        return QCoreApplication::translate("sockeye::CaptureWriter",
                                           "Recording goes on. 1 entry is missing: it was not recorded.");
    return QCoreApplication::translate("sockeye::CaptureWriter",
                                       "Recording goes on. %1 entries are missing: they were not recorded.")
        .arg(countText(lost));
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

CaptureWorker::CaptureWorker(QString path, CaptureWriter::Limits limits)
    : m_path(std::move(path))
    , m_queue(limits.maxQueuedEntries, limits.maxQueuedBytes)
    , m_guard(m_path, limits.disk)
{
}

Result<> CaptureWorker::makeFile()
{
    Result<SqliteDatabase> database = CaptureFile::create(m_path);
    if (!database)
        return database.error();
    Result<EntryInserter> inserter = EntryInserter::create(database.value());
    if (!inserter)
        return inserter.error();
    m_database = std::move(database).value();
    m_inserter = std::move(inserter).value();
    m_database.setBusyTimeout(WorkerBusyMs);
    sqlite3_wal_hook(
        m_database.handle(),
        [](void *worker, sqlite3 *, const char *, int pages) {
            static_cast<CaptureWorker *>(worker)->m_walPages = pages;
            return SQLITE_OK;
        },
        this);
    return {};
}

CaptureWorker::~CaptureWorker()
{
    static_cast<void>(finish().ok());
}

void CaptureWorker::start(CaptureWriter *owner)
{
    m_owner = owner;
    m_thread = std::thread([this] { run(); });
}

Result<> CaptureWorker::finish()
{
    m_queue.stop();
    if (m_thread.joinable())
        m_thread.join();
    return m_queue.state();
}

void CaptureWorker::run()
{
    if (!m_inserter) {
        if (const Result<> made = makeFile(); made)
            Q_EMIT m_owner->created();
        else
            fail(made.error());
    }
    m_checkpointer = std::make_unique<Checkpointer>(m_path);
    m_busySince = SteadyClock::now();
    WriteBatch batch;
    while (take(batch)) {
        if (batch.isEmpty() && !m_transaction)
            checkpointAfterSilence();
        else
            write(batch);
        batch.clear();
    }
    m_queue.finish(close());
}

/// Waits for something to do; false at the end. The batch is empty when it is only the open transaction's time to end,
/// or when nothing came for a while.
bool CaptureWorker::take(WriteBatch &batch)
{
    const SteadyClock::time_point now = SteadyClock::now();
    m_busy += now - m_busySince;
    std::optional<SteadyClock::time_point> deadline;
    if (m_transaction)
        deadline = m_pace.nextLook(now);
    else if (!m_isQuiet)
        deadline = now + IdleTime;
    const bool taken = m_queue.take(batch, deadline, m_transaction.has_value());
    m_busySince = SteadyClock::now();
    return taken;
}

void CaptureWorker::write(const WriteBatch &batch)
{
    m_isQuiet = false;
    if (m_queue.hasFailed())
        return;
    Result<> done = m_hasFailed ? recover() : Result<>();
    if (done)
        done = writeAll(batch);
    if (done && isCommitDue())
        done = commit();
    if (!done)
        fail(done.error());
}

bool CaptureWorker::resume(const DiskLimits &limits, Timestamp now)
{
    {
        const std::lock_guard lock(m_limitsMutex);
        m_newLimits = limits;
    }
    const ConnectionId connection(std::max<qint64>(m_connections, 1));
    return m_queue.resume(committed(), [&](qint64 lost) {
        return NewEntry::fromEvent(connection, now, EventKind::Notice, gapText(lost));
    });
}

/// After fail() and resume(): the file may not even have been made, and what was counted of entries that were rolled
/// back is wrong.
Result<> CaptureWorker::recover()
{
    {
        const std::lock_guard lock(m_limitsMutex);
        if (m_newLimits)
            m_guard.setLimits(*std::exchange(m_newLimits, std::nullopt));
    }
    m_hasReachedMaxSize.store(false, std::memory_order_release);
    if (!m_inserter) {
        if (Result<> made = makeFile(); !made)
            return made;
        Q_EMIT m_owner->created();
    } else if (Result<> begun = m_inserter->beginAnew(m_database); !begun) {
        return begun;
    }
    m_hasFailed = false;
    return {};
}

/// A limit stops the recording once what came before is committed.
Result<> CaptureWorker::checkDisk(qint64 bytes)
{
    if (!m_guard.isDue(bytes, SteadyClock::now()))
        return {};
    switch (m_guard.verdict(m_guard.limits().maxSize > 0 ? captureSize() : 0)) {
    case DiskGuard::Verdict::ReserveReached:
        return reserveError(m_path, m_guard.space());
    case DiskGuard::Verdict::SizeReached:
        m_hasReachedMaxSize.store(true, std::memory_order_release);
        return sizeError(m_path, m_guard.limits().maxSize);
    case DiskGuard::Verdict::Room:
        break;
    }
    return {};
}

/// What the capture will be once it is closed.
qint64 CaptureWorker::captureSize() const
{
    const Result<QVariant> pages = m_database.value("PRAGMA page_count");
    return (pages ? pages->toLongLong() : 0) * CaptureSchema::PageSize + PayloadFile::sizeFor(m_path);
}

bool CaptureWorker::isCommitDue() const
{
    return m_transaction && (m_pace.isDue(SteadyClock::now(), m_transaction->written) || m_queue.isUrgent());
}

Result<> CaptureWorker::writeAll(const WriteBatch &batch)
{
    auto put = batch.puts.begin();
    for (size_t i = 0; i < batch.entries.size() || put != batch.puts.end();) {
        if (Result<> begun = begin(batch.firstArrival); !begun)
            return begun;
        for (; put != batch.puts.end() && put->before <= i; ++put) {
            if (Result<> done = m_inserter->put(put->record); !done)
                return done;
            ++m_transaction->written.puts;
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

Result<> CaptureWorker::writeAnnotations(const WriteBatch &batch)
{
    if (batch.annotationCalls == 0)
        return {};
    if (Result<> begun = begin(batch.firstArrival); !begun)
        return begun;
    m_transaction->written.annotationCalls += batch.annotationCalls;
    return m_inserter->annotate(batch.annotations);
}

/// Writes the first of the entries, as many as may go in between two looks at the clock; how many is the result.
Result<size_t> CaptureWorker::writeEntries(qint64 firstId, std::span<const NewEntry> entries)
{
    size_t count = 0;
    qint64 bytes = 0;
    while (count < std::min(entries.size(), ClockEntries) && bytes < ClockBytes)
        bytes += entries[count++].payload.size();
    if (count == 0)
        return count;
    if (const Result<> done = m_inserter->insert(EntryId(firstId), entries.first(count)); !done)
        return done.error();
    m_transaction->lastId = firstId + static_cast<qint64>(count) - 1;
    m_transaction->written.entries += static_cast<qint64>(count);
    m_transaction->written.bytes += bytes;
    if (m_pace.isDue(SteadyClock::now(), m_transaction->written)) {
        if (Result<> committed = commit(); !committed)
            return committed.error();
    }
    return count;
}

Result<> CaptureWorker::begin(SteadyClock::time_point arrival)
{
    if (m_transaction)
        return {};
    if (Result<> begun = m_inserter->begin(); !begun)
        return begun;
    m_pace.begin(arrival);
    m_transaction = Transaction();
    return {};
}

Result<> CaptureWorker::commit()
{
    // SQLite would go on writing into a file that nobody can find any more.
    if (m_database.hasMoved())
        return movedError(m_path);
    const bool withSums = m_pace.areSumsDue(SteadyClock::now(), m_transaction->written);
    if (Result<> committed = m_inserter->commit(withSums); !committed)
        return committed;
    const SteadyClock::time_point now = SteadyClock::now();
    m_pace.committed(now, withSums);
    m_busy += now - m_busySince;
    m_busySince = now;
    const Transaction done = *std::exchange(m_transaction, std::nullopt);
    publish(done);
    checkpointIfLarge(now);
    return checkDisk(done.written.bytes);
}

void CaptureWorker::publish(const Transaction &done)
{
    if (done.written.entries > 0)
        m_committed.store(done.lastId, std::memory_order_release);
    const bool hasRoomAgain = m_queue.noteCommitted(done.written, std::exchange(m_busy, {}));
    if (done.written.entries > 0)
        Q_EMIT m_owner->advanced(EntryId(done.lastId));
    if (done.written.puts > 0) {
        // Even a copy of the file alone is to tell whose capture it is.
        m_checkpointer->request();
        Q_EMIT m_owner->connectionsChanged();
    }
    if (done.written.annotationCalls > 0)
        Q_EMIT m_owner->annotated();
    if (hasRoomAgain)
        Q_EMIT m_owner->roomAvailable();
}

/// What a reader holds back now is carried home next time; a real failure shows at the next write.
void CaptureWorker::checkpointIfLarge(SteadyClock::time_point now)
{
    if (m_walPages < m_requestedPages)
        m_requestedPages = 0;
    const int left = m_walPages - m_checkpointer->pagesDone();
    if ((m_walPages >= RestartPages && left >= 0 && left < BackgroundPages) || m_walPages >= MaxPages) {
        sqlite3_wal_checkpoint_v2(m_database.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    } else if (m_walPages - m_requestedPages >= BackgroundPages ||
               (m_walPages >= SmallPages && now - m_lastRequest >= SmallTime)) {
        requestCheckpoint(now);
    }
}

/// Whatever is left goes home, so that the WAL begins anew with what comes next.
void CaptureWorker::checkpointAfterSilence()
{
    m_isQuiet = true;
    if (m_requestedPages != m_walPages)
        requestCheckpoint(SteadyClock::now());
}

void CaptureWorker::requestCheckpoint(SteadyClock::time_point now)
{
    m_lastRequest = now;
    m_requestedPages = m_walPages;
    m_checkpointer->request();
}

void CaptureWorker::fail(const Error &error)
{
    m_transaction.reset();
    m_hasFailed = true;
    if (m_database.isOpen())
        static_cast<void>(m_database.run("ROLLBACK").ok());
    const Error told = m_inserter ? stoppedError(error) : notBegunError(error);
    const bool hasRoomAgain = m_queue.fail(told);
    Q_EMIT m_owner->failed(told.message);
    if (hasRoomAgain)
        Q_EMIT m_owner->roomAvailable();
}

/// Everything into the one file. With readers on it the file stays in WAL mode with an empty WAL, and the last of them
/// to go brings it into its closed form.
Result<> CaptureWorker::close()
{
    m_checkpointer.reset();
    if (!m_database.isOpen())
        return {};
    m_inserter.reset();
    static_cast<void>(CaptureSchema::markFinished(m_database).ok());
    const Result<QVariant> checkpointed = m_database.value("PRAGMA wal_checkpoint(TRUNCATE)");
    m_database.close();
    CaptureFile::closeForm(m_path);
    return checkpointed ? Result<>() : Result<>(checkpointed.error());
}

} // namespace sockeye
