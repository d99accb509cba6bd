#include "decode/Decoder.h"

namespace sockeye {

bool Decoder::isConversation(QStringView /*subprotocol*/) const
{
    return false;
}

void Decoder::follow(const DecodeInput & /*input*/, Conversation & /*conversation*/) const {}

} // namespace sockeye
