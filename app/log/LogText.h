#pragma once

#include "record/Entry.h"

#include <QHash>
#include <QString>

#include <optional>

namespace sockeye {

/// How the log tells when an entry crossed the wire. The values are kept in the settings.
enum class TimeFormat : quint8 {
    Local,    ///< "15:20:00.123 456", the local time of day
    Utc,      ///< likewise in UTC
    Relative, ///< "0:00:01.123 456" since the capture's first entry
    Epoch     ///< "1795360800.123456", seconds since 1970-01-01T00:00:00Z
};

/// From which entry the log counts the time that has passed. The values are kept in the settings.
enum class DeltaFrom : quint8 { Previous, Selected };

/// What a cell's text depends on besides its entry.
struct CellStyle
{
    TimeFormat time = TimeFormat::Local;
    /// The first entry's time, once it is known; for TimeFormat::Relative.
    std::optional<Timestamp> start = std::nullopt;
    /// What connections are called; others by their number.
    QHash<ConnectionId, QString> lanes = {};

    friend bool operator==(const CellStyle &, const CellStyle &) = default;
};

/// Whether a column of LogModel holds numbers, which are set to the right.
[[nodiscard]] bool isNumberColumn(int column);

} // namespace sockeye

namespace sockeye::logtext {

/// The words of the log's cells.

/// "text", "ping", ... in the user's language.
[[nodiscard]] QString kind(EntryKind kind);
/// "in", "out", "none" in the user's language: what a screen reader says for the arrow.
[[nodiscard]] QString direction(Direction direction);
/// The moment as this format has it; empty for a relative one without a start.
[[nodiscard]] QString time(Timestamp time, const CellStyle &style);
/// The longest that time() gives of a capture of some days: what a column is made wide enough for.
[[nodiscard]] QString longestTime(TimeFormat format);
/// The date too, in local time and in UTC, for a tooltip.
[[nodiscard]] QString fullTime(Timestamp time);
/// "+36.5 ms": the time from `from` to `to`.
[[nodiscard]] QString delta(Timestamp from, Timestamp to);
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
/// "error, 2 findings", "note, 1 finding" in words, for the sign that stands in the row; empty for none.
[[nodiscard]] QString findings(const Entry &entry);

/// The text of a cell of LogModel::Column, but for the delta, which needs another entry.
[[nodiscard]] QString cell(const Entry &entry, int column, const CellStyle &style);

} // namespace sockeye::logtext
