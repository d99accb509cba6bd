#pragma once

#include "formats/FieldColumns.h"
#include "log/FieldTexts.h"

#include <QVariant>

namespace sockeye {

/// What the titles and cells of the log's columns of fields say. Columns of numbers stand to the right, which it learns
/// from what is looked at.
class FieldCells final
{
public:
    [[nodiscard]] const QList<FieldColumn> &columns() const { return m_columns; }
    [[nodiscard]] qsizetype count() const { return m_columns.size(); }
    [[nodiscard]] QStringList paths() const;
    /// What was learned of the columns that are the same from the first on stays.
    void setColumns(const QList<FieldColumn> &columns);

    /// Whether a role tells of a field's cell, and not of its entry.
    [[nodiscard]] static bool isCellRole(int role);
    /// A title, with its words for a tool tip, or the alignment; else nothing.
    [[nodiscard]] QVariant header(qsizetype place, int role) const;
    [[nodiscard]] QVariant alignment(qsizetype place) const;
    /// What the cell says in this role.
    [[nodiscard]] static QVariant value(const FieldText &field, int role);

    /// True if a column stands otherwise now.
    bool learn(const QList<FieldText> &fields);
    /// What was learned is of messages that were read in another way.
    void forget();

private:
    struct Seen
    {
        bool numbers = false;
        bool words = false;

        [[nodiscard]] bool areNumbers() const { return numbers && !words; }
    };

    QList<FieldColumn> m_columns;
    QList<Seen> m_seen;
};

} // namespace sockeye
