#pragma once

#include "conformance/Deflate.h"

#include <QByteArray>
#include <QString>

#include <optional>

// Frames once more (RFC 6455 section 5.2), apart from those of app/wire: who judges a client shares no code with it.
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

/// An unmasked frame's header; rsv is a number of three bits, RSV1 the highest.
[[nodiscard]] QByteArray frameHeader(quint8 opcode, bool fin, quint8 rsv, qsizetype payloadSize);

/// A message or control frame that a client sent, whole and inflated; or what it did wrong.
struct ClientMessage
{
    quint8 opcode = Opcode::Text;
    QByteArray payload;
    /// Not empty: the client broke a rule, and nothing more is read.
    QString violation;

    /// Of a close frame: its code, 1005 if it has none.
    [[nodiscard]] quint16 closeCode() const;
    /// "a text message of 5 bytes", "a close frame with 1002 (...)"
    [[nodiscard]] QString description() const;
};

/// Reads what a client sends and holds it to RFC 6455 sections 5.1 to 5.5: masked, no reserved bits or opcodes, minimal
/// lengths, whole control frames, fragments in order.
class ClientReader final
{
public:
    /// With an inflater RSV1 marks compressed messages.
    void setInflater(std::unique_ptr<Inflater> inflater) { m_inflater = std::move(inflater); }
    void feed(const QByteArray &bytes) { m_buffer += bytes; }
    /// The next message that is complete, if one is.
    [[nodiscard]] std::optional<ClientMessage> next();

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
    [[nodiscard]] std::optional<ClientMessage> take(Frame &&frame);
    [[nodiscard]] ClientMessage finishData();

    QByteArray m_buffer;
    /// Bytes at the buffer's front that are done with.
    qsizetype m_offset = 0;
    std::unique_ptr<Inflater> m_inflater;
    bool m_inMessage = false;
    bool m_compressed = false;
    ClientMessage m_message;
};

} // namespace sockeye::conformance
