#pragma once

#include "base/Job.h"
#include "capture/EntryQuery.h"
#include "log/EntryCache.h"

#include <QAbstractTableModel>
#include <QSet>

#include <memory>
#include <vector>

namespace sockeye {

class CaptureLoader;

/// The log of a capture as a table: a row an entry, paged in as it is looked at, nothing loaded whole. It holds data, no
/// colours. data() never waits: an entry whose page is not here is asked for, shown empty (LoadedRole is false) and announced by dataChanged
/// when it came. Only AccessibleTextRole reads at once, because a screen reader asks just once.
class LogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { EntryColumn, TimeColumn, DeltaColumn, DirectionColumn, TypeColumn, SizeColumn, PreviewColumn, ColumnCount };
    enum Role {
        EntryIdRole = Qt::UserRole + 1, ///< qint64
        LoadedRole,                     ///< bool: whether the entry's page is here
        DirectionRole,                  ///< int(Direction)
        KindRole,                       ///< int(EntryKind)
        EventRole,                      ///< int(EventKind)
        SeverityRole                    ///< int(Severity) of the weightiest finding, or -1 for none
    };

    explicit LogModel(CaptureLoader &loader, QObject *parent = nullptr);
    ~LogModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The capture has grown to this entry (committed, so it can be read). Rows are inserted at most once per call.
    void advanceTo(EntryId last);
    [[nodiscard]] EntryId lastEntry() const { return m_last; }

    /// Shows only what matches: the rows are emptied and fill while a background job searches; a newer filter replaces a
    /// running one; entries that come later are matched as they come. A query that matches all shows all at once.
    void setFilter(const EntryQuery &query);
    [[nodiscard]] bool isFiltered() const { return !m_query.matchesAll(); }
    [[nodiscard]] bool isSearching() const;

    [[nodiscard]] EntryId entryAt(Row row) const;
    /// The row that shows the entry, or that of the nearest shown entry before it; Row(-1) if there is none.
    [[nodiscard]] Row rowOf(EntryId id) const;
    /// The entry, if its page is here.
    [[nodiscard]] const Entry *entry(EntryId id) const { return m_cache.find(id); }

Q_SIGNALS:
    /// The search began, went on or ended.
    void searchChanged();
    void failed(const QString &message);

private:
    [[nodiscard]] QVariant cellText(const Entry &entry, int column) const;
    void request(EntryId id) const;
    void takePage(EntryId start, QList<Entry> entries);
    void search(EntryId first, EntryId last);

    CaptureLoader &m_loader;
    mutable EntryCache m_cache;
    mutable QSet<qint64> m_requested;
    EntryId m_last;
    EntryQuery m_query;
    /// The matching entries in order, when filtered.
    std::vector<EntryId> m_matches;
    /// The last entry that the search has looked at.
    EntryId m_searched;
    JobRunner m_job;
};

} // namespace sockeye
