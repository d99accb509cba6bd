#include "capture/SecondSums.h"

#include <algorithm>

namespace sockeye {

using std::chrono::seconds;

namespace {

constexpr char InsertPart[] = "INSERT INTO bucket(second, in_count, in_bytes, out_count, out_bytes, first_entry, "
                              "last_entry, first_ns, last_ns) ";
constexpr char AddPart[] = "ON CONFLICT(second) DO UPDATE SET "
                           "in_count = in_count + excluded.in_count, in_bytes = in_bytes + excluded.in_bytes, "
                           "out_count = out_count + excluded.out_count, out_bytes = out_bytes + excluded.out_bytes, "
                           "last_entry = excluded.last_entry, "
                           "first_ns = min(first_ns, excluded.first_ns), last_ns = max(last_ns, excluded.last_ns)";

} // namespace

void SecondSums::add(EntryId id, const NewEntry &entry)
{
    Sums &sums = sumsAt(entry.time);
    if (sums.firstEntry.value() == 0) {
        sums.firstEntry = id;
        sums.firstTime = entry.time;
        sums.lastTime = entry.time;
    }
    sums.lastEntry = id;
    sums.firstTime = std::min(sums.firstTime, entry.time);
    sums.lastTime = std::max(sums.lastTime, entry.time);
    if (entry.kind == EntryKind::Event)
        return;
    if (entry.direction == Direction::In) {
        ++sums.inCount;
        sums.inBytes += entry.wireSize;
    } else if (entry.direction == Direction::Out) {
        ++sums.outCount;
        sums.outBytes += entry.wireSize;
    }
}

SecondSums::Sums &SecondSums::sumsAt(Timestamp time)
{
    if (m_current == nullptr || time < m_begin || time - m_begin >= seconds(1)) {
        const auto second = std::chrono::floor<seconds>(time);
        m_begin = second;
        m_current = &m_seconds[second.time_since_epoch().count()];
    }
    return *m_current;
}

QByteArray SecondSums::insertSql()
{
    return QByteArray(InsertPart) + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) " + AddPart;
}

QByteArray SecondSums::noteSummedSql()
{
    return "UPDATE meta SET value = ? WHERE key = 'summed'";
}

namespace {

/// Adds what the entries beyond the row of `meta` sum up to, and does `then`, all or nothing. Nothing without that row.
Result<> addMissing(const SqliteDatabase &database, const QByteArray &then)
{
    // What has such a row was made with the table. Rounding down is not what SQLite's division does before 1970.
    const QByteArray sql = QByteArray(InsertPart) +
                           "SELECT (time_ns - (time_ns % 1000000000 + 1000000000) % 1000000000) / 1000000000, "
                           "sum(direction = 0 AND kind <> 17), sum(iif(direction = 0 AND kind <> 17, wire_size, 0)), "
                           "sum(direction = 1 AND kind <> 17), sum(iif(direction = 1 AND kind <> 17, wire_size, 0)), "
                           "min(id), max(id), min(time_ns), max(time_ns) FROM entry WHERE id > " +
                           SecondSums::SummedSql + " GROUP BY 1 " + AddPart + "; " + then;
    const Result<QVariant> some = database.value("SELECT " + QByteArray(SecondSums::SummedSql));
    if (!some)
        return some.error();
    if (some->isNull())
        return {};
    const Result<> completed = database.run(("SAVEPOINT sums; " + sql + "; RELEASE sums").constData());
    if (!completed)
        static_cast<void>(database.run("ROLLBACK TO sums; RELEASE sums").ok());
    return completed;
}

} // namespace

Result<> SecondSums::complete(const SqliteDatabase &database)
{
    return addMissing(database, "DELETE FROM meta WHERE key = 'summed'");
}

Result<> SecondSums::beginAnew(const SqliteDatabase &database)
{
    m_seconds.clear();
    m_current = nullptr;
    return addMissing(database,
                      "UPDATE meta SET value = (SELECT coalesce(max(id), 0) FROM entry) WHERE key = 'summed'");
}

Result<> SecondSums::write(SqliteStatement &insert, SqliteStatement &noteSummed)
{
    EntryId last;
    for (const auto &[second, sums] : m_seconds) {
        insert.bindNumber(1, second);
        insert.bindNumber(2, sums.inCount);
        insert.bindNumber(3, sums.inBytes);
        insert.bindNumber(4, sums.outCount);
        insert.bindNumber(5, sums.outBytes);
        insert.bindNumber(6, sums.firstEntry.value());
        insert.bindNumber(7, sums.lastEntry.value());
        insert.bindNumber(8, toNs(sums.firstTime));
        insert.bindNumber(9, toNs(sums.lastTime));
        if (Result<> done = insert.run(); !done)
            return done;
        last = std::max(last, sums.lastEntry);
    }
    m_seconds.clear();
    m_current = nullptr;
    noteSummed.bindNumber(1, last.value());
    return noteSummed.run();
}

} // namespace sockeye
