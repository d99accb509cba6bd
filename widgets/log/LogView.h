#pragma once

#include "log/LogModel.h"
#include "widgets/log/LogGeometry.h"
#include "widgets/log/LogLook.h"

#include <QAbstractItemView>
#include <QFont>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>

class QHeaderView;

namespace sockeye {

class LogHeader;
class MarkerStrip;

/// The message log: a table of uniform rows over a LogModel that costs the same at ten and at ten million rows
/// (QTableView and QTreeView keep data for each row). Whole rows are selected. While following it keeps the newest row
/// in view; scrolling up or choosing an entry stops that, End resumes it. It is a table for screen readers too
/// (LogAccessible.h).
class LogView final : public QAbstractItemView
{
    Q_OBJECT

public:
    explicit LogView(QWidget *parent = nullptr);
    ~LogView() override;

    void setLogModel(LogModel *model);
    [[nodiscard]] LogModel *logModel() const;
    [[nodiscard]] bool isFollowing() const { return m_following; }
    void setFollowing(bool following);
    /// The entry of the current row; EntryId() for none.
    [[nodiscard]] EntryId currentEntry() const { return m_current; }
    void setCurrentEntry(EntryId id);
    /// Makes the entry the current one, in the middle if it was out of sight; one that is not shown is stood for by the
    /// nearest one before it. Tells which one it was; EntryId() for none.
    EntryId goToEntry(EntryId id);
    /// The rows that are selected, in order; a selection of everything is one range.
    [[nodiscard]] RowRanges selectedRanges() const;
    /// How many rows have come since following stopped and are below what is seen.
    [[nodiscard]] qint64 newBelow() const;
    /// How the user wants it to look.
    [[nodiscard]] LogLook look() const;
    /// Tells nobody.
    void setLook(const LogLook &look);
    /// The delta is measured from this entry, until another one is named or the user turns it back.
    void measureFrom(EntryId id);
    [[nodiscard]] QHeaderView *header() const;
    /// The same, as what it is.
    [[nodiscard]] LogHeader *columnHeader() const { return m_header; }
    [[nodiscard]] MarkerStrip *markerStrip() const { return m_strip; }
    /// Steps by which the log's text is larger than the interface's, or smaller.
    [[nodiscard]] int zoom() const { return m_zoom; }
    void setZoom(int steps);
    static constexpr int LeastZoom = -4;
    static constexpr int MostZoom = 12;
    [[nodiscard]] const LogGeometry &geometryOfRows() const { return m_geometry; }
    /// Stands in the middle while there are no rows and no filter: "No messages yet".
    void setEmptyText(const QString &text);
    /// What stands there now; a filter that nothing matches says so itself.
    [[nodiscard]] QString emptyText() const;
    /// The selected rows to the clipboard.
    void copySelection(CopyFormat format = CopyFormat::Rows);

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;
    /// Does nothing: looking for what is typed would walk the whole log. That is what the filter is for.
    void keyboardSearch(const QString &search) override;
    void reset() override;

Q_SIGNALS:
    void followingChanged(bool following);
    void newBelowChanged(qint64 rows);
    /// By the user: columns, how times are shown, zoom.
    void lookChanged();
    void selectedRowsChanged();
    void currentEntryChanged(sockeye::EntryId id);
    void contextMenuRequested(const QPoint &globalPosition);
    /// A line for the status bar: what was copied.
    void statusText(const QString &text);

protected:
    [[nodiscard]] QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    [[nodiscard]] int horizontalOffset() const override;
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &index) const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void scrollContentsBy(int dx, int dy) override;
    void updateGeometries() override;
    void dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles = {}) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    [[nodiscard]] Row lastRow() const { return Row(m_geometry.rows() - 1); }
    [[nodiscard]] QModelIndex rowIndex(Row row) const;
    [[nodiscard]] bool isLoadedUpTo(Row row) const;
    void updateFont();
    /// What is in the viewport of these rows; empty if nothing is.
    [[nodiscard]] QRect visibleRect(Row first, Row last) const;
    void updateRows(Row first, Row last);
    void syncScrollBars();
    void moveTo(const LogGeometry &geometry);
    void scrolledByUser(bool down);
    void zoomBy(int turn);
    void zoomTo(int steps);
    void setTimes(TimeFormat format, DeltaFrom from);
    void updateReference();
    void updateNewBelow();
    void goToPlace(Row row);
    [[nodiscard]] QString toolTipAt(const QPoint &point) const;
    void chaseEnd();
    void jumpToEnd();
    void keepPlace();
    [[nodiscard]] QList<EntryId> idsToKeep() const;
    void selectAgain(const QList<EntryId> &ids);
    void selectKept();
    void searchChanged();
    void announceCurrent(EntryId id);

    QPointer<LogModel> m_log;
    LogHeader *m_header = nullptr;
    /// Goes on with the header's colour over the gutter and the strip.
    QWidget *m_headerGround = nullptr;
    MarkerStrip *m_strip = nullptr;
    LogGeometry m_geometry;
    QFont m_dataFont;
    QString m_emptyText;
    bool m_following = true;
    /// The last row's entry when following stopped.
    EntryId m_stoppedAt;
    qint64 m_newBelow = 0;
    int m_zoom = 0;
    TimeFormat m_timeFormat = TimeFormat::Local;
    DeltaFrom m_deltaFrom = DeltaFrom::Previous;
    /// From where the delta is measured if not from the current entry.
    EntryId m_measuredFrom;
    /// What Ctrl and the wheel have turned since the last step, in eighths of a degree.
    int m_zoomTurn = 0;

    /// What currentEntryChanged() said last.
    EntryId m_current;
    /// The entry that was current before the rows were reset, until it shows again or turns out to be filtered away.
    EntryId m_kept;
    /// What else was selected.
    QList<EntryId> m_keptIds;
    /// Its place in the viewport, if it was seen.
    std::optional<qint64> m_keptTop;
    /// The row to bring to the bottom as soon as it and those above it are loaded, so that a fast log never shows blank
    /// rows.
    Row m_goal{-1};
    QTimer m_goalTimeout;

    /// The current entry was chosen out of sight.
    bool m_isUnseen = false;
    bool m_syncing = false;
    bool m_layingOut = false;
    bool m_restoring = false;
};

} // namespace sockeye
