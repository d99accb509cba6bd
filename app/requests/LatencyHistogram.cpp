#include "requests/LatencyHistogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sockeye {

namespace {

/// A power of two is divided into so many stretches.
constexpr int StretchBits = 7;
constexpr quint64 Stretches = quint64(1) << StretchBits;

/// Short durations each have one, longer ones share it with their neighbours.
size_t stretchOf(quint64 value)
{
    if (value < 2 * Stretches)
        return static_cast<size_t>(value);
    const int shift = static_cast<int>(std::bit_width(value)) - 1 - StretchBits;
    return static_cast<size_t>(static_cast<quint64>(shift) * Stretches + (value >> shift));
}

/// The middle of a stretch.
quint64 valueOf(size_t stretch)
{
    const quint64 place = stretch;
    if (place < 2 * Stretches)
        return place;
    const quint64 shift = place / Stretches - 1;
    const quint64 first = (Stretches + place % Stretches) << shift;
    return first + ((quint64(1) << shift) - 1) / 2;
}

} // namespace

void LatencyHistogram::add(Nanoseconds latency)
{
    const qint64 value = std::max<qint64>(0, latency.count());
    const size_t stretch = stretchOf(static_cast<quint64>(value));
    if (m_counts.empty()) {
        m_first = stretch;
        m_counts.assign(1, 0);
    } else if (stretch < m_first) {
        m_counts.insert(m_counts.begin(), m_first - stretch, 0);
        m_first = stretch;
    } else if (stretch >= m_first + m_counts.size()) {
        m_counts.resize(stretch - m_first + 1, 0);
    }
    ++m_counts[stretch - m_first];
    m_min = m_count == 0 ? value : std::min(m_min, value);
    m_max = std::max(m_max, value);
    ++m_count;
}

std::optional<Nanoseconds> LatencyHistogram::max() const
{
    return m_count == 0 ? std::nullopt : std::optional(Nanoseconds(m_max));
}

std::optional<Nanoseconds> LatencyHistogram::percentile(double share) const
{
    if (m_count == 0)
        return {};
    const auto rank = std::clamp<qint64>(std::llround(std::ceil(share * static_cast<double>(m_count))), 1, m_count);
    qint64 seen = 0;
    for (size_t i = 0; i < m_counts.size(); ++i) {
        seen += m_counts[i];
        if (seen >= rank)
            return Nanoseconds(std::clamp(static_cast<qint64>(valueOf(m_first + i)), m_min, m_max));
    }
    return Nanoseconds(m_max);
}

} // namespace sockeye
