#pragma once

#include "endpoint/Endpoint.h"
#include "record/ConnectionRecord.h"

#include <chrono>
#include <optional>

namespace sockeye {

/// Whether and when to connect again (Endpoint::reconnect), counted over the attempts since the connection was last
/// open. Pure: the caller waits, and brings the chance.
class ReconnectSchedule final
{
public:
    /// How an attempt ended.
    struct End
    {
        EndKind kind = EndKind::Dropped;
        quint16 closeCode = 0;
        /// Of a refused handshake; 0 for none.
        int httpStatus = 0;
        /// Another attempt could only fail in the same way.
        bool wouldFailAgain = false;
    };
    struct Decision
    {
        /// How long to wait before attempt(); nullopt for no further one.
        std::optional<std::chrono::milliseconds> wait;
        /// Why there is no further one, in a sentence; empty if there is, or if none was asked for.
        QString reason;
    };

    explicit ReconnectSchedule(const ReconnectPolicy &policy = {});

    /// The connection is open: attempts count anew.
    void opened() { m_attempt = 0; }
    /// `chance`: from 0 to 1, even.
    [[nodiscard]] Decision next(const End &end, double chance);
    /// The attempt that the latest decision allowed, from 1; 0 for the first connection and while open.
    [[nodiscard]] int attempt() const { return m_attempt; }
    /// How many there may be; 0 for no end.
    [[nodiscard]] int attempts() const { return m_policy.attempts; }

private:
    [[nodiscard]] QString refusal(const End &end) const;
    [[nodiscard]] bool isListed(const End &end) const;
    [[nodiscard]] std::chrono::milliseconds waitFor(int attempt, double chance) const;

    ReconnectPolicy m_policy;
    int m_attempt = 0;
};

} // namespace sockeye
