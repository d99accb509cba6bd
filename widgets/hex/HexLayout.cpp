#include "widgets/hex/HexLayout.h"

#include <algorithm>

namespace sockeye {

HexRange HexRange::between(ByteOffset a, ByteOffset b)
{
    const auto [low, high] = std::minmax(a, b);
    return {low, high - low + 1};
}

HexLayout::HexLayout(int charWidth, int rowHeight, qint64 size)
    : m_charWidth(std::max(charWidth, 1))
    , m_rowHeight(std::max(rowHeight, 1))
    , m_size(size)
{
}

void HexLayout::fitWidth(int width)
{
    constexpr int Wide = 16;
    constexpr int Narrow = 8;
    m_bytesPerRow = m_style.bytesPerRow > 0 ? m_style.bytesPerRow : Wide;
    if (m_style.bytesPerRow == 0 && contentWidth() > width)
        m_bytesPerRow = Narrow;
}

qint64 HexLayout::rowCount() const
{
    return m_size / m_bytesPerRow + (m_size % m_bytesPerRow ? 1 : 0);
}

HexRange HexLayout::rowRange(qint64 row) const
{
    const ByteOffset first = offsetAt(row, 0);
    return {first, std::clamp<qint64>(m_size - first.value(), 0, m_bytesPerRow)};
}

int HexLayout::wholeRows(int height) const
{
    return std::max(height / m_rowHeight, 1);
}

int HexLayout::offsetDigits() const
{
    constexpr int Least = 8;
    return std::max(Least, m_style.digitsOf(ByteOffset(std::max<qint64>(m_size - 1, 0))));
}

int HexLayout::byteGap() const
{
    return std::max(m_charWidth / 2, 3);
}

int HexLayout::hexX(int column) const
{
    const int first = offsetX() + offsetDigits() * m_charWidth + 3 * m_charWidth / 2;
    const int groups = m_style.groupSize > 1 ? column / m_style.groupSize : 0;
    return first + column * (hexWidth() + byteGap()) + groups * m_charWidth;
}

int HexLayout::textX(int column) const
{
    return hexX(m_bytesPerRow - 1) + hexWidth() + 3 * m_charWidth / 2 + column * m_charWidth;
}

int HexLayout::contentWidth() const
{
    return textX(m_bytesPerRow) + Margin;
}

int HexLayout::columnAt(int x, Area area, bool &exact) const
{
    const bool hex = area == Area::Hex;
    const int width = hex ? hexWidth() : m_charWidth;
    for (int column = 0; column < m_bytesPerRow; ++column) {
        const int left = hex ? hexX(column) : textX(column);
        const int nextLeft = hex ? hexX(column + 1) : textX(column + 1);
        // A point in the gap belongs to the nearer byte.
        if (x < left + width + (nextLeft - left - width) / 2 || column + 1 == m_bytesPerRow) {
            exact = x >= left && x < left + width;
            return column;
        }
    }
    return 0;
}

HexLayout::Hit HexLayout::hitTest(int x, int y, qint64 topRow, std::optional<Area> within) const
{
    Hit hit;
    const int textLeft = textX(0) - m_charWidth / 2;
    const int hexLeft = hexX(0) - byteGap();
    hit.area = within ? *within : x >= textLeft ? Area::Text : x >= hexLeft ? Area::Hex : Area::Offset;
    if (m_size <= 0)
        return hit;

    const qint64 lastRow = rowCount() - 1;
    const qint64 row = topRow + (y >= 0 ? y / m_rowHeight : (y + 1) / m_rowHeight - 1);
    bool exact = false;
    const int column = hit.area == Area::Offset ? 0 : columnAt(x, hit.area, exact);
    if (row < 0) {
        hit.offset = ByteOffset(0);
    } else if (row > lastRow) {
        hit.offset = ByteOffset(m_size - 1);
    } else {
        const ByteOffset offset = offsetAt(row, column);
        hit.offset = std::min(offset, ByteOffset(m_size - 1));
        hit.exact = exact && offset == hit.offset;
    }
    return hit;
}

} // namespace sockeye
