#include "formats/Formats.h"

#include "formats/JsonDecoder.h"
#include "formats/MqttDecoder.h"

#include <algorithm>

namespace sockeye {

const std::vector<const Decoder *> &formats()
{
    static const JsonDecoder json;
    static const MqttDecoder mqtt;
    static const std::vector<const Decoder *> all{
        &mqtt,
        &json,
    };
    return all;
}

const Decoder *formatOf(QStringView id)
{
    const auto found = std::ranges::find_if(formats(), [id](const Decoder *format) { return format->id() == id; });
    return found == formats().end() ? nullptr : *found;
}

const Decoder *conversationFormat(QStringView subprotocol)
{
    if (subprotocol.isEmpty())
        return nullptr;
    const auto found = std::ranges::find_if(
        formats(), [subprotocol](const Decoder *format) { return format->isConversation(subprotocol); });
    return found == formats().end() ? nullptr : *found;
}

} // namespace sockeye
