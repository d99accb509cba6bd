#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "plot/BlockStore.h"
#include "plot/PlotPoint.h"
#include "plot/SeriesPyramid.h"
#include "record/TimelineBucket.h"

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

class QIODevice;

namespace sockeye {

/// The points of one line of a plot, in the order of their entries. Of ten million a few megabytes stay in memory, and
/// a picture of them costs what its columns cost. Thread-safe: one thread adds while another asks.
class Series final
{
public:
    /// The folder for what does not stay in memory (BlockStore).
    explicit Series(const QString &folder = {});
    ~Series();
    Series(const Series &) = delete;
    Series &operator=(const Series &) = delete;

    /// Values that are no numbers are left out.
    [[nodiscard]] Result<> append(std::span<const PlotPoint> points);
    /// All entries of the capture up to this one have been looked at.
    void setReadTo(EntryId last);
    [[nodiscard]] EntryId readTo() const;

    [[nodiscard]] qint64 count() const;
    /// From the earliest point to the latest; none without any.
    [[nodiscard]] std::optional<TimeSpan> span() const;
    /// What is drawn of this range of time, both ends included, in so many columns of equal width.
    [[nodiscard]] Result<std::vector<PlotColumn>> columns(TimeSpan range, int count) const;
    /// The number of the column that a time within the range belongs to.
    [[nodiscard]] static int columnOf(Timestamp time, TimeSpan range, int count);

    [[nodiscard]] size_t memory() const;

    /// Takes over all that the other one has, in place of its own.
    void replaceBy(std::unique_ptr<Series> other);
    /// Writes all of it behind what is in the file, for readFrom().
    [[nodiscard]] bool writeTo(QIODevice &out, const CancelToken &cancel) const;
    /// What writeTo() wrote, from `begin` to the end of the file, which stays open: points are read as they are asked
    /// for. Null for anything else.
    [[nodiscard]] static std::unique_ptr<Series> readFrom(std::unique_ptr<QFile> file, qint64 begin);

private:
    friend class SeriesCursor;

    Series(std::unique_ptr<QFile> file, std::vector<BlockStore::Block> blocks);

    [[nodiscard]] Result<> close();
    [[nodiscard]] Result<> read(size_t block, std::vector<PlotPoint> &points) const;

    mutable std::mutex m_mutex;
    // Guarded by the mutex.
    std::unique_ptr<BlockStore> m_store;
    SeriesPyramid m_pyramid;
    /// Of what is not a block yet.
    std::vector<PlotPoint> m_open;
    PlotColumn m_all;
    EntryId m_readTo;
};

/// Goes through the points of a range of time, both ends included, in the order of their entries, block by block. What
/// is added meanwhile may be missing.
class SeriesCursor final
{
public:
    /// The series outlives it.
    SeriesCursor(const Series &series, TimeSpan range);

    /// The next point; none at the end.
    [[nodiscard]] Result<std::optional<PlotPoint>> next();

private:
    [[nodiscard]] Result<> readBlock();

    const Series &m_series;
    TimeSpan m_range;
    size_t m_block = 0;
    bool m_isAtEnd = false;
    std::vector<PlotPoint> m_points;
    size_t m_next = 0;
};

} // namespace sockeye
