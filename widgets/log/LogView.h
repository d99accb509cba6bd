#pragma once

#include "log/LogModel.h"
#include "widgets/log/KeptSelection.h"
#include "widgets/log/LogGeometry.h"
#include "widgets/log/LogLook.h"
#include "widgets/log/LogTimes.h"
#include "widgets/log/LogZoom.h"

#include <QAbstractItemView>
#include <QPointer>

class QHeaderView;

namespace sockeye {

class LogClipboard;
class LogFollower;
class LogHeader;
class LogScroller;
class MarkerStrip;
struct ThemeColors;

/// The message log: a table of uniform rows over a LogModel that costs the same at ten and at ten million rows
/// (QTableView and QTreeView keep data for each row). Whole rows are selected. While following it keeps the newest row
/// in view (LogFollower); scrolling up or choosing an entry stops that, End resumes it. The selection outlives a change
/// of the filter (KeptSelection). It is a table for screen readers too (LogAccessible.h).
class LogView final : public QAbstractItemView
{
    Q_OBJECT

public:
    explicit LogView(QWidget *parent = nullptr);
    ~LogView() override;

    void setLogModel(LogModel *model);
    [[nodiscard]] LogModel *logModel() const;
    [[nodiscard]] bool isFollowing() const;
    void setFollowing(bool following);
    /// The entry of the current row; EntryId() for none.
    [[nodiscard]] EntryId currentEntry() const { return m_current; }
    void setCurrentEntry(EntryId id);
    /// Makes the entry the current one, and scrolls it to the middle if it was not visible. If it has no row, the
    /// nearest entry before it is taken. Returns the entry taken; EntryId() for none.
    EntryId goToEntry(EntryId id);
    /// The rows that are selected, in order; a selection of everything is one range.
    [[nodiscard]] RowRanges selectedRanges() const;
    /// How many rows have come since following stopped and are below the view.
    [[nodiscard]] qint64 newBelow() const;
    /// The user's choice of columns, times and zoom.
    [[nodiscard]] LogLook look() const;
    /// Does not emit lookChanged().
    void setLook(const LogLook &look);
    /// Measures the delta from this entry, until another entry is set or the user chooses otherwise.
    void measureFrom(EntryId id);
    [[nodiscard]] QHeaderView *header() const;
    [[nodiscard]] LogHeader *columnHeader() const { return m_header; }
    /// Scrolls to the column if it is out of sight.
    void showColumn(int column);
    [[nodiscard]] MarkerStrip *markerStrip() const { return m_strip; }
    /// Whether previews show JSON as it is, not its members lined up.
    void setRawPreview(bool raw);
    /// Whether previews dim what the message before of the same shape said, too.
    void setDimsSame(bool dims);
    [[nodiscard]] bool dimsSame() const { return m_dimsSame; }
    [[nodiscard]] bool hasRawPreview() const { return m_hasRawPreview; }
    [[nodiscard]] LogDensity density() const { return m_density; }
    void setDensity(LogDensity density);
    /// Steps by which the log's text is larger than the interface's, or smaller (LogZoom).
    [[nodiscard]] int zoom() const { return m_zoom.steps(); }
    void setZoom(int steps);
    [[nodiscard]] const LogGeometry &geometryOfRows() const;
    /// The text in the middle while there are no rows and no filter: "No messages yet".
    void setEmptyText(const QString &text);
    /// The text in the middle while there are no rows: the text that was set, or that nothing matches the filter.
    [[nodiscard]] QString emptyText() const;
    /// Copies the selected rows to the clipboard.
    void copySelection(CopyFormat format = CopyFormat::Rows);

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &point) const override;
    /// Does nothing: searching for typed text would walk the whole log. The filter is there for that.
    void keyboardSearch(const QString &search) override;
    void reset() override;

Q_SIGNALS:
    void followingChanged(bool following);
    void newBelowChanged(qint64 rows);
    /// The user has changed columns, times or zoom.
    void lookChanged();
    void selectedRowsChanged();
    void currentEntryChanged(sockeye::EntryId id);
    void contextMenuRequested(const QPoint &globalPosition);
    /// A line for the status bar: how many rows were copied.
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
    void connectHeader();
    void connectScrolling();
    [[nodiscard]] QModelIndex rowIndex(Row row) const;
    void updateFont();
    /// The part of the viewport that these rows cover; empty if they are not visible.
    [[nodiscard]] QRect visibleRect(Row first, Row last) const;
    void moveRows(qint64 pixels);
    /// Whether a frame shows the keyboard's focus, because there is no row to show it.
    [[nodiscard]] bool hasFrame() const;
    void updateRows(Row first, Row last);
    void paintRows(QPainter &painter, const QRect &exposed, const ThemeColors &colors);
    void showRawPreview(bool raw);
    void showSame(bool dims);
    void setTimes(TimeFormat format, DeltaFrom from);
    bool zoomTo(int steps);
    bool applyDensity(LogDensity density);
    [[nodiscard]] bool isCompact() const;
    template<typename Change>
    bool resizeRows(Change change);
    void goToPlace(Row row);
    [[nodiscard]] QString toolTipAt(const QPoint &point) const;
    [[nodiscard]] QItemSelection selectionOf(const RowRanges &rows) const;
    void keepSelection();
    void restoreSelection();
    void restoreCurrent();
    void searchChanged();
    void announceCurrent(EntryId id);

    QPointer<LogModel> m_log;
    LogHeader *m_header = nullptr;
    QWidget *m_headerGround = nullptr;
    MarkerStrip *m_strip = nullptr;
    LogScroller *m_scroller = nullptr;
    LogFollower *m_follower = nullptr;
    LogClipboard *m_clipboard = nullptr;
    LogZoom m_zoom;
    LogTimes m_times;
    bool m_hasRawPreview = false;
    bool m_dimsSame = false;
    LogDensity m_density = LogDensity::Automatic;
    KeptSelection m_kept;
    QString m_emptyText;
    /// The entry that currentEntryChanged() announced last.
    EntryId m_current;
    /// The current entry was chosen while the view was hidden.
    bool m_isUnseen = false;
    bool m_layingOut = false;
    bool m_restoring = false;
};

} // namespace sockeye
