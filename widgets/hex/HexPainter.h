#pragma once

#include "widgets/hex/HexView.h"
#include "widgets/style/Theme.h"

#include <QPainter>

#include <array>

namespace sockeye {

/// Paints the rows of a hex view.
class HexPainter final
{
public:
    struct State
    {
        HexRange selection;
        /// The column whose selection is strong.
        HexLayout::Area area = HexLayout::Area::Hex;
        /// The byte at the caret; negative if no caret is drawn.
        ByteOffset caret{-1};
        /// Null for none.
        const ByteBookmarks *bookmarks = nullptr;
    };

    HexPainter(QPainter &painter, const HexLayout &layout, const ByteSource &source, const QList<HexField> &fields,
               const QList<HexRange> &marks, const ThemeColors &colors, const State &state);

    /// The row's top is at y.
    void paintRow(qint64 row, int y);

private:
    void paintRuns(HexRange range, int y);
    void paintRun(HexRange range, int y, const QColor &hexColor, const QColor &textColor);
    void paintByte(ByteOffset offset, int column, int y);
    void paintCaret(int column, int y);
    void paintMarks(HexRange range, int y);
    void paintBookmarks(HexRange range, int y);
    [[nodiscard]] const HexField *fieldAt(ByteOffset offset) const;
    [[nodiscard]] QRect hexRect(int first, int last, int y) const;
    [[nodiscard]] QRect textRect(int first, int last, int y) const;

    QPainter &m_painter;
    const HexLayout &m_layout;
    const std::array<QString, 256> &m_byteTexts;
    const ByteSource &m_source;
    const QList<HexField> &m_fields;
    const QList<HexRange> &m_marks;
    const ThemeColors &m_colors;
    State m_state;
    int m_baseline = 0;
};

} // namespace sockeye
