#include "widgets/timeline/RateHistory.h"

#include <algorithm>

namespace sockeye {

size_t RateHistory::placeOf(qint64 second)
{
    return static_cast<size_t>(second % (Seconds + 1));
}

void RateHistory::add(qint64 in, qint64 out, qint64 time)
{
    const qint64 second = std::max({time / 1000, m_latest, qint64(0)});
    if (m_latest < 0)
        m_latest = second;
    // Seconds in which nothing was added.
    for (qint64 silent = std::max(m_latest + 1, second - Seconds); silent <= second; ++silent)
        m_rates.at(placeOf(silent)) = {};
    m_latest = second;
    MessageRate &rate = m_rates.at(placeOf(second));
    rate.in += static_cast<double>(std::max<qint64>(0, in - m_in));
    rate.out += static_cast<double>(std::max<qint64>(0, out - m_out));
    m_in = in;
    m_out = out;
}

QList<MessageRate> RateHistory::upTo(qint64 time) const
{
    QList<MessageRate> rates(Seconds);
    const qint64 now = time / 1000;
    for (int i = 0; i < Seconds; ++i) {
        const qint64 second = now - Seconds + i;
        if (second >= 0 && second <= m_latest && second > m_latest - (Seconds + 1))
            rates[i] = m_rates.at(placeOf(second));
    }
    return rates;
}

} // namespace sockeye
