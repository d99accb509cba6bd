#pragma once

#include "filter/CachedMarks.h"
#include "filter/EntryQuery.h"
#include "filter/FilterHints.h"
#include "log/FieldCells.h"
#include "log/LogCells.h"
#include "log/LogTypes.h"
#include "log/MemberColumns.h"
#include "log/SelectedRows.h"
#include "record/TimelineBucket.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QPointer>

#include <functional>
#include <memory>

namespace sockeye {

class Annotations;
class CaptureLoader;
class EntryPages;
class FormatSet;
class LogRows;
class MatchExcerpts;
class RequestReader;
class RowReader;

/// The log of a capture as a table: a row for each entry, loaded in pages as it is looked at. Behind its own columns
/// stand those of fields of messages. It holds data, no colours. data() never waits: an entry whose page is not loaded
/// is requested, shown empty (LoadedRole is false) and announced by dataChanged once it is loaded. Only
/// AccessibleTextRole reads at once, because a screen reader asks just once.
///
/// The model puts together who knows: LogRows which entry stands in which row, EntryPages the entries, LogCells what
/// cells say, RowReader what has to be read in the background. Such reading tells its result in this thread, unless its
/// context object is gone by then or a newer question of the same kind has been asked.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    using enum LogTable::Column;
    using enum LogTable::Role;
    using FilterMode = sockeye::FilterMode;
    using Quiet = LogQuiet;
    using Step = LogStep;

    explicit LogModel(CaptureLoader &loader, QObject *parent = nullptr);
    ~LogModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

    /// The capture has grown to this entry (committed, so it can be read). Rows are inserted at most once per call.
    void advanceTo(EntryId last);
    [[nodiscard]] EntryId lastEntry() const;

    [[nodiscard]] EntryId entryAt(Row row) const;
    /// The row that shows the entry, or that of the nearest shown entry before it; Row(-1) if there is none.
    [[nodiscard]] Row rowOf(EntryId id) const;
    [[nodiscard]] bool isShown(EntryId id) const;
    /// The entry, if its page is loaded.
    [[nodiscard]] const Entry *entry(EntryId id) const;

    // How cells look

    [[nodiscard]] const CellStyle &cellStyle() const { return m_cells.style(); }
    void setTimeFormat(TimeFormat format);
    [[nodiscard]] TimeFormat timeFormat() const { return cellStyle().time; }
    void setDeltaFrom(DeltaFrom from);
    [[nodiscard]] DeltaFrom deltaFrom() const { return cellStyle().deltaFrom; }
    /// The entry from which DeltaFrom::Selected measures; EntryId() for none.
    void setDeltaReference(EntryId id);
    /// Whether the column of sizes says the delta, too.
    void setDeltaMerged(bool merged);
    /// Names for connections, shown in their column when it tells several captures apart (CaptureMerge); empty to show
    /// their numbers.
    void setLanes(const QHash<ConnectionId, QString> &lanes);
    /// What the ends of connections amount to, as far as they are known.
    void setEndSeverities(const QHash<ConnectionId, Severity> &ends);
    [[nodiscard]] std::optional<Severity> endSeverity(ConnectionId id) const;
    /// Not owned; null for none.
    void setAnnotations(Annotations *annotations);

    /// Fields of messages that have columns, from ColumnCount on; what stays the same from the first on keeps its
    /// column.
    void setFieldColumns(const QList<FieldColumn> &fields);
    [[nodiscard]] const QList<FieldColumn> &fieldColumns() const { return m_fields.columns(); }
    /// Whether previews of JSON say its members, lined up, instead of the text as it is.
    void setSmartPreview(bool smart);
    [[nodiscard]] bool hasSmartPreview() const { return m_hasSmartPreview; }
    /// Whether such previews dim what the message before of the same shape said, too.
    void setDimsSame(bool dims);
    /// As what messages are read that previews sum up.
    void setFormats(const std::shared_ptr<const FormatSet> &formats);
    /// Tells how long answers took, for the column of latencies and the filter; not owned, null for nobody. It goes on
    /// reading as long as somebody looks at them.
    void setRequests(RequestReader *requests);
    [[nodiscard]] RequestReader *requests() const;
    /// What the preview of a loaded entry says, and which of it is dimmed.
    [[nodiscard]] PreviewLine preview(const Entry &entry) const;

    // What is shown

    /// Hides or marks: in FilterMode::Hide the rows are emptied and fill while a background job searches. A newer
    /// filter replaces a running one; entries that come later are matched as they come.
    void setFilter(const EntryQuery &query);
    [[nodiscard]] const EntryQuery &filter() const;
    [[nodiscard]] bool isFiltered() const { return !filter().matchesAll(); }
    /// What the filter looks for in payloads.
    [[nodiscard]] const MatchMarks &matchMarks() const { return m_matchMarks.marks(); }
    /// Where that is in a text that a cell shows.
    [[nodiscard]] MatchMarks::Ranges markedIn(const QString &text) const { return m_matchMarks.inText(text); }
    void setFilterMode(FilterMode mode);
    [[nodiscard]] FilterMode filterMode() const;
    void setQuiet(LogQuiet quiet);
    [[nodiscard]] LogQuiet quiet() const;
    /// Whether some entries may have no row: a filter hides, or the log is quiet.
    [[nodiscard]] bool hidesEntries() const;

    /// Whether a search still looks at the entries that there were when it began.
    [[nodiscard]] bool isSearching() const;
    /// Up to this entry rows and matches are known: the last entry unless there is a search.
    [[nodiscard]] EntryId searchedTo() const;
    /// Whether the search looked at everything: it was neither cancelled nor has it failed.
    [[nodiscard]] bool isSearchSound() const;
    /// Keeps what was found so far; entries that come later are matched all the same.
    void cancelSearch();
    /// The number of matches found so far; 0 without a filter.
    [[nodiscard]] qint64 matchCount() const;
    /// The nearest match with a row after (or before) this entry, of those found so far; EntryId() if there is none.
    [[nodiscard]] EntryId nextMatch(EntryId from, bool forward) const;
    /// How many of the matches found so far are not after this entry.
    [[nodiscard]] qint64 matchesUpTo(EntryId id) const;
    /// The number of entries found so far that are noise and not shown.
    [[nodiscard]] qint64 hiddenCount() const;

    // What rows hold, read in the background

    /// Finds the nearest row after (or before) `from` that is such a step; `done` gets EntryId() if there is none.
    void step(EntryId from, LogStep step, bool forward, QObject *context, std::function<void(EntryId)> done);
    /// The times of the capture's first and last entries; none without entries.
    void readTimeSpan(QObject *context, std::function<void(const std::optional<TimeSpan> &)> done) const;
    /// What some of the messages have that a filter may ask for; connections are left out.
    void readSeen(QObject *context, std::function<void(const FilterHints &)> done);
    /// The first row at this time or later, or else the last; Row(-1) without rows.
    void rowAtTime(Timestamp time, QObject *context, std::function<void(Row)> done);
    /// The rows of a stretch of time, its ends included; none for a stretch without rows.
    void rowsInSpan(const TimeSpan &span, QObject *context, std::function<void(const RowRanges &)> done);
    void readSums(const RowRanges &ranges, QObject *context, std::function<void(const SelectionSums &)> done);
    /// Finds these rows' entries in an export.
    [[nodiscard]] EntryQuery selectionQuery(const RowRanges &ranges) const;
    /// The rows for the clipboard, at most CopiedRows::MaxRows of them.
    void readText(const RowRanges &ranges, CopyFormat format, QObject *context,
                  std::function<void(const CopiedRows &)> done);
    /// The columns of CopyFormat::Rows and Markdown, in this order.
    void setCopiedColumns(const QList<int> &columns) { m_copiedColumns = columns; }

Q_SIGNALS:
    /// A search began, went on or ended; the matches have changed.
    void searchChanged();
    void failed(const QString &message);

private:
    void forwardRows();
    /// Tells that the rows of these entries, and `after` rows below them, have changed.
    void entriesChanged(EntryId first, EntryId last, int after, const QList<int> &roles);
    void columnChanged(int column) { columnsChanged(column, column); }
    void columnsChanged(int first, int last);
    void titleChanged(int column);
    void fieldsChanged();
    [[nodiscard]] QVariant fieldValue(EntryId id, qsizetype place, int role) const;
    /// A long text around what the filter looks for, where its beginning does not show that.
    [[nodiscard]] QString textPreview(const Entry &entry) const;
    void updateDecoding(const std::shared_ptr<const FormatSet> &formats);
    void takeRequests();
    /// How long an answer took; empty for any other entry.
    [[nodiscard]] QString answerLatency(const Entry &entry) const;
    [[nodiscard]] QVariant annotationValue(EntryId id, int role) const;
    [[nodiscard]] QVariant accessibleText(Row row, int column) const;
    /// The entry from which the row's delta is measured, and its time if that is known.
    [[nodiscard]] EntryId deltaOrigin(Row row) const;
    [[nodiscard]] std::optional<Timestamp> originTime(Row row) const;
    /// Days begin at whole quarters of an hour, in every zone.
    using QuarterHours = std::chrono::duration<qint64, std::ratio<900>>;

    void takeArrived(EntryId first, EntryId last);
    void deltaChanged();
    void readSpan();
    void takeSpan(const std::optional<TimeSpan> &span);
    void updateDates();
    void readReference();

    std::unique_ptr<EntryPages> m_pages;
    std::unique_ptr<LogRows> m_rows;
    std::unique_ptr<RowReader> m_reader;
    std::unique_ptr<MatchExcerpts> m_excerpts;
    /// For filters that ask what messages say.
    std::shared_ptr<const filter::MessageDecoding> m_decoding;
    std::shared_ptr<const FormatSet> m_formats;
    QPointer<RequestReader> m_requests;
    /// The latency of an answer was asked for since takeRequests(), and how often it was not.
    mutable bool m_isLatencyAsked = false;
    int m_timesUnasked = 0;
    LogCells m_cells;
    FieldCells m_fields;
    MemberColumns m_members;
    bool m_hasSmartPreview = false;
    CachedMarks m_matchMarks;
    std::optional<TimeSpan> m_span;
    bool m_isReadingSpan = false;
    /// When the span was read.
    std::chrono::sys_time<QuarterHours> m_readQuarter;
    QHash<ConnectionId, Severity> m_ends;
    Annotations *m_annotations = nullptr;
    QList<int> m_copiedColumns;
};

} // namespace sockeye
