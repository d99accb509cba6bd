#pragma once

#include "base/Result.h"
#include "record/Entry.h"

#include <span>

namespace sockeye {

class SqliteDatabase;

/// Entries in memory as a table of SQLite's (an eponymous virtual table), so that one statement writes any number of
/// them: SQLite asks for the columns itself, which costs a third less than binding them one by one.
///
/// Belongs to one connection to a database, and outlives its statements that use the table. Used in that connection's
/// thread.
class NewEntryTable final
{
public:
    /// Copies the rows that are shown into the table `entry`.
    static constexpr char InsertSql[] =
        "INSERT INTO entry(id, connection, time_ns, direction, kind, event, flags, size, wire_size, frame_count, "
        "finding_count, severity, latency_ns, header, head) SELECT * FROM new_entry";
    /// Likewise for ids that go on where the table ends: SQLite does not look then whether they are there already,
    /// which is an eighth of what a row costs.
    static constexpr char AppendSql[] =
        "INSERT INTO entry(connection, time_ns, direction, kind, event, flags, size, wire_size, frame_count, "
        "finding_count, severity, latency_ns, header, head) SELECT connection, time_ns, direction, kind, event, "
        "flags, size, wire_size, frame_count, finding_count, severity, latency_ns, header, head FROM new_entry";

    NewEntryTable() = default;
    NewEntryTable(const NewEntryTable &) = delete;
    NewEntryTable &operator=(const NewEntryTable &) = delete;

    /// Makes the table known to a connection to a database.
    [[nodiscard]] Result<> addTo(const SqliteDatabase &database);
    /// Shows these entries, the first with that id and the others following. They must live while a statement reads
    /// them.
    void show(EntryId firstId, std::span<const NewEntry> entries)
    {
        m_firstId = firstId;
        m_entries = entries;
    }
    [[nodiscard]] EntryId firstId() const { return m_firstId; }
    [[nodiscard]] std::span<const NewEntry> entries() const { return m_entries; }

private:
    EntryId m_firstId;
    std::span<const NewEntry> m_entries;
};

} // namespace sockeye
