#include "connection/OutboundMessage.h"

#include "wire/FrameDecoder.h"
#include "wire/FrameEncoder.h"
#include "wire/RawFrame.h"

#include <QRandomGenerator>

#include <algorithm>

namespace sockeye {

namespace {
/// Where each frame's part of the payload ends.
QList<qsizetype> partEnds(qsizetype size, const Fragmentation &fragmentation)
{
    QList<qsizetype> ends;
    if (fragmentation.size > 0) {
        for (qint64 end = fragmentation.size; end < size; end += fragmentation.size)
            ends.append(static_cast<qsizetype>(end));
    } else {
        for (const qint64 offset : fragmentation.offsets) {
            if (offset >= 0 && offset <= size)
                ends.append(static_cast<qsizetype>(offset));
        }
        std::sort(ends.begin(), ends.end());
    }
    ends.append(size);
    return ends;
}

MaskKey maskKeyOf(quint32 bits)
{
    return {static_cast<quint8>(bits), static_cast<quint8>(bits >> 8), static_cast<quint8>(bits >> 16),
            static_cast<quint8>(bits >> 24)};
}

/// In one call to the system, of which a million would take seconds.
QList<quint32> entropy(qsizetype count)
{
    QList<quint32> numbers(count);
    if (count > 0)
        QRandomGenerator::system()->fillRange(numbers.data(), count);
    return numbers;
}
} // namespace

MaskKey freshMaskKey()
{
    return maskKeyOf(QRandomGenerator::system()->generate());
}

OutboundMessage makeOutbound(Opcode opcode, const QByteArray &payload, const std::optional<MaskKey> &firstKey,
                             const Fragmentation &fragmentation, Deflater *deflater)
{
    const QByteArray onWire = deflater ? deflater->deflate(payload) : payload;
    OutboundMessage outbound;
    Message &message = outbound.message.emplace();
    message.direction = Direction::Out;
    message.opcode = opcode;
    message.payload = payload;
    message.compressed = deflater != nullptr;

    FrameSpec spec{.rsv = deflater ? quint8(Rsv1) : quint8(0), .opcode = opcode, .maskKey = firstKey};
    qsizetype begin = 0;
    const QList<qsizetype> ends = partEnds(onWire.size(), fragmentation);
    const QList<quint32> keys = entropy(firstKey ? ends.size() - 1 : 0);
    message.frames.reserve(ends.size());
    if (ends.size() > 1)
        outbound.bytes.reserve(onWire.size() + ends.size() * FrameHeader::MaxSize);
    for (qsizetype i = 0; i < ends.size(); ++i) {
        const QByteArrayView part = QByteArrayView(onWire).sliced(begin, ends[i] - begin);
        spec.fin = i + 1 == ends.size();
        message.frames.append(makeHeader(spec, static_cast<quint64>(part.size())));
        // One frame is the common case: its bytes are moved, not copied.
        if (ends.size() == 1)
            outbound.bytes = encodeFrame(spec, part);
        else
            outbound.bytes += encodeFrame(spec, part);
        begin = ends[i];
        if (!spec.fin)
            spec = {.opcode = Opcode::Continuation,
                    .maskKey = firstKey ? std::optional(maskKeyOf(keys[i])) : std::nullopt};
    }
    message.wireSize = outbound.bytes.size();
    return outbound;
}

std::optional<Message> readRawFrame(const QByteArray &bytes, bool deflate, Role sender)
{
    FrameDecoder decoder;
    QByteArrayView input = bytes;
    Frame frame;
    if (!decoder.next(input, frame) || !input.isEmpty())
        return std::nullopt;
    Message message;
    message.direction = Direction::Out;
    message.opcode = frame.header.opcode;
    message.frames.append(frame.header);
    message.wireSize = bytes.size();
    message.findings = checkFrame(frame, deflate, sender);
    // The peer is the one to fail the connection for it.
    for (Finding &finding : message.findings)
        finding.failWith = 0;
    message.payload = std::move(frame.payload);
    return message;
}

} // namespace sockeye
