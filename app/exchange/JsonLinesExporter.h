#pragma once

#include "exchange/Exporter.h"

namespace sockeye {

/// One JSON object a line, one entry an object, UTF-8, lines ended by LF. The keys come in this order:
///
///     entry, connection   numbers, from 1
///     time                RFC 3339 in UTC with nine decimals
///     direction           "in", "out", "none"
///     kind                "text", "binary", "ping", "pong", "close", "raw", "event"
///     size                bytes of the message as recorded, after inflating, whatever is masked
///     text | base64       the payload: text if the kind is not binary or raw and the whole of it is valid UTF-8
///     compressed          whether it was deflated on the wire
///     frames              [{opcode, fin, rsv (0 to 7), masked, header (hex), payload_size (on the wire)}]; events: []
///     findings            [{severity ("note", "warning", "error"), rule, section, text, offset (-1: none)}]
///     wire_size           bytes on the wire, headers included
///     complete            false for a message that was broken off
///     code, reason        of a close
///     event               of an event: "connecting", "open", "failed", "closed", "broken", "notice"
///     bookmarked          true if somebody has bookmarked it; this and the following only if there is one
///     colour, note        1 to 6, and the text that somebody gave it
class JsonLinesExporter final : public Exporter
{
public:
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString suffix() const override;
    [[nodiscard]] Result<> write(const CaptureReader &capture, QIODevice &out, const ExportOptions &options,
                                 const CancelToken &cancel, const ExportProgress &progress) const override;
};

} // namespace sockeye
