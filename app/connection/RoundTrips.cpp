#include "connection/RoundTrips.h"

#include <algorithm>

namespace sockeye {

namespace {
/// A peer that never answers must not make the list grow for ever.
constexpr qsizetype MaxOutstanding = 1024;
} // namespace

void RoundTrips::sent(const QByteArray &payload, Timestamp time)
{
    if (m_pings.size() == MaxOutstanding) {
        m_pings.removeFirst();
        m_passedOver = std::max<qsizetype>(m_passedOver - 1, 0);
    }
    m_pings.append({payload, time});
}

std::optional<Nanoseconds> RoundTrips::answered(QByteArrayView payload, Timestamp time)
{
    const auto ping =
        std::find_if(m_pings.cbegin(), m_pings.cend(), [payload](const Ping &p) { return p.payload == payload; });
    if (ping == m_pings.cend())
        return std::nullopt;
    const Nanoseconds took = time - ping->time;
    const qsizetype at = ping - m_pings.cbegin();
    m_pings.removeAt(at);
    m_passedOver = at < m_passedOver ? m_passedOver - 1 : at;
    return took;
}

} // namespace sockeye
