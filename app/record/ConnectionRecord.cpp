#include "record/ConnectionRecord.h"

#include <algorithm>

namespace sockeye {

std::optional<Direction> closeCodeFrom(EndKind kind, quint16 code, const EndDetails &end)
{
    const auto is = [code](const std::optional<CloseBody> &close) { return close && close->code == code; };
    // What we failed a connection with is its end, whatever the peer still sent.
    const bool oursFirst = kind == EndKind::RuleBroken;
    if (oursFirst && is(end.sentClose))
        return Direction::Out;
    if (is(end.receivedClose))
        return Direction::In;
    return is(end.sentClose) ? std::optional(Direction::Out) : std::nullopt;
}

Severity endSeverity(EndKind kind, quint16 code, const std::optional<EndDetails> &end)
{
    switch (kind) {
    case EndKind::ConnectFailed:
    case EndKind::HandshakeFailed:
    case EndKind::RuleBroken:
        return Severity::Error;
    case EndKind::Dropped:
    case EndKind::CloseTimeout:
        return Severity::Warning;
    case EndKind::Clean:
        break;
    case EndKind::Live:
    case EndKind::Aborted:
        return Severity::Note;
    }
    // A peer answers a close with the code that it got: that is whose choice it was.
    const bool isAnswer = end && end->sentClose && end->receivedClose && end->sentClose->code == code &&
                          end->receivedCloseTime > end->sentCloseTime;
    return isErrorCloseCode(code) && !isAnswer ? Severity::Warning : Severity::Note;
}

Timestamp closingBegan(const EndDetails &end, Timestamp ended)
{
    Timestamp began = ended;
    for (const Timestamp close : {end.sentCloseTime, end.receivedCloseTime}) {
        if (toNs(close) != 0)
            began = std::min(began, close);
    }
    return began;
}

Nanoseconds silentBefore(const EndDetails &end, Timestamp ended)
{
    const Timestamp last = std::max(end.lastIn, end.lastOut);
    if (toNs(last) == 0)
        return Nanoseconds(-1);
    return std::max(Nanoseconds(0), Nanoseconds(closingBegan(end, ended) - last));
}

} // namespace sockeye
