#pragma once

#include "base/Time.h"
#include "endpoint/Endpoint.h"

#include <deque>
#include <optional>

namespace sockeye {

/// The pongs that answer a peer's pings by the endpoint's policy: at once, delayed or never (RFC 6455 section 5.5.3).
/// It says what is due; the owner has the timer and sends.
class PongAnswers final
{
public:
    /// Pongs that wait at most. Under a flood the pings beyond these are left without a pong.
    static constexpr size_t MaxWaiting = 1'000;

    explicit PongAnswers(const ControlPolicy &policy = {});

    /// A ping came at `now`: its pong is due at once, later or never.
    void pingReceived(const QByteArray &payload, Timestamp now);
    /// The payload of the next pong that is due, in the order of the pings; none if none is.
    [[nodiscard]] std::optional<QByteArray> takeDue(Timestamp now);
    /// Nothing can be sent now, because the peer does not read: of the pongs that are due only the latest is kept,
    /// which RFC 6455 section 5.5.3 allows, so that pongs cannot pile up.
    void keepLatestDue(Timestamp now);
    /// When the next pong becomes due after `now`; none if none does.
    [[nodiscard]] std::optional<Timestamp> nextDue(Timestamp now) const;
    [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }

private:
    struct Pong
    {
        Timestamp due;
        QByteArray payload;
    };

    ControlPolicy::Answer m_answer;
    Nanoseconds m_delay;
    /// Of every pong, instead of the ping's; null for the ping's.
    QByteArray m_payload;
    /// Ascending by when they are due.
    std::deque<Pong> m_waiting;
};

} // namespace sockeye
