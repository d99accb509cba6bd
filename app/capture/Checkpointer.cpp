#include "capture/Checkpointer.h"

#include "capture/Sqlite.h"

#include <sqlite3.h>

namespace sockeye {

namespace {

/// Another program that looks whether the file is live holds it for a moment.
constexpr int BusyMs = 1000;

} // namespace

Checkpointer::Checkpointer(QString path)
    : m_path(std::move(path))
    , m_thread([this] { run(); })
{
}

Checkpointer::~Checkpointer()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void Checkpointer::request()
{
    {
        const std::lock_guard lock(m_mutex);
        m_requested = true;
    }
    m_wake.notify_one();
}

void Checkpointer::run()
{
    SqliteDatabase database;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_requested || m_stopping; });
            if (m_stopping)
                return;
            m_requested = false;
        }
        if (!database.isOpen()) {
            Result<SqliteDatabase> opened = SqliteDatabase::open(m_path, SqliteDatabase::Mode::ReadWrite);
            if (opened)
                opened->setBusyTimeout(BusyMs);
            if (!opened || !opened->run("PRAGMA synchronous = NORMAL; SELECT 1 FROM meta LIMIT 1"))
                continue;
            database = std::move(opened).value();
        }
        // A failure needs no word of its own: the WAL keeps what it holds, and the writer meets the same disk.
        int pagesDone = 0;
        if (sqlite3_wal_checkpoint_v2(database.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, &pagesDone) ==
            SQLITE_OK)
            m_pagesDone.store(pagesDone, std::memory_order_relaxed);
    }
}

} // namespace sockeye
