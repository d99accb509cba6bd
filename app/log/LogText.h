#pragma once

#include "log/LogTypes.h"
#include "record/Entry.h"

#include <QHash>
#include <QString>

#include <optional>

namespace sockeye {

/// How the log's cells are to look: what a cell's text depends on besides its entry.
struct CellStyle
{
    TimeFormat time = TimeFormat::Local;
    /// The first entry's time, once it is known; for TimeFormat::Relative.
    std::optional<Timestamp> start = std::nullopt;
    /// Whether the log is about several days in this format's zone: then a time says its day.
    bool showsDate = false;
    /// Names of connections; a connection without one is shown by its number.
    QHash<ConnectionId, QString> lanes = {};
    DeltaFrom deltaFrom = DeltaFrom::Previous;
    /// The entry from which DeltaFrom::Selected measures, and its time once it is known.
    EntryId reference = {};
    std::optional<Timestamp> referenceTime = std::nullopt;
    /// Whether the column of sizes says the delta, too, in a log that has no room for one of its own.
    bool mergesDelta = false;

    friend bool operator==(const CellStyle &, const CellStyle &) = default;
};

} // namespace sockeye

namespace sockeye::logtext {

/// The words of the log's cells.

/// "text", "ping", ... in the user's language.
[[nodiscard]] QString kind(EntryKind kind);
/// The words for all kinds.
[[nodiscard]] QStringList kinds();
/// "in", "out", "none" in the user's language: what a screen reader says for the arrow.
[[nodiscard]] QString direction(Direction direction);
/// The time in the style's format; empty for a relative one without a start.
[[nodiscard]] QString time(Timestamp time, const CellStyle &style);
/// The longest text that time() gives for a capture of some days: the time column is made this wide.
[[nodiscard]] QString longestTime(const CellStyle &style);
/// How much of a time says the same as that of the row above: all before its fraction of a second, or nothing.
[[nodiscard]] qsizetype unchangedTime(QStringView time, QStringView above);
/// Whether both are of one day in the format's zone. Relative and Epoch know no days: always.
[[nodiscard]] bool isSameDay(Timestamp a, Timestamp b, TimeFormat format);
/// The date too, in local time and in UTC, for a tooltip.
[[nodiscard]] QString fullTime(Timestamp time);
/// "+36.5 ms": the time from `from` to `to`.
[[nodiscard]] QString delta(Timestamp from, Timestamp to);
/// "+37ms": the same in as few characters as tell its size.
[[nodiscard]] QString shortDelta(Timestamp from, Timestamp to);
/// The connection's name, or else its number.
[[nodiscard]] QString connection(ConnectionId id, const CellStyle &style);
/// "96 B"; empty for an event, which has no size on the wire.
[[nodiscard]] QString size(const Entry &entry);
/// Header and payload as they crossed the wire: "62 B"; empty for an event.
[[nodiscard]] QString wireSize(const Entry &entry);
/// "3.1 : 1", the message's size to that on the wire; empty for what was not compressed.
[[nodiscard]] QString ratio(const Entry &entry);
/// "12.3 ms" from a ping to its pong; empty for all else.
[[nodiscard]] QString latency(const Entry &entry);
/// The payload in one line; of a pong its round trip too: "68 65 61 72 · 12.3 ms after its ping".
[[nodiscard]] QString preview(const Entry &entry);
/// "error, 2 findings", "note, 1 finding" in words, for the sign in the row; empty for none.
[[nodiscard]] QString findings(const Entry &entry);
/// The longest text that findings() gives for an entry with fewer than a hundred findings.
[[nodiscard]] QString longestFindings();

} // namespace sockeye::logtext
