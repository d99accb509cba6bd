#include "wire/FrameDecoder.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

namespace sockeye {

namespace {

constexpr quint64 LengthSignBit = 1ULL << 63;

// Room taken at once for a payload whose end has not come: enough that a stream of small reads does not reallocate at
// each.
constexpr qsizetype GrowthStep = 64 * 1024;

// What a QByteArray can hold at all, its own header set aside; a larger limit could never be kept.
constexpr quint64 LargestPayload = static_cast<quint64>(std::numeric_limits<qsizetype>::max()) - 64;

} // namespace

FrameDecoder::FrameDecoder(quint64 maxPayload)
    : m_maxPayload(std::min(maxPayload, LargestPayload))
{
}

bool FrameDecoder::next(QByteArrayView &input, Frame &frame)
{
    if (m_status != Status::Ok || (!m_headerComplete && !readHeader(input)) || !readPayload(input))
        return false;
    frame.header = m_header;
    frame.payload = std::exchange(m_payload, {});
    if (m_header.masked)
        applyMask(frame.payload.data(), frame.payload.size(), m_header.maskKey);
    m_header.size = 0;
    m_headerComplete = false;
    return true;
}

bool FrameDecoder::isInFrame() const
{
    return m_header.size > 0;
}

QByteArray FrameDecoder::partialBytes() const
{
    return m_header.view().toByteArray() + m_payload;
}

bool FrameDecoder::readHeader(QByteArrayView &input)
{
    if (m_header.size == 0 && FrameHeader::parse(input, m_header)) {
        input = input.sliced(m_header.size);
        return acceptHeader();
    }
    // The header is split over two inputs or more: join what came before with as much as a header can take.
    const qsizetype before = m_header.size;
    const qsizetype taken = std::min(input.size(), FrameHeader::MaxSize - before);
    std::array<char, FrameHeader::MaxSize> joined{};
    std::memcpy(joined.data(), m_header.bytes.data(), static_cast<size_t>(before));
    if (taken > 0)
        std::memcpy(joined.data() + before, input.data(), static_cast<size_t>(taken));
    if (!FrameHeader::parse(QByteArrayView(joined.data(), before + taken), m_header)) {
        input = input.sliced(taken);
        m_header = FrameHeader{}; // What is left there of the frame before must not show in header().
        m_header.bytes = joined;
        m_header.size = static_cast<quint8>(before + taken);
        return false;
    }
    input = input.sliced(m_header.size - before);
    return acceptHeader();
}

bool FrameDecoder::acceptHeader()
{
    m_headerComplete = true;
    if ((m_header.payloadSize & LengthSignBit) != 0)
        m_status = Status::LengthTooLong;
    else if (m_header.payloadSize > m_maxPayload)
        m_status = Status::TooLarge;
    return m_status == Status::Ok;
}

bool FrameDecoder::readPayload(QByteArrayView &input)
{
    const auto size = static_cast<qsizetype>(m_header.payloadSize);
    const qsizetype missing = size - m_payload.size();
    const qsizetype taken = std::min(missing, input.size());
    if (taken == size) {
        m_payload = QByteArray(input.data(), taken);
    } else {
        const qsizetype needed = m_payload.size() + taken;
        // Doubling, so that the whole is copied a constant number of times, but by what came, not by what is announced.
        if (needed > m_payload.capacity())
            m_payload.reserve(std::min(size, std::max(2 * needed, needed + GrowthStep)));
        m_payload.append(input.first(taken));
    }
    input = input.sliced(taken);
    return taken == missing;
}

} // namespace sockeye
