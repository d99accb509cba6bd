#pragma once

#include "widgets/style/Theme.h"
#include "wire/Finding.h"

#include <QIcon>

namespace sockeye {

/// How a connection stands. Each has a colour and a shape of its own, the same in the row of tabs, the status line, the
/// list of profiles and, for what ended, in the log, the timeline and banners; what stands beside it says it in a word.
enum class StateSign : quint8 {
    Idle,        ///< grey ring: not connected, or an end that somebody chose
    Busy,        ///< half a disc: about to be connected, or to end
    Open,        ///< green disc
    Interrupted, ///< outline of an amber triangle: the peer's error code, or no closing handshake
    Failed       ///< full red triangle: no connection came about, or a rule was broken
};

/// The sign of an end of this severity.
[[nodiscard]] StateSign endSign(Severity severity);

namespace theme {

[[nodiscard]] QColor stateColor(StateSign sign, const ThemeColors &colors);
/// Grey, amber, red.
[[nodiscard]] QColor severityColor(Severity severity, const ThemeColors &colors);

} // namespace theme

namespace icons {

[[nodiscard]] QIcon state(StateSign sign, const ThemeColors &colors);

} // namespace icons
} // namespace sockeye
