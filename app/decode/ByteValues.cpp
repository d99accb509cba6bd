#include "decode/ByteValues.h"

#include "base/Bytes.h"
#include "base/CharacterNames.h"
#include "base/ControlCharacters.h"
#include "decode/ByteCursor.h"
#include "decode/NodeTime.h"

#include <QFloat16>
#include <QUuid>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

struct Reading
{
    QString text;
    qsizetype size = 0;
};
using MaybeReading = std::optional<Reading>;

/// The number of the first `size` bytes, if they are there.
std::optional<quint64> numberOf(QByteArrayView bytes, qsizetype size, ByteOrder order)
{
    if (bytes.size() < size)
        return {};
    quint64 number = 0;
    for (qsizetype i = 0; i < size; ++i) {
        const qsizetype at = order == ByteOrder::Big ? i : size - 1 - i;
        number = number << 8 | static_cast<quint8>(bytes.at(at));
    }
    return number;
}

template<qsizetype Size>
MaybeReading unsignedOf(QByteArrayView bytes, ByteOrder order)
{
    const auto number = numberOf(bytes, Size, order);
    return number ? MaybeReading({QString::number(*number), Size}) : std::nullopt;
}

template<qsizetype Size>
MaybeReading signedOf(QByteArrayView bytes, ByteOrder order)
{
    const auto number = numberOf(bytes, Size, order);
    if (!number)
        return {};
    // Shifted up and down again, the number's own sign bit fills what is above it.
    constexpr int Unused = static_cast<int>(8 * (sizeof(qint64) - Size));
    return Reading{QString::number(static_cast<qint64>(*number << Unused) >> Unused), Size};
}

/// The shortest decimals that the type reads back as the same number.
template<typename Float>
QString shortest(Float value)
{
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return QString::fromLatin1(text.data(), end - text.data());
}

/// The same for a type of 16 bits, of which `bitsOf` has the nearest one of a float.
template<typename BitsOf>
QString shortestOfSixteen(float value, BitsOf bitsOf)
{
    // Nothing of 16 bits needs more digits than these.
    constexpr int MaxDigits = 5;
    for (int digits = 1; digits <= MaxDigits && std::isfinite(value); ++digits) {
        const QString text = QString::number(static_cast<double>(value), 'g', digits);
        if (bitsOf(text.toFloat()) == bitsOf(value))
            return text;
    }
    return shortest(value);
}

MaybeReading halfOf(QByteArrayView bytes, ByteOrder order)
{
    const auto number = numberOf(bytes, 2, order);
    if (!number)
        return {};
    const auto half = std::bit_cast<qfloat16>(static_cast<quint16>(*number));
    const auto bitsOf = [](float value) { return std::bit_cast<quint16>(qfloat16(value)); };
    return Reading{shortestOfSixteen(static_cast<float>(half), bitsOf), 2};
}

/// The upper half of a float of 32 bits.
MaybeReading brainFloatOf(QByteArrayView bytes, ByteOrder order)
{
    const auto number = numberOf(bytes, 2, order);
    if (!number)
        return {};
    const auto bitsOf = [](float value) {
        const auto bits = std::bit_cast<quint32>(value);
        // To the nearest, and to the even one of two that are as near.
        return (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
    };
    return Reading{shortestOfSixteen(std::bit_cast<float>(static_cast<quint32>(*number) << 16), bitsOf), 2};
}

MaybeReading floatOf(QByteArrayView bytes, ByteOrder order)
{
    const auto number = numberOf(bytes, sizeof(float), order);
    return number ? MaybeReading({shortest(std::bit_cast<float>(static_cast<quint32>(*number))), sizeof(float)})
                  : std::nullopt;
}

MaybeReading doubleOf(QByteArrayView bytes, ByteOrder order)
{
    const auto number = numberOf(bytes, sizeof(double), order);
    return number ? MaybeReading({shortest(std::bit_cast<double>(*number)), sizeof(double)}) : std::nullopt;
}

struct VariableNumber
{
    quint64 bits = 0;
    qsizetype size = 0;
    /// The bits that its bytes hold; 64 at most.
    int width = 0;
    quint8 last = 0;
};

/// Seven bits a byte, the least first, while the uppermost bit says that another one follows; up to 64 bits.
std::optional<VariableNumber> variableOf(QByteArrayView bytes)
{
    constexpr qsizetype MaxSize = 10;
    VariableNumber number;
    for (; number.size < bytes.size() && number.size < MaxSize;) {
        number.last = static_cast<quint8>(bytes.at(number.size));
        number.bits |= static_cast<quint64>(number.last & 0x7f) << (7 * number.size);
        ++number.size;
        if (number.last < 0x80) {
            number.width = std::min(static_cast<int>(7 * number.size), 64);
            return number;
        }
    }
    return {};
}

/// The tenth byte has room for one bit, whatever else it says.
bool fitsUnsigned(const VariableNumber &number)
{
    return number.size < 10 || number.last <= 1;
}

MaybeReading varintOf(QByteArrayView bytes, ByteOrder)
{
    const auto number = variableOf(bytes);
    return number && fitsUnsigned(*number) ? MaybeReading({QString::number(number->bits), number->size}) : std::nullopt;
}

MaybeReading zigzagOf(QByteArrayView bytes, ByteOrder)
{
    const auto number = variableOf(bytes);
    if (!number || !fitsUnsigned(*number))
        return {};
    const quint64 value = number->bits >> 1 ^ (0 - (number->bits & 1));
    return Reading{QString::number(static_cast<qint64>(value)), number->size};
}

MaybeReading signedLebOf(QByteArrayView bytes, ByteOrder)
{
    const auto number = variableOf(bytes);
    // The tenth byte holds the sign alone, in all of its bits.
    if (!number || (number->size == 10 && number->last != 0 && number->last != 0x7f))
        return {};
    const int unused = 64 - number->width;
    return Reading{QString::number(static_cast<qint64>(number->bits << unused) >> unused), number->size};
}

Reading character(char32_t code, qsizetype size)
{
    const QString name = characterName(code);
    if (isControlCharacter(code))
        return {name, size};
    return {u"%1  %2"_s.arg(QString::fromUcs4(&code, 1), name), size};
}

MaybeReading utf8Of(QByteArrayView bytes, ByteOrder)
{
    constexpr qsizetype MaxSize = 4;
    for (qsizetype size = 1; size <= std::min(MaxSize, bytes.size()); ++size) {
        if (isValidUtf8(bytes.first(size)))
            return character(textFromUtf8(bytes.first(size)).toUcs4().constFirst(), size);
    }
    return {};
}

MaybeReading utf16Of(QByteArrayView bytes, ByteOrder order)
{
    const auto first = numberOf(bytes, 2, order);
    if (!first)
        return {};
    const auto unit = static_cast<char16_t>(*first);
    if (!QChar::isSurrogate(unit))
        return character(unit, 2);
    const auto second = numberOf(bytes.sliced(2), 2, order);
    if (!second || !QChar::isHighSurrogate(unit) || !QChar::isLowSurrogate(static_cast<char16_t>(*second)))
        return {};
    return character(QChar::surrogateToUcs4(unit, static_cast<char16_t>(*second)), 4);
}

/// Of the year 2100: the times behind it are hardly meant.
constexpr qint64 FirstOfNever = 4'102'444'800;

/// A moment of `perSecond` units a second, counted from so many seconds before 1970.
MaybeReading timeOf(quint64 units, quint64 perSecond, qint64 before, qsizetype size)
{
    const qint64 seconds = static_cast<qint64>(units / perSecond) - before;
    if (seconds < 0 || seconds >= FirstOfNever)
        return {};
    constexpr quint64 NsPerSecond = 1'000'000'000;
    const quint64 ns = static_cast<quint64>(seconds) * NsPerSecond + units % perSecond * (NsPerSecond / perSecond);
    return Reading{momentText(timestampFromNs(static_cast<qint64>(ns))), size};
}

template<qsizetype Size, quint64 PerSecond, qint64 Before>
MaybeReading momentIn(QByteArrayView bytes, ByteOrder order)
{
    const auto units = numberOf(bytes, Size, order);
    return units ? timeOf(*units, PerSecond, Before, Size) : std::nullopt;
}

/// RFC 5905: seconds since 1900 and their fraction, each of 32 bits.
MaybeReading ntpOf(QByteArrayView bytes, ByteOrder order)
{
    constexpr qint64 SecondsTo1970 = 2'208'988'800;
    const auto number = numberOf(bytes, sizeof(quint64), order);
    // 0 stands for a clock that is not set.
    if (!number || *number == 0)
        return {};
    // The seconds begin again in 2036. Until 1968 there is nothing to be stamped.
    const quint64 era = *number >> 63 ? 0 : quint64{1} << 32;
    const quint64 seconds = era + (*number >> 32);
    constexpr quint64 NsPerSecond = 1'000'000'000;
    const quint64 ns = (*number & 0xffff'ffff) * NsPerSecond >> 32;
    const qint64 since1970 = static_cast<qint64>(seconds) - SecondsTo1970;
    if (since1970 < 0 || since1970 >= FirstOfNever)
        return {};
    return timeOf(static_cast<quint64>(since1970) * NsPerSecond + ns, NsPerSecond, 0, sizeof(quint64));
}

MaybeReading ipv4Of(QByteArrayView bytes, ByteOrder)
{
    constexpr qsizetype Size = 4;
    if (bytes.size() < Size)
        return {};
    QStringList parts;
    for (const char byte : bytes.first(Size))
        parts += QString::number(static_cast<quint8>(byte));
    return Reading{parts.join(u'.'), Size};
}

/// RFC 5952: the longest run of two or more zeros, the first of those as long, is "::".
MaybeReading ipv6Of(QByteArrayView bytes, ByteOrder)
{
    constexpr int Groups = 8;
    if (bytes.size() < 2 * Groups)
        return {};
    int zeros = 0;
    int zerosAt = 0;
    std::array<quint64, Groups> groups{};
    for (int i = 0, run = 0; i < Groups; ++i) {
        groups.at(static_cast<size_t>(i)) = numberOf(bytes.sliced(2 * i), 2, ByteOrder::Big).value_or(0);
        run = groups.at(static_cast<size_t>(i)) == 0 ? run + 1 : 0;
        if (run > std::max(zeros, 1)) {
            zeros = run;
            zerosAt = i + 1 - run;
        }
    }
    QString text;
    for (int i = 0; i < Groups; ++i) {
        if (zeros > 0 && i == zerosAt) {
            text += u"::"_s;
            i += zeros - 1;
            continue;
        }
        if (!text.isEmpty() && !text.endsWith(u':'))
            text += u':';
        text += QString::number(groups.at(static_cast<size_t>(i)), 16);
    }
    return Reading{text, 2 * Groups};
}

MaybeReading macOf(QByteArrayView bytes, ByteOrder)
{
    constexpr qsizetype Size = 6;
    return bytes.size() < Size ? std::nullopt
                               : MaybeReading({QString::fromLatin1(bytes.first(Size).toByteArray().toHex(':')), Size});
}

/// As RFC 9562 writes it, or as Windows keeps it, whose first three fields have their least byte first.
MaybeReading guidOf(QByteArrayView bytes, ByteOrder order)
{
    constexpr qsizetype Size = 16;
    if (bytes.size() < Size)
        return {};
    QByteArray fields = bytes.first(Size).toByteArray();
    if (order == ByteOrder::Little) {
        const auto turn = [&fields](qsizetype from, qsizetype size) {
            std::reverse(fields.begin() + from, fields.begin() + from + size);
        };
        turn(0, 4);
        turn(4, 2);
        turn(6, 2);
    }
    return Reading{QUuid::fromRfc4122(fields).toString(QUuid::WithoutBraces), Size};
}

/// Red first, or last as bitmaps have it.
template<qsizetype Size>
MaybeReading colorOf(QByteArrayView bytes, ByteOrder order)
{
    if (bytes.size() < Size)
        return {};
    QByteArray channels = bytes.first(Size).toByteArray();
    if (order == ByteOrder::Little)
        std::swap(channels[0], channels[2]);
    return Reading{u'#' + QString::fromLatin1(channels.toHex()), Size};
}

MaybeReading bitsOfByte(QByteArrayView bytes, ByteOrder)
{
    return bytes.isEmpty() ? std::nullopt
                           : MaybeReading({u"%1"_s.arg(static_cast<quint8>(bytes.front()), 8, 2, QLatin1Char('0')), 1});
}

struct ByteKind
{
    const char16_t *name;
    MaybeReading (*read)(QByteArrayView bytes, ByteOrder order);
    bool hasOrder;
};

constexpr qint64 From1601 = 11'644'473'600;
constexpr std::array byteKinds{
    ByteKind{u"u8", unsignedOf<1>, false},
    ByteKind{u"i8", signedOf<1>, false},
    ByteKind{u"bits", bitsOfByte, false},
    ByteKind{u"u16", unsignedOf<2>, true},
    ByteKind{u"i16", signedOf<2>, true},
    ByteKind{u"u24", unsignedOf<3>, true},
    ByteKind{u"i24", signedOf<3>, true},
    ByteKind{u"u32", unsignedOf<4>, true},
    ByteKind{u"i32", signedOf<4>, true},
    ByteKind{u"u64", unsignedOf<8>, true},
    ByteKind{u"i64", signedOf<8>, true},
    ByteKind{u"f16", halfOf, true},
    ByteKind{u"bf16", brainFloatOf, true},
    ByteKind{u"f32", floatOf, true},
    ByteKind{u"f64", doubleOf, true},
    ByteKind{u"varint", varintOf, false},
    ByteKind{u"zigzag", zigzagOf, false},
    ByteKind{u"LEB128", signedLebOf, false},
    ByteKind{u"UTF-8", utf8Of, false},
    ByteKind{u"UTF-16", utf16Of, true},
    ByteKind{u"time_t 32", momentIn<4, 1, 0>, true},
    ByteKind{u"time_t 64", momentIn<8, 1, 0>, true},
    ByteKind{u"ms", momentIn<8, 1'000, 0>, true},
    ByteKind{u"µs", momentIn<8, 1'000'000, 0>, true},
    ByteKind{u"FILETIME", momentIn<8, 10'000'000, From1601>, true},
    ByteKind{u"NTP", ntpOf, true},
    ByteKind{u"IPv4", ipv4Of, false},
    ByteKind{u"IPv6", ipv6Of, false},
    ByteKind{u"MAC", macOf, false},
    ByteKind{u"GUID", guidOf, true},
    ByteKind{u"RGB", colorOf<3>, true},
    ByteKind{u"RGBA", colorOf<4>, true},
};

} // namespace

QList<ByteValue> byteValues(QByteArrayView bytes, ByteOrder order)
{
    QList<ByteValue> values;
    values.reserve(static_cast<qsizetype>(byteKinds.size()));
    for (const ByteKind &kind : byteKinds) {
        const Reading reading = kind.read(bytes, order).value_or(Reading{u"–"_s, 0});
        values.append({QString::fromUtf16(kind.name), reading.text, reading.size, kind.hasOrder});
    }
    return values;
}

} // namespace sockeye
