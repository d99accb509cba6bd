#pragma once

#include "filter/FilterLexer.h"
#include "filter/FilterTree.h"

namespace sockeye::filter {

/// What a token of type Words, Regex or Keyed asks of an entry. Errors point into `line`, from which it was cut.
[[nodiscard]] std::variant<Node, FilterError> termOf(const Token &token, QStringView line,
                                                     const FilterContext &context);

} // namespace sockeye::filter
