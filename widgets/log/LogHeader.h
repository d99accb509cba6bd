#pragma once

#include "base/StrongId.h"
#include "log/LogTypes.h"
#include "widgets/log/LogColumns.h"

#include <QHash>
#include <QHeaderView>

namespace sockeye {

class LogModel;

/// The log's column titles. Widths come from samples of what a column can hold, never from the rows themselves, until
/// the user sets one; columns are moved by dragging or in a context menu, which chooses them, too.
class LogHeader final : public QHeaderView
{
    Q_OBJECT

public:
    /// Space on either side of a cell's text.
    static constexpr int Padding = 8;

    explicit LogHeader(QWidget *parent = nullptr);

    void setLogModel(LogModel *model);
    [[nodiscard]] const LogColumns &columns() const { return m_columns; }
    void setColumns(const LogColumns &columns);
    void setColumnShown(int column, bool shown);
    /// Places the columns as they are until the user chooses.
    void resetColumns();
    /// The shown columns from left to right.
    [[nodiscard]] QList<int> shownColumns() const;
    /// The columns for a copy: those that are shown, and a delta that stands in another one.
    [[nodiscard]] QList<int> copiedColumns() const;
    /// The column's title in full. There is a model.
    [[nodiscard]] QString titleOf(int column) const;
    /// Sets widths for this font, where the user has not set one.
    void setDataFont(const QFont &font);
    /// While there are lanes, the connection column is shown and wide enough, whatever the user has chosen for other
    /// logs.
    void setLanes(const QStringList &names);
    /// Whether the delta stands in the column of sizes.
    [[nodiscard]] bool mergesDelta() const { return m_deltaPlace == DeltaPlace::WithSize; }
    /// Makes room for the number of the last entry.
    void makeRoomFor(EntryId last);
    /// Makes a column that grows with its content wide enough for texts of so many pixels, here and from now on.
    void makeRoomFor(const QHash<int, int> &textWidths);
    /// Where the preview would have less than half of the view, the delta moves into the column of sizes, and away
    /// where even that leaves the preview too few characters; until there is room again or the user has chosen. Columns
    /// that are still too wide are scrolled.
    void fitTo(int width);
    /// Opens the menu of columns and times, which deletes itself when it closes.
    void showMenu(const QPoint &globalPosition);
    /// Sets widths anew after the format of times has changed.
    void updateWidths() { applyWidths(); }

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// The user has shown, hidden, moved, sized or reset columns.
    void columnsChanged();
    /// The view has to place the columns anew. (QHeaderView emits its own signals in the middle of its changes.)
    void laidOut();
    void timeFormatChosen(sockeye::TimeFormat format);
    void deltaFromChosen(sockeye::DeltaFrom from);

protected:
    /// Paints as the theme does, but with titles exactly above their cells.
    void paintSection(QPainter *painter, const QRect &rect, int column) const override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    enum class DeltaPlace : quint8 { OwnColumn, WithSize, Nowhere };

    [[nodiscard]] bool isReady() const;
    /// What the column needs while the delta stands there.
    [[nodiscard]] int widthFor(int column, DeltaPlace delta) const;
    [[nodiscard]] bool isLaneColumn(int column) const;
    LogColumn &placed(int column);
    [[nodiscard]] const LogColumn &placed(int column) const;
    [[nodiscard]] LogModel *log() const;
    void applyColumns();
    void applyWidths();
    void fitDelta(int width);
    [[nodiscard]] DeltaPlace deltaPlaceIn(int width) const;
    void setDeltaPlace(DeltaPlace place);
    void columnResized(int column, int size);
    void columnMoved();

    /// The user's choice; the delta may be hidden all the same.
    LogColumns m_columns;
    QStringList m_lanes;
    QFont m_dataFont;
    int m_digits = 4;
    /// By column: the widest text that was to be shown.
    QHash<int, int> m_textWidths;
    /// The widest text of a size with its delta.
    int m_mergedTextWidth = 0;
    bool m_applying = false;
    DeltaPlace m_deltaPlace = DeltaPlace::OwnColumn;
    bool m_deltaChosen = false;
};

} // namespace sockeye
