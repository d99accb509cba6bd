#include "decode/Decoder.h"

namespace sockeye {

bool Decoder::isConversation(const ConnectionFacts & /*facts*/) const
{
    return false;
}

void Decoder::follow(const DecodeInput & /*input*/, Conversation & /*conversation*/) const {}

} // namespace sockeye
