#pragma once

#include "base/Time.h"

#include <QString>
#include <Qt>

namespace sockeye {

/// The log as a table: its columns and the roles of its cells. What a column is stands in LogColumnInfo.
struct LogTable
{
    enum Column {
        EntryColumn,
        ConnectionColumn,
        TimeColumn,
        DeltaColumn,
        DirectionColumn,
        TypeColumn,
        SizeColumn,
        WireSizeColumn,
        RatioColumn,
        LatencyColumn,
        PreviewColumn,
        FindingsColumn,
        ColumnCount
    };
    enum Role {
        EntryIdRole = Qt::UserRole + 1, ///< qint64
        LoadedRole,                     ///< bool: whether the entry's page is here
        DirectionRole,                  ///< int(Direction)
        KindRole,                       ///< int(EntryKind)
        EventRole,                      ///< int(EventKind)
        SeverityRole,                   ///< int(Severity) of the most severe finding, or -1 for none
        FindingsRole,                   ///< QString: the findings' severity and number in words, empty for none
        BookmarkedRole,                 ///< bool
        ColourRole,                     ///< int, 0 for none (Annotation.h)
        NoteRole,                       ///< QString
        MatchedRole                     ///< bool: the filter matches it, in FilterMode::Mark
    };
};

/// How the log shows the time at which an entry crossed the wire. The values are kept in the settings.
enum class TimeFormat : quint8 {
    Local,    ///< "15:20:00.123 456", the local time of day
    Utc,      ///< likewise in UTC
    Relative, ///< "0:00:01.123 456" since the capture's first entry
    Epoch     ///< "1795360800.123456", seconds since 1970-01-01T00:00:00Z
};

/// From which entry the log measures the time that has passed. The values are kept in the settings.
enum class DeltaFrom : quint8 { Previous, Selected };

/// What a filter does with rows: it hides those that do not match, or it marks those that do.
enum class FilterMode : quint8 { Hide, Mark };

/// Noise that the log does not show.
struct LogQuiet
{
    bool control = false; ///< pings and pongs
    bool repeats = false; ///< heartbeats from their second time on (EntryQuery::withoutRepeats)

    friend bool operator==(const LogQuiet &, const LogQuiet &) = default;
};

/// Which row a step from the current one leads to.
enum class LogStep : quint8 {
    SameDirection,
    Finding,
    Bookmark,
    Error,     ///< an entry with a finding that is an error, or a connection that failed or broke
    Connection ///< the nearest row of another connection
};

/// The totals of some rows, for the status bar.
struct SelectionSums
{
    qint64 entries = 0;
    qint64 bytes = 0;
    qint64 wireBytes = 0;
    /// The times of the earliest and the latest entry.
    Timestamp first;
    Timestamp last;

    friend bool operator==(const SelectionSums &, const SelectionSums &) = default;
};

enum class CopyFormat : quint8 {
    Rows,      ///< a line for each row, tabs between the cells
    Text,      ///< the payloads as text, a line each
    Hex,       ///< the payloads as hex digits, a line each
    JsonLines, ///< as exported
    Markdown   ///< a table
};

/// Rows as text for the clipboard.
struct CopiedRows
{
    /// No more rows than this are copied, and no more characters.
    static constexpr int MaxRows = 100'000;
    static constexpr qint64 MaxSize = 64LL * 1024 * 1024;

    QString text;
    /// How many rows the text holds; fewer than were asked for if these were too many or too large.
    qint64 rows = 0;
    bool isComplete = true;
};

} // namespace sockeye
