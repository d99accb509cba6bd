#include "structs/StructNumber.h"

#include <limits>

namespace sockeye {

namespace {

constexpr quint64 StructNumberMost = std::numeric_limits<quint64>::max();
constexpr quint64 StructNumberBits = 64;

} // namespace

std::optional<quint64> StructNumber::toUnsigned() const
{
    return m_isNegative ? std::nullopt : std::optional(m_magnitude);
}

double StructNumber::toDouble() const
{
    const auto magnitude = static_cast<double>(m_magnitude);
    return m_isNegative ? -magnitude : magnitude;
}

QString StructNumber::toString() const
{
    const QString digits = QString::number(m_magnitude);
    return m_isNegative ? u'-' + digits : digits;
}

std::strong_ordering operator<=>(StructNumber a, StructNumber b)
{
    if (a.m_isNegative != b.m_isNegative)
        return a.m_isNegative ? std::strong_ordering::less : std::strong_ordering::greater;
    return a.m_isNegative ? b.m_magnitude <=> a.m_magnitude : a.m_magnitude <=> b.m_magnitude;
}

std::optional<StructNumber> StructNumber::plus(StructNumber other) const
{
    if (m_isNegative == other.m_isNegative) {
        if (m_magnitude > StructNumberMost - other.m_magnitude)
            return {};
        return StructNumber(m_magnitude + other.m_magnitude, m_isNegative);
    }
    if (m_magnitude >= other.m_magnitude)
        return StructNumber(m_magnitude - other.m_magnitude, m_isNegative);
    return StructNumber(other.m_magnitude - m_magnitude, other.m_isNegative);
}

std::optional<StructNumber> StructNumber::times(StructNumber other) const
{
    if (other.m_magnitude != 0 && m_magnitude > StructNumberMost / other.m_magnitude)
        return {};
    return StructNumber(m_magnitude * other.m_magnitude, m_isNegative != other.m_isNegative);
}

std::optional<StructNumber> StructNumber::dividedBy(StructNumber other) const
{
    if (other.isZero())
        return {};
    return StructNumber(m_magnitude / other.m_magnitude, m_isNegative != other.m_isNegative);
}

std::optional<StructNumber> StructNumber::modulo(StructNumber other) const
{
    if (other.isZero())
        return {};
    return StructNumber(m_magnitude % other.m_magnitude, m_isNegative);
}

std::optional<StructNumber> StructNumber::shiftedLeft(StructNumber by) const
{
    if (by.m_isNegative)
        return {};
    if (isZero() || by.isZero())
        return *this;
    if (by.m_magnitude >= StructNumberBits || m_magnitude > StructNumberMost >> by.m_magnitude)
        return {};
    return StructNumber(m_magnitude << by.m_magnitude, m_isNegative);
}

std::optional<StructNumber> StructNumber::shiftedRight(StructNumber by) const
{
    if (by.m_isNegative)
        return {};
    if (by.m_magnitude >= StructNumberBits)
        return m_isNegative ? fromSigned(-1) : StructNumber();
    // Towards minus infinity, as a sign bit that is shifted in.
    if (m_isNegative)
        return StructNumber(((m_magnitude - 1) >> by.m_magnitude) + 1, true);
    return StructNumber(m_magnitude >> by.m_magnitude, false);
}

std::optional<StructNumber> StructNumber::fromBits(quint64 bits, bool isNegative)
{
    if (!isNegative)
        return StructNumber(bits, false);
    return bits == 0 ? std::nullopt : std::optional(StructNumber(0 - bits, true));
}

std::optional<StructNumber> StructNumber::complement() const
{
    return fromBits(~bits(), !m_isNegative);
}

std::optional<StructNumber> StructNumber::bitAnd(StructNumber other) const
{
    return fromBits(bits() & other.bits(), m_isNegative && other.m_isNegative);
}

std::optional<StructNumber> StructNumber::bitOr(StructNumber other) const
{
    return fromBits(bits() | other.bits(), m_isNegative || other.m_isNegative);
}

std::optional<StructNumber> StructNumber::bitXor(StructNumber other) const
{
    return fromBits(bits() ^ other.bits(), m_isNegative != other.m_isNegative);
}

} // namespace sockeye
