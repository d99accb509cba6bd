#pragma once

#include "record/Entry.h"
#include "sqlite/Sqlite.h"

#include <map>

namespace sockeye {

/// What new entries add to the table `bucket` (docs/capture-format.md): the sums of each second that they lie in. They
/// may be written less often than entries are: a row of `meta` says how far they go, so that a reader counts the few
/// entries beyond, and complete() adds those in the end.
class SecondSums final
{
public:
    void add(EntryId id, const NewEntry &entry);
    [[nodiscard]] bool isEmpty() const { return m_seconds.empty(); }
    /// Adds the sums to the table, by statements of insertSql() and noteSummedSql(), and begins anew.
    [[nodiscard]] Result<> write(SqliteStatement &insert, SqliteStatement &noteSummed);
    [[nodiscard]] static QByteArray insertSql();
    [[nodiscard]] static QByteArray noteSummedSql();
    /// Forgets what was added since write(), of entries that were rolled back, and counts all others in.
    [[nodiscard]] Result<> beginAnew(const SqliteDatabase &database);
    /// Adds what the entries beyond the row of `meta` sum up to, and removes that row. Nothing without one.
    [[nodiscard]] static Result<> complete(const SqliteDatabase &database);
    /// The last entry that stands in the sums, as an SQL expression; NULL if all do.
    static constexpr char SummedSql[] = "(SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'summed')";

private:
    struct Sums
    {
        qint64 inCount = 0;
        qint64 inBytes = 0;
        qint64 outCount = 0;
        qint64 outBytes = 0;
        EntryId firstEntry;
        EntryId lastEntry;
        Timestamp firstTime;
        Timestamp lastTime;
    };
    [[nodiscard]] Sums &sumsAt(Timestamp time);

    /// By second: one or two as a rule.
    std::map<qint64, Sums> m_seconds;
    /// The second of the last entry, in which the next one lies as well but for once a second.
    Sums *m_current = nullptr;
    Timestamp m_begin;
};

} // namespace sockeye
