#pragma once

#include "filter/Condition.h"

#include <QList>
#include <QString>
#include <QVariant>

namespace sockeye {

/// A condition in SQL: what stands after WHERE over the table `entry`, and the values of its `?` in their order. Empty
/// matches all.
struct QuerySql
{
    QString where;
    QList<QVariant> values;
};

/// The SQL of a condition, by the functions of capture/PayloadFunctions.h where it is about payloads. Each condition is
/// 0 or 1 and never NULL, so that NOT means not. Parts of a conjunction that cost less stand before those that read
/// payloads.
[[nodiscard]] QuerySql querySql(const filter::Condition &condition);

} // namespace sockeye
