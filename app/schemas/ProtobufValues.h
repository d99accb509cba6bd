#pragma once

#include "decode/Node.h"
#include "encodings/ProtobufWire.h"

#include <QString>

#include <google/protobuf/descriptor.h>

namespace sockeye {

/// A number, word or truth as a field's type says it.
struct ProtoScalar
{
    Node::Kind kind = Node::Kind::Number;
    QString text;
    /// What is odd about the bits: more of them than the type has.
    QString note;
};

/// The wire type that values of this field have, each by itself.
[[nodiscard]] ProtoWire protoWireOf(const google::protobuf::FieldDescriptor &field);
/// "int32 (varint)": for a note where the bytes are of another wire type.
[[nodiscard]] QString protoTypeText(const google::protobuf::FieldDescriptor &field);
[[nodiscard]] QString protoWireText(ProtoWire wire);
/// Of a field that is neither text, bytes nor message: by the bits of its varint or fixed number.
[[nodiscard]] ProtoScalar protoScalar(const google::protobuf::FieldDescriptor &field, quint64 bits);
/// The name of a JSON member where it is not what the field's name makes it.
[[nodiscard]] QString protoJsonName(const google::protobuf::FieldDescriptor &field);
/// The field of a message that has this number, an extension too; null for none.
[[nodiscard]] const google::protobuf::FieldDescriptor *
protoFieldOf(const google::protobuf::DescriptorPool &pool, const google::protobuf::Descriptor &type, quint32 number);
[[nodiscard]] QString protoText(const std::string &text);

} // namespace sockeye
