#pragma once

#include "log/EntryIdList.h"

#include <QList>

#include <functional>
#include <optional>

namespace sockeye {

/// Ranges of rows, each from its first to its second row, both included.
using RowRanges = QList<std::pair<Row, Row>>;
/// The number of rows in ranges that do not overlap.
[[nodiscard]] qint64 countOf(const RowRanges &ranges);

/// A selection of the rows that a log showed at one moment, as a value for other threads. Ten million rows cost no more
/// than one.
class SelectedRows final
{
public:
    /// `shown` are the entries with a row; none if all entries have one. The ranges may overlap and come in any order.
    SelectedRows(std::optional<EntryIdList> shown, EntryId last, const RowRanges &ranges);

    [[nodiscard]] qint64 count() const { return countOf(m_ranges); }
    /// In order, none twice.
    [[nodiscard]] const RowRanges &ranges() const { return m_ranges; }
    [[nodiscard]] EntryId entryAt(Row row) const;
    [[nodiscard]] bool contains(EntryId id) const;
    /// The log's last entry at that moment.
    [[nodiscard]] EntryId last() const { return m_last; }
    /// The shown entry before this row's, from which a delta counts; EntryId() for the first row.
    [[nodiscard]] EntryId entryBefore(Row row) const { return entryAt(row - 1); }

    /// A run of ids without gaps, and the row of its first one.
    struct Run
    {
        Row row;
        EntryId first;
        EntryId last;
    };
    /// Calls `visit` for run after run until it returns false; none is longer than `most`.
    void forEachRun(qint64 most, const std::function<bool(const Run &)> &visit) const;

    /// Ids from the first to the last. If it is a run, all of them have a row; otherwise some do not.
    struct Span
    {
        EntryId first;
        EntryId last;
        bool isRun = true;
    };
    /// Likewise, but a span may hold short gaps, where reading on is cheaper than beginning anew.
    void forEachSpan(qint64 most, const std::function<bool(const Span &)> &visit) const;

private:
    std::optional<EntryIdList> m_shown;
    EntryId m_last;
    RowRanges m_ranges;
};

} // namespace sockeye
