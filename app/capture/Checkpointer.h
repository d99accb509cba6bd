#pragma once

#include "base/WorkerThread.h"
#include "sqlite/Sqlite.h"

#include <QString>

#include <atomic>

namespace sockeye {

/// Brings what stands in a live capture's WAL into the file proper, in a thread of the pool and on a connection that is
/// open for no longer: that syncs the disk, and a writer that waited for it would let entries stand uncommitted for
/// hundreds of milliseconds.
class Checkpointer final
{
public:
    explicit Checkpointer(QString path);
    ~Checkpointer();
    Checkpointer(const Checkpointer &) = delete;
    Checkpointer &operator=(const Checkpointer &) = delete;

    /// Asks for a checkpoint of what is committed by now. Does not block; asking again before it began changes nothing.
    void request();
    /// How many of the WAL's pages the last checkpoint found or brought home. Thread-safe.
    [[nodiscard]] int pagesDone() const { return m_pagesDone.load(std::memory_order_relaxed); }

private:
    void checkpoint();
    [[nodiscard]] Result<SqliteDatabase> open() const;

    const QString m_path;
    std::atomic<int> m_pagesDone{0};
    /// The last member, and so the first to go: what it runs uses those above.
    WorkerThread m_thread{WorkerPool::Kind::Syncing};
};

} // namespace sockeye
