#pragma once

#include <QList>
#include <QString>

namespace sockeye {

/// A field of messages that the log shows as a column of its own.
struct FieldColumn
{
    /// Which field, as FieldPath reads it: of several in a message the first.
    QString path;
    /// What the user calls it; empty for the end of the path.
    QString title = {};
    /// In pixels; 0 for what its content needs.
    int width = 0;
    bool shown = true;
    /// The name of the log's own column that it stands before, behind other fields that do so; empty for the end.
    QString before = QStringLiteral("preview");

    friend bool operator==(const FieldColumn &, const FieldColumn &) = default;
};

/// Columns that go together, by a name.
struct FieldColumnSet
{
    QString name;
    /// The id of the format whose messages have such fields; empty for any.
    QString format;
    QList<FieldColumn> columns;

    friend bool operator==(const FieldColumnSet &, const FieldColumnSet &) = default;
};

/// Which fields of a connection's messages are columns of the log, and the sets of them that the user has named. Part
/// of a profile.
struct ColumnOptions
{
    /// What each column shows is kept for all rows that were looked at last.
    static constexpr qsizetype MaxColumns = 16;

    /// From left to right.
    QList<FieldColumn> columns;
    QList<FieldColumnSet> sets;

    friend bool operator==(const ColumnOptions &, const ColumnOptions &) = default;
};

/// The title, or else the end of the path: "price" of "$.data[0].price", "bids[0]" of "$.bids[0]".
[[nodiscard]] QString titleOf(const FieldColumn &column);

} // namespace sockeye
