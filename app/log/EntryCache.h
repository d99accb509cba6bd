#pragma once

#include "record/Entry.h"

#include <QCache>
#include <QList>

namespace sockeye {

/// The pages of entries that were read last; a page is a run of PageSize consecutive ids. Its size is bounded, whatever
/// the capture's length.
class EntryCache final
{
public:
    /// Small, because a filtered log with few matches needs a page for nearly every row that it shows.
    static constexpr int PageSize = 64;

    explicit EntryCache(int maxPages = 512);

    /// The entry, or null if its page is not in the cache or ends before it.
    [[nodiscard]] const Entry *find(EntryId id) const;
    /// The first id of the page that holds the entry.
    [[nodiscard]] static EntryId pageStart(EntryId id);
    /// Inserts a page that begins with this id; it may be shorter than PageSize at the log's end.
    void insert(EntryId start, QList<Entry> entries);
    /// How many entries of the page are here.
    [[nodiscard]] qsizetype sizeOf(EntryId start) const;
    /// Adds to a page what has come since it was read; false if the page does not end right before it any more.
    [[nodiscard]] bool append(EntryId start, const QList<Entry> &more);
    void clear();

private:
    mutable QCache<qint64, QList<Entry>> m_pages;
};

} // namespace sockeye
