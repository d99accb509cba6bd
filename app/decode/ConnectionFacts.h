#pragma once

#include "wire/Frame.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace sockeye {

/// What is known of a connection that may tell whether its messages depend on those before them.
struct ConnectionFacts
{
    /// Messages of each direction that are looked at.
    static constexpr qsizetype MaxFirst = 8;
    /// And bytes of each of them.
    static constexpr qsizetype MaxBytes = 4096;

    struct Message
    {
        /// Its first MaxBytes.
        QByteArray payload;
        bool isText = false;
        Direction direction = Direction::None;
    };

    /// What it agreed on (Sec-WebSocket-Protocol); empty for none.
    QString subprotocol = {};
    /// What was asked for: "wss://example.com/socket.io/?EIO=4&transport=websocket". Empty where that is not known.
    QString url = {};
    /// Its first messages as far as they have come, in order.
    QList<Message> first = {};
};

} // namespace sockeye
