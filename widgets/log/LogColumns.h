#pragma once

#include "formats/FieldColumns.h"

#include <QList>
#include <QStringList>

namespace sockeye {

/// A column of the log as the user has placed it.
struct LogColumn
{
    /// LogTable::Column, or behind them the place of a field in LogModel::fieldColumns().
    int column = 0;
    bool shown = true;
    /// In pixels; 0 for what its content needs.
    int width = 0;

    friend bool operator==(const LogColumn &, const LogColumn &) = default;
};

/// The log's columns from left to right, each of them once: which are shown, and how wide. A value that the settings
/// keep as strings: "time", "-delta" for a hidden column, "size:80" for one of 80 pixels. Among the log's own columns
/// fields of messages may stand, which a tab keeps (ColumnOptions).
struct LogColumns
{
    QList<LogColumn> order;

    /// The columns until the user chooses.
    [[nodiscard]] static LogColumns standard();
    /// Columns that `strings` does not name, or names wrongly, are as in the standard. Such a column, for example one
    /// that is newer than the settings, stands behind the same column as in the standard.
    [[nodiscard]] static LogColumns fromStrings(const QStringList &strings);
    /// Of the log's own columns.
    [[nodiscard]] QStringList toStrings() const;

    [[nodiscard]] static bool isField(int column);
    /// Without fields.
    [[nodiscard]] LogColumns own() const;
    /// These own columns instead, with the fields before those that they stand before now.
    [[nodiscard]] LogColumns withOwn(const LogColumns &columns) const;
    /// The own columns with these fields, in the order of LogModel::fieldColumns().
    [[nodiscard]] LogColumns withFields(const QList<FieldColumn> &fields) const;
    /// The same fields from left to right, as they stand here.
    [[nodiscard]] QList<FieldColumn> placed(const QList<FieldColumn> &fields) const;

    friend bool operator==(const LogColumns &, const LogColumns &) = default;
};

} // namespace sockeye
