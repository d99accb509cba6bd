#pragma once

#include "filter/Condition.h"
#include "filter/Filter.h"

namespace sockeye::filter {

/// "$.data[0].price>100", which begins at `place` in the line: a path, and what is asked of the value there.
[[nodiscard]] std::variant<Condition, FilterError> jsonTerm(QStringView text, qsizetype place);
/// "topic="sensors/7"", "$.params.id>7": the same of a decoded message's fields, which FieldPath says.
[[nodiscard]] std::variant<Condition, FilterError> fieldTerm(QStringView text, qsizetype place);

} // namespace sockeye::filter
