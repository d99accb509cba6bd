#include "encodings/ProtobufWire.h"

#include "decode/ByteCursor.h"
#include "encodings/ReadableText.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

/// Numbers beyond are not given by people; a part with one is no message.
constexpr quint32 ProtoLargestNumber = 32'767;
/// Characters of a text that no noise has.
constexpr qsizetype ProtoTellingText = 4;
constexpr qsizetype ProtoShapeText = 4 * 1024;
constexpr size_t ProtoProbeParts = 8;

struct ProtobufWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ProtobufDecoder)
};

} // namespace

ProtoFault protoVarint(QByteArrayView bytes, qsizetype &at, quint64 &value)
{
    value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
        if (at >= bytes.size())
            return ProtoFault::End;
        const auto byte = static_cast<quint8>(bytes[at++]);
        if (shift == 63 && byte > 1)
            return ProtoFault::Varint;
        value |= quint64(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0)
            return ProtoFault::None;
    }
    return ProtoFault::Varint;
}

ProtoFault protoField(QByteArrayView bytes, qsizetype at, ProtoField &field)
{
    field.begin = at;
    quint64 tag = 0;
    if (const auto fault = protoVarint(bytes, at, tag); fault != ProtoFault::None)
        return fault == ProtoFault::Varint ? ProtoFault::Tag : fault;
    if (tag > 0xffff'ffff)
        return ProtoFault::Tag;
    field.number = static_cast<quint32>(tag >> 3);
    field.tagEnd = at;
    field.valueAt = at;
    if (field.number == 0)
        return ProtoFault::Number;
    if ((tag & 7) > 5)
        return ProtoFault::Wire;
    field.wire = static_cast<ProtoWire>(tag & 7);
    ByteCursor cursor(bytes, at);
    switch (field.wire) {
    case ProtoWire::Varint:
        if (const auto fault = protoVarint(bytes, at, field.bits); fault != ProtoFault::None)
            return fault;
        break;
    case ProtoWire::Fixed64:
        if (cursor.left() < 8)
            return ProtoFault::End;
        field.bits = *cursor.little<quint64>();
        at += 8;
        break;
    case ProtoWire::Fixed32:
        if (cursor.left() < 4)
            return ProtoFault::End;
        field.bits = *cursor.little<quint32>();
        at += 4;
        break;
    case ProtoWire::Length: {
        quint64 size = 0;
        if (const auto fault = protoVarint(bytes, at, size); fault != ProtoFault::None)
            return fault;
        if (size > static_cast<quint64>(bytes.size() - at))
            return ProtoFault::Length;
        field.valueAt = at;
        at += static_cast<qsizetype>(size);
        break;
    }
    case ProtoWire::GroupBegin:
    case ProtoWire::GroupEnd:
        break;
    }
    field.end = at;
    return ProtoFault::None;
}

QString protoFaultText(ProtoFault fault, const QString &name)
{
    switch (fault) {
    case ProtoFault::None:
    case ProtoFault::End:
        break;
    case ProtoFault::Tag:
        return ProtobufWords::tr("No field: its tag is larger than 32 bits.");
    case ProtoFault::Number:
        return ProtobufWords::tr("No field: its number is 0.");
    case ProtoFault::Wire:
        return ProtobufWords::tr("No field: there are no wire types 6 and 7.");
    case ProtoFault::Varint:
        return ProtobufWords::tr("The number in field %1 is larger than 64 bits.").arg(name);
    case ProtoFault::Length:
        return ProtobufWords::tr("Field %1 is longer than what holds it.").arg(name);
    }
    return ProtobufWords::tr("The message ends inside of a field.");
}

QString protoNoGroupText(quint32 number)
{
    return ProtobufWords::tr("The end of the group %1, which has not begun.").arg(number);
}

QString protoOpenGroupText(quint32 number)
{
    return ProtobufWords::tr("The group %1 has no end.").arg(number);
}

ProtoShape protoShape(QByteArrayView bytes, qsizetype limit)
{
    ProtoShape shape;
    std::vector<quint32> groups;
    qsizetype at = 0;
    while (at < bytes.size() && at < limit) {
        ProtoField field;
        if (protoField(bytes, at, field) != ProtoFault::None || field.number > ProtoLargestNumber)
            return shape;
        at = field.end;
        if (field.wire == ProtoWire::GroupEnd) {
            if (groups.empty() || groups.back() != field.number)
                return shape;
            groups.pop_back();
            continue;
        }
        if (field.wire == ProtoWire::GroupBegin)
            groups.push_back(field.number);
        if (shape.fields++ == 0)
            shape.firstNumber = field.number;
        shape.isAscending = shape.isAscending && field.number > shape.largestNumber;
        shape.largestNumber = std::max(shape.largestNumber, field.number);
        if (field.wire == ProtoWire::Length && field.end - field.valueAt >= ProtoTellingText) {
            const qsizetype size = std::min(field.end - field.valueAt, ProtoShapeText);
            // Tabs and ends of lines are tags and lengths as well.
            if (isReadableBeginning(bytes.sliced(field.valueAt, size)) &&
                static_cast<uchar>(bytes[field.valueAt]) >= 0x20)
                shape.hasText = true;
            else if (shape.parts.size() < ProtoProbeParts)
                shape.parts.push_back(field);
        }
    }
    shape.isMessage = groups.empty() || at < bytes.size();
    return shape;
}

} // namespace sockeye
