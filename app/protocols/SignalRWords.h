#pragma once

#include <QString>

#include <vector>

namespace sockeye {

/// What SignalR's hub protocol (HubProtocol.md of ASP.NET Core) calls its messages, in JSON and in MessagePack alike.
enum class SignalRType : quint8 {
    Invocation = 1,
    StreamItem,
    Completion,
    StreamInvocation,
    CancelInvocation,
    Ping,
    Close,
    Ack,
    Sequence
};

/// Empty for a number that is no type.
[[nodiscard]] QStringView signalRTypeName(int type);
/// The fields of a message in MessagePack, in their order; the first ones are always there.
struct SignalRFields
{
    std::vector<QStringView> names;
    size_t least = 0;
};
[[nodiscard]] const SignalRFields &signalRFields(int type);
/// The first record's line, and how many follow it.
[[nodiscard]] QString signalRSummary(const QString &first, qsizetype records);

} // namespace sockeye
