#pragma once

#include "filter/Filter.h"
#include "filter/FilterTree.h"

namespace sockeye::filter {

// No line that a person types reaches these. They bound the work, the stack, and what SQLite takes.
inline constexpr qsizetype MaxLength = 10'000;
inline constexpr int MaxDepth = 50;
inline constexpr int MaxTerms = 200;

[[nodiscard]] std::variant<Node, FilterError> parse(const QString &line, const FilterContext &context);

} // namespace sockeye::filter
