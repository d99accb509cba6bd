#pragma once

#include "wire/FrameDecoder.h"
#include "wire/MessageAssembler.h"

namespace sockeye {

/// Marks what came after the connection was failed ("frame.not-processed", a Note).
[[nodiscard]] Finding notProcessed();

/// Reads one direction of a connection: bytes in, messages out, each with the rules that it breaks. Once a rule is
/// broken that fails the connection, nothing more is read; leniently it goes on as far as the bytes make sense.
///
///     QByteArrayView input = chunk;
///     while (auto message = frames.next(input, now)) ...      // consumes from the front of input
///
/// Its owner answers control frames and fails the connection.
class InboundFrames final
{
public:
    struct Options
    {
        /// How messages are marked.
        Direction direction = Direction::In;
        /// Whose frames they are: a client must mask them, a server must not.
        Role sender = Role::Server;
        /// Payload bytes of a message at most, after inflating.
        qint64 maxMessage = MessageAssembler::Limits().maxMessage;
        /// A broken rule is a finding and nothing else, except for a length that cannot be accepted: then nobody knows
        /// where the next frame begins.
        bool lenient = false;
    };

    InboundFrames()
        : InboundFrames(Options())
    {
    }
    explicit InboundFrames(const Options &options);

    /// Compressed messages are inflated from now on.
    void agreeOnDeflate(const DeflateParameters &parameters);

    /// Takes bytes from the front of `input` until a message is complete, or one breaks a rule; none if the input is
    /// used up or a rule was broken. What comes after a close frame has a finding that says so. `now` is the time of
    /// the frames that end in the input.
    [[nodiscard]] std::optional<Message> next(QByteArrayView &input, Timestamp now);
    /// The rule by which the connection must be failed, once it is broken; next() gives nothing more then.
    [[nodiscard]] const std::optional<Finding> &brokenRule() const { return m_brokenRule; }
    /// The header of a frame whose length cannot be accepted, once, after next() gave none: it is part of no message.
    /// brokenRule() says what is wrong with it.
    [[nodiscard]] std::optional<QByteArray> takeRefusedHeader();

    /// After a rule was broken: what still comes, a message for each frame with its payload as on the wire, and a
    /// finding that says that it was not processed. For the record, and for the peer's own close. None if the input is
    /// used up, or if takeUnprocessed() has something to tell first.
    [[nodiscard]] std::optional<Message> nextUnprocessed(QByteArrayView &input, Timestamp now);
    /// Bytes that came after a rule was broken and make no frame, since the one before them was not read to its end.
    [[nodiscard]] QByteArray takeUnprocessed();

    /// When the latest frame came that stood before the close frame; epoch 0 for none.
    [[nodiscard]] Timestamp lastFrameTime() const { return m_lastFrameTime; }

    /// At the end of the stream: the fragments of a message that has begun and not ended. None if a rule was broken.
    [[nodiscard]] std::optional<Message> takeUnfinished();
    /// At the end of the stream: what has come of a frame that has begun and not ended, as on the wire, without what
    /// next() gave of it.
    [[nodiscard]] QByteArray partialBytes() const;

private:
    [[nodiscard]] std::optional<Message> refuseEarly(Timestamp now);
    void judge(Message &message);
    void refuseLength();

    Options m_options;
    FrameDecoder m_decoder;
    MessageAssembler m_assembler;
    std::optional<Finding> m_brokenRule;
    std::optional<QByteArray> m_refusedHeader;
    /// Payload bytes of the frame that is still coming which were refused before its end; -1 for none.
    qsizetype m_refusedEarly = -1;
    QByteArray m_unprocessed;
    Timestamp m_lastFrameTime;
    bool m_hasClose = false;
};

} // namespace sockeye
