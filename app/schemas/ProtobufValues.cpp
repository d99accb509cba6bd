#include "schemas/ProtobufValues.h"

#include "encodings/ValueTexts.h"

#include <QCoreApplication>

#include <bit>

namespace sockeye {

namespace {

using google::protobuf::FieldDescriptor;

struct ProtobufValueWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ProtobufMessageDecoder)
};

/// A varint of 64 bits of which a type keeps 32: what goes beyond is lost.
QString cutNote(quint64 bits, bool isSigned)
{
    const auto low = static_cast<quint32>(bits);
    const auto negative = static_cast<quint64>(static_cast<qint64>(static_cast<qint32>(low)));
    if (bits == low || (isSigned && bits == negative))
        return {};
    return ProtobufValueWords::tr("%1 is written, of which the lower 32 bits count").arg(bits);
}

} // namespace

QString protoText(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

ProtoWire protoWireOf(const FieldDescriptor &field)
{
    switch (field.type()) {
    case FieldDescriptor::TYPE_DOUBLE:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
        return ProtoWire::Fixed64;
    case FieldDescriptor::TYPE_FLOAT:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
        return ProtoWire::Fixed32;
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
    case FieldDescriptor::TYPE_MESSAGE:
        return ProtoWire::Length;
    case FieldDescriptor::TYPE_GROUP:
        return ProtoWire::GroupBegin;
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_INT32:
    case FieldDescriptor::TYPE_BOOL:
    case FieldDescriptor::TYPE_UINT32:
    case FieldDescriptor::TYPE_ENUM:
    case FieldDescriptor::TYPE_SINT32:
    case FieldDescriptor::TYPE_SINT64:
        break;
    }
    return ProtoWire::Varint;
}

QString protoWireText(ProtoWire wire)
{
    switch (wire) {
    case ProtoWire::Varint:
        return QStringLiteral("varint");
    case ProtoWire::Fixed64:
        return QStringLiteral("64 bits");
    case ProtoWire::Length:
        return QStringLiteral("length-delimited");
    case ProtoWire::GroupBegin:
    case ProtoWire::GroupEnd:
        return QStringLiteral("group");
    case ProtoWire::Fixed32:
        break;
    }
    return QStringLiteral("32 bits");
}

QString protoTypeText(const FieldDescriptor &field)
{
    QString type = QString::fromUtf8(field.type_name());
    if (field.message_type())
        type = protoText(field.message_type()->full_name());
    else if (field.enum_type())
        type = protoText(field.enum_type()->full_name());
    return QStringLiteral("%1 (%2)").arg(type, protoWireText(protoWireOf(field)));
}

ProtoScalar protoScalar(const FieldDescriptor &field, quint64 bits)
{
    const auto low = static_cast<quint32>(bits);
    ProtoScalar scalar;
    switch (field.type()) {
    case FieldDescriptor::TYPE_INT64:
    case FieldDescriptor::TYPE_SFIXED64:
        scalar.text = QString::number(static_cast<qint64>(bits));
        break;
    case FieldDescriptor::TYPE_INT32:
        scalar.text = QString::number(static_cast<qint32>(low));
        scalar.note = cutNote(bits, true);
        break;
    case FieldDescriptor::TYPE_SFIXED32:
        scalar.text = QString::number(static_cast<qint32>(low));
        break;
    case FieldDescriptor::TYPE_UINT32:
        scalar.text = QString::number(low);
        scalar.note = cutNote(bits, false);
        break;
    case FieldDescriptor::TYPE_SINT32:
        scalar.text = QString::number(protoZigzag(low));
        scalar.note = cutNote(bits, false);
        break;
    case FieldDescriptor::TYPE_SINT64:
        scalar.text = QString::number(protoZigzag(bits));
        break;
    case FieldDescriptor::TYPE_DOUBLE:
        scalar.text = doubleText(std::bit_cast<double>(bits));
        break;
    case FieldDescriptor::TYPE_FLOAT:
        scalar.text = floatText(std::bit_cast<float>(low));
        break;
    case FieldDescriptor::TYPE_BOOL:
        scalar.kind = Node::Kind::Boolean;
        scalar.text = bits != 0 ? QStringLiteral("true") : QStringLiteral("false");
        if (bits > 1)
            scalar.note = ProtobufValueWords::tr("written as %1").arg(bits);
        break;
    case FieldDescriptor::TYPE_ENUM: {
        const auto number = static_cast<qint32>(low);
        const auto *value =
            field.enum_type()->is_placeholder() ? nullptr : field.enum_type()->FindValueByNumber(number);
        scalar.text = value ? protoText(value->name()) : QString::number(number);
        if (value) {
            scalar.kind = Node::Kind::String;
            scalar.note = QString::number(number);
        } else {
            scalar.note = ProtobufValueWords::tr("no value of %1").arg(protoText(field.enum_type()->full_name()));
        }
        if (const QString cut = cutNote(bits, true); !cut.isEmpty())
            scalar.note += QStringLiteral(", ") + cut;
        break;
    }
    case FieldDescriptor::TYPE_UINT64:
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
    case FieldDescriptor::TYPE_MESSAGE:
    case FieldDescriptor::TYPE_GROUP:
        scalar.text = QString::number(bits);
        break;
    }
    return scalar;
}

QString protoJsonName(const FieldDescriptor &field)
{
    // As the compiler makes it: an underscore makes the letter behind it a capital.
    QString usual;
    bool isNextUpper = false;
    for (const QChar c : protoText(field.name())) {
        if (c == u'_') {
            isNextUpper = true;
            continue;
        }
        usual += isNextUpper && c.isLower() ? c.toUpper() : c;
        isNextUpper = false;
    }
    const QString name = protoText(field.json_name());
    return field.is_extension() || name == usual ? QString() : name;
}

const FieldDescriptor *protoFieldOf(const google::protobuf::DescriptorPool &pool,
                                    const google::protobuf::Descriptor &type, quint32 number)
{
    const auto id = static_cast<int>(number);
    if (const FieldDescriptor *field = type.FindFieldByNumber(id))
        return field;
    return type.IsExtensionNumber(id) ? pool.FindExtensionByNumber(&type, id) : nullptr;
}

} // namespace sockeye
