#pragma once

#include <QString>

#include <compare>
#include <optional>

namespace sockeye {

/// A whole number from -(2^64 - 1) to 2^64 - 1: whatever an integer field holds, signed or not. What is calculated is
/// exact or nothing; bits are those of two's complement with as many sign bits as are looked at.
class StructNumber final
{
public:
    constexpr StructNumber() = default;
    [[nodiscard]] static constexpr StructNumber fromUnsigned(quint64 number) { return {number, false}; }
    [[nodiscard]] static constexpr StructNumber fromSigned(qint64 number)
    {
        const auto bits = static_cast<quint64>(number);
        return number < 0 ? StructNumber(0 - bits, true) : StructNumber(bits, false);
    }

    [[nodiscard]] bool isZero() const { return m_magnitude == 0; }
    [[nodiscard]] bool isNegative() const { return m_isNegative; }
    /// Nothing for a negative number.
    [[nodiscard]] std::optional<quint64> toUnsigned() const;
    [[nodiscard]] double toDouble() const;
    [[nodiscard]] QString toString() const;

    friend bool operator==(StructNumber, StructNumber) = default;
    friend std::strong_ordering operator<=>(StructNumber a, StructNumber b);

    // Nothing where the result is out of range.

    [[nodiscard]] StructNumber negated() const { return {m_magnitude, !m_isNegative}; }
    [[nodiscard]] std::optional<StructNumber> plus(StructNumber other) const;
    [[nodiscard]] std::optional<StructNumber> times(StructNumber other) const;
    /// Towards zero, as C divides; nothing for a division by zero.
    [[nodiscard]] std::optional<StructNumber> dividedBy(StructNumber other) const;
    [[nodiscard]] std::optional<StructNumber> modulo(StructNumber other) const;
    [[nodiscard]] std::optional<StructNumber> shiftedLeft(StructNumber by) const;
    [[nodiscard]] std::optional<StructNumber> shiftedRight(StructNumber by) const;
    [[nodiscard]] std::optional<StructNumber> complement() const;
    [[nodiscard]] std::optional<StructNumber> bitAnd(StructNumber other) const;
    [[nodiscard]] std::optional<StructNumber> bitOr(StructNumber other) const;
    [[nodiscard]] std::optional<StructNumber> bitXor(StructNumber other) const;

private:
    constexpr StructNumber(quint64 magnitude, bool isNegative)
        : m_magnitude(magnitude)
        , m_isNegative(isNegative && magnitude != 0)
    {
    }

    /// The lower 64 bits; those above are all set for a negative number, else all clear.
    [[nodiscard]] quint64 bits() const { return m_isNegative ? 0 - m_magnitude : m_magnitude; }
    [[nodiscard]] static std::optional<StructNumber> fromBits(quint64 bits, bool isNegative);

    quint64 m_magnitude = 0;
    bool m_isNegative = false;
};

} // namespace sockeye
