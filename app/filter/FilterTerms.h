#pragma once

#include "filter/Condition.h"
#include "filter/FilterLexer.h"

namespace sockeye::filter {

/// What a token of type Words, Regex or Keyed asks of an entry. Errors point into `line`, from which it was cut.
[[nodiscard]] std::variant<Condition, FilterError> termOf(const Token &token, QStringView line,
                                                          const FilterContext &context);

} // namespace sockeye::filter
