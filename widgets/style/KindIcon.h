#pragma once

#include "record/Entry.h"

#include <QPainterPath>

namespace sockeye {

/// The icon of an entry's kind, within this place. Each kind has a shape of its own. Drawn, for fonts show such
/// characters in colour, as a box, or not at all.
[[nodiscard]] QPainterPath kindIconPath(EntryKind kind, const QRectF &place);

} // namespace sockeye
