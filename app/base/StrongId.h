#pragma once

#include <QHashFunctions>
#include <QMetaType>

#include <compare>

namespace sockeye {

/// A number that means one thing only. A visible row, an entry's id and a byte's offset are all integers; mixing them
/// is *the* bug of filtered views, so each has a type of its own and none converts into another.
template<typename Tag, typename Rep = qint64>
class StrongId
{
public:
    using rep = Rep;

    constexpr StrongId() = default;
    constexpr explicit StrongId(Rep value)
        : m_value(value)
    {
    }

    [[nodiscard]] constexpr Rep value() const { return m_value; }

    friend constexpr auto operator<=>(StrongId, StrongId) = default;
    friend constexpr StrongId operator+(StrongId id, Rep n) { return StrongId(id.m_value + n); }
    friend constexpr StrongId operator-(StrongId id, Rep n) { return StrongId(id.m_value - n); }
    friend constexpr Rep operator-(StrongId a, StrongId b) { return a.m_value - b.m_value; }
    constexpr StrongId &operator++()
    {
        ++m_value;
        return *this;
    }
    friend size_t qHash(StrongId id, size_t seed = 0) { return ::qHash(id.m_value, seed); }

private:
    Rep m_value = 0;
};

/// An entry of a capture, counted from 1 without gaps, in the order in which things crossed the wire. 0 is "none".
using EntryId = StrongId<struct EntryIdTag>;
/// One connection (one attempt to connect) of a capture, counted from 1. 0 is "none".
using ConnectionId = StrongId<struct ConnectionIdTag>;
/// A row of a view, counted from 0, after filtering.
using Row = StrongId<struct RowTag, int>;
/// A byte's place in a payload, counted from 0.
using ByteOffset = StrongId<struct ByteOffsetTag>;

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::EntryId)
Q_DECLARE_METATYPE(sockeye::ConnectionId)
