#pragma once

#include "base/Time.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace sockeye {

/// Which pong answers which ping (RFC 6455 section 5.5.3: by its payload), and how long each took, even with several on
/// their way. Where payloads are alike the oldest ping is the one answered.
class RoundTrips final
{
public:
    void sent(const QByteArray &payload, Timestamp time);
    /// The time since the ping that this pong answers; none for an unsolicited one.
    [[nodiscard]] std::optional<Nanoseconds> answered(QByteArrayView payload, Timestamp time);

    /// Pings that wait for their pong: those sent after the latest one that was answered. A peer may answer the latest
    /// of several only (RFC 6455 section 5.5.3).
    [[nodiscard]] int outstanding() const { return static_cast<int>(m_pings.size() - m_passedOver); }

private:
    struct Ping
    {
        QByteArray payload;
        Timestamp time;
    };

    QList<Ping> m_pings;
    /// How many of them were sent before one that was answered; their pongs may still come.
    qsizetype m_passedOver = 0;
};

} // namespace sockeye
