#pragma once

#include "log/EntrySummaries.h"
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
    void insert(EntryId start, QList<Entry> entries, QList<EntrySummary> summaries = {});
    /// How many entries of the page are here.
    [[nodiscard]] qsizetype sizeOf(EntryId start) const;
    /// Adds to a page what has come since it was read; false if the page does not end right before it any more.
    [[nodiscard]] bool append(EntryId start, const QList<Entry> &more, const QList<EntrySummary> &summaries = {});
    /// What the entry says, or null if its page is not here, or without summaries of all its entries.
    [[nodiscard]] const EntrySummary *findSummary(EntryId id) const;
    /// Its fields, or null if they are not known.
    [[nodiscard]] const QList<FieldText> *findFields(EntryId id) const;
    /// Whether its summaries and fields are here, and say all that is known.
    [[nodiscard]] bool isSummarized(EntryId start) const;
    /// Whatever they said; the entries stay.
    void forgetSummaries();
    /// More is known than they say: they stay until others take their place.
    void outdateSummaries();
    /// The lines of the summaries stay, until the page is read anew.
    void forgetFields();
    void clear();

private:
    struct Page
    {
        QList<Entry> entries;
        /// Of as many entries, or else of no use.
        QList<EntrySummary> summaries;
        bool isOutdated = false;
        /// They are those of other columns.
        bool hasOldFields = false;

        [[nodiscard]] bool hasSummaries() const { return summaries.size() == entries.size(); }
        [[nodiscard]] bool isSummarized() const { return hasSummaries() && !hasOldFields; }
    };

    mutable QCache<qint64, Page> m_pages;
};

} // namespace sockeye
