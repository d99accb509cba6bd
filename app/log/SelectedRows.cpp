#include "log/SelectedRows.h"

#include <algorithm>

namespace sockeye {

namespace {

/// The longest gap within a span, in ids.
constexpr qint64 MaxGap = 32;

} // namespace

qint64 countOf(const RowRanges &ranges)
{
    qint64 rows = 0;
    for (const auto &[first, last] : ranges)
        rows += last - first + 1;
    return rows;
}

SelectedRows::SelectedRows(std::optional<EntryIdList> shown, EntryId last, const RowRanges &ranges)
    : m_shown(std::move(shown))
    , m_last(last)
{
    const qint64 rows = m_shown ? m_shown->size() : m_last.value();
    RowRanges sorted = ranges;
    std::sort(sorted.begin(), sorted.end());
    for (const auto &[from, to] : std::as_const(sorted)) {
        const Row first = std::max(from, Row(0));
        const Row end(int(std::min<qint64>(to.value(), rows - 1)));
        if (first > end)
            continue;
        if (!m_ranges.isEmpty() && first <= m_ranges.constLast().second + 1)
            m_ranges.last().second = std::max(m_ranges.constLast().second, end);
        else
            m_ranges.append({first, end});
    }
}

EntryId SelectedRows::entryAt(Row row) const
{
    if (row.value() < 0)
        return {};
    if (m_shown)
        return m_shown->at(row.value());
    return row.value() < m_last.value() ? EntryId(row.value() + 1) : EntryId();
}

bool SelectedRows::contains(EntryId id) const
{
    return m_shown ? m_shown->contains(id) : id.value() > 0 && id <= m_last;
}

void SelectedRows::forEachRun(qint64 most, const std::function<bool(const Run &)> &visit) const
{
    for (const auto &[first, last] : m_ranges) {
        for (Row row = first; row <= last;) {
            const EntryId id = entryAt(row);
            Run run{row, id, id};
            if (!m_shown) {
                run.last = id + std::min<qint64>(most - 1, last - row);
                row = row + int(run.last - id + 1);
            } else {
                for (++row; row <= last && run.last - id + 1 < most && entryAt(row) == run.last + 1; ++row)
                    ++run.last;
            }
            if (!visit(run))
                return;
        }
    }
}

void SelectedRows::forEachSpan(qint64 most, const std::function<bool(const Span &)> &visit) const
{
    for (const auto &[first, last] : m_ranges) {
        for (Row row = first; row <= last;) {
            const EntryId id = entryAt(row);
            Span span{id, id};
            if (!m_shown) {
                span.last = id + std::min<qint64>(most - 1, last - row);
                row = row + int(span.last - id + 1);
            } else {
                for (++row; row <= last; ++row) {
                    const EntryId next = entryAt(row);
                    if (next - span.last > MaxGap || next - id >= most)
                        break;
                    span.isRun = span.isRun && next == span.last + 1;
                    span.last = next;
                }
            }
            if (!visit(span))
                return;
        }
    }
}

} // namespace sockeye
