#pragma once

#include "decode/Decoder.h"

#include <QList>

namespace sockeye::mqtt {

/// MQTT is a stream: a packet may begin in one message and end in another, and a message may hold several (MQTT 5.0,
/// section 6). Clients on Node send a packet field by field.

/// Where the packets of these bytes end, in order, as far as they are whole; nothing from the first on whose length is
/// no length. `total` gets the size of the one that is not whole, 0 where that is not told yet or there is none.
struct PacketEnds
{
    QList<qsizetype> ends;
    qint64 total = 0;
    bool isBroken = false;
};
[[nodiscard]] PacketEnds packetEnds(QByteArrayView bytes);

/// Takes note of the packets that end in a message, and of what it leaves open.
void followStream(const DecodeInput &input, Conversation &conversation);

} // namespace sockeye::mqtt
