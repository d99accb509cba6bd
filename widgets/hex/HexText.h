#pragma once

#include "widgets/hex/HexLayout.h"

#include <QString>

namespace sockeye {

class ByteSource;

/// The word that the byte belongs to: letters, digits, '_' and bytes above ASCII, or a run of equal bytes of another
/// kind. Looks some thousand bytes far, as far as they are in memory.
[[nodiscard]] HexRange wordAt(const ByteSource &source, ByteOffset offset);

/// Stands for a byte that is being read: "··".
[[nodiscard]] QString missingByte(const HexStyle &style);

/// A row as text: "00000000  68 65 61  hea". In the style of the layout.
[[nodiscard]] QString rowText(const ByteSource &source, const HexLayout &layout, qint64 row);

} // namespace sockeye
