#pragma once

#include "filter/EntryQuery.h"
#include "record/TimelineBucket.h"
#include "reading/AnnotationMatcher.h"
#include "log/EntryCache.h"
#include "log/LogText.h"
#include "log/SelectedRows.h"

#include <QAbstractTableModel>
#include <QHash>

#include <functional>
#include <memory>

namespace sockeye {

class Annotations;
class CaptureJob;
class CaptureLoader;
class CaptureReader;
class EntrySearch;

/// What rows come to, for the status bar.
struct SelectionSums
{
    qint64 entries = 0;
    qint64 bytes = 0;
    qint64 wireBytes = 0;
    /// The earliest and the latest entry's.
    Timestamp first;
    Timestamp last;

    friend bool operator==(const SelectionSums &, const SelectionSums &) = default;
};

enum class CopyFormat : quint8 {
    Rows,      ///< a line a row, tabs between the cells
    Text,      ///< the payloads as text, a line each
    Hex,       ///< the payloads as hex digits, a line each
    JsonLines, ///< as exported
    Markdown   ///< a table
};

/// Rows as text for the clipboard.
struct CopiedRows
{
    QString text;
    /// How many rows the text holds; fewer than were asked for if these were too many or too large.
    qint64 rows = 0;
    bool isComplete = true;
};

/// The log of a capture as a table: a row an entry, paged in as it is looked at, nothing loaded whole. It holds data,
/// no colours. data() never waits: an entry whose page is not here is asked for, shown empty (LoadedRole is false) and
/// announced by dataChanged when it came. Only AccessibleTextRole reads at once, because a screen reader asks just
/// once.
///
/// What takes long runs in the background and tells its result in this thread, unless its context object is gone by
/// then or a newer question of the same kind has been asked.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        EntryColumn,
        ConnectionColumn,
        TimeColumn,
        DeltaColumn,
        DirectionColumn,
        TypeColumn,
        SizeColumn,
        WireSizeColumn,
        RatioColumn,
        LatencyColumn,
        PreviewColumn,
        FindingsColumn,
        ColumnCount
    };
    enum Role {
        EntryIdRole = Qt::UserRole + 1, ///< qint64
        LoadedRole,                     ///< bool: whether the entry's page is here
        DirectionRole,                  ///< int(Direction)
        KindRole,                       ///< int(EntryKind)
        EventRole,                      ///< int(EventKind)
        SeverityRole,                   ///< int(Severity) of the weightiest finding, or -1 for none
        FindingsRole,                   ///< QString: the findings' weight and number in words, empty for none
        BookmarkedRole,                 ///< bool
        ColourRole,                     ///< int, 0 for none (Annotation.h)
        NoteRole,                       ///< QString
        MatchedRole                     ///< bool: the filter matches it, in FilterMode::Mark
    };
    using TimeFormat = sockeye::TimeFormat;
    using DeltaFrom = sockeye::DeltaFrom;
    using CopyFormat = sockeye::CopyFormat;
    /// What happens to rows that do not match: they go, or they stay and the others are marked.
    enum class FilterMode : quint8 { Hide, Mark };
    /// Where step() goes.
    enum class Step : quint8 {
        SameDirection,
        Finding,
        Bookmark,
        Error,     ///< a finding that is one, or a connection that failed or broke
        Connection ///< the nearest row of another connection
    };
    /// Noise that is not shown.
    struct Quiet
    {
        bool control = false; ///< pings and pongs
        bool repeats = false; ///< heartbeats from their second time on (EntryQuery::withoutRepeats)

        friend bool operator==(const Quiet &, const Quiet &) = default;
    };

    explicit LogModel(CaptureLoader &loader, QObject *parent = nullptr);
    ~LogModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    /// The capture has grown to this entry (committed, so it can be read). Rows are inserted at most once per call.
    void advanceTo(EntryId last);
    [[nodiscard]] EntryId lastEntry() const { return m_last; }

    [[nodiscard]] EntryId entryAt(Row row) const;
    /// The row that shows the entry, or that of the nearest shown entry before it; Row(-1) if there is none.
    [[nodiscard]] Row rowOf(EntryId id) const;
    /// The entry, if its page is here.
    [[nodiscard]] const Entry *entry(EntryId id) const { return m_cache.find(id); }

    // How cells read

    void setTimeFormat(TimeFormat format);
    [[nodiscard]] TimeFormat timeFormat() const { return m_style.time; }
    void setDeltaFrom(DeltaFrom from);
    [[nodiscard]] DeltaFrom deltaFrom() const { return m_deltaFrom; }
    /// The entry from which DeltaFrom::Selected counts; EntryId() for none.
    void setDeltaReference(EntryId id);
    /// What connections are called in their column, when it tells several captures apart (CaptureMerge); none to show
    /// their numbers.
    void setLanes(const QHash<ConnectionId, QString> &lanes);
    /// Not owned; null for none.
    void setAnnotations(Annotations *annotations);

    // What is shown

    /// Hides or marks: in FilterMode::Hide the rows are emptied and fill while a background job searches. A newer
    /// filter replaces a running one; entries that come later are matched as they come.
    void setFilter(const EntryQuery &query);
    [[nodiscard]] const EntryQuery &filter() const { return m_query; }
    [[nodiscard]] bool isFiltered() const { return !m_query.matchesAll(); }
    void setFilterMode(FilterMode mode);
    [[nodiscard]] FilterMode filterMode() const { return m_mode; }
    void setQuiet(Quiet quiet);
    [[nodiscard]] Quiet quiet() const { return m_quiet; }
    /// Whether some entries may have no row: a filter hides, or the log is quiet.
    [[nodiscard]] bool hidesEntries() const;

    /// Whether a search still looks at what there was when it began.
    [[nodiscard]] bool isSearching() const;
    /// Up to this entry rows and matches are known: the log's end unless there is a search.
    [[nodiscard]] EntryId searchedTo() const;
    /// Whether the search looked at everything: it was neither cancelled nor has it failed.
    [[nodiscard]] bool isSearchSound() const;
    /// Keeps what was found so far; entries that come later are matched all the same.
    void cancelSearch();
    /// What the filter matches so far; 0 without a filter.
    [[nodiscard]] qint64 matchCount() const;
    /// The nearest match with a row after (or before) this entry, of those found so far; EntryId() if there is none.
    [[nodiscard]] EntryId nextMatch(EntryId from, bool forward) const;
    /// How many of the matches found so far are not after this entry.
    [[nodiscard]] qint64 matchesUpTo(EntryId id) const;
    /// Noise that is not shown, so far.
    [[nodiscard]] qint64 hiddenCount() const;

    // What rows hold, in the background

    /// The nearest row after (or before) `from` that is such a step; `done` gets EntryId() if there is none.
    void step(EntryId from, Step step, bool forward, QObject *context, std::function<void(EntryId)> done);
    /// When the capture's first and last entries were; none without entries.
    void readTimeSpan(QObject *context, std::function<void(const std::optional<TimeSpan> &)> done) const;
    /// The first row at this time or later, or else the last; Row(-1) without rows.
    void rowAtTime(Timestamp time, QObject *context, std::function<void(Row)> done);
    void readSums(const RowRanges &ranges, QObject *context, std::function<void(const SelectionSums &)> done);
    /// Finds these rows' entries in an export.
    [[nodiscard]] EntryQuery selectionQuery(const RowRanges &ranges) const;
    /// Rows to copy, at most so many, and at most so many characters. `done` may be called at once.
    static constexpr int MaxCopiedRows = 100'000;
    static constexpr qint64 MaxCopiedSize = 64LL * 1024 * 1024;
    void readText(const RowRanges &ranges, CopyFormat format, QObject *context,
                  std::function<void(const CopiedRows &)> done);
    /// The columns of CopyFormat::Rows and Markdown, in this order.
    void setCopiedColumns(const QList<int> &columns) { m_copiedColumns = columns; }

Q_SIGNALS:
    /// A search began, went on or ended; matches are others.
    void searchChanged();
    void failed(const QString &message);

private:
    struct Page
    {
        EntryId start;
        QList<Entry> entries;
        QString problem;
    };

    // Cells (LogModelCells.cpp)
    [[nodiscard]] QVariant annotationValue(EntryId id, int role) const;
    [[nodiscard]] QVariant cellValue(Row row, const Entry &entry, int column, int role) const;
    /// The entry from which the row's delta counts.
    [[nodiscard]] EntryId deltaOrigin(Row row) const;
    [[nodiscard]] QString deltaText(Row row, const Entry &entry) const;
    [[nodiscard]] QString timeTitle() const;
    [[nodiscard]] QVariant accessibleText(Row row, int column) const;
    void columnChanged(int column);
    void readStart();
    void readReference();
    void annotationsChanged(EntryId first, EntryId last);

    // Pages (LogModel.cpp)
    void readNow(EntryId id) const;
    void request(EntryId id) const;
    void readRequested();
    void takePages(const QList<Page> &pages, EntryId last);
    void announce(EntryId first, EntryId last);

    // Filter (LogModelFilter.cpp)
    void watch(EntrySearch &search);
    void search();
    void marksChanged(EntryId first, EntryId last);
    [[nodiscard]] const EntrySearch &matches() const;
    [[nodiscard]] bool isShown(EntryId id) const;
    [[nodiscard]] QList<EntryQuery> annotationQueries() const;
    [[nodiscard]] bool isSearchedFor(EntryId id) const;
    void takeChecked(const AnnotationMatcher::Checked &answer);
    void edit(const EntrySearch &search, const std::function<void()> &change);

    // Rows in the background (LogModelRows.cpp)
    [[nodiscard]] SelectedRows selected(const RowRanges &ranges) const;

    CaptureLoader &m_loader;
    mutable EntryCache m_cache;
    EntryId m_last;

    /// The first ids of the pages to read, the one asked for last at the end.
    mutable QList<qint64> m_wanted;
    /// Pages that were read and ended before m_last: no use to ask again before the log grows.
    QHash<qint64, EntryId> m_short;
    mutable bool m_readPending = false;
    mutable std::unique_ptr<CaptureReader> m_directReader;

    CellStyle m_style;
    bool m_startAsked = false;
    DeltaFrom m_deltaFrom = DeltaFrom::Previous;
    EntryId m_reference;
    std::optional<Timestamp> m_referenceTime;
    Annotations *m_annotations = nullptr;
    QList<int> m_copiedColumns;

    EntryQuery m_query;
    FilterMode m_mode = FilterMode::Hide;
    Quiet m_quiet;
    /// What is shown, unless that is all; and what is marked among it. They change places with the mode.
    std::unique_ptr<EntrySearch> m_rows;
    std::unique_ptr<EntrySearch> m_marks;

    std::unique_ptr<AnnotationMatcher> m_matcher;

    std::unique_ptr<CaptureJob> m_sums;
    std::unique_ptr<CaptureJob> m_steps;
    std::unique_ptr<CaptureJob> m_text;
};

} // namespace sockeye
