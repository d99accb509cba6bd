#pragma once

#include <QList>

#include <array>

namespace sockeye {

/// Messages a second, both directions apart.
struct MessageRate
{
    double in = 0;
    double out = 0;

    [[nodiscard]] double sum() const { return in + out; }
    friend bool operator==(const MessageRate &, const MessageRate &) = default;
};

/// How many messages came and left in each of the last seconds, from what a connection's totals were at some moments.
/// It costs the same whatever comes. Times are in milliseconds, from any origin, and never go back.
class RateHistory final
{
public:
    static constexpr int Seconds = 120;

    /// The totals begin at zero again: another connection. What came before stays.
    void restart() { m_in = m_out = 0; }
    void add(qint64 in, qint64 out, qint64 time);
    /// The seconds before the one that this time is in, which is not over; the oldest first.
    [[nodiscard]] QList<MessageRate> upTo(qint64 time) const;

private:
    [[nodiscard]] static size_t placeOf(qint64 second);

    /// One more than is told: the second that is not over.
    std::array<MessageRate, Seconds + 1> m_rates;
    /// The latest second that is in m_rates; negative before the first.
    qint64 m_latest = -1;
    qint64 m_in = 0;
    qint64 m_out = 0;
};

} // namespace sockeye
