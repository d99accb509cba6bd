#pragma once

#include "filter/EntryQuery.h"
#include "log/EntryIdList.h"
#include "log/LogTypes.h"
#include "log/SelectedRows.h"
#include "reading/AnnotationMatcher.h"

#include <QObject>

#include <functional>
#include <memory>

namespace sockeye {

class Annotations;
class CaptureJob;
class CaptureLoader;
class EntrySearch;

/// Which entry of a capture stands in which row of the log: filter, mode and quiet decide which entries have a row and
/// which rows are marked. Background searches find them; entries that come later are matched as they come. Entries have
/// the ids 1, 2, 3 and so on, and so their rows; in a file from elsewhere there may be gaps, and then a search finds
/// its entries, so that there are as many rows as entries. Lives in one thread.
class LogRows final : public QObject
{
    Q_OBJECT

public:
    /// The loader outlives this object.
    explicit LogRows(CaptureLoader &loader, QObject *parent = nullptr);
    ~LogRows() override;

    /// The capture has grown to this entry. Rows are inserted at most once per call.
    void advanceTo(EntryId last);
    [[nodiscard]] EntryId lastEntry() const { return m_last; }
    /// Not owned; null for none.
    void setAnnotations(Annotations *annotations);

    // Rows

    [[nodiscard]] int count() const;
    /// EntryId() for a row that does not exist.
    [[nodiscard]] EntryId entryAt(Row row) const;
    /// The row that shows the entry, or that of the nearest shown entry before it; Row(-1) if there is none.
    [[nodiscard]] Row rowOf(EntryId id) const;
    [[nodiscard]] bool isShown(EntryId id) const;
    /// These rows as a value for other threads.
    [[nodiscard]] SelectedRows selected(const RowRanges &ranges) const;

    // What decides about them

    void setFilter(const EntryQuery &query);
    [[nodiscard]] const EntryQuery &filter() const { return m_query; }
    [[nodiscard]] bool isFiltered() const { return !m_query.matchesAll(); }
    void setMode(FilterMode mode);
    [[nodiscard]] FilterMode mode() const { return m_mode; }
    void setQuiet(LogQuiet quiet);
    [[nodiscard]] LogQuiet quiet() const { return m_quiet; }
    /// Matches exactly the entries that have a row.
    [[nodiscard]] const EntryQuery &shownQuery() const;
    /// Whether some entries may have no row: a filter hides, or the log is quiet.
    [[nodiscard]] bool hidesEntries() const;

    // What was found

    [[nodiscard]] bool isSearching() const;
    /// Up to this entry rows and matches are known: the last entry unless there is a search.
    [[nodiscard]] EntryId searchedTo() const;
    /// Whether the search looked at everything: it was neither cancelled nor has it failed.
    [[nodiscard]] bool isSearchSound() const;
    /// Keeps what was found so far.
    void cancelSearch();
    /// Whether the filter marks the entry.
    [[nodiscard]] bool isMarked(EntryId id) const;
    /// The number of matches found so far; 0 without a filter.
    [[nodiscard]] qint64 matchCount() const;
    /// The nearest match with a row after (or before) this entry, of those found so far; EntryId() if there is none.
    [[nodiscard]] EntryId nextMatch(EntryId from, bool forward) const;
    /// How many of the matches found so far are not after this entry.
    [[nodiscard]] qint64 matchesUpTo(EntryId id) const;
    /// The number of entries found so far that are noise and not shown.
    [[nodiscard]] qint64 hiddenCount() const;

Q_SIGNALS:
    /// Rows are inserted at the end, from the first to the last; inserted() follows at once.
    void inserting(int first, int last);
    void inserted();
    /// Rows change in any other way; afterwards wasReset() follows.
    void resetting();
    void wasReset();
    /// The marks of rows between these entries may have changed.
    void marksChanged(sockeye::EntryId first, sockeye::EntryId last);
    /// A search began, went on or ended; the matches have changed.
    void searchChanged();
    void failed(const QString &message);

private:
    void watch(EntrySearch &search);
    void search();
    void tellMarks(EntryId first, EntryId last);
    void restart(EntrySearch &search);
    [[nodiscard]] const EntrySearch &matches() const;
    [[nodiscard]] QList<EntryQuery> annotationQueries() const;
    [[nodiscard]] bool isSearchedFor(EntryId id) const;
    void takeChecked(const AnnotationMatcher::Checked &answer);
    void edit(const EntrySearch &search, const std::function<void()> &change);
    /// Whether the rows are those that a search has found, not simply all entries.
    [[nodiscard]] bool isListed() const;
    void lookForGaps(EntryId last);
    void listEntries();

    EntryId m_last;
    EntryQuery m_query;
    FilterMode m_mode = FilterMode::Hide;
    LogQuiet m_quiet;
    /// Finds what is shown, unless that is everything, and what is marked of that. They change places with the mode.
    std::unique_ptr<EntrySearch> m_rows;
    std::unique_ptr<EntrySearch> m_marks;
    std::unique_ptr<AnnotationMatcher> m_matcher;
    const QString m_path;
    /// Counts the entries that there are at the first advanceTo(), once.
    std::unique_ptr<CaptureJob> m_gapJob;
    bool m_isCounted = false;
};

} // namespace sockeye
