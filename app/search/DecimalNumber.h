#pragma once

#include <QByteArrayView>

#include <compare>
#include <optional>

namespace sockeye {

/// A number as JSON writes it (RFC 8259, section 6), compared digit by digit: integers of any length and decimals are
/// exact, where a double would round them. It looks at the text it was parsed from, which must outlive it.
class DecimalNumber final
{
public:
    /// Nothing if the text is no number. Leading zeros are allowed here, although JSON forbids them.
    [[nodiscard]] static std::optional<DecimalNumber> parse(QByteArrayView text);

    /// 1.0, 1 and 10e-1 are equal, and so are 0 and -0.
    friend bool operator==(const DecimalNumber &a, const DecimalNumber &b) { return (a <=> b) == 0; }
    friend std::strong_ordering operator<=>(const DecimalNumber &a, const DecimalNumber &b);

private:
    [[nodiscard]] bool takeExponent(QByteArrayView text);
    /// -1, 0 or 1.
    [[nodiscard]] int sign() const;
    /// The number of digits before the decimal point, counted from the first digit that is not 0.
    [[nodiscard]] qint64 magnitude() const { return m_whole.size() - m_first + m_exponent; }
    [[nodiscard]] qsizetype digitCount() const { return m_whole.size() + m_fraction.size(); }
    [[nodiscard]] char digit(qsizetype index) const;
    [[nodiscard]] static std::strong_ordering compareAbsolute(const DecimalNumber &a, const DecimalNumber &b);

    QByteArrayView m_whole;
    QByteArrayView m_fraction;
    /// Bounded: a larger exponent counts as the largest one.
    qint64 m_exponent = 0;
    /// The index of the first digit that is not 0; digitCount() for zero.
    qsizetype m_first = 0;
    bool m_isNegative = false;
};

} // namespace sockeye
