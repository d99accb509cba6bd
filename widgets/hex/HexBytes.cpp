#include "widgets/hex/HexBytes.h"

#include <algorithm>

namespace sockeye {

HexBytes::HexBytes(QObject *parent)
    : QObject(parent)
{
    connect(&m_payload, &PagedBytes::arrived, this, &HexBytes::arrived);
    connect(&m_payload, &PagedBytes::failed, this, &HexBytes::failed);
}

HexBytes::~HexBytes() = default;

void HexBytes::show(CaptureLoader *loader, const Entry &entry, const FrameHeaders &frames)
{
    m_payload.reset(loader, entry.id, entry.size, entry.head);
    m_compressed = entry.compressed;
    m_frames = frames;
    layOut();
}

void HexBytes::clear()
{
    m_payload.clear();
    m_frames.clear();
    layOut();
}

void HexBytes::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    layOut();
}

void HexBytes::layOut()
{
    m_segments.clear();
    m_headers.clear();
    m_size = 0;
    qint64 placed = 0;
    if (m_mode == Mode::Wire) {
        for (const FrameHeader &frame : m_frames) {
            addSegment(frame.size, true, m_headers.size());
            m_headers += frame.view();
            if (m_compressed)
                continue;
            // A message that was cut holds less than its frames announced.
            const auto announced = static_cast<qint64>(std::min<quint64>(frame.payloadSize, 1ULL << 62));
            const qint64 length = std::min(announced, m_payload.size() - placed);
            addSegment(length, false, placed);
            placed += length;
        }
    }
    addSegment(m_payload.size() - placed, false, placed);
    Q_EMIT reset();
}

void HexBytes::addSegment(qint64 length, bool isHeader, qint64 source)
{
    if (length <= 0)
        return;
    m_segments.push_back({m_size, length, isHeader, source});
    m_size += length;
}

const HexBytes::Segment *HexBytes::segmentAt(ByteOffset offset) const
{
    if (offset.value() < 0 || offset.value() >= m_size)
        return nullptr;
    const auto after = std::ranges::upper_bound(m_segments, offset.value(), {}, &Segment::start);
    return &*std::prev(after);
}

HexBytes::Byte HexBytes::at(ByteOffset offset) const
{
    const Segment *segment = segmentAt(offset);
    if (!segment)
        return {};
    const qint64 source = segment->source + (offset.value() - segment->start);
    if (segment->isHeader)
        return {static_cast<quint8>(m_headers[source]), true};
    return {m_payload.at(ByteOffset(source)), false};
}

std::optional<ByteOffset> HexBytes::payloadOffset(ByteOffset offset) const
{
    const Segment *segment = segmentAt(offset);
    if (!segment || segment->isHeader)
        return {};
    return ByteOffset(segment->source + (offset.value() - segment->start));
}

ByteOffset HexBytes::offsetOfPayload(ByteOffset payload) const
{
    for (const Segment &segment : m_segments) {
        if (!segment.isHeader && payload.value() < segment.source + segment.length)
            return ByteOffset(segment.start + (payload.value() - segment.source));
    }
    return ByteOffset(m_size);
}

void HexBytes::read(HexRange range, std::function<void(Result<QByteArray>)> done) const
{
    range.length = std::min(range.length, m_size - range.first.value());
    // Whatever headers stand between, the payload's bytes of a range follow each other.
    qint64 payloadStart = -1;
    qint64 payloadLength = 0;
    for (const Segment &segment : m_segments) {
        const qint64 from = std::max(segment.start, range.first.value());
        const qint64 to = std::min(segment.start + segment.length, range.end().value());
        if (segment.isHeader || from >= to)
            continue;
        if (payloadStart < 0)
            payloadStart = segment.source + (from - segment.start);
        payloadLength += to - from;
    }
    if (payloadLength == 0) {
        done(weave(range, 0, {}));
        return;
    }
    m_payload.read(ByteOffset(payloadStart), payloadLength,
                   [this, range, payloadStart, done = std::move(done)](Result<QByteArray> payload) {
                       if (payload)
                           done(weave(range, payloadStart, payload.value()));
                       else
                           done(Error{payload.message()});
                   });
}

QByteArray HexBytes::weave(HexRange range, qint64 payloadStart, const QByteArray &payload) const
{
    QByteArray bytes;
    bytes.reserve(range.length);
    for (const Segment &segment : m_segments) {
        const qint64 from = std::max(segment.start, range.first.value());
        const qint64 to = std::min(segment.start + segment.length, range.end().value());
        if (from >= to)
            continue;
        const qint64 source = segment.source + (from - segment.start);
        bytes += segment.isHeader ? m_headers.mid(source, to - from) : payload.mid(source - payloadStart, to - from);
    }
    return bytes;
}

} // namespace sockeye
