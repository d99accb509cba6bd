#include "search/DecimalNumber.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Far beyond what a text in memory can shift with its digits, and far below overflow.
constexpr qint64 MaxExponent = 1'000'000'000'000'000;

QByteArrayView takeDigits(QByteArrayView &text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    const QByteArrayView digits = text.first(end - text.begin());
    text = text.sliced(digits.size());
    return digits;
}

bool takeOne(QByteArrayView &text, char wanted)
{
    if (!text.startsWith(wanted))
        return false;
    text = text.sliced(1);
    return true;
}

} // namespace

std::optional<DecimalNumber> DecimalNumber::parse(QByteArrayView text)
{
    DecimalNumber number;
    number.m_isNegative = takeOne(text, '-');
    number.m_whole = takeDigits(text);
    if (number.m_whole.isEmpty())
        return {};
    if (takeOne(text, '.')) {
        number.m_fraction = takeDigits(text);
        if (number.m_fraction.isEmpty())
            return {};
    }
    if (!number.takeExponent(text))
        return {};
    while (number.m_first < number.digitCount() && number.digit(number.m_first) == '0')
        ++number.m_first;
    return number;
}

bool DecimalNumber::takeExponent(QByteArrayView text)
{
    if (text.isEmpty())
        return true;
    if (!takeOne(text, 'e') && !takeOne(text, 'E'))
        return false;
    const bool isNegative = takeOne(text, '-');
    if (!isNegative)
        takeOne(text, '+');
    const QByteArrayView digits = takeDigits(text);
    for (const char c : digits)
        m_exponent = std::min(m_exponent * 10 + (c - '0'), MaxExponent);
    if (isNegative)
        m_exponent = -m_exponent;
    return !digits.isEmpty() && text.isEmpty();
}

int DecimalNumber::sign() const
{
    if (m_first == digitCount())
        return 0;
    return m_isNegative ? -1 : 1;
}

char DecimalNumber::digit(qsizetype index) const
{
    if (index < m_whole.size())
        return m_whole[index];
    index -= m_whole.size();
    return index < m_fraction.size() ? m_fraction[index] : '0';
}

std::strong_ordering DecimalNumber::compareAbsolute(const DecimalNumber &a, const DecimalNumber &b)
{
    if (a.magnitude() != b.magnitude())
        return a.magnitude() <=> b.magnitude();
    const qsizetype count = std::max(a.digitCount() - a.m_first, b.digitCount() - b.m_first);
    for (qsizetype i = 0; i < count; ++i) {
        if (const auto order = a.digit(a.m_first + i) <=> b.digit(b.m_first + i); order != 0)
            return order;
    }
    return std::strong_ordering::equal;
}

std::strong_ordering operator<=>(const DecimalNumber &a, const DecimalNumber &b)
{
    if (a.sign() != b.sign())
        return a.sign() <=> b.sign();
    if (a.sign() == 0)
        return std::strong_ordering::equal;
    return a.sign() > 0 ? DecimalNumber::compareAbsolute(a, b) : DecimalNumber::compareAbsolute(b, a);
}

} // namespace sockeye
