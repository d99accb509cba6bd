#include "conformance/PeerFrames.h"

#include <QStringDecoder>
#include <QtEndian>

#include <cstring>
#include <utility>

namespace sockeye::conformance {

namespace {
constexpr quint64 MaxPayload = 256ULL * 1024 * 1024;
constexpr qsizetype MaxControlPayload = 125;
constexpr quint8 Rsv1 = 4;

[[nodiscard]] bool isControl(quint8 opcode)
{
    return (opcode & 0x8) != 0;
}

[[nodiscard]] bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(bytes);
    return !decoder.hasError();
}

void unmask(char *bytes, qsizetype size, const char *key)
{
    quint64 wideKey = 0;
    std::memcpy(&wideKey, key, 4);
    std::memcpy(reinterpret_cast<char *>(&wideKey) + 4, key, 4);
    qsizetype i = 0;
    for (; i + 8 <= size; i += 8) {
        quint64 word = 0;
        std::memcpy(&word, bytes + i, 8);
        word ^= wideKey;
        std::memcpy(bytes + i, &word, 8);
    }
    for (; i < size; ++i)
        bytes[i] = static_cast<char>(bytes[i] ^ key[i % 4]);
}
} // namespace

QString opcodeName(quint8 opcode)
{
    switch (opcode) {
    case Opcode::Continuation:
        return QStringLiteral("continuation");
    case Opcode::Text:
        return QStringLiteral("text");
    case Opcode::Binary:
        return QStringLiteral("binary");
    case Opcode::Close:
        return QStringLiteral("close");
    case Opcode::Ping:
        return QStringLiteral("ping");
    case Opcode::Pong:
        return QStringLiteral("pong");
    default:
        return QStringLiteral("opcode %1").arg(opcode);
    }
}

QString nameOf(Subject subject)
{
    return subject == Subject::Client ? QStringLiteral("the client") : QStringLiteral("the server");
}

QByteArray frameHeader(quint8 opcode, bool fin, quint8 rsv, qsizetype payloadSize, bool isMasked)
{
    constexpr qsizetype shortest = 126;
    const int maskBit = isMasked ? 0x80 : 0;
    QByteArray header(1, static_cast<char>((fin ? 0x80 : 0) | rsv << 4 | opcode));
    char length[8];
    if (payloadSize < shortest) {
        header += static_cast<char>(maskBit | static_cast<int>(payloadSize));
    } else if (payloadSize <= 0xffff) {
        qToBigEndian(static_cast<quint16>(payloadSize), length);
        header += static_cast<char>(maskBit | 126);
        header.append(length, 2);
    } else {
        qToBigEndian(static_cast<quint64>(payloadSize), length);
        header += static_cast<char>(maskBit | 127);
        header.append(length, 8);
    }
    return isMasked ? header.append(MaskKey, sizeof MaskKey) : header;
}

QByteArray masked(QByteArray bytes, qsizetype offset)
{
    char key[4];
    for (qsizetype i = 0; i < 4; ++i)
        key[i] = MaskKey[(offset + i) % 4];
    unmask(bytes.data(), bytes.size(), key);
    return bytes;
}

quint16 PeerMessage::closeCode() const
{
    constexpr quint16 noStatus = 1005;
    return payload.size() < 2 ? noStatus : qFromBigEndian<quint16>(payload.constData());
}

QString PeerMessage::description() const
{
    if (!violation.isEmpty())
        return violation;
    if (opcode == Opcode::Close) {
        return payload.isEmpty() ? QStringLiteral("a close frame without a code")
                                 : QStringLiteral("a close frame with %1 (“%2”)")
                                       .arg(closeCode())
                                       .arg(QString::fromUtf8(payload.mid(2)));
    }
    return QStringLiteral("a %1 of %2 bytes").arg(opcodeName(opcode)).arg(payload.size());
}

std::optional<PeerReader::Frame> PeerReader::nextFrame()
{
    const char *bytes = m_buffer.constData() + m_offset;
    const qsizetype available = m_buffer.size() - m_offset;
    if (available < 2)
        return std::nullopt;
    const auto first = static_cast<quint8>(bytes[0]);
    const auto second = static_cast<quint8>(bytes[1]);
    Frame frame{static_cast<quint8>(first & 0x0f), (first & 0x80) != 0, static_cast<quint8>(first >> 4 & 7), {}, {}};
    const bool isMasked = (second & 0x80) != 0;
    if (isMasked != (m_subject == Subject::Client)) {
        frame.violation = sent(isMasked ? QStringLiteral("a masked frame") : QStringLiteral("a frame without a mask"));
        return frame;
    }

    quint64 size = second & 0x7f;
    const qsizetype lengthSize = size == 126 ? 2 : size == 127 ? 8 : 0;
    const qsizetype headerSize = 2 + lengthSize + (isMasked ? 4 : 0);
    if (available < headerSize)
        return std::nullopt;
    if (lengthSize == 2)
        size = qFromBigEndian<quint16>(bytes + 2);
    else if (lengthSize == 8)
        size = qFromBigEndian<quint64>(bytes + 2);
    if (size > MaxPayload || (lengthSize == 2 && size < 126) || (lengthSize == 8 && size <= 0xffff)) {
        frame.violation = sent(QStringLiteral("a frame with the length %1 in %2 bytes").arg(size).arg(lengthSize));
        return frame;
    }
    const auto payloadSize = static_cast<qsizetype>(size);
    if (available < headerSize + payloadSize)
        return std::nullopt;
    frame.payload = QByteArray(bytes + headerSize, payloadSize);
    if (isMasked)
        unmask(frame.payload.data(), payloadSize, bytes + headerSize - 4);
    m_offset += headerSize + payloadSize;
    return frame;
}

QString PeerReader::violationIn(const Frame &frame) const
{
    const QString name = opcodeName(frame.opcode);
    const bool mayCompress = m_inflater && (frame.opcode == Opcode::Text || frame.opcode == Opcode::Binary);
    if (frame.rsv != 0 && !(mayCompress && frame.rsv == Rsv1))
        return sent(QStringLiteral("a %1 frame with reserved bits %2").arg(name).arg(frame.rsv));
    if (frame.opcode > Opcode::Pong || (frame.opcode > Opcode::Binary && frame.opcode < Opcode::Close))
        return sent(QStringLiteral("the reserved %1").arg(name));
    if (isControl(frame.opcode) && (!frame.fin || frame.payload.size() > MaxControlPayload))
        return sent(QStringLiteral("a %1 frame in fragments or beyond 125 bytes").arg(name));
    if (!isControl(frame.opcode) && (frame.opcode == Opcode::Continuation) != m_inMessage)
        return sent(QStringLiteral("a %1 frame %2 a message").arg(name, m_inMessage ? u"inside" : u"without"));
    return frame.opcode == Opcode::Close ? closeViolation(frame.payload) : QString();
}

/// RFC 6455 sections 5.5.1 and 7.4. The codes are those that an endpoint may send.
QString PeerReader::closeViolation(const QByteArray &payload) const
{
    if (payload.size() == 1)
        return sent(QStringLiteral("a close frame of one byte"));
    if (payload.isEmpty())
        return {};
    const auto code = qFromBigEndian<quint16>(payload.constData());
    const bool maySend =
        (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)) || (code >= 3000 && code < 5000);
    if (!maySend)
        return sent(QStringLiteral("a close frame with %1, which may not be sent").arg(code));
    return isUtf8(payload.sliced(2)) ? QString() : sent(QStringLiteral("a close reason that is not UTF-8"));
}

QString PeerReader::sent(const QString &what) const
{
    return QStringLiteral("%1 sent %2").arg(nameOf(m_subject), what);
}

std::optional<PeerMessage> PeerReader::take(Frame &&frame)
{
    if (frame.violation.isEmpty())
        frame.violation = violationIn(frame);
    if (!frame.violation.isEmpty() || isControl(frame.opcode))
        return PeerMessage{frame.opcode, std::move(frame.payload), std::move(frame.violation)};
    if (m_inMessage) {
        m_message.payload += frame.payload;
    } else {
        m_message = {frame.opcode, std::move(frame.payload), {}};
        m_compressed = frame.rsv != 0;
    }
    m_inMessage = !frame.fin;
    if (m_inMessage)
        return std::nullopt;
    return finishData();
}

PeerMessage PeerReader::finishData()
{
    PeerMessage message = std::exchange(m_message, {});
    if (m_compressed) {
        auto plain = m_inflater->message(message.payload);
        if (!plain)
            message.violation = sent(QStringLiteral("a message of %1 bytes that cannot be inflated with the parameters "
                                                    "that were agreed on")
                                         .arg(message.payload.size()));
        message.payload = std::move(plain).value_or(QByteArray());
    }
    if (message.violation.isEmpty() && message.opcode == Opcode::Text && !isUtf8(message.payload))
        message.violation = sent(QStringLiteral("a text that is not UTF-8"));
    return message;
}

std::optional<PeerMessage> PeerReader::next()
{
    while (auto frame = nextFrame()) {
        if (auto message = take(std::move(*frame)))
            return message;
    }
    // Moved to the front only now: once for all frames that came together.
    m_buffer.remove(0, std::exchange(m_offset, 0));
    return std::nullopt;
}

} // namespace sockeye::conformance
