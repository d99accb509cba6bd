#pragma once

class QMenu;

namespace sockeye {

/// Adds the choices of how bytes are written, which hold for all hex views at once.
void addHexStyles(QMenu &menu);

} // namespace sockeye
