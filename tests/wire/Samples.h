#pragma once

#include "wire/Finding.h"
#include "wire/FrameDecoder.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace sockeye::samples {

/// The key of the masked examples in RFC 6455 section 5.7.
inline constexpr std::array<quint8, 4> RfcKey{0x37, 0xfa, 0x21, 0x3d};

inline QByteArray bytes(const char *hex)
{
    return QByteArray::fromHex(hex);
}

inline QByteArray bigEndian(int number)
{
    return QByteArray(1, static_cast<char>(number >> 8)) + static_cast<char>(number);
}

/// What a frame is built of here: bytes put one after the other, so that the encoder is not its own judge.
struct RawFrame
{
    int firstByte = 0x81;
    QByteArray payload;
    bool masked = false;
    /// Bytes that hold the length: 1, 3 or 9; 0 for as few as it takes.
    int lengthSize = 0;
};

inline QByteArray raw(const RawFrame &frame)
{
    const auto size = static_cast<quint64>(frame.payload.size());
    const int lengthSize = frame.lengthSize != 0 ? frame.lengthSize : size < 126 ? 1 : size < 65536 ? 3 : 9;
    const int maskBit = frame.masked ? 0x80 : 0;
    QByteArray out;
    out += static_cast<char>(frame.firstByte);
    out += static_cast<char>(maskBit | (lengthSize == 1 ? static_cast<int>(size) : lengthSize == 3 ? 126 : 127));
    for (int left = lengthSize - 2; left >= 0; --left)
        out += static_cast<char>(size >> (8 * left));
    if (!frame.masked)
        return out + frame.payload;
    for (const quint8 byte : RfcKey)
        out += static_cast<char>(byte);
    for (qsizetype i = 0; i < frame.payload.size(); ++i)
        out += static_cast<char>(static_cast<quint8>(frame.payload[i]) ^ RfcKey[static_cast<size_t>(i) % 4]);
    return out;
}

/// Bytes in which every place differs from its neighbours, also across words and keys.
inline QByteArray pattern(qsizetype size)
{
    QByteArray out(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        out[i] = static_cast<char>(i * 7 + i / 251);
    return out;
}

inline QList<Frame> decode(QByteArrayView input)
{
    QList<Frame> frames;
    FrameDecoder decoder;
    for (Frame frame; decoder.next(input, frame);)
        frames += frame;
    return frames;
}

/// The frame as the decoder hands it over.
inline Frame received(const RawFrame &frame)
{
    return decode(raw(frame)).takeFirst();
}

inline QStringList rules(const Findings &findings)
{
    QStringList names;
    for (const Finding &finding : findings)
        names += finding.rule;
    return names;
}

} // namespace sockeye::samples
