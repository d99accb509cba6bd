#pragma once

#include "base/StrongId.h"
#include "log/LogText.h"
#include "widgets/log/LogColumns.h"

#include <QHeaderView>

class QMenu;

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
    /// The columns as they came.
    void resetColumns();
    /// The shown columns from left to right.
    [[nodiscard]] QList<int> shownColumns() const;
    /// Sets widths for this font, where the user has not set one.
    void setDataFont(const QFont &font);
    /// While there are lanes their column is shown and wide enough, whatever the user has chosen for other logs.
    void setLanes(const QStringList &names);
    /// Makes room for the number of the last entry.
    void makeRoomFor(EntryId last);
    /// In a view too narrow for a preview the delta gives way, until there is room again or the user has chosen; what
    /// is still too wide is scrolled.
    void fitTo(int width);
    /// Ticks for the columns, how times are shown, and from where they are measured; the menu deletes itself when it
    /// closes.
    void showMenu(const QPoint &globalPosition);
    /// Times are shown otherwise: another width.
    void updateWidths() { applyWidths(); }

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// By the user: chosen, moved, sized or reset.
    void columnsChanged();
    /// The view has to place them anew. (QHeaderView's own signals come in the midst of its changes.)
    void laidOut();
    void timeFormatChosen(sockeye::TimeFormat format);
    void deltaFromChosen(sockeye::DeltaFrom from);

protected:
    /// As the theme has it, but with titles exactly above their cells.
    void paintSection(QPainter *painter, const QRect &rect, int column) const override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] int widthFor(int column) const;
    [[nodiscard]] bool isLaneColumn(int column) const;
    [[nodiscard]] QString titleOf(int column) const;
    LogColumn &placed(int column);
    [[nodiscard]] const LogModel *log() const;
    void addColumns(QMenu *menu);
    void addMoves(QMenu *menu);
    void addTimes(QMenu *menu);
    void applyColumns();
    void applyWidths();
    void fitDelta(int width);
    void columnResized(int column, int size);
    void columnMoved();

    /// As the user wants them; the delta may be hidden all the same.
    LogColumns m_columns;
    QStringList m_lanes;
    QFont m_dataFont;
    int m_digits = 4;
    bool m_applying = false;
    bool m_deltaGaveWay = false;
    bool m_deltaChosen = false;
};

} // namespace sockeye
