#include "connection/OutboundFrames.h"

#include "wire/FrameRules.h"

namespace sockeye {

namespace {
/// Whether the peer may inflate what our deflater knows nothing of: its window is another one from then on.
bool mayChangeWindow(const std::optional<Message> &raw)
{
    if (!raw)
        return true;
    const bool begins = mayBeCompressed(raw->frames.front()) && (raw->frames.front().rsv & Rsv1);
    return begins || raw->opcode == Opcode::Continuation;
}
} // namespace

OutboundFrames::OutboundFrames(Role sender, Direction direction)
    : m_sender(sender)
    , m_direction(direction)
{
}

void OutboundFrames::agreeOnDeflate(const DeflateParameters &parameters)
{
    m_deflate = parameters;
    startDeflater();
}

/// Afresh, which is always legal: it refers to nothing that was sent before.
void OutboundFrames::startDeflater()
{
    m_deflater = m_sender == Role::Client
                     ? std::make_unique<Deflater>(m_deflate->clientMaxWindowBits, m_deflate->clientNoContextTakeover)
                     : std::make_unique<Deflater>(m_deflate->serverMaxWindowBits, m_deflate->serverNoContextTakeover);
}

std::optional<MaskKey> OutboundFrames::freshKey() const
{
    return m_sender == Role::Client ? std::optional(freshMaskKey()) : std::nullopt;
}

OutboundMessage OutboundFrames::make(Opcode opcode, const QByteArray &payload, const std::optional<MaskKey> &key,
                                     const Fragmentation &fragmentation, Deflater *deflater)
{
    OutboundMessage outbound = makeOutbound(opcode, payload, key, fragmentation, deflater);
    outbound.message->direction = m_direction;
    return outbound;
}

OutboundMessage OutboundFrames::data(Opcode opcode, const QByteArray &payload, const SendOrder &order)
{
    return make(opcode, payload, freshKey(), order.fragmentation, order.compress ? m_deflater.get() : nullptr);
}

OutboundMessage OutboundFrames::control(Opcode opcode, const QByteArray &payload)
{
    return make(opcode, payload, freshKey(), {}, nullptr);
}

OutboundMessage OutboundFrames::raw(const QByteArray &bytes)
{
    std::optional<Message> message = readRawFrame(bytes, m_deflater != nullptr, m_sender);
    if (m_deflater && mayChangeWindow(message))
        startDeflater();
    if (message)
        message->direction = m_direction;
    return {std::move(message), bytes};
}

void OutboundFrames::cancelLatestOrder()
{
    if (!m_orders.isEmpty())
        m_orders.removeLast();
}

std::optional<OutboundMessage> OutboundFrames::next(QByteArrayView &input)
{
    Frame frame;
    while (m_decoder.next(input, frame)) {
        if (const auto message = m_assembler.add(std::move(frame)))
            return take(*message);
    }
    return std::nullopt;
}

OutboundMessage OutboundFrames::take(const Message &message)
{
    const std::optional<MaskKey> key =
        m_sender == Role::Client ? std::optional(message.frames.front().maskKey) : std::nullopt;
    if (isControl(message.opcode))
        return make(message.opcode, message.payload, key, {}, nullptr);
    const SendOrder order = m_orders.isEmpty() ? SendOrder() : m_orders.takeFirst();
    switch (order.kind) {
    case SendOrder::Kind::Pong:
        return make(Opcode::Pong, message.payload, key, {}, nullptr);
    case SendOrder::Kind::Raw:
        return raw(message.payload);
    case SendOrder::Kind::Data:
        break;
    }
    return make(message.opcode, message.payload, key, order.fragmentation, order.compress ? m_deflater.get() : nullptr);
}

} // namespace sockeye
