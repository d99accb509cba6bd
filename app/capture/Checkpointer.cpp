#include "capture/Checkpointer.h"

#include "capture/PayloadFile.h"

#include <sqlite3.h>

namespace sockeye {

namespace {

/// Another program that looks whether the file is live holds it for a moment.
constexpr int CheckpointBusyMs = 1000;

} // namespace

Checkpointer::Checkpointer(QString path)
    : m_path(std::move(path))
{
}

Checkpointer::~Checkpointer()
{
    m_thread.clear();
}

void Checkpointer::request()
{
    // One that waits would do no more than this one.
    m_thread.clear();
    m_thread.run([this] { checkpoint(); });
}

void Checkpointer::checkpoint()
{
    // Kept open it would cost each of many live captures its files.
    const Result<SqliteDatabase> database = open();
    if (!database)
        return;
    // What the rows name is to reach the disk before they do.
    PayloadFile::sync(m_path);
    // A failure needs no word of its own: the WAL keeps what it holds, and the writer meets the same disk.
    int pagesDone = 0;
    if (sqlite3_wal_checkpoint_v2(database->handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, &pagesDone) ==
        SQLITE_OK)
        m_pagesDone.store(pagesDone, std::memory_order_relaxed);
}

Result<SqliteDatabase> Checkpointer::open() const
{
    Result<SqliteDatabase> opened = SqliteDatabase::open(m_path, SqliteDatabase::Mode::ReadWrite);
    if (!opened)
        return opened;
    opened->setBusyTimeout(CheckpointBusyMs);
    if (const Result<> ready = opened->run("PRAGMA synchronous = NORMAL; SELECT 1 FROM meta LIMIT 1"); !ready)
        return ready.error();
    return opened;
}

} // namespace sockeye
