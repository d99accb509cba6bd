#pragma once

#include "base/StrongId.h"

#include <QHeaderView>

namespace sockeye {

class LogModel;

/// The log's column titles. Widths come from samples of what a column can hold, never from the rows themselves. A
/// context menu hides and shows columns.
class LogHeader final : public QHeaderView
{
    Q_OBJECT

public:
    /// Space on either side of a cell's text.
    static constexpr int Padding = 8;

    explicit LogHeader(QWidget *parent = nullptr);

    void setLogModel(LogModel *model);
    /// Sets widths for this font, where the user has not set one.
    void setDataFont(const QFont &font);
    /// Makes room for the number of the last entry.
    void makeRoomFor(EntryId last);
    /// In a view too narrow for a preview the delta gives way, until there is room again or the user has chosen.
    void fitTo(int width);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    /// As the theme has it, but with titles exactly above their cells.
    void paintSection(QPainter *painter, const QRect &rect, int column) const override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    [[nodiscard]] bool hasColumns() const;
    [[nodiscard]] int widthFor(int column) const;
    void applyWidths();
    void columnResized(int column);

    QFont m_dataFont;
    int m_digits = 4;
    bool m_applying = false;
    bool m_deltaGaveWay = false;
    bool m_deltaChosen = false;
    QList<bool> m_chosenByUser;
};

} // namespace sockeye
