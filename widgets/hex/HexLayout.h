#pragma once

#include "widgets/hex/HexStyle.h"

#include <optional>

namespace sockeye {

/// A run of bytes.
struct HexRange
{
    ByteOffset first;
    qint64 length = 0;

    [[nodiscard]] bool isEmpty() const { return length <= 0; }
    /// The offset after the run.
    [[nodiscard]] ByteOffset end() const { return first + length; }
    [[nodiscard]] bool contains(ByteOffset offset) const { return offset >= first && offset < end(); }
    [[nodiscard]] static HexRange between(ByteOffset a, ByteOffset b);

    friend bool operator==(const HexRange &, const HexRange &) = default;
};

/// The places of everything in a hex view, in whole pixels: arithmetic only, no painting and no widget.
///
///     | margin | offset | gap | b b b b b b b b  b b b b b b b b | gap | aaaaaaaaaaaaaaaa | margin |
///
/// Rows are counted from the first of the bytes, x from the content's left edge, y from the top of a row given as the
/// topmost.
class HexLayout final
{
public:
    enum class Area : quint8 { Offset, Hex, Text };
    /// What lies under a point. `offset` is the nearest byte's; `exact` whether the point is on it.
    struct Hit
    {
        Area area = Area::Hex;
        ByteOffset offset;
        bool exact = false;
    };

    HexLayout() = default;
    /// For a font whose characters are all `charWidth` wide.
    HexLayout(int charWidth, int rowHeight, qint64 size);

    void setStyle(const HexStyle &style) { m_style = style; }
    [[nodiscard]] const HexStyle &style() const { return m_style; }
    /// As many bytes a row as the style says, or 16 where they fit into the width, else 8.
    void fitWidth(int width);
    void setBytesPerRow(int bytes) { m_bytesPerRow = bytes; }
    void setSize(qint64 size) { m_size = size; }

    [[nodiscard]] qint64 size() const { return m_size; }
    [[nodiscard]] int bytesPerRow() const { return m_bytesPerRow; }
    [[nodiscard]] int rowHeight() const { return m_rowHeight; }
    [[nodiscard]] int charWidth() const { return m_charWidth; }

    [[nodiscard]] qint64 rowCount() const;
    [[nodiscard]] qint64 rowOf(ByteOffset offset) const { return offset.value() / m_bytesPerRow; }
    [[nodiscard]] int columnOf(ByteOffset offset) const { return static_cast<int>(offset.value() % m_bytesPerRow); }
    [[nodiscard]] ByteOffset offsetAt(qint64 row, int column) const { return ByteOffset(row * m_bytesPerRow + column); }
    /// The bytes of a row; fewer in the last one.
    [[nodiscard]] HexRange rowRange(qint64 row) const;
    /// How many rows begin and end within the height; at least 1.
    [[nodiscard]] int wholeRows(int height) const;

    /// 8, or more if the offsets need them.
    [[nodiscard]] int offsetDigits() const;
    [[nodiscard]] int offsetX() const { return Margin; }
    /// The left edge of the column's digits.
    [[nodiscard]] int hexX(int column) const;
    [[nodiscard]] int hexWidth() const { return m_style.digitsPerByte() * m_charWidth; }
    /// The space between two bytes of a group.
    [[nodiscard]] int byteGap() const;
    /// The left edge of the column's character.
    [[nodiscard]] int textX(int column) const;
    [[nodiscard]] int contentWidth() const;

    /// What lies at the point, `topRow` being the row at y 0. With `within`, only that area is looked at, as when
    /// dragging.
    [[nodiscard]] Hit hitTest(int x, int y, qint64 topRow, std::optional<Area> within = {}) const;

private:
    /// Aligns the offsets with the text above and below the view.
    static constexpr int Margin = 10;

    [[nodiscard]] int columnAt(int x, Area area, bool &exact) const;

    int m_charWidth = 8;
    int m_rowHeight = 18;
    qint64 m_size = 0;
    int m_bytesPerRow = 16;
    HexStyle m_style;
};

} // namespace sockeye
