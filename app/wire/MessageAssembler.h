#pragma once

#include "wire/Finding.h"
#include "wire/Frame.h"
#include "wire/PermessageDeflate.h"
#include "wire/Role.h"
#include "wire/Utf8Validator.h"

#include <memory>
#include <optional>

namespace sockeye {

/// What the frames of one message said together; a control frame is a message of its own.
struct Message
{
    Direction direction = Direction::In;
    /// Text, Binary, Close, Ping, Pong; or a reserved opcode as it came; or Continuation for one that continues
    /// nothing.
    Opcode opcode = Opcode::Text;
    QByteArray payload;
    FrameHeaders frames;
    /// When the last byte of its last frame passed.
    Timestamp time;
    /// Header and payload bytes on the wire, over all its frames.
    qint64 wireSize = 0;
    /// Of a pong: the time since the ping it answers, told by whoever sent that; negative for none.
    Nanoseconds latency{-1};
    /// By permessage-deflate (RFC 7692). The payload is the inflated one; if it cannot be inflated, what was on the
    /// wire.
    bool compressed = false;
    /// False when the message was broken off: its remaining frames never came or were refused.
    bool complete = true;
    Findings findings;

    /// The code of the first finding that wants the connection failed, or 0.
    [[nodiscard]] quint16 failWith() const;
};

/// Puts the frames of one direction together into messages and checks each against RFC 6455 (sections 5.1
/// to 5.6, 7.4, 8.1). Control frames between fragments come out at once, as messages of their own.
///
/// Rules (severity Error, with failWith as the RFC says) by name: "frame.masked" / "frame.unmasked" (a server's frame
/// masked, a client's not), "frame.rsv", "frame.reserved-opcode", "frame.length-form" (not minimal),
/// "frame.control-fragmented", "frame.control-too-long", "frame.unexpected-continuation",
/// "frame.expected-continuation", "message.too-large" (1009), "message.utf8" (1007, with the offset), "message.deflate"
/// (1007: what cannot be inflated), "message.deflate-empty" (1007: RSV1 on a message without bytes), "close.one-byte",
/// "close.code", "close.utf8". "message.deflate-last-block" is a Warning, and the connection goes on (RFC 7692 section
/// 7.2.3.4).
class MessageAssembler final
{
public:
    struct Limits
    {
        /// Of payload: what comes beyond it is cut from the message, which is refused.
        qint64 maxMessage = 256LL * 1024 * 1024;
        /// A message of endless empty fragments must not take endless memory either: refused likewise.
        qsizetype maxFrames = 1024 * 1024;
    };

    /// The frames of a client's connection: those that come in are its server's, those that go out are its own.
    explicit MessageAssembler(Direction direction)
        : MessageAssembler(direction, Limits())
    {
    }
    MessageAssembler(Direction direction, Limits limits)
        : MessageAssembler(direction, direction == Direction::Out ? Role::Client : Role::Server, limits)
    {
    }
    /// Messages are marked with the direction; their frames are judged as those of the sender.
    MessageAssembler(Direction direction, Role sender, Limits limits);

    /// permessage-deflate was agreed on: messages that begin with RSV1 set are inflated (RFC 7692 section 7.2.2).
    void inflateWith(std::unique_ptr<Inflater> inflater) { m_inflater = std::move(inflater); }

    /// A broken rule is a finding, told once for each message, and the fragments that follow still belong to their
    /// message, which is refused only for its size.
    void setLenient(bool lenient) { m_lenient = lenient; }

    /// Takes a frame; returns the message it completes, if it does. A frame that breaks a rule completes a message that
    /// holds it, with the finding. Cheap for the common case of one frame: the payload is moved, not copied.
    [[nodiscard]] std::optional<Message> add(Frame &&frame);
    /// Looks at a frame whose payload is still coming: text that cannot become UTF-8 any more need not be waited for.
    /// If so, returns the message as far as it came, with the finding, and the rest of the frame is not to be added.
    /// `payload` is as on the wire, masked if the header says so, and starts with what was looked at before.
    [[nodiscard]] std::optional<Message> refuseEarly(const FrameHeader &header, QByteArrayView payload, Timestamp time);
    /// The fragments of a message that has begun and not ended, for the record when the stream ends; complete is false.
    [[nodiscard]] std::optional<Message> takeUnfinished();
    [[nodiscard]] bool isInMessage() const { return m_fragmented.has_value(); }

private:
    [[nodiscard]] std::optional<Message> addFirst(Frame &&frame, Findings &&findings);
    /// Whether the text may go on with these bytes of the frame that is still coming.
    [[nodiscard]] bool feedEarly(const FrameHeader &header, QByteArrayView fresh);
    void begin(Message &message, Frame &&frame, Findings &&findings);
    [[nodiscard]] std::optional<Message> addFragment(Frame &&frame, Findings &&findings);
    [[nodiscard]] bool mayGoOn(const Message &message) const;
    void giveUp(const Message &message);
    void addPayload(Message &message, QByteArrayView bytes);
    void inflate(Message &message, QByteArrayView bytes);
    void refuseSize(Message &message);
    /// Checks the text of the frame that was just added to the message, from `begin` on.
    void checkFrameText(Utf8Validator &utf8, Message &message, qsizetype begin);

    Direction m_direction;
    Role m_sender;
    Limits m_limits;
    std::optional<Message> m_fragmented;
    Utf8Validator m_utf8;
    /// Of the frame that is still coming: its text as far as it was looked at.
    Utf8Validator m_earlyUtf8;
    qsizetype m_earlySize = 0;
    std::unique_ptr<Inflater> m_inflater;
    /// What of a compressed message has come, as on the wire: its payload if it cannot be inflated.
    QByteArray m_compressed;
    /// The text of the message at hand can be judged: no reserved bit says that it is not what it seems.
    bool m_isReadable = true;
    /// The compressed message at hand cannot be inflated: the rest of it is kept as it comes.
    bool m_isDeflateBroken = false;
    /// The fragments that come belong to a message that was refused for its size.
    bool m_isRefused = false;
    bool m_lenient = false;
};

} // namespace sockeye
