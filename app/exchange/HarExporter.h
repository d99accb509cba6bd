#pragma once

#include "exchange/Exporter.h"

namespace sockeye {

/// HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), one entry of the log per connection, with the messages as
/// browsers' developer tools export them:
///
///     "_resourceType": "websocket"
///     "_webSocketMessages": [{"type": "send" | "receive",
///                             "time": seconds since 1970 with six decimals,
///                             "opcode": 1 text, 2 binary, 8 close, 9 ping, 10 pong, or a reserved one,
///                             "data": the text; base64 of the payload for every opcode but 1}]
///
/// A text message that is not valid UTF-8 has U+FFFD in its data, as a browser shows it, and the bytes themselves
/// beside it as
/// "_base64". Events and bytes that are no frame have no place in the format and are left out; how the connection ended
/// is the entry's comment, and "_error" if it did not come about, with status 0 if there was no reply, as browsers
/// write it. A note on a message is its "comment"; "_bookmarked" and "_colour" (1 to 6) stand beside it.
class HarExporter final : public Exporter
{
public:
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString suffix() const override;
    [[nodiscard]] Result<> write(const CaptureReader &capture, QIODevice &out, const ExportOptions &options,
                                 const CancelToken &cancel, const ExportProgress &progress) const override;
};

} // namespace sockeye
