#include "filter/ValueTest.h"

#include "search/DecimalNumber.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye::filter {

Result<ValueTest> ValueTest::of(ValueSign sign, const WantedValue &value)
{
    const auto *number = std::get_if<JsonNumber>(&value);
    if (number != nullptr && !DecimalNumber::parse(number->literal))
        return Error{QCoreApplication::translate("sockeye::Filter", "“%1” is no number.")
                         .arg(QString::fromUtf8(number->literal))};
    return ValueTest(sign, value);
}

ValueTest::ValueTest(ValueSign sign, const WantedValue &value)
    : m_sign(sign)
{
    if (const auto *text = std::get_if<QString>(&value)) {
        m_comparesText = true;
        m_wanted = text->toUtf8();
        m_caseCounts = std::any_of(text->begin(), text->end(), [](QChar c) { return c.isUpper(); });
    } else {
        m_wanted = std::get<JsonNumber>(value).literal;
    }
}

bool ValueTest::holdsForNumber(QByteArrayView literal) const
{
    if (m_sign == ValueSign::Exists)
        return true;
    if (m_sign == ValueSign::Contains)
        return contains(literal);
    // A value of another type is unequal to what is wanted, and neither less nor greater.
    if (m_comparesText)
        return m_sign == ValueSign::Unequal;
    const auto number = DecimalNumber::parse(literal);
    const auto wanted = DecimalNumber::parse(m_wanted);
    return number && wanted && holds(*number <=> *wanted);
}

bool ValueTest::holdsForText(QByteArrayView utf8) const
{
    if (m_sign == ValueSign::Exists)
        return true;
    if (m_sign == ValueSign::Contains)
        return contains(utf8);
    return m_comparesText ? holds(utf8.compare(m_wanted) <=> 0) : m_sign == ValueSign::Unequal;
}

bool ValueTest::holds(std::strong_ordering order) const
{
    switch (m_sign) {
    case ValueSign::Equal:
        return order == 0;
    case ValueSign::Unequal:
        return order != 0;
    case ValueSign::Less:
        return order < 0;
    case ValueSign::LessOrEqual:
        return order <= 0;
    case ValueSign::Greater:
        return order > 0;
    case ValueSign::GreaterOrEqual:
        return order >= 0;
    case ValueSign::Exists:
    case ValueSign::Contains:
        break;
    }
    return false;
}

bool ValueTest::contains(QByteArrayView text) const
{
    return m_caseCounts ? text.contains(m_wanted) : text.toByteArray().toLower().contains(m_wanted);
}

} // namespace sockeye::filter
