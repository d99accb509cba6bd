#pragma once

#include "base/Job.h"
#include "capture/EntryQuery.h"
#include "log/EntryCache.h"

#include <QAbstractTableModel>
#include <QHash>

#include <deque>
#include <functional>
#include <memory>

namespace sockeye {

class CaptureLoader;
class CaptureReader;

/// The log of a capture as a table: a row an entry, paged in as it is looked at, nothing loaded whole. It holds data,
/// no colours. data() never waits: an entry whose page is not here is asked for, shown empty (LoadedRole is false) and
/// announced by dataChanged when it came. Only AccessibleTextRole reads at once, because a screen reader asks just
/// once.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        EntryColumn,
        TimeColumn,
        DeltaColumn,
        DirectionColumn,
        TypeColumn,
        SizeColumn,
        PreviewColumn,
        ColumnCount
    };
    enum Role {
        EntryIdRole = Qt::UserRole + 1, ///< qint64
        LoadedRole,                     ///< bool: whether the entry's page is here
        DirectionRole,                  ///< int(Direction)
        KindRole,                       ///< int(EntryKind)
        EventRole,                      ///< int(EventKind)
        SeverityRole,                   ///< int(Severity) of the weightiest finding, or -1 for none
        FindingsRole                    ///< QString: the findings' weight and number in words, empty for none
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

    /// Shows only what matches: the rows are emptied and fill while a background job searches; a newer filter replaces
    /// a running one; entries that come later are matched as they come. A query that matches all shows all at once.
    void setFilter(const EntryQuery &query);
    [[nodiscard]] bool isFiltered() const { return !m_query.matchesAll(); }
    [[nodiscard]] bool isSearching() const { return isFiltered() && m_searched < m_goal; }
    /// The last entry that the search has looked at; meaningful when filtered.
    [[nodiscard]] EntryId searchedTo() const { return m_searched; }

    [[nodiscard]] EntryId entryAt(Row row) const;
    /// The row that shows the entry, or that of the nearest shown entry before it; Row(-1) if there is none.
    [[nodiscard]] Row rowOf(EntryId id) const;
    /// The entry, if its page is here.
    [[nodiscard]] const Entry *entry(EntryId id) const { return m_cache.find(id); }

    /// A row's cells separated by tabs, a line a row, for the clipboard. Reads in the background what is not here; at
    /// most MaxCopiedRows rows from `first` to `last` of each range in turn. `done` is called in this thread, perhaps
    /// at once.
    static constexpr int MaxCopiedRows = 100'000;
    void readText(const QList<std::pair<Row, Row>> &ranges, QObject *context, std::function<void(QString)> done) const;

Q_SIGNALS:
    /// The search began, went on or ended.
    void searchChanged();
    void failed(const QString &message);

private:
    /// A reader that passes from one job of m_job to the next, never used by two at once.
    struct SearchReader
    {
        std::unique_ptr<CaptureReader> reader;
    };
    struct Page
    {
        EntryId start;
        QList<Entry> entries;
        QString problem;
    };

    [[nodiscard]] QVariant cellValue(Row row, const Entry &entry, int column, int role) const;
    [[nodiscard]] QString deltaText(Row row, const Entry &entry) const;
    [[nodiscard]] QVariant accessibleText(Row row, int column) const;
    void readNow(EntryId id) const;
    void request(EntryId id) const;
    void readRequested();
    void takePages(const QList<Page> &pages, EntryId last);
    void announce(EntryId first, EntryId last);

    void search(EntryId first);
    void takeMatches(const QList<EntryId> &matches, EntryId searched);
    void searchFinished();

    CaptureLoader &m_loader;
    mutable EntryCache m_cache;
    EntryId m_last;

    /// The first ids of the pages to read, the one asked for last at the end.
    mutable QList<qint64> m_wanted;
    /// Pages that were read and ended early, with the log's last entry at that time: no use to ask again before it
    /// grows.
    QHash<qint64, EntryId> m_short;
    mutable bool m_readPending = false;
    mutable std::unique_ptr<CaptureReader> m_directReader;

    EntryQuery m_query;
    /// The matching entries in order, when filtered. A deque grows without moving what it holds.
    std::deque<EntryId> m_matches;
    EntryId m_searched;
    /// What isSearching() compares with: the log's end when the filter was set, not what came since.
    EntryId m_goal;
    bool m_searchFailed = false;
    std::shared_ptr<SearchReader> m_searchReader;
    JobRunner m_job;
};

} // namespace sockeye
