#include "plot/Series.h"

#include "plot/PointBlock.h"

#include <QDataStream>
#include <QtEndian>

#include <cmath>

namespace sockeye {

namespace {

constexpr qint64 TrailerBytes = 12;
/// A series of a billion points has less.
constexpr qint64 MaxIndexBytes = 512 * 1024 * 1024;

bool isIn(Timestamp time, const TimeSpan &range)
{
    return time >= range.first && time <= range.last;
}

bool isApart(const PlotColumn &column, const TimeSpan &range)
{
    return column.latest < range.first || column.earliest > range.last;
}

QDataStream &operator<<(QDataStream &stream, const PlotPoint &point)
{
    return stream << point.entry.value() << toNs(point.time) << point.value;
}

QDataStream &operator>>(QDataStream &stream, PlotPoint &point)
{
    qint64 entry = 0;
    qint64 time = 0;
    stream >> entry >> time >> point.value;
    point.entry = EntryId(entry);
    point.time = timestampFromNs(time);
    return stream;
}

QDataStream &operator<<(QDataStream &stream, const PlotColumn &column)
{
    return stream << column.count << column.first << column.last << column.lowest << column.highest
                  << toNs(column.earliest) << toNs(column.latest);
}

QDataStream &operator>>(QDataStream &stream, PlotColumn &column)
{
    qint64 earliest = 0;
    qint64 latest = 0;
    stream >> column.count >> column.first >> column.last >> column.lowest >> column.highest >> earliest >> latest;
    column.earliest = timestampFromNs(earliest);
    column.latest = timestampFromNs(latest);
    return stream;
}

bool isSoundBlock(const PlotColumn &column)
{
    return column.count > 0 && column.count <= PointBlock::MaxPoints && std::isfinite(column.first.value) &&
           std::isfinite(column.last.value) && std::isfinite(column.lowest.value) &&
           std::isfinite(column.highest.value) && column.earliest <= column.latest;
}

} // namespace

Series::Series(const QString &folder)
    : m_store(std::make_unique<BlockStore>(folder))
{
}

Series::Series(std::unique_ptr<QFile> file, std::vector<BlockStore::Block> blocks)
    : m_store(std::make_unique<BlockStore>(std::move(file), std::move(blocks)))
{
}

Series::~Series() = default;

Result<> Series::append(std::span<const PlotPoint> points)
{
    const std::lock_guard lock(m_mutex);
    for (const PlotPoint &point : points) {
        if (!std::isfinite(point.value))
            continue;
        m_open.push_back(point);
        m_all.add(point);
        if (m_open.size() < size_t(PointBlock::MaxPoints))
            continue;
        if (const Result<> closed = close(); !closed)
            return closed;
    }
    return {};
}

/// Makes a block of the open points.
Result<> Series::close()
{
    PlotColumn sum;
    for (const PlotPoint &point : m_open)
        sum.add(point);
    if (const Result<> added = m_store->append(PointBlock::packed(m_open)); !added)
        return added;
    m_pyramid.append(sum);
    m_open.clear();
    return {};
}

void Series::setReadTo(EntryId last)
{
    const std::lock_guard lock(m_mutex);
    m_readTo = last;
}

EntryId Series::readTo() const
{
    const std::lock_guard lock(m_mutex);
    return m_readTo;
}

qint64 Series::count() const
{
    const std::lock_guard lock(m_mutex);
    return m_all.count;
}

std::optional<TimeSpan> Series::span() const
{
    const std::lock_guard lock(m_mutex);
    return m_all.isEmpty() ? std::nullopt : std::optional(TimeSpan{m_all.earliest, m_all.latest});
}

size_t Series::memory() const
{
    const std::lock_guard lock(m_mutex);
    return m_store->memory() + m_pyramid.memory() + m_open.capacity() * sizeof(PlotPoint);
}

int Series::columnOf(Timestamp time, TimeSpan range, int count)
{
    // Times of a foreign file may be further apart than a signed number says.
    const auto sinceFirst = [&range](Timestamp at) {
        return static_cast<double>(static_cast<quint64>(toNs(at)) - static_cast<quint64>(toNs(range.first)));
    };
    const double length = sinceFirst(range.last);
    if (length <= 0)
        return 0;
    return std::min(static_cast<int>(sinceFirst(time) / length * count), count - 1);
}

Result<> Series::read(size_t block, std::vector<PlotPoint> &points) const
{
    const Result<QByteArray> bytes = m_store->read(block);
    if (!bytes)
        return bytes.error();
    points.clear();
    // What does not unpack has passed its check all the same: somebody made it.
    if (!PointBlock::unpack(bytes.value(), points))
        points.clear();
    return {};
}

Result<std::vector<PlotColumn>> Series::columns(TimeSpan range, int count) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<PlotColumn> columns(static_cast<size_t>(std::max(count, 0)));
    if (columns.empty() || range.last < range.first)
        return columns;
    const auto columnAt = [&](Timestamp time) -> PlotColumn & {
        return columns[static_cast<size_t>(columnOf(time, range, count))];
    };
    const auto isTaken = [&](const PlotColumn &sum) {
        if (isApart(sum, range))
            return true;
        if (!isIn(sum.earliest, range) || !isIn(sum.latest, range) || &columnAt(sum.earliest) != &columnAt(sum.latest))
            return false;
        columnAt(sum.earliest).add(sum);
        return true;
    };
    const auto add = [&](const std::vector<PlotPoint> &points) {
        for (const PlotPoint &point : points) {
            if (isIn(point.time, range))
                columnAt(point.time).add(point);
        }
    };
    Result<> done;
    std::vector<PlotPoint> points;
    m_pyramid.visit(isTaken, [&](size_t block) {
        if (done)
            done = read(block, points);
        if (done)
            add(points);
    });
    if (!done)
        return done.error();
    add(m_open);
    return columns;
}

void Series::replaceBy(std::unique_ptr<Series> other)
{
    const std::lock_guard lock(m_mutex);
    m_store = std::move(other->m_store);
    m_pyramid = std::move(other->m_pyramid);
    m_open = std::move(other->m_open);
    m_all = other->m_all;
    m_readTo = other->m_readTo;
}

// As a file: the blocks, then an index with the summaries, then how long the index is, and its check.

bool Series::writeTo(QIODevice &out, const CancelToken &cancel) const
{
    const std::lock_guard lock(m_mutex);
    QByteArray index;
    QDataStream stream(&index, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    const size_t count = m_store->count() + (m_open.empty() ? 0 : 1);
    stream << m_readTo.value() << static_cast<quint64>(count);
    const auto put = [&](const QByteArray &block, const PlotColumn &sum) {
        stream << static_cast<quint32>(block.size()) << BlockStore::checkOf(block) << sum;
        return out.write(block) == block.size();
    };
    for (size_t i = 0; i < m_store->count() && !cancel.isCancelled(); ++i) {
        const Result<QByteArray> block = m_store->read(i);
        if (!block || !put(block.value(), m_pyramid.blocks()[i]))
            return false;
    }
    if (!m_open.empty()) {
        PlotColumn sum;
        for (const PlotPoint &point : m_open)
            sum.add(point);
        if (!put(PointBlock::packed(m_open), sum))
            return false;
    }
    if (cancel.isCancelled())
        return false;
    QByteArray trailer(TrailerBytes, Qt::Uninitialized);
    qToBigEndian<qint64>(index.size(), trailer.data());
    qToBigEndian<quint32>(BlockStore::checkOf(index), trailer.data() + sizeof(qint64));
    return out.write(index) == index.size() && out.write(trailer) == trailer.size();
}

std::unique_ptr<Series> Series::readFrom(std::unique_ptr<QFile> file, qint64 begin)
{
    const qint64 end = file->size() - TrailerBytes;
    if (end < begin || !file->seek(end))
        return nullptr;
    const QByteArray trailer = file->read(TrailerBytes);
    if (trailer.size() != TrailerBytes)
        return nullptr;
    const auto indexBytes = qFromBigEndian<qint64>(trailer.constData());
    if (indexBytes < 0 || indexBytes > std::min(end - begin, MaxIndexBytes) || !file->seek(end - indexBytes))
        return nullptr;
    const QByteArray index = file->read(indexBytes);
    if (index.size() != indexBytes ||
        BlockStore::checkOf(index) != qFromBigEndian<quint32>(trailer.constData() + sizeof(qint64)))
        return nullptr;

    QDataStream stream(index);
    stream.setVersion(QDataStream::Qt_6_0);
    qint64 readTo = 0;
    quint64 count = 0;
    stream >> readTo >> count;
    std::vector<BlockStore::Block> blocks;
    std::vector<PlotColumn> sums;
    qint64 offset = begin;
    for (quint64 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        BlockStore::Block block{.offset = offset};
        PlotColumn sum;
        stream >> block.size >> block.check >> sum;
        offset += block.size;
        if (!isSoundBlock(sum) || offset > end - indexBytes)
            return nullptr;
        blocks.push_back(block);
        sums.push_back(sum);
    }
    if (stream.status() != QDataStream::Ok || !stream.atEnd() || readTo < 0 || offset != end - indexBytes)
        return nullptr;

    std::unique_ptr<Series> series(new Series(std::move(file), std::move(blocks)));
    for (const PlotColumn &sum : sums) {
        series->m_pyramid.append(sum);
        series->m_all.add(sum);
    }
    series->m_readTo = EntryId(readTo);
    return series;
}

SeriesCursor::SeriesCursor(const Series &series, TimeSpan range)
    : m_series(series)
    , m_range(range)
{
}

Result<> SeriesCursor::readBlock()
{
    const std::lock_guard lock(m_series.m_mutex);
    const std::vector<PlotColumn> &blocks = m_series.m_pyramid.blocks();
    while (m_block < blocks.size() && isApart(blocks[m_block], m_range))
        ++m_block;
    m_next = 0;
    m_isAtEnd = m_block >= blocks.size();
    if (!m_isAtEnd)
        return m_series.read(m_block++, m_points);
    m_points = m_series.m_open;
    return {};
}

Result<std::optional<PlotPoint>> SeriesCursor::next()
{
    for (;;) {
        for (; m_next < m_points.size(); ++m_next) {
            if (isIn(m_points[m_next].time, m_range))
                return std::optional(m_points[m_next++]);
        }
        if (m_isAtEnd)
            return std::optional<PlotPoint>();
        if (const Result<> read = readBlock(); !read)
            return read.error();
    }
}

} // namespace sockeye
