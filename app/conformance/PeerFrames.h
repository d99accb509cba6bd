#pragma once

#include "conformance/MessageDeflate.h"

#include <QByteArray>
#include <QString>

#include <optional>

// Frames once more (RFC 6455 section 5.2), apart from those of app/wire: who judges shares no code with what is judged.
namespace sockeye::conformance {

namespace Opcode {
inline constexpr quint8 Continuation = 0;
inline constexpr quint8 Text = 1;
inline constexpr quint8 Binary = 2;
inline constexpr quint8 Close = 8;
inline constexpr quint8 Ping = 9;
inline constexpr quint8 Pong = 10;
} // namespace Opcode

[[nodiscard]] QString opcodeName(quint8 opcode);

/// Which end of the connection is put to the test.
enum class Subject : quint8 { Client, Server };
/// "the client", "the server"
[[nodiscard]] QString nameOf(Subject subject);

/// A frame's header; rsv is a number of three bits, RSV1 the highest. A masked one has MaskKey.
[[nodiscard]] QByteArray frameHeader(quint8 opcode, bool fin, quint8 rsv, qsizetype payloadSize, bool isMasked);
/// The key of all masked frames that are sent. Always the same, so that a case is; this one is the RFC's example.
inline constexpr char MaskKey[4]{0x37, char(0xfa), 0x21, 0x3d};
/// The bytes masked, or unmasked, as those at `offset` of a frame's payload.
[[nodiscard]] QByteArray masked(QByteArray bytes, qsizetype offset = 0);

/// A message or control frame that the subject sent, whole and inflated; or what it did wrong.
struct PeerMessage
{
    quint8 opcode = Opcode::Text;
    QByteArray payload;
    /// Not empty: the subject broke a rule, and nothing more is read.
    QString violation;

    /// Of a close frame: its code, 1005 if it has none.
    [[nodiscard]] quint16 closeCode() const;
    /// "a text message of 5 bytes", "a close frame with 1002 (...)"
    [[nodiscard]] QString description() const;
};

/// Reads what the subject sends and holds it to RFC 6455 sections 5.1 to 5.6: masks as they must be, no reserved bits
/// or opcodes, minimal lengths, whole control frames, fragments in order, UTF-8, close codes that may be sent.
class PeerReader final
{
public:
    explicit PeerReader(Subject subject)
        : m_subject(subject)
    {
    }

    /// With an inflater RSV1 marks compressed messages.
    void setInflater(std::unique_ptr<Inflater> inflater) { m_inflater = std::move(inflater); }
    void feed(const QByteArray &bytes) { m_buffer += bytes; }
    /// The next message that is complete, if one is.
    [[nodiscard]] std::optional<PeerMessage> next();

private:
    struct Frame
    {
        quint8 opcode = 0;
        bool fin = false;
        quint8 rsv = 0;
        QByteArray payload;
        QString violation;
    };

    [[nodiscard]] std::optional<Frame> nextFrame();
    [[nodiscard]] QString violationIn(const Frame &frame) const;
    [[nodiscard]] QString closeViolation(const QByteArray &payload) const;
    /// "the server sent a …"
    [[nodiscard]] QString sent(const QString &what) const;
    [[nodiscard]] std::optional<PeerMessage> take(Frame &&frame);
    [[nodiscard]] PeerMessage finishData();

    Subject m_subject;
    QByteArray m_buffer;
    /// Bytes at the buffer's front that are done with.
    qsizetype m_offset = 0;
    std::unique_ptr<Inflater> m_inflater;
    bool m_inMessage = false;
    bool m_compressed = false;
    PeerMessage m_message;
};

} // namespace sockeye::conformance
