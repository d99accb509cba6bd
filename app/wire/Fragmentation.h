#pragma once

#include <QList>

namespace sockeye {

/// How a data message is cut into frames (RFC 6455 section 5.4). By size or at offsets; neither for one frame.
struct Fragmentation
{
    /// Payload bytes of each frame but the last, as on the wire (after compressing); 0 for no limit.
    qint64 size = 0;
    /// Where to cut, ascending, in bytes of the payload as on the wire. Used if size is 0.
    QList<qint64> offsets;

    /// As many as a peer may be expected to take, ours included (MessageAssembler::Limits).
    static constexpr qint64 MaxFrames = 1024 * 1024;
    /// Of a payload of so many bytes on the wire.
    [[nodiscard]] qint64 frameCount(qint64 bytes) const;

    friend bool operator==(const Fragmentation &, const Fragmentation &) = default;
};

} // namespace sockeye
