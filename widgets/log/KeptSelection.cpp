#include "widgets/log/KeptSelection.h"

#include "log/LogModel.h"

#include <utility>

namespace sockeye {

void KeptSelection::keep(const LogModel &log, const RowRanges &selected, std::optional<qint64> top)
{
    m_top = top;
    m_ids.clear();
    // The current row alone is kept by its entry.
    const qint64 count = countOf(selected);
    if (count < 2 || count > MaxRows)
        return;
    for (const auto &[first, last] : selected) {
        for (Row row = first; row <= last; ++row)
            m_ids.append(log.entryAt(row));
    }
}

void KeptSelection::forget()
{
    m_current = {};
    m_ids.clear();
}

KeptSelection::State KeptSelection::state(const LogModel &log) const
{
    if (!isWaiting())
        return State::None;
    if (log.isShown(m_current))
        return State::Shown;
    return log.searchedTo() >= m_current ? State::Gone : State::Waiting;
}

EntryId KeptSelection::takeCurrent()
{
    return std::exchange(m_current, {});
}

RowRanges KeptSelection::takeRows(const LogModel &log)
{
    RowRanges rows;
    for (const EntryId id : std::exchange(m_ids, {})) {
        if (!log.isShown(id))
            continue;
        const Row row = log.rowOf(id);
        if (!rows.isEmpty() && rows.constLast().second + 1 == row)
            rows.last().second = row;
        else
            rows.append({row, row});
    }
    return rows;
}

} // namespace sockeye
