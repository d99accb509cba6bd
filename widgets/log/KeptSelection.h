#pragma once

#include "log/SelectedRows.h"

#include <QList>

#include <optional>

namespace sockeye {

class LogModel;

/// The selection of a log while its rows are reset, for example by another filter: which entry was current, where it
/// stood, and what else was selected. It is kept by entry until a search has found the current entry's row or has
/// passed it.
class KeptSelection final
{
public:
    /// Selections of more rows than this are not kept; as many can be annotated in one go.
    static constexpr qint64 MaxRows = 10'000;

    enum class State : quint8 {
        None,    ///< no entry is kept
        Waiting, ///< the search may still find the kept entry
        Shown,   ///< the kept entry has a row
        Gone     ///< the kept entry has no row
    };

    /// Before a reset: notes what is selected and the current row's place in the viewport (none if it is not visible).
    void keep(const LogModel &log, const RowRanges &selected, std::optional<qint64> top);
    /// After a reset: the entry that was current.
    void await(EntryId current) { m_current = current; }
    void forget();

    [[nodiscard]] bool isWaiting() const { return m_current.value() > 0; }
    [[nodiscard]] State state(const LogModel &log) const;
    /// The place where the current row stood in the viewport; none if it was not visible.
    [[nodiscard]] std::optional<qint64> top() const { return m_top; }
    /// The entry that was current, which is kept no longer.
    EntryId takeCurrent();
    /// The rows of the other kept entries that are shown, in order; they are kept no longer.
    RowRanges takeRows(const LogModel &log);

private:
    EntryId m_current;
    QList<EntryId> m_ids;
    std::optional<qint64> m_top;
};

} // namespace sockeye
