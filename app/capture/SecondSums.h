#pragma once

#include "record/Entry.h"
#include "capture/Sqlite.h"

#include <map>

namespace sockeye {

/// What the open transaction adds to the table `bucket` (docs/capture-format.md): the sums of each second that its
/// entries lie in. Written before it is committed, so that entries and sums never tell different things.
class SecondSums final
{
public:
    void add(EntryId id, const NewEntry &entry);
    /// Adds the sums to the table, by a statement of insertSql(), and begins anew.
    [[nodiscard]] Result<> write(SqliteStatement &insert);
    [[nodiscard]] static QByteArray insertSql();

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
