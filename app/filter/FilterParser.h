#pragma once

#include "filter/Condition.h"
#include "filter/Filter.h"

namespace sockeye::filter {

// No line that a person types reaches these. They bound the work, the stack, and what SQLite takes.
inline constexpr qsizetype MaxLength = 10'000;
inline constexpr int MaxDepth = 50;
inline constexpr int MaxTerms = 200;

[[nodiscard]] std::variant<Condition, FilterError> parse(const QString &line, const FilterContext &context);

} // namespace sockeye::filter
