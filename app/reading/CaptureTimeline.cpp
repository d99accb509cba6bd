// The part of CaptureReader that knows time: by the table `bucket`, or by the entries where that is missing or too
// coarse.
#include "reading/CaptureReader.h"
#include "reading/CaptureReaderPrivate.h"
#include "capture/CaptureSchema.h"
#include "reading/EntryScan.h"

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

} // namespace

/// One question for a timeline, or for a part of it.
class CaptureReader::Private::TimelineQuery final
{
public:
    TimelineQuery(Private &d, qint64 widthNs)
        : m_d(d)
        , m_width(widthNs)
        , m_buckets(widthNs)
    {
    }

    [[nodiscard]] Result<QList<TimelineBucket>> run(qint64 from, qint64 to)
    {
        const Result<bool> hasBuckets = m_d.hasBuckets();
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
        const Result<SqliteStatement *> prepared = m_d.statement(Private::Seconds);
        if (!prepared)
            return prepared.error();
        SqliteStatement &rows = *prepared.value();
        const SqliteReset reset(rows);
        rows.bindNumber(1, first);
        rows.bindNumber(2, last);
        for (;;) {
            const Result<bool> row = rows.step();
            if (!row)
                return row.error();
            if (!row.value())
                return {};
            m_buckets.add(rows.number(0) * SecondNs, oneSecond(rows));
        }
    }

    [[nodiscard]] Result<> addEntries(qint64 from, qint64 to)
    {
        if (from >= to)
            return {};
        const Result<IdRange> range = m_d.idsBetween(from, to - 1);
        if (!range)
            return range.error();
        const Result<SqliteStatement *> prepared = m_d.statement(Private::Times);
        if (!prepared)
            return prepared.error();
        const Result<SqliteStatement *> nextId = m_d.statement(Private::NextId);
        if (!nextId)
            return nextId.error();
        SqliteStatement &rows = *prepared.value();
        rows.bindNumber(3, from);
        rows.bindNumber(4, to);
        EntryScan scan(rows, *nextId.value(), range->first, range->second, TimesLot);
        const auto add = [this](const SqliteStatement &row) { m_buckets.add(row.number(1), oneEntry(row)); };
        while (!scan.isAtEnd() && !m_d.isCancelled()) {
            if (Result<> done = scan.nextLot(add); !done)
                return done;
        }
        return {};
    }

    Private &m_d;
    qint64 m_width;
    Buckets m_buckets;
};

Result<CaptureReader::Private::IdRange> CaptureReader::Private::idsBetween(qint64 firstNs, qint64 lastNs)
{
    const Result<bool> some = hasBuckets();
    if (!some)
        return some.error();
    const Result<std::optional<qint64>> last = oneNumber(LastEntry);
    if (!last)
        return last.error();
    const IdRange all(1, last->value_or(0));
    if (!some.value())
        return all;
    const Result<IdRange> ids = idsOfSeconds(floorDiv(firstNs, SecondNs), floorDiv(lastNs, SecondNs));
    return ids ? IdRange(std::max(ids->first, all.first), std::min(ids->second, all.second)) : ids;
}

Result<CaptureReader::Private::IdRange> CaptureReader::Private::idsOfSeconds(qint64 first, qint64 last)
{
    const Result<SqliteStatement *> prepared = statement(IdsOfSeconds);
    if (!prepared)
        return prepared.error();
    SqliteStatement &row = *prepared.value();
    const SqliteReset reset(row);
    row.bindNumber(1, first);
    row.bindNumber(2, last);
    const Result<bool> stepped = row.step();
    if (!stepped)
        return stepped.error();
    // Both are NULL if there is no such second.
    return row.isNull(0) ? IdRange(1, 0) : IdRange(boundedId(row.number(0)), boundedId(row.number(1)));
}

Result<std::optional<TimeSpan>> CaptureReader::timeSpan() const
{
    const Result<bool> hasBuckets = m_d->hasBuckets();
    if (!hasBuckets)
        return hasBuckets.error();
    if (!hasBuckets.value())
        return m_d->spanOfEntries();
    const Result<std::optional<qint64>> first = m_d->oneNumber(Private::FirstTime);
    if (!first)
        return first.error();
    const Result<std::optional<qint64>> last = m_d->oneNumber(Private::LastTime);
    if (!last)
        return last.error();
    if (!first.value() || !last.value())
        return std::optional<TimeSpan>();
    return std::optional(TimeSpan{CaptureSchema::timeFrom(first->value()), CaptureSchema::timeFrom(last->value())});
}

Result<std::optional<TimeSpan>> CaptureReader::Private::spanOfEntries()
{
    const Result<std::optional<qint64>> first = oneNumber(FirstEntryTime);
    if (!first)
        return first.error();
    const Result<std::optional<qint64>> last = oneNumber(LastEntryTime);
    if (!last)
        return last.error();
    if (!first.value() || !last.value())
        return std::optional<TimeSpan>();
    const auto [begin, end] = std::minmax(first->value(), last->value());
    return std::optional(TimeSpan{CaptureSchema::timeFrom(begin), CaptureSchema::timeFrom(end)});
}

Result<EntryId> CaptureReader::entryAt(Timestamp time) const
{
    const Result<bool> hasBuckets = m_d->hasBuckets();
    if (!hasBuckets)
        return hasBuckets.error();
    if (!hasBuckets.value())
        return m_d->searchTime(toNs(time));
    // Any entry of a later second will do, and one of the same second that is not too early.
    const qint64 second = floorDiv(toNs(time), SecondNs);
    const Result<Private::IdRange> same = m_d->idsOfSeconds(second, second);
    if (!same)
        return same.error();
    const Result<Private::IdRange> later = m_d->idsOfSeconds(second + 1, std::numeric_limits<qint64>::max());
    if (!later)
        return later.error();
    const EntryId inLater = later->first <= later->second ? later->first : EntryId();
    const EntryId end = inLater.value() > 0 ? std::min(same->second, inLater - 1) : same->second;
    const Result<EntryId> inSame = m_d->firstNotBefore(same->first, end, toNs(time));
    return inSame && inSame->value() == 0 ? Result<EntryId>(inLater) : inSame;
}

Result<EntryId> CaptureReader::Private::firstNotBefore(EntryId first, EntryId last, qint64 ns)
{
    if (first > last)
        return EntryId();
    const Result<SqliteStatement *> prepared = statement(FirstNotBefore);
    if (!prepared)
        return prepared.error();
    SqliteStatement &row = *prepared.value();
    const SqliteReset reset(row);
    row.bindNumber(1, first.value());
    row.bindNumber(2, last.value());
    row.bindNumber(3, ns);
    const Result<bool> stepped = row.step();
    if (!stepped)
        return stepped.error();
    return EntryId(stepped.value() ? row.number(0) : 0);
}

/// In a capture without buckets, taking its times to be in order.
Result<EntryId> CaptureReader::Private::searchTime(qint64 ns)
{
    const Result<std::optional<qint64>> last = oneNumber(LastEntry);
    if (!last)
        return last.error();
    const Result<SqliteStatement *> prepared = statement(TimeOf);
    if (!prepared)
        return prepared.error();
    SqliteStatement &row = *prepared.value();
    qint64 low = 1;
    qint64 high = last->value_or(0) + 1;
    while (low < high) {
        const SqliteReset reset(row);
        const qint64 middle = std::midpoint(low, high);
        row.bindNumber(1, middle);
        const Result<bool> stepped = row.step();
        if (!stepped)
            return stepped.error();
        if (stepped.value() && row.number(0) < ns)
            low = middle + 1;
        else
            high = middle;
    }
    return EntryId(low <= last->value_or(0) ? low : 0);
}

Result<QList<TimelineBucket>> CaptureReader::timeline(Timestamp from, Timestamp to, Nanoseconds width,
                                                      const CancelToken &cancel) const
{
    const qint64 widthNs = std::clamp<qint64>(width.count(), 1, MaxNs);
    const Private::Watch watch(*m_d, cancel);
    Private::TimelineQuery query(*m_d, widthNs);
    Result<QList<TimelineBucket>> buckets = query.run(boundedNs(from), boundedNs(to));
    if (cancel.isCancelled())
        return QList<TimelineBucket>();
    return buckets;
}

Result<QList<int>> CaptureReader::findingStrip(EntryId last, int slotCount, const CancelToken &cancel) const
{
    QList<int> strip(std::max(slotCount, 0), -1);
    const Result<SqliteStatement *> prepared = m_d->statement(Private::FindingsFrom);
    if (!prepared)
        return prepared.error();
    SqliteStatement &rows = *prepared.value();
    const SqliteReset reset(rows);
    const Private::Watch watch(*m_d, cancel);
    rows.bindNumber(1, 1);
    rows.bindNumber(2, last.value());
    while (!strip.isEmpty()) {
        const Result<bool> row = rows.step();
        if (cancel.isCancelled())
            return QList<int>();
        if (!row)
            return row.error();
        if (!row.value())
            break;
        // In doubles, which hold what a capture can have exactly, and do not overflow for what a file may claim.
        const double before = double(rows.number(0) - 1) * double(strip.size());
        int &worst = strip[std::min(static_cast<qsizetype>(before / double(last.value())), strip.size() - 1)];
        worst = std::max(worst, static_cast<int>(std::clamp<qint64>(rows.number(1), 0, qint64(Severity::Error))));
    }
    return strip;
}

} // namespace sockeye
