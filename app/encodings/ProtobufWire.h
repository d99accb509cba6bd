#pragma once

#include <QByteArrayView>
#include <QString>

#include <vector>

namespace sockeye {

// How Protocol Buffers are written (protobuf.dev, "Encoding"), with a schema or without.

enum class ProtoWire : quint8 { Varint, Fixed64, Length, GroupBegin, GroupEnd, Fixed32 };

/// What is wrong with a field.
enum class ProtoFault : quint8 { None, End, Tag, Number, Wire, Varint, Length };

struct ProtoField
{
    quint32 number = 0;
    ProtoWire wire = ProtoWire::Varint;
    qsizetype begin = 0;
    qsizetype tagEnd = 0;
    /// Where the bytes of a part begin, behind their length.
    qsizetype valueAt = 0;
    qsizetype end = 0;
    /// Of a number its bits.
    quint64 bits = 0;
};

/// Ten bytes at most, of 64 bits.
[[nodiscard]] ProtoFault protoVarint(QByteArrayView bytes, qsizetype &at, quint64 &value);
/// The field that begins at `at`; `bytes` end with the message. Of a group only its tag.
[[nodiscard]] ProtoFault protoField(QByteArrayView bytes, qsizetype at, ProtoField &field);
/// The bytes of a part, without tag and length.
[[nodiscard]] inline QByteArrayView protoPart(QByteArrayView bytes, const ProtoField &field)
{
    return bytes.sliced(field.valueAt, field.end - field.valueAt);
}
/// The number whose zigzag these bits are.
[[nodiscard]] constexpr qint64 protoZigzag(quint64 bits)
{
    return static_cast<qint64>(bits >> 1) ^ -static_cast<qint64>(bits & 1);
}
/// The rule that is broken, as a sentence; `name` is what people call the field.
[[nodiscard]] QString protoFaultText(ProtoFault fault, const QString &name);
[[nodiscard]] QString protoNoGroupText(quint32 number);
[[nodiscard]] QString protoOpenGroupText(quint32 number);

/// What a message is like, its parts not looked into.
struct ProtoShape
{
    bool isMessage = false;
    qsizetype fields = 0;
    quint32 firstNumber = 0;
    quint32 largestNumber = 0;
    bool hasText = false;
    /// Each number is larger than the one before, as serializers write what is not repeated.
    bool isAscending = true;
    /// The first parts that may be messages: they may tell more.
    std::vector<ProtoField> parts;
};

/// As far as `limit`.
[[nodiscard]] ProtoShape protoShape(QByteArrayView bytes, qsizetype limit);

} // namespace sockeye
