#include "decode/Decoder.h"

namespace sockeye {

bool Decoder::isConversation(const ConnectionFacts & /*facts*/) const
{
    return false;
}

bool Decoder::isFollowed() const
{
    return false;
}

bool Decoder::isSpoken(const ConnectionFacts & /*facts*/) const
{
    return false;
}

void Decoder::follow(const DecodeInput & /*input*/, Conversation & /*conversation*/) const {}

Dependence Decoder::dependence(const DecodeInput & /*input*/) const
{
    return Dependence::None;
}

} // namespace sockeye
