// What a peer sends after the handshake: frames, messages, compressed ones too.

#include "fuzz/Fuzzing.h"
#include "wire/FrameDecoder.h"
#include "wire/MessageAssembler.h"

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

constexpr quint64 MaxPayload = 1024 * 1024;
constexpr qint64 MaxMessage = 4096;

/// Byte 0 of the input: who sends, what was agreed on, and whether a broken rule ends it.
enum Setup : quint8 { FromClient = 1, Deflate = 2, NoTakeover = 4, Lenient = 8, WindowBits = 0x70 };

struct Outcome
{
    QList<Message> messages;
    FrameDecoder::Status status = FrameDecoder::Status::Ok;
    QByteArray partial;
    bool refusedEarly = false;
};

/// As the tap does it.
class Stream final
{
public:
    explicit Stream(quint8 setup)
        : m_lenient((setup & Lenient) != 0)
        , m_frames(MaxPayload)
        , m_messages((setup & FromClient) != 0 ? Direction::Out : Direction::In,
                     {.maxMessage = MaxMessage, .maxFrames = 32})
    {
        if ((setup & Deflate) != 0) {
            const int windowBits = 8 + (setup & WindowBits) / 0x10;
            m_messages.inflateWith(std::make_unique<Inflater>(windowBits, (setup & NoTakeover) != 0));
        }
    }

    /// False when the connection is failed.
    bool feed(QByteArrayView bytes, bool looksEarly)
    {
        for (Frame frame; !m_failed && m_frames.next(bytes, frame);)
            take(m_messages.add(std::move(frame)));
        if (looksEarly && !m_failed && m_frames.status() == FrameDecoder::Status::Ok && m_frames.isInFrame()) {
            const qsizetype before = m_outcome.messages.size();
            take(m_messages.refuseEarly(m_frames.header(), m_frames.partialPayload(), {}));
            m_outcome.refusedEarly = m_outcome.messages.size() > before;
        }
        return !m_failed && m_frames.status() == FrameDecoder::Status::Ok;
    }

    [[nodiscard]] Outcome finish()
    {
        m_outcome.status = m_frames.status();
        if (!m_failed) {
            m_outcome.partial = m_frames.partialBytes();
            if (std::optional<Message> unfinished = m_messages.takeUnfinished())
                m_outcome.messages += std::move(*unfinished);
        }
        return m_outcome;
    }

private:
    void take(std::optional<Message> &&message)
    {
        if (!message)
            return;
        require(message->payload.size() <= std::max<qint64>(MaxMessage, message->wireSize), "a payload is bounded");
        require(!message->frames.isEmpty(), "a message has frames");
        m_failed = !m_lenient && message->failWith() != 0;
        m_outcome.messages += std::move(*message);
    }

    bool m_lenient;
    bool m_failed = false;
    FrameDecoder m_frames;
    MessageAssembler m_messages;
    Outcome m_outcome;
};

[[nodiscard]] bool isSame(const Message &a, const Message &b)
{
    return a.direction == b.direction && a.opcode == b.opcode && a.payload == b.payload && a.frames == b.frames &&
           a.wireSize == b.wireSize && a.compressed == b.compressed && a.complete == b.complete &&
           a.findings == b.findings;
}

[[nodiscard]] bool isSame(const Outcome &a, const Outcome &b)
{
    return a.status == b.status && a.partial == b.partial &&
           std::equal(a.messages.begin(), a.messages.end(), b.messages.begin(), b.messages.end(),
                      [](const Message &x, const Message &y) { return isSame(x, y); });
}

[[nodiscard]] Outcome run(quint8 setup, QByteArrayView bytes, quint8 pieces, bool looksEarly)
{
    Stream stream(setup);
    inPieces(bytes, pieces, [&](QByteArrayView piece) { return stream.feed(piece, looksEarly); });
    return stream.finish();
}

/// Bad text is refused before its frame has come to its end, by the same rule at the same byte.
void requireSameRefusal(const Outcome &early, const Outcome &whole)
{
    if (!early.refusedEarly) {
        require(isSame(early, whole), "looking early changes nothing that is not refused");
        return;
    }
    const qsizetype at = early.messages.size() - 1;
    require(whole.messages.size() >= at, "a refusal is no further than the whole is");
    for (qsizetype i = 0; i < at; ++i)
        require(isSame(early.messages.at(i), whole.messages.at(i)), "what was before a refusal is the same");
    const Message &refused = early.messages.at(at);
    require(refused.findings.constLast().rule == u"message.utf8" && !refused.complete,
            "an early refusal is one of text");
    if (whole.messages.size() > at && whole.messages.at(at).failWith() != 0) {
        const Findings findings = whole.messages.at(at).findings;
        require(findings.contains(refused.findings.constLast()), "an early refusal names the same byte");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const quint8 setup = input.byte();
    const quint8 pieces = input.byte();
    const QByteArrayView bytes = input.rest();

    Stream stream(setup);
    stream.feed(bytes, false);
    const Outcome whole = stream.finish();
    require(isSame(whole, run(setup, bytes, pieces, false)), "any split of the bytes gives the same messages");
    // Only where a broken rule ends the connection is a frame looked at early.
    if ((setup & Lenient) == 0)
        requireSameRefusal(run(setup, bytes, pieces, true), whole);
    return 0;
}
