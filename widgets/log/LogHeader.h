#pragma once

#include "base/StrongId.h"
#include "log/LogTypes.h"
#include "widgets/log/LogColumns.h"

#include <QHash>
#include <QHeaderView>

namespace sockeye {

class LogHeaderMenu;
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
    /// The log's own ones.
    [[nodiscard]] LogColumns columns() const { return m_columns.own(); }
    void setColumns(const LogColumns &columns);
    /// With those of fields among them.
    [[nodiscard]] const LogColumns &allColumns() const { return m_columns; }
    /// The fields that have columns, from left to right; each path once, and at most ColumnOptions::MaxColumns.
    [[nodiscard]] QList<FieldColumn> fields() const { return m_columns.placed(m_fields); }
    void setFields(const QList<FieldColumn> &fields);
    /// The field of a column; null for one of the log's own.
    [[nodiscard]] const FieldColumn *fieldOf(int column) const;
    /// The column of the field with this path; -1 if there is none.
    [[nodiscard]] int columnOf(const QString &path) const;
    void setColumnShown(int column, bool shown);
    /// Makes the column as wide as its content needs, whatever width it was given.
    void fitColumn(int column);
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
    /// Whether that would make it wider.
    [[nodiscard]] bool canGrow(int column) const;
    /// Where the preview would have less than half of the view, the delta moves into the column of sizes, and away
    /// where even that leaves the preview too few characters; until there is room again or the user has chosen. Columns
    /// that are still too wide are scrolled.
    void fitTo(int width);
    /// Opens the menu of columns and times, which deletes itself when it closes; of a column where it was clicked on.
    void showMenu(const QPoint &globalPosition, int column = -1);
    /// Sets widths anew after the format of times has changed.
    void updateWidths() { applyWidths(); }

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// The user has shown, hidden, moved, sized or reset columns.
    void columnsChanged();
    /// Likewise columns of fields.
    void fieldsChanged();
    /// The menu is about to open; others may add to it. `column` is that which was clicked on, or -1.
    void menuOpening(sockeye::LogHeaderMenu *menu, int column);
    /// The view has to place the columns anew. (QHeaderView emits its own signals in the middle of its changes.)
    void laidOut();
    void timeFormatChosen(sockeye::TimeFormat format);
    void deltaFromChosen(sockeye::DeltaFrom from);

protected:
    /// Paints as the theme does, but with titles exactly above their cells.
    void paintSection(QPainter *painter, const QRect &rect, int column) const override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    /// Paths and titles of fields are no markup.
    bool viewportEvent(QEvent *event) override;

private:
    enum class DeltaPlace : quint8 { OwnColumn, WithSize, Nowhere };

    [[nodiscard]] bool isReady() const;
    /// What the column needs while the delta stands there.
    [[nodiscard]] int widthFor(int column, DeltaPlace delta) const;
    [[nodiscard]] bool isLaneColumn(int column) const;
    LogColumn &placed(int column);
    [[nodiscard]] const LogColumn &placed(int column) const;
    [[nodiscard]] LogModel *log() const;
    [[nodiscard]] int maxFieldWidth() const;
    void tellChanges(const LogColumns &before);
    void applyColumns();
    void applyWidths();
    void fitDelta(int width);
    [[nodiscard]] DeltaPlace deltaPlaceIn(int width) const;
    void setDeltaPlace(DeltaPlace place);
    void columnResized(int column, int size);
    void columnMoved();

    /// The user's choice; the delta may be hidden all the same.
    LogColumns m_columns;
    /// As the model has them.
    QList<FieldColumn> m_fields;
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
