#include "widgets/hex/HexCursor.h"

#include <algorithm>
#include <utility>

namespace sockeye {

HexRange HexCursor::selection() const
{
    return m_hasSelection ? HexRange::between(m_anchor, m_caret) : HexRange();
}

bool HexCursor::reset()
{
    m_anchor = m_caret = ByteOffset(0);
    return std::exchange(m_hasSelection, false);
}

bool HexCursor::select(ByteOffset anchor, ByteOffset caret)
{
    if (m_hasSelection && anchor == m_anchor && caret == m_caret)
        return false;
    m_anchor = anchor;
    m_caret = caret;
    m_hasSelection = true;
    return true;
}

bool HexCursor::moveTo(ByteOffset caret, bool extend)
{
    return select(extend ? m_anchor : caret, caret);
}

bool HexCursor::clearSelection()
{
    m_anchor = m_caret;
    return std::exchange(m_hasSelection, false);
}

ByteOffset HexCursor::movedByRows(qint64 rows, const HexLayout &layout) const
{
    const ByteOffset to = m_caret + rows * layout.bytesPerRow();
    if (to.value() < 0)
        return ByteOffset(layout.columnOf(m_caret));
    const qint64 lastRow = layout.rowOf(ByteOffset(layout.size() - 1));
    return layout.rowOf(to) > lastRow ? layout.offsetAt(lastRow, layout.columnOf(m_caret)) : to;
}

ByteOffset HexCursor::target(Move move, const HexLayout &layout, int pageRows) const
{
    const ByteOffset last(layout.size() - 1);
    const HexRange row = layout.rowRange(layout.rowOf(m_caret));
    ByteOffset to;
    switch (move) {
    case Move::Left:
        to = m_caret - 1;
        break;
    case Move::Right:
        to = m_caret + 1;
        break;
    case Move::Up:
        to = movedByRows(-1, layout);
        break;
    case Move::Down:
        to = movedByRows(1, layout);
        break;
    case Move::PageUp:
        to = movedByRows(-pageRows, layout);
        break;
    case Move::PageDown:
        to = movedByRows(pageRows, layout);
        break;
    case Move::RowStart:
        to = row.first;
        break;
    case Move::RowEnd:
        to = row.end() - 1;
        break;
    case Move::Start:
        break;
    case Move::End:
        to = last;
        break;
    }
    return std::clamp(to, ByteOffset(0), last);
}

} // namespace sockeye
