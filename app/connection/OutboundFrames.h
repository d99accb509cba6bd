#pragma once

#include "connection/OutboundMessage.h"
#include "connection/SendOrder.h"
#include "wire/FrameDecoder.h"

#include <limits>
#include <memory>

namespace sockeye {

/// Writes one direction of a connection: messages in, frames out, cut, compressed and masked as wanted. It gives the
/// bytes and the message to record; who sends and records them, and whether anything may be sent at all (not after a
/// close frame), is the owner's care. A message's time is left to the owner, too.
///
/// Messages come from the owner (data(), control(), raw()) or from a local endpoint that frames them itself (next()).
class OutboundFrames final
{
public:
    /// A client's frames are masked, a server's are not. Messages are marked with the direction.
    explicit OutboundFrames(Role sender = Role::Client, Direction direction = Direction::Out);

    /// From now on messages are compressed, as far as their orders do not say otherwise.
    void agreeOnDeflate(const DeflateParameters &parameters);

    /// A text or binary message, sent as the order says; its kind is not looked at.
    [[nodiscard]] OutboundMessage data(Opcode opcode, const QByteArray &payload, const SendOrder &order = {});
    /// A close, ping or pong of at most MaxControlPayload bytes.
    [[nodiscard]] OutboundMessage control(Opcode opcode, const QByteArray &payload);
    /// Bytes as they are, even ones that break a rule. A compressed frame among them changes the peer's window in a way
    /// that nobody here knows: the next message is compressed afresh.
    [[nodiscard]] OutboundMessage raw(const QByteArray &bytes);

    /// How the next data message of the local endpoint is to be sent that has no order yet.
    void expect(const SendOrder &order) { m_orders.append(order); }
    /// Takes the latest order back: its message will not come.
    void cancelLatestOrder();
    /// Data messages, raw bytes and pongs that were ordered and have not come.
    [[nodiscard]] qsizetype pendingOrders() const { return m_orders.size(); }
    /// Takes bytes from the front of `input`, what a local client endpoint wrote, until a message is complete. A data
    /// message is sent as its order says, control frames as they are. Frames keep the endpoint's mask key.
    [[nodiscard]] std::optional<OutboundMessage> next(QByteArrayView &input);

private:
    [[nodiscard]] std::optional<MaskKey> freshKey() const;
    [[nodiscard]] OutboundMessage make(Opcode opcode, const QByteArray &payload, const std::optional<MaskKey> &key,
                                       const Fragmentation &fragmentation, Deflater *deflater);
    [[nodiscard]] OutboundMessage take(const Message &message);
    void startDeflater();

    Role m_sender;
    Direction m_direction;
    std::optional<DeflateParameters> m_deflate;
    std::unique_ptr<Deflater> m_deflater;
    QList<SendOrder> m_orders;
    // What we send has been in memory before: the limits are for what peers send.
    FrameDecoder m_decoder{std::numeric_limits<quint64>::max()};
    MessageAssembler m_assembler{Direction::Out, {.maxMessage = std::numeric_limits<qint64>::max()}};
};

} // namespace sockeye
