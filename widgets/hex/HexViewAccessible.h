#pragma once

namespace sockeye {

/// Makes every HexView readable for assistive programs: its visible rows are the text of a read-only text view.
/// Repeated calls do nothing.
void installHexViewAccessible();

} // namespace sockeye
