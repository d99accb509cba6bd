#pragma once

#include "widgets/hex/HexLayout.h"

namespace sockeye {

/// The caret of a hex view and the selection between it and the anchor: where keys and the pointer take them, apart
/// from any widget. Without a selection the anchor is at the caret.
class HexCursor final
{
public:
    /// What a key does to the caret.
    enum class Move : quint8 { Left, Right, Up, Down, PageUp, PageDown, RowStart, RowEnd, Start, End };

    [[nodiscard]] ByteOffset caret() const { return m_caret; }
    [[nodiscard]] ByteOffset anchor() const { return m_anchor; }
    [[nodiscard]] bool hasSelection() const { return m_hasSelection; }
    /// From anchor to caret, both included; empty without a selection.
    [[nodiscard]] HexRange selection() const;

    /// To the first byte, nothing selected. Like the others, returns whether the selection has changed.
    bool reset();
    bool select(ByteOffset anchor, ByteOffset caret);
    /// Selects the byte, or with `extend` all from the anchor to it.
    bool moveTo(ByteOffset caret, bool extend);
    bool clearSelection();

    /// Where the move takes the caret; `pageRows` are the rows of a page. The layout has at least one byte. Vertical
    /// moves keep the column and stay within the rows.
    [[nodiscard]] ByteOffset target(Move move, const HexLayout &layout, int pageRows) const;

private:
    [[nodiscard]] ByteOffset movedByRows(qint64 rows, const HexLayout &layout) const;

    ByteOffset m_anchor;
    ByteOffset m_caret;
    bool m_hasSelection = false;
};

} // namespace sockeye
