#include "reading/TimelineReader.h"

#include "capture/CaptureSchema.h"
#include "capture/SecondSums.h"
#include "reading/LotScan.h"
#include "reading/ReadingConnection.h"
#include "record/Entry.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace sockeye {

namespace {

/// Entries looked at in one read transaction.
constexpr qint64 TimesLot = 65'536;
constexpr qint64 MaxNs = CaptureSchema::MaxTimeNs;
constexpr qint64 SecondNs = 1'000'000'000;

qint64 boundedNs(Timestamp time)
{
    return std::clamp(toNs(time), -MaxNs, MaxNs);
}

qint64 floorDiv(qint64 a, qint64 b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/// Whoever writes nonsense into a file gets nonsense out of it, but no overflow.
qint64 sum(qint64 a, qint64 b)
{
    qint64 result = 0;
    return qAddOverflow(a, b, &result) ? std::numeric_limits<qint64>::max() : result;
}

/// The table `bucket`, and the entries that a live capture, or one that a crash left, has not summed up yet, each as a
/// second of its own.
QByteArray secondsSql(const char *columns)
{
    return QByteArray("WITH seconds(second, in_count, in_bytes, out_count, out_bytes, first_entry, last_entry) AS ("
                      "SELECT second, in_count, in_bytes, out_count, out_bytes, first_entry, last_entry FROM bucket "
                      "UNION ALL SELECT (time_ns - (time_ns % 1000000000 + 1000000000) % 1000000000) / 1000000000, "
                      "direction = 0 AND kind <> 17, iif(direction = 0 AND kind <> 17, wire_size, 0), "
                      "direction = 1 AND kind <> 17, iif(direction = 1 AND kind <> 17, wire_size, 0), id, id "
                      "FROM entry WHERE id <= ") +
           QByteArray::number(CaptureSchema::MaxEntryId) + " AND id > " + SecondSums::SummedSql + ") SELECT " +
           columns + " FROM seconds WHERE second BETWEEN ? AND ?";
}

/// Gathers buckets in order.
class Buckets final
{
public:
    explicit Buckets(qint64 widthNs)
        : m_width(widthNs)
    {
    }

    void add(qint64 ns, const TimelineBucket &part)
    {
        TimelineBucket &bucket = bucketAt(floorDiv(std::clamp(ns, -MaxNs, MaxNs), m_width));
        bucket.inCount = sum(bucket.inCount, part.inCount);
        bucket.outCount = sum(bucket.outCount, part.outCount);
        bucket.inBytes = sum(bucket.inBytes, part.inBytes);
        bucket.outBytes = sum(bucket.outBytes, part.outBytes);
        bucket.first = bucket.first.value() == 0 ? part.first : std::min(bucket.first, part.first);
        bucket.last = std::max(bucket.last, part.last);
    }

    [[nodiscard]] QList<TimelineBucket> take()
    {
        QList<TimelineBucket> buckets;
        buckets.reserve(qsizetype(m_buckets.size()));
        for (const auto &[index, bucket] : m_buckets)
            buckets.append(bucket);
        return buckets;
    }

private:
    TimelineBucket &bucketAt(qint64 index)
    {
        if (m_current == nullptr || index != m_index) {
            m_index = index;
            m_current = &m_buckets[index];
            m_current->start = timestampFromNs(index * m_width);
        }
        return *m_current;
    }

    qint64 m_width;
    std::map<qint64, TimelineBucket> m_buckets;
    qint64 m_index = 0;
    TimelineBucket *m_current = nullptr;
};

/// Ids of the table `bucket`, which nothing holds to those of the entries.
EntryId boundedId(qint64 id)
{
    return EntryId(std::clamp<qint64>(id, 0, CaptureSchema::MaxEntryId));
}

TimelineBucket oneEntry(const SqliteStatement &row)
{
    TimelineBucket one;
    one.first = EntryId(row.number(0));
    one.last = one.first;
    if (row.number(3) == qint64(EntryKind::Event))
        return one;
    const qint64 direction = row.number(2);
    if (direction == qint64(Direction::In)) {
        one.inCount = 1;
        one.inBytes = row.number(4);
    } else if (direction == qint64(Direction::Out)) {
        one.outCount = 1;
        one.outBytes = row.number(4);
    }
    return one;
}

TimelineBucket oneSecond(const SqliteStatement &row)
{
    TimelineBucket second;
    second.inCount = row.number(1);
    second.inBytes = row.number(2);
    second.outCount = row.number(3);
    second.outBytes = row.number(4);
    second.first = boundedId(row.number(5));
    second.last = boundedId(row.number(6));
    return second;
}

/// One question for a timeline, or for a part of it.
class BucketQuery final
{
public:
    BucketQuery(ReadingConnection &connection, const TimelineReader &timeline, qint64 widthNs)
        : m_connection(connection)
        , m_timeline(timeline)
        , m_width(widthNs)
        , m_buckets(widthNs)
    {
    }

    [[nodiscard]] Result<QList<TimelineBucket>> run(qint64 from, qint64 to)
    {
        const Result<bool> hasBuckets = m_connection.hasBuckets();
        if (!hasBuckets)
            return hasBuckets.error();
        const Result<> added =
            hasBuckets.value() && m_width % SecondNs == 0 ? addSecondsAndEnds(from, to) : addEntries(from, to);
        return added ? Result<QList<TimelineBucket>>(m_buckets.take()) : added.error();
    }

private:
    /// Whole seconds by the table; what is left at both ends by the entries.
    [[nodiscard]] Result<> addSecondsAndEnds(qint64 from, qint64 to)
    {
        const qint64 first = floorDiv(from + SecondNs - 1, SecondNs);
        const qint64 end = floorDiv(to, SecondNs);
        if (first >= end)
            return addEntries(from, to);
        if (Result<> done = addSeconds(first, end - 1); !done)
            return done;
        if (Result<> done = addEntries(from, first * SecondNs); !done)
            return done;
        return addEntries(end * SecondNs, to);
    }

    [[nodiscard]] Result<> addSeconds(qint64 first, qint64 last)
    {
        static const QByteArray sql =
            secondsSql("second, in_count, in_bytes, out_count, out_bytes, first_entry, last_entry");
        return m_connection.forEachRow(sql, numbers(first, last), [this](const SqliteStatement &row) {
            m_buckets.add(row.number(0) * SecondNs, oneSecond(row));
        });
    }

    [[nodiscard]] Result<> addEntries(qint64 from, qint64 to)
    {
        if (from >= to)
            return {};
        const Result<EntryRange> range = m_timeline.entriesBetween(timestampFromNs(from), timestampFromNs(to - 1));
        if (!range)
            return range.error();
        const Result<SqliteStatement *> rows = m_connection.statement(
            QByteArrayLiteral("SELECT id, time_ns, direction, kind, wire_size FROM entry WHERE id BETWEEN ? AND ? AND "
                              "time_ns >= ? AND time_ns < ? ORDER BY id"));
        if (!rows)
            return rows.error();
        rows.value()->bindNumber(3, from);
        rows.value()->bindNumber(4, to);
        LotScan scan(m_connection, *rows.value(), range->first, range->last, TimesLot);
        const auto add = [this](const SqliteStatement &row) { m_buckets.add(row.number(1), oneEntry(row)); };
        while (!scan.isAtEnd() && !m_connection.isCancelled()) {
            if (Result<> done = scan.nextLot(add); !done)
                return done;
        }
        return {};
    }

    ReadingConnection &m_connection;
    const TimelineReader &m_timeline;
    qint64 m_width;
    Buckets m_buckets;
};

/// A capture has both or neither.
std::optional<TimeSpan> spanOf(std::optional<qint64> first, std::optional<qint64> last)
{
    if (!first || !last)
        return std::nullopt;
    return TimeSpan{CaptureSchema::timeFrom(*first), CaptureSchema::timeFrom(*last)};
}

/// The span and the times of entries that are in no sum yet.
Result<std::optional<TimeSpan>> withUnsummed(ReadingConnection &connection, std::optional<TimeSpan> span)
{
    static const QByteArray sql =
        "SELECT min(time_ns), max(time_ns) FROM entry WHERE id <= ? AND id > " + QByteArray(SecondSums::SummedSql);
    const Result<bool> found =
        connection.firstRow(sql, numbers(CaptureSchema::MaxEntryId), [&span](const SqliteStatement &row) {
            if (row.isNull(0))
                return;
            const TimeSpan rest{CaptureSchema::timeFrom(row.number(0)), CaptureSchema::timeFrom(row.number(1))};
            span = span ? TimeSpan{std::min(span->first, rest.first), std::max(span->last, rest.last)} : rest;
        });
    return found ? Result<std::optional<TimeSpan>>(span) : found.error();
}

} // namespace

TimelineReader::TimelineReader(ReadingConnection &connection)
    : m_connection(connection)
{
}

Result<EntryRange> TimelineReader::entriesBetween(Timestamp first, Timestamp last) const
{
    const Result<bool> hasBuckets = m_connection.hasBuckets();
    if (!hasBuckets)
        return hasBuckets.error();
    const Result<EntryId> end = m_connection.lastEntry();
    if (!end)
        return end.error();
    const EntryRange all{EntryId(1), end.value()};
    if (!hasBuckets.value())
        return all;
    const Result<EntryRange> ids = entriesOfSeconds(floorDiv(toNs(first), SecondNs), floorDiv(toNs(last), SecondNs));
    return ids ? EntryRange{std::max(ids->first, all.first), std::min(ids->last, all.last)} : ids;
}

Result<EntryRange> TimelineReader::entriesOfSeconds(qint64 first, qint64 last) const
{
    static const QByteArray sql = secondsSql("min(first_entry), max(last_entry)");
    EntryRange range{EntryId(1), EntryId(0)};
    const Result<bool> found = m_connection.firstRow(sql, numbers(first, last), [&range](const SqliteStatement &row) {
        // Both are NULL if there is no such second.
        if (!row.isNull(0))
            range = {boundedId(row.number(0)), boundedId(row.number(1))};
    });
    return found ? Result<EntryRange>(range) : found.error();
}

Result<std::optional<TimeSpan>> TimelineReader::timeSpan() const
{
    const Result<bool> hasBuckets = m_connection.hasBuckets();
    if (!hasBuckets)
        return hasBuckets.error();
    if (!hasBuckets.value())
        return spanOfEntries();
    const Result<std::optional<qint64>> first =
        m_connection.firstNumber(QByteArrayLiteral("SELECT first_ns FROM bucket ORDER BY second LIMIT 1"), numbers());
    if (!first)
        return first.error();
    const Result<std::optional<qint64>> last = m_connection.firstNumber(
        QByteArrayLiteral("SELECT last_ns FROM bucket ORDER BY second DESC LIMIT 1"), numbers());
    if (!last)
        return last.error();
    return withUnsummed(m_connection, spanOf(first.value(), last.value()));
}

Result<std::optional<TimeSpan>> TimelineReader::spanOfEntries() const
{
    const Result<std::optional<qint64>> first =
        m_connection.firstNumber(QByteArrayLiteral("SELECT time_ns FROM entry ORDER BY id LIMIT 1"), numbers());
    if (!first)
        return first.error();
    const Result<std::optional<qint64>> last =
        m_connection.firstNumber(QByteArrayLiteral("SELECT time_ns FROM entry ORDER BY id DESC LIMIT 1"), numbers());
    if (!last)
        return last.error();
    // The clock may have been set back.
    return spanOf(std::min(first.value(), last.value()), std::max(first.value(), last.value()));
}

Result<EntryId> TimelineReader::entryAt(Timestamp time) const
{
    const Result<bool> hasBuckets = m_connection.hasBuckets();
    if (!hasBuckets)
        return hasBuckets.error();
    if (!hasBuckets.value())
        return searchTime(toNs(time));
    // Any entry of a later second will do, and one of the same second that is not too early.
    const qint64 second = floorDiv(toNs(time), SecondNs);
    const Result<EntryRange> same = entriesOfSeconds(second, second);
    if (!same)
        return same.error();
    const Result<EntryRange> later = entriesOfSeconds(second + 1, std::numeric_limits<qint64>::max());
    if (!later)
        return later.error();
    const EntryId inLater = later->first <= later->last ? later->first : EntryId();
    const EntryId end = inLater.value() > 0 ? std::min(same->last, inLater - 1) : same->last;
    const Result<EntryId> inSame = firstNotBefore({same->first, end}, toNs(time));
    return inSame && inSame->value() == 0 ? Result<EntryId>(inLater) : inSame;
}

Result<EntryId> TimelineReader::firstNotBefore(const EntryRange &range, qint64 ns) const
{
    if (range.first > range.last)
        return EntryId();
    const Result<std::optional<qint64>> found = m_connection.firstNumber(
        QByteArrayLiteral("SELECT id FROM entry WHERE id BETWEEN ? AND ? AND time_ns >= ? ORDER BY id LIMIT 1"),
        numbers(range.first.value(), range.last.value(), ns));
    return found ? Result<EntryId>(EntryId(found->value_or(0))) : found.error();
}

/// In a capture without buckets, taking its times to be in order. Between two entries there may be ids without one.
Result<EntryId> TimelineReader::searchTime(qint64 ns) const
{
    const Result<EntryId> last = m_connection.lastEntry();
    if (!last)
        return last.error();
    qint64 low = 1;
    qint64 high = last->value() + 1;
    qint64 found = 0;
    while (low < high) {
        const qint64 middle = std::midpoint(low, high);
        qint64 id = 0;
        bool isBefore = false;
        const Result<bool> read = m_connection.firstRow(
            QByteArrayLiteral("SELECT id, time_ns FROM entry WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1"),
            numbers(middle, last->value()), [&](const SqliteStatement &row) {
                id = row.number(0);
                isBefore = row.number(1) < ns;
            });
        if (!read)
            return read.error();
        if (read.value() && isBefore) {
            low = id + 1;
        } else {
            found = read.value() ? id : found;
            high = middle;
        }
    }
    return EntryId(found);
}

Result<QList<TimelineBucket>> TimelineReader::buckets(Timestamp from, Timestamp to, Nanoseconds width,
                                                      const CancelToken &cancel) const
{
    const qint64 widthNs = std::clamp<qint64>(width.count(), 1, MaxNs);
    const ReadingConnection::Cancelling cancelling(m_connection, cancel);
    Result<QList<TimelineBucket>> buckets =
        BucketQuery(m_connection, *this, widthNs).run(boundedNs(from), boundedNs(to));
    if (cancel.isCancelled())
        return QList<TimelineBucket>();
    return buckets;
}

Result<QList<int>> TimelineReader::findingStrip(EntryId last, int slotCount, const CancelToken &cancel) const
{
    QList<int> strip(std::max(slotCount, 0), -1);
    if (strip.isEmpty())
        return strip;
    const ReadingConnection::Cancelling cancelling(m_connection, cancel);
    const Result<> read = m_connection.forEachRow(
        QByteArrayLiteral("SELECT entry, severity FROM finding WHERE entry BETWEEN ? AND ? ORDER BY entry"),
        numbers(1, last.value()), [&](const SqliteStatement &row) {
            // In doubles, which hold what a capture can have exactly, and do not overflow for what a file may claim.
            const double before = double(row.number(0) - 1) * double(strip.size());
            int &worst = strip[std::min(static_cast<qsizetype>(before / double(last.value())), strip.size() - 1)];
            worst = std::max(worst, static_cast<int>(std::clamp<qint64>(row.number(1), 0, qint64(Severity::Error))));
            return !cancel.isCancelled();
        });
    if (cancel.isCancelled())
        return QList<int>();
    return read ? Result<QList<int>>(strip) : read.error();
}

} // namespace sockeye
