#pragma once

#include "base/Result.h"
#include "filter/Condition.h"

#include <compare>

namespace sockeye::filter {

/// What is asked of a value: how it compares with a number or with words. Numbers are compared exactly, at any length.
class ValueTest final
{
public:
    /// The error says that the number is none.
    [[nodiscard]] static Result<ValueTest> of(ValueSign sign, const WantedValue &value);

    [[nodiscard]] bool wantsExistence() const { return m_sign == ValueSign::Exists; }
    [[nodiscard]] bool wantsText() const { return m_comparesText; }
    /// Of a value that is a number, by how it is written. Words are unequal to it, and neither less nor greater.
    [[nodiscard]] bool holdsForNumber(QByteArrayView literal) const;
    /// Of a value that is words, in UTF-8.
    [[nodiscard]] bool holdsForText(QByteArrayView utf8) const;

private:
    ValueTest(ValueSign sign, const WantedValue &value);
    [[nodiscard]] bool holds(std::strong_ordering order) const;
    [[nodiscard]] bool contains(QByteArrayView text) const;

    ValueSign m_sign;
    bool m_comparesText = false;
    /// The words to compare with in UTF-8, or the number's literal.
    QByteArray m_wanted;
    /// Case counts only if a capital was typed.
    bool m_caseCounts = false;
};

} // namespace sockeye::filter
