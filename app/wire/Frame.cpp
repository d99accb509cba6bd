#include "wire/Frame.h"

#include <QString>
#include <QtEndian>

#include <bit>
#include <cstring>

namespace sockeye {

bool isReserved(Opcode opcode)
{
    switch (opcode) {
    case Opcode::Continuation:
    case Opcode::Text:
    case Opcode::Binary:
    case Opcode::Close:
    case Opcode::Ping:
    case Opcode::Pong:
        return false;
    }
    return true;
}

QString opcodeName(Opcode opcode)
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
    }
    return QStringLiteral("reserved 0x%1").arg(QString::number(static_cast<int>(opcode), 16).toUpper());
}

bool FrameHeader::parse(QByteArrayView bytes, FrameHeader &header)
{
    if (bytes.size() < 2)
        return false;
    const auto first = static_cast<quint8>(bytes[0]);
    const auto second = static_cast<quint8>(bytes[1]);
    const bool masked = (second & 0x80) != 0;
    const quint8 shortLength = second & 0x7f;
    const quint8 lengthSize = shortLength == 127 ? 9 : shortLength == 126 ? 3 : 1;
    const auto size = static_cast<quint8>(1 + lengthSize + (masked ? 4 : 0));
    if (bytes.size() < size)
        return false;

    header = FrameHeader{};
    header.fin = (first & 0x80) != 0;
    header.rsv = (first >> 4) & 0x7;
    header.opcode = static_cast<Opcode>(first & 0x0f);
    header.masked = masked;
    header.lengthSize = lengthSize;
    header.payloadSize = lengthSize == 9   ? qFromBigEndian<quint64>(bytes.data() + 2)
                         : lengthSize == 3 ? qFromBigEndian<quint16>(bytes.data() + 2)
                                           : shortLength;
    if (masked)
        std::memcpy(header.maskKey.data(), bytes.data() + 1 + lengthSize, header.maskKey.size());
    std::memcpy(header.bytes.data(), bytes.data(), size);
    header.size = size;
    return true;
}

bool FrameHeader::hasMinimalLength() const
{
    return lengthSize == 1 || (lengthSize == 3 && payloadSize > 125) || (lengthSize == 9 && payloadSize > 0xffff);
}

void applyMask(char *bytes, qsizetype size, std::array<quint8, 4> key, quint64 phase)
{
    // The key written twice, turned to begin at the phase: its period divides the word's size, so one word fits
    // everywhere.
    std::array<quint8, sizeof(quint64)> pattern;
    for (size_t i = 0; i < pattern.size(); ++i)
        pattern[i] = key[(phase + i) % key.size()];
    const auto mask = std::bit_cast<quint64>(pattern);

    constexpr auto wordSize = static_cast<qsizetype>(sizeof(quint64));
    for (; size >= wordSize; bytes += wordSize, size -= wordSize) {
        quint64 word;
        std::memcpy(&word, bytes, sizeof word);
        word ^= mask;
        std::memcpy(bytes, &word, sizeof word);
    }
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(static_cast<quint8>(bytes[i]) ^ pattern[static_cast<size_t>(i)]);
}

} // namespace sockeye
