#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>

namespace sockeye {

/// Which byte of a number comes first: its least or its most significant one.
enum class ByteOrder : quint8 { Little, Big };

/// What the bytes at one place say, read in one way.
struct ByteValue
{
    /// "u16", "varint", "FILETIME"
    QString name;
    /// "–" where there are too few bytes, or where they make no sense.
    QString text;
    /// The bytes that it is made of, from the first on; 0 without a value.
    qsizetype size = 0;
    /// Whether the order of bytes makes a difference.
    bool hasOrder = false;

    friend bool operator==(const ByteValue &, const ByteValue &) = default;
};

/// The most bytes that a value needs.
inline constexpr qsizetype MaxValueBytes = 16;

/// Every value of the bytes from the first on, always the same ones in the same order: integers, floats, numbers of
/// variable length, characters, times, addresses, a colour, bits. Times are local, and have a value from 1970 to 2100.
[[nodiscard]] QList<ByteValue> byteValues(QByteArrayView bytes, ByteOrder order);

} // namespace sockeye
