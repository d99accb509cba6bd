#pragma once

#include "decode/NodeBuilder.h"

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
/// What a record says that is needed to join those of both sides.
struct SignalRRecord
{
    /// 0 for a handshake or its answer.
    int type = 0;
    QByteArray id = {};
    QByteArray target = {};
    bool hasError = false;
    bool isHandshake = false;
};
/// Tells what kind of message it is, and what it has to do with one of the other side.
void tellSignalRFacts(NodeBuilder &builder, const SignalRRecord &record);

/// " of Send", behind an answer to a call of that target; empty where that is not known.
[[nodiscard]] QString signalROf(const QString &target);
/// The first record's line, and how many follow it.
[[nodiscard]] QString signalRSummary(const QString &first, qsizetype records);

} // namespace sockeye
