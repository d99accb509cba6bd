#include "wire/RawFrame.h"

#include "wire/MessageAssembler.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>

namespace sockeye {

namespace {
constexpr quint64 SevenBitMax = 125;
constexpr quint64 SixteenBitMax = 0xffff;

RawFrame::LengthForm formFor(const RawFrame &frame, quint64 size)
{
    if (frame.lengthForm != RawFrame::LengthForm::Minimal)
        return frame.lengthForm;
    if (size <= SevenBitMax)
        return RawFrame::LengthForm::SevenBits;
    return size <= SixteenBitMax ? RawFrame::LengthForm::SixteenBits : RawFrame::LengthForm::SixtyFourBits;
}

void appendLength(QByteArray &bytes, RawFrame::LengthForm form, quint64 size, char maskBit)
{
    const auto append = [&bytes](auto number) {
        char text[sizeof number];
        qToBigEndian(number, text);
        bytes.append(text, sizeof text);
    };
    switch (form) {
    case RawFrame::LengthForm::SixteenBits:
        bytes.append(static_cast<char>(maskBit | 126));
        append(static_cast<quint16>(std::min(size, SixteenBitMax)));
        break;
    case RawFrame::LengthForm::SixtyFourBits:
        bytes.append(static_cast<char>(maskBit | 127));
        append(size);
        break;
    default:
        bytes.append(static_cast<char>(maskBit | static_cast<char>(std::min(size, SevenBitMax))));
        break;
    }
}

QByteArray encodeHeader(const RawFrame &frame)
{
    const quint64 size = frame.claimedSize.value_or(static_cast<quint64>(frame.payload.size()));
    QByteArray bytes;
    bytes.append(static_cast<char>((frame.fin ? 0x80 : 0) | (frame.rsv & 7) << 4 | (frame.opcode & 0x0f)));
    appendLength(bytes, formFor(frame, size), size, static_cast<char>(frame.maskKey ? 0x80 : 0));
    if (frame.maskKey)
        bytes.append(reinterpret_cast<const char *>(frame.maskKey->data()), 4);
    return bytes;
}
} // namespace

QByteArray encodeRawFrame(const RawFrame &frame)
{
    QByteArray bytes = encodeHeader(frame);
    const qsizetype header = bytes.size();
    bytes.append(frame.payload);
    if (frame.maskKey)
        applyMask(bytes.data() + header, frame.payload.size(), *frame.maskKey);
    return bytes;
}

int rawHeaderSize(const RawFrame &frame)
{
    return static_cast<int>(encodeHeader(frame).size());
}

Findings checkRawFrame(const RawFrame &frame, bool deflate)
{
    Findings findings;
    Frame parsed;
    if (!FrameHeader::parse(encodeHeader(frame), parsed.header))
        return findings;
    const auto size = static_cast<quint64>(frame.payload.size());
    if (parsed.header.payloadSize != size) {
        findings += Finding{
            .rule = QStringLiteral("frame.false-length"),
            .section = QStringLiteral("RFC 6455 5.2"),
            .text = parsed.header.payloadSize > size
                        ? QCoreApplication::translate("RawFrame",
                                                      "The header claims %1 bytes, %2 follow: the peer takes what is "
                                                      "sent next for the rest.")
                              .arg(parsed.header.payloadSize)
                              .arg(size)
                        : QCoreApplication::translate("RawFrame",
                                                      "The header claims %1 bytes, %2 follow: the peer takes the "
                                                      "rest for the next frame.")
                              .arg(parsed.header.payloadSize)
                              .arg(size)};
    }
    parsed.payload = frame.payload;
    return findings + checkFrame(parsed, deflate);
}

Findings checkFrame(const Frame &frame, bool deflate, Role sender)
{
    // A continuation is judged inside of a message: alone nothing is known of what went before.
    MessageAssembler assembler(Direction::Out, sender, {});
    if (frame.header.opcode == Opcode::Continuation) {
        Frame first;
        first.header.fin = false;
        first.header.masked = sender == Role::Client;
        first.header.opcode = Opcode::Binary;
        (void)assembler.add(std::move(first));
    }
    Frame judged = frame;
    const bool isData = frame.header.opcode == Opcode::Text || frame.header.opcode == Opcode::Binary;
    if (deflate && isData && (frame.header.rsv & Rsv1)) {
        // What it inflates to hangs on what went before, so it is not judged as text.
        judged.header.rsv = static_cast<quint8>(frame.header.rsv & ~Rsv1);
        judged.header.opcode = Opcode::Binary;
    }
    std::optional<Message> message = assembler.add(std::move(judged));
    if (!message)
        message = assembler.takeUnfinished();
    return message ? message->findings : Findings();
}

} // namespace sockeye
