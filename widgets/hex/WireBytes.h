#pragma once

#include "widgets/hex/ByteSource.h"
#include "wire/Frame.h"

#include <vector>

namespace sockeye {

/// A message as its frames were on the wire: each header in front of the part of the payload that it carried. The
/// payload of a compressed message stands behind all headers, inflated: which of its bytes came in which frame cannot
/// be told. Without frames, the payload alone.
class WireBytes final : public ByteSource
{
    Q_OBJECT

public:
    /// The payload outlives this object. When it is reset, the frames are forgotten.
    explicit WireBytes(ByteSource &payload, QObject *parent = nullptr);
    ~WireBytes() override;

    void setFrames(const FrameHeaders &frames, bool compressed);
    /// Whether the payload of masked frames is shown as it went over the wire, XORed with their keys; by default it is
    /// not. What is compressed is never: its masked bytes are not those that are shown.
    void setMasked(bool masked);

    [[nodiscard]] qint64 size() const override { return m_size; }
    [[nodiscard]] Byte at(ByteOffset offset) const override;
    void read(ByteOffset offset, qint64 length, Done done) const override;
    [[nodiscard]] std::optional<ByteOffset> payloadOffset(ByteOffset offset) const override;
    [[nodiscard]] ByteOffset offsetOfPayload(ByteOffset payload) const override;

private:
    /// A run of bytes of one header or of one part of the payload.
    struct Segment
    {
        qint64 start = 0;
        qint64 length = 0;
        bool isHeader = false;
        /// Where it begins in m_headers or in the payload.
        qint64 source = 0;
        /// Of the frame; zeros for none. The key's first byte is that of the first byte of the frame's payload.
        std::array<quint8, 4> maskKey = {};
        /// Bytes of the frame's payload before the segment.
        quint64 phase = 0;
    };

    void addSegment(qint64 length, bool isHeader, qint64 source, std::array<quint8, 4> maskKey = {});
    [[nodiscard]] const Segment *segmentAt(ByteOffset offset) const;
    /// The parts of the segments that lie between `first` and before `end`.
    [[nodiscard]] std::vector<Segment> segmentsWithin(qint64 first, qint64 end) const;

    ByteSource &m_payload;
    QByteArray m_headers;
    std::vector<Segment> m_segments;
    qint64 m_size = 0;
    bool m_isMasked = false;
};

} // namespace sockeye
