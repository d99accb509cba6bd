#include "protocols/SignalRWords.h"

#include "encodings/JsonShape.h"

#include <QCoreApplication>

#include <array>

namespace sockeye {

QStringView signalRTypeName(int type)
{
    static constexpr std::array<QStringView, 9> names{
        u"Invocation", u"StreamItem", u"Completion", u"StreamInvocation", u"CancelInvocation",
        u"Ping",       u"Close",      u"Ack",        u"Sequence"};
    return type >= 1 && type <= static_cast<int>(names.size()) ? names[static_cast<size_t>(type - 1)] : QStringView();
}

const SignalRFields &signalRFields(int type)
{
    static const SignalRFields unknown{{u"type"}, 1};
    static const std::array<SignalRFields, 9> fields{{
        {{u"type", u"headers", u"invocationId", u"target", u"arguments", u"streamIds"}, 5},
        {{u"type", u"headers", u"invocationId", u"item"}, 4},
        {{u"type", u"headers", u"invocationId", u"resultKind", u"result"}, 4},
        {{u"type", u"headers", u"invocationId", u"target", u"arguments", u"streamIds"}, 5},
        {{u"type", u"headers", u"invocationId"}, 3},
        {{u"type"}, 1},
        {{u"type", u"error", u"allowReconnect"}, 2},
        {{u"type", u"sequenceId"}, 2},
        {{u"type", u"sequenceId"}, 2},
    }};
    return type >= 1 && type <= static_cast<int>(fields.size()) ? fields[static_cast<size_t>(type - 1)] : unknown;
}

void tellSignalRFacts(NodeBuilder &builder, const SignalRRecord &record)
{
    using Role = MessageFacts::Exchange::Role;
    if (record.type == 0) {
        builder.setMessage("handshake");
        if (record.isHandshake)
            builder.addExchange(Role::Asks, "handshake", "handshake");
        else
            builder.addExchange(record.hasError ? Role::Fails : Role::Answers, "handshake");
        return;
    }
    builder.setMessage(signalRTypeName(record.type).toUtf8(), record.target);
    if (record.id.isEmpty())
        return;
    switch (static_cast<SignalRType>(record.type)) {
    case SignalRType::Invocation:
    case SignalRType::StreamInvocation:
        return builder.addExchange(Role::Asks, record.id, record.target);
    case SignalRType::StreamItem:
        return builder.addExchange(Role::Continues, record.id);
    case SignalRType::Completion:
        return builder.addExchange(record.hasError ? Role::Fails : Role::Answers, record.id);
    default:
        return;
    }
}

QString signalROf(const QString &target)
{
    return target.isEmpty() ? QString()
                            : u' ' + QCoreApplication::translate("sockeye::SignalRDecoder", "of %1").arg(target);
}

QString signalRSummary(const QString &first, qsizetype records)
{
    const QString line = cutSummary(first);
    if (records < 2)
        return line;
    return line + u' ' +
           QCoreApplication::translate("sockeye::SignalRDecoder", "+ %n more", nullptr, static_cast<int>(records - 1));
}

} // namespace sockeye
