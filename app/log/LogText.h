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
/// The payload in one line; of a pong its round trip too: "68 65 61 72 · 12.3 ms after its ping".
[[nodiscard]] QString preview(const Entry &entry);
/// "error, 2 findings", "note, 1 finding" in words, for the sign that stands in the row; empty for none.
[[nodiscard]] QString findings(const Entry &entry);
/// All cells, separated by tabs. `previous` is the entry shown before it, or null.
[[nodiscard]] QString line(const Entry *previous, const Entry &entry);

} // namespace sockeye::logtext
