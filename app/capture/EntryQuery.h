#pragma once

#include <QList>
#include <QString>
#include <QVariant>

namespace sockeye {

/// A condition on entries in SQL: what stands after WHERE over the table `entry`, and the values of its `?`. Besides
/// SQL's own, a reader offers the function `contains_text(entry_id, size, head, needle, case_sensitive)`: whether the
/// entry's whole payload holds the bytes of `needle` (folding ASCII case unless case_sensitive is 1). Empty matches
/// all.
struct EntryQuery
{
    QString where;
    QList<QVariant> values;

    [[nodiscard]] bool matchesAll() const { return where.isEmpty(); }
};

} // namespace sockeye
