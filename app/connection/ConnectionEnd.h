#pragma once

#include "record/ConnectionRecord.h"
#include "wire/CloseCode.h"
#include "wire/Finding.h"

#include <optional>

namespace sockeye {

/// How a connection ended, for the record: kind, close code and reason as ConnectionRecord has them, and a sentence.
struct ConnectionEnd
{
    EndKind kind = EndKind::Dropped;
    quint16 code = CloseCode::Abnormal;
    QString reason;
    QString text;
    /// Of a connection that was open.
    std::optional<EndDetails> details{};
};

/// What was seen of the end of an open connection. Nothing else is claimed by the sentence made of it.
struct EndFacts
{
    /// What is kept of it in the record.
    EndDetails details;
    /// When TCP ended.
    Timestamp ended;
    bool peerClosedFirst = false;
    /// Why we failed the connection, if we did.
    std::optional<Finding> brokenRule;
    bool abortedByUser = false;
    /// How many pings in a row had no pong, if that is why we gave up.
    int deadPings = 0;
};

[[nodiscard]] ConnectionEnd describeEnd(const EndFacts &facts);

} // namespace sockeye
