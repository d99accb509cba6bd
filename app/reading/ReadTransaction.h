#pragma once

#include "sqlite/Sqlite.h"

namespace sockeye {

/// One read transaction around many small queries: without it SQLite takes and gives up the file's lock for each.
class ReadTransaction final
{
public:
    explicit ReadTransaction(const SqliteDatabase &database)
        : m_database(database)
        , m_begun(database.run("BEGIN").ok())
    {
    }
    ~ReadTransaction()
    {
        if (m_begun)
            static_cast<void>(m_database.run("COMMIT"));
    }
    ReadTransaction(const ReadTransaction &) = delete;
    ReadTransaction &operator=(const ReadTransaction &) = delete;

private:
    const SqliteDatabase &m_database;
    bool m_begun;
};

} // namespace sockeye
