#pragma once

#include <QList>
#include <QStringList>

namespace sockeye {

/// A column of the log as the user has placed it.
struct LogColumn
{
    /// LogModel::Column.
    int column = 0;
    bool shown = true;
    /// In pixels; 0 for what its content needs.
    int width = 0;

    friend bool operator==(const LogColumn &, const LogColumn &) = default;
};

/// The log's columns from left to right, each of them once: which are shown, and how wide. A value, with a form that
/// goes into the settings and comes back: "time", "-delta" for a hidden one, "size:80" for one of 80 pixels.
struct LogColumns
{
    QList<LogColumn> order;

    /// As the log comes.
    [[nodiscard]] static LogColumns standard();
    /// Of what `strings` does not name or names wrongly, the standard; a column that this version knows and the one
    /// that wrote them did not comes after the one that it stands behind in the standard.
    [[nodiscard]] static LogColumns fromStrings(const QStringList &strings);
    [[nodiscard]] QStringList toStrings() const;

    friend bool operator==(const LogColumns &, const LogColumns &) = default;
};

} // namespace sockeye
