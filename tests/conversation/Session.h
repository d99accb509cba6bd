// A connection's messages, one after the other.
#pragma once

#include "formats/Formats.h"
#include "formats/MessageDecoder.h"
#include "formats/TreeFault.h"

namespace sockeye {

/// Goes through a connection's messages as the log does.
class Session final
{
public:
    explicit Session(QStringView format)
        : m_format(formatOf(format))
    {
    }

    /// What the message says, by the format that fits; "-" for none.
    QString say(DecodeInput input)
    {
        input.subprotocol = subprotocol;
        input.before = conversation;
        const auto decoded = decodeMessage(input);
        m_format->follow(input, conversation);
        if (!decoded)
            return QStringLiteral("-");
        tree = decoded->tree;
        if (const QString broken = fault(*tree); !broken.isEmpty())
            return broken;
        return tree->summary;
    }
    QString text(const QByteArray &payload, Direction direction = Direction::In)
    {
        return say({payload, true, direction});
    }
    QString binary(const QByteArray &payload, Direction direction = Direction::In)
    {
        return say({payload, false, direction});
    }

    /// What the connection agreed on.
    QString subprotocol;
    Conversation conversation;
    std::shared_ptr<const NodeTree> tree;

private:
    const Decoder *m_format;
};

} // namespace sockeye
