#pragma once

#include <QString>

namespace sockeye {

/// What this program is and runs on, a line each, for whoever reports a problem: its own version, those of Qt, TLS and
/// SQLite as they were loaded, and the system's. Nothing in it tells of the user.
[[nodiscard]] QString versionsText();

} // namespace sockeye
