#include "connection/PongAnswers.h"

#include <algorithm>
#include <utility>

namespace sockeye {

PongAnswers::PongAnswers(const ControlPolicy &policy)
    : m_answer(policy.pong)
    , m_delay(policy.pong == ControlPolicy::Answer::Delayed ? policy.pongDelay : std::chrono::milliseconds(0))
    , m_payload(policy.pongPayload)
{
}

void PongAnswers::pingReceived(const QByteArray &payload, Timestamp now)
{
    if (m_answer != ControlPolicy::Answer::Never && m_waiting.size() < MaxWaiting)
        m_waiting.push_back({now + m_delay, m_payload.isNull() ? payload : m_payload});
}

std::optional<QByteArray> PongAnswers::takeDue(Timestamp now)
{
    if (m_waiting.empty() || m_waiting.front().due > now)
        return std::nullopt;
    QByteArray payload = std::move(m_waiting.front().payload);
    m_waiting.pop_front();
    return payload;
}

void PongAnswers::keepLatestDue(Timestamp now)
{
    while (m_waiting.size() > 1 && m_waiting[1].due <= now)
        m_waiting.pop_front();
}

std::optional<Timestamp> PongAnswers::nextDue(Timestamp now) const
{
    const auto next =
        std::find_if(m_waiting.cbegin(), m_waiting.cend(), [now](const Pong &pong) { return pong.due > now; });
    return next == m_waiting.cend() ? std::nullopt : std::optional(next->due);
}

} // namespace sockeye
