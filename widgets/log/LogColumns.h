#pragma once

#include <QList>
#include <QStringList>

namespace sockeye {

/// A column of the log as the user has placed it.
struct LogColumn
{
    /// LogTable::Column.
    int column = 0;
    bool shown = true;
    /// In pixels; 0 for what its content needs.
    int width = 0;

    friend bool operator==(const LogColumn &, const LogColumn &) = default;
};

/// The log's columns from left to right, each of them once: which are shown, and how wide. A value that the settings
/// keep as strings: "time", "-delta" for a hidden column, "size:80" for one of 80 pixels.
struct LogColumns
{
    QList<LogColumn> order;

    /// The columns until the user chooses.
    [[nodiscard]] static LogColumns standard();
    /// Columns that `strings` does not name, or names wrongly, are as in the standard. Such a column, for example one
    /// that is newer than the settings, stands behind the same column as in the standard.
    [[nodiscard]] static LogColumns fromStrings(const QStringList &strings);
    [[nodiscard]] QStringList toStrings() const;

    friend bool operator==(const LogColumns &, const LogColumns &) = default;
};

} // namespace sockeye
