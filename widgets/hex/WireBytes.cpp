#include "widgets/hex/WireBytes.h"

#include <algorithm>

namespace sockeye {

WireBytes::WireBytes(ByteSource &payload, QObject *parent)
    : ByteSource(parent)
    , m_payload(payload)
{
    connect(&payload, &ByteSource::sourceReset, this, [this] { setFrames({}, false); });
    connect(&payload, &ByteSource::arrived, this, &WireBytes::arrived);
    connect(&payload, &ByteSource::failed, this, &WireBytes::failed);
    setFrames({}, false);
}

WireBytes::~WireBytes() = default;

void WireBytes::setFrames(const FrameHeaders &frames, bool compressed)
{
    m_segments.clear();
    m_headers.clear();
    m_size = 0;
    qint64 placed = 0;
    for (const FrameHeader &frame : frames) {
        addSegment(frame.size, true, m_headers.size());
        m_headers += frame.view();
        if (compressed)
            continue;
        // A message that was cut holds less than its frames announced.
        const auto announced = static_cast<qint64>(std::min<quint64>(frame.payloadSize, 1ULL << 62));
        const qint64 length = std::min(announced, m_payload.size() - placed);
        addSegment(length, false, placed, frame.maskKey);
        placed += length;
    }
    addSegment(m_payload.size() - placed, false, placed);
    Q_EMIT sourceReset();
}

void WireBytes::setMasked(bool masked)
{
    if (m_isMasked == masked)
        return;
    m_isMasked = masked;
    Q_EMIT sourceReset();
}

void WireBytes::addSegment(qint64 length, bool isHeader, qint64 source, std::array<quint8, 4> maskKey)
{
    if (length <= 0)
        return;
    m_segments.push_back({m_size, length, isHeader, source, maskKey, 0});
    m_size += length;
}

const WireBytes::Segment *WireBytes::segmentAt(ByteOffset offset) const
{
    if (offset.value() < 0 || offset.value() >= m_size)
        return nullptr;
    const auto after = std::ranges::upper_bound(m_segments, offset.value(), {}, &Segment::start);
    return &*std::prev(after);
}

ByteSource::Byte WireBytes::at(ByteOffset offset) const
{
    const Segment *segment = segmentAt(offset);
    if (!segment)
        return {};
    const qint64 source = segment->source + (offset.value() - segment->start);
    if (segment->isHeader)
        return {static_cast<quint8>(m_headers[source]), true};
    std::optional<quint8> value = m_payload.at(ByteOffset(source)).value;
    if (m_isMasked && value)
        *value ^= segment->maskKey[static_cast<size_t>((offset.value() - segment->start) % 4)];
    return {value, false};
}

std::optional<ByteOffset> WireBytes::payloadOffset(ByteOffset offset) const
{
    const Segment *segment = segmentAt(offset);
    if (!segment || segment->isHeader)
        return {};
    return ByteOffset(segment->source + (offset.value() - segment->start));
}

ByteOffset WireBytes::offsetOfPayload(ByteOffset payload) const
{
    for (const Segment &segment : m_segments) {
        if (!segment.isHeader && payload.value() < segment.source + segment.length)
            return ByteOffset(segment.start + (payload.value() - segment.source));
    }
    return ByteOffset(m_size);
}

std::vector<WireBytes::Segment> WireBytes::segmentsWithin(qint64 first, qint64 end) const
{
    std::vector<Segment> parts;
    for (const Segment &segment : m_segments) {
        const qint64 from = std::max(segment.start, first);
        const qint64 to = std::min(segment.start + segment.length, end);
        if (from < to)
            parts.push_back({from, to - from, segment.isHeader, segment.source + (from - segment.start),
                             segment.maskKey, static_cast<quint64>(from - segment.start)});
    }
    return parts;
}

void WireBytes::read(ByteOffset offset, qint64 length, Done done) const
{
    std::vector<Segment> parts = segmentsWithin(offset.value(), std::min(offset.value() + length, m_size));
    // Whatever headers stand between, the payload's bytes of a range follow one another.
    qint64 payloadStart = 0;
    qint64 payloadLength = 0;
    for (const Segment &part : parts) {
        if (!part.isHeader && payloadLength == 0)
            payloadStart = part.source;
        payloadLength += part.isHeader ? 0 : part.length;
    }
    const auto weave = [headers = m_headers, parts = std::move(parts), payloadStart,
                        isMasked = m_isMasked](const QByteArray &payload) {
        QByteArray bytes;
        for (const Segment &part : parts) {
            QByteArray run = part.isHeader ? headers.mid(part.source, part.length)
                                           : payload.mid(part.source - payloadStart, part.length);
            if (isMasked && !part.isHeader)
                applyMask(run.data(), run.size(), part.maskKey, part.phase);
            bytes += run;
        }
        return bytes;
    };
    if (payloadLength == 0) {
        done(weave({}));
        return;
    }
    m_payload.read(ByteOffset(payloadStart), payloadLength,
                   [weave, done = std::move(done)](const Result<QByteArray> &payload) {
                       if (payload)
                           done(weave(payload.value()));
                       else
                           done(payload.error());
                   });
}

} // namespace sockeye
