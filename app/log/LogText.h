#pragma once

#include "capture/Entry.h"

#include <QString>

namespace sockeye::logtext {

/// The words of the log's cells that are more than a value's own text.

/// "text", "ping", ... in the user's language.
[[nodiscard]] QString kind(EntryKind kind);
/// "in", "out", "none" in the user's language: what a screen reader says for the arrow.
[[nodiscard]] QString direction(Direction direction);
/// "+36.5 ms": the time from `previous` to `entry`.
[[nodiscard]] QString delta(const Entry &previous, const Entry &entry);
/// "96 B"; empty for an event, which has no size on the wire.
[[nodiscard]] QString size(const Entry &entry);
/// All cells, separated by tabs. `previous` is the entry shown before it, or null.
[[nodiscard]] QString line(const Entry *previous, const Entry &entry);

} // namespace sockeye::logtext
