#pragma once

#include "decode/ConnectionFacts.h"
#include "decode/Conversation.h"
#include "decode/NodeBuilder.h"
#include "wire/Frame.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sockeye {

/// A message as decoders get it, or bytes that a message carries.
struct DecodeInput
{
    QByteArray payload;
    /// A text message, whose payload is UTF-8.
    bool isText = false;
    /// From whom to whom it went; None where that is not known.
    Direction direction = Direction::None;
    /// What the connection agreed on (Sec-WebSocket-Protocol), or the id of the format that it speaks without having
    /// said so (Decoder::isSpoken()); empty for neither and for bytes inside of a message.
    QString subprotocol = {};
    /// What the messages before it decide; none where these are not known.
    std::optional<Conversation> before = std::nullopt;

    /// Likewise, if messages of the format with this id decide it; null if not.
    [[nodiscard]] const Conversation *beforeOf(QByteArrayView format) const
    {
        return before && (before->format.isEmpty() || before->format == format) ? &*before : nullptr;
    }
};

/// How well a payload fits a format.
enum class Certainty : quint8 {
    None,
    Likely, ///< a guess, shown as one: at most 1 in 1,000 random payloads of 16 bytes and more passes
    Sure    ///< it says so itself, the subprotocol says so, or no random payload would pass
};

/// What a message says without those before it.
enum class Dependence : quint8 {
    None,    ///< the same as with them
    Details, ///< most: which call it answers is not known, for instance
    All      ///< nothing that is true: it would be taken for what it is not
};

/// Reads one format. Has no state, so that any thread may use it.
class Decoder
{
public:
    Decoder() = default;
    virtual ~Decoder() = default;
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    /// "cbor": what profiles and filters name it, never translated or changed.
    [[nodiscard]] virtual QString id() const = 0;
    /// As people write it: "CBOR".
    [[nodiscard]] virtual QString name() const = 0;
    /// Cheap: looks at some thousand bytes at most, or as long as all goes well. A lone scalar, a lone string and
    /// random bytes are no format.
    [[nodiscard]] virtual Certainty probe(const DecodeInput &input) const = 0;
    /// Adds the nodes of the payload, whatever it is: what breaks a rule is told by NodeBuilder::fail(), after what
    /// stands before it. Does not recurse on input; asks builder.goOn() in its loop.
    virtual void decode(const DecodeInput &input, NodeBuilder &builder) const = 0;
    /// Whether messages of this format depend on those before them, on a connection of which this is known. What is
    /// told by few first messages stays told by more of them.
    [[nodiscard]] virtual bool isConversation(const ConnectionFacts &facts) const;
    /// Whether follow() takes note of anything: where a user says that messages are of this format, they are followed,
    /// whatever the connection tells of itself.
    [[nodiscard]] virtual bool isFollowed() const;
    /// Whether a connection of which this is known speaks this format for certain, so that messages which would be a
    /// guess by themselves are none there.
    [[nodiscard]] virtual bool isSpoken(const ConnectionFacts &facts) const;
    /// Takes note of what a message decides about those after it. Fast: it is called for each message of a session.
    virtual void follow(const DecodeInput &input, Conversation &conversation) const;
    /// Of a message on a connection that is followed by this format, where what came before is not known yet. Cheap.
    [[nodiscard]] virtual Dependence dependence(const DecodeInput &input) const;
    /// The one that reads the message itself: of several that read what each other carry, the first.
    [[nodiscard]] virtual const Decoder &outermost() const { return *this; }
};

} // namespace sockeye
