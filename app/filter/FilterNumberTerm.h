#pragma once

#include "filter/Condition.h"
#include "filter/Filter.h"

namespace sockeye::filter {

/// "size" ">=" "1.5k", cut from the line.
struct NumberText
{
    FilterKey key;
    QStringView sign;
    QStringView value;
    /// Where the value begins in the line.
    qsizetype place = 0;
};

/// A comparison, a value, a range "a..b" with one end open at most, or a list of these.
[[nodiscard]] std::variant<Condition, FilterError> numberTerm(const NumberText &text, const FilterContext &context);

} // namespace sockeye::filter
