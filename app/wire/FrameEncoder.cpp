#include "wire/FrameEncoder.h"

#include <QString>
#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace sockeye {

namespace {

// What a close frame holds behind the two bytes of its code.
constexpr qsizetype MaxCloseReason = MaxControlPayload - 2;

quint8 minimalLengthSize(quint64 payloadSize)
{
    return payloadSize <= 125 ? 1 : payloadSize <= 0xffff ? 3 : 9;
}

} // namespace

FrameHeader makeHeader(const FrameSpec &spec, quint64 payloadSize)
{
    FrameHeader header;
    header.fin = spec.fin;
    header.rsv = spec.rsv & 0x7;
    header.opcode = static_cast<Opcode>(static_cast<quint8>(spec.opcode) & 0x0f);
    header.masked = spec.maskKey.has_value();
    header.lengthSize = minimalLengthSize(payloadSize);
    header.payloadSize = payloadSize;
    header.maskKey = spec.maskKey.value_or(std::array<quint8, 4>{});

    const int shortLength = header.lengthSize == 9 ? 127 : header.lengthSize == 3 ? 126 : static_cast<int>(payloadSize);
    char *const bytes = header.bytes.data();
    bytes[0] = static_cast<char>((header.fin ? 0x80 : 0) | header.rsv << 4 | static_cast<int>(header.opcode));
    bytes[1] = static_cast<char>((header.masked ? 0x80 : 0) | shortLength);
    if (header.lengthSize == 3)
        qToBigEndian(static_cast<quint16>(payloadSize), bytes + 2);
    else if (header.lengthSize == 9)
        qToBigEndian(payloadSize, bytes + 2);
    header.size = static_cast<quint8>(1 + header.lengthSize);
    if (header.masked) {
        std::memcpy(bytes + header.size, header.maskKey.data(), header.maskKey.size());
        header.size = static_cast<quint8>(header.size + header.maskKey.size());
    }
    return header;
}

QByteArray encodeFrame(const FrameSpec &spec, QByteArrayView payload)
{
    const FrameHeader header = makeHeader(spec, static_cast<quint64>(payload.size()));
    QByteArray bytes;
    bytes.reserve(header.size + payload.size());
    bytes.append(header.view()).append(payload);
    if (header.masked)
        applyMask(bytes.data() + header.size, payload.size(), header.maskKey);
    return bytes;
}

QByteArray encodeCloseBody(quint16 code, QStringView reason)
{
    if (code == 0)
        return {};
    QByteArray body(sizeof code, Qt::Uninitialized);
    qToBigEndian(code, body.data());
    const QByteArray text = reason.toUtf8();
    qsizetype end = std::min(text.size(), MaxCloseReason);
    const auto isInsideCharacter = [&text](qsizetype at) {
        return at < text.size() && (static_cast<quint8>(text[at]) & 0xc0) == 0x80;
    };
    while (isInsideCharacter(end))
        --end;
    return body.append(text.first(end));
}

} // namespace sockeye
