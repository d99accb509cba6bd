// A message of any format: as what it is taken for, as what the first byte says, or as a message of a schema. Its tree
// has to hold together, and to be the same the second time.

#include "decode/NodePath.h"
#include "decode/NodeText.h"
#include "formats/Formats.h"
#include "formats/MessageDecoder.h"
#include "formats/TreeFault.h"
#include "fuzz/Fuzzing.h"
#include "schemas/ProtobufMessageDecoder.h"

#include <google/protobuf/descriptor.pb.h>

using namespace sockeye;
using namespace sockeye::fuzz;

namespace {

/// Larger trees say nothing more.
constexpr qsizetype MaxText = 64 * 1024;

/// A type with a field of each type, lists of them, a map, messages in it, and all that is well known.
std::shared_ptr<const ProtobufSchema> schema()
{
    using Field = google::protobuf::FieldDescriptorProto;
    google::protobuf::FileDescriptorSet set;
    auto *file = set.add_file();
    file->set_name("fuzz.proto");
    file->set_syntax("proto2");
    auto *type = file->add_message_type();
    type->set_name("Fuzz");
    int number = 0;
    const auto add = [&number](auto *to, Field::Type fieldType, Field::Label label, const std::string &typeName = {}) {
        auto *field = to->add_field();
        field->set_number(++number);
        field->set_name("f" + std::to_string(number));
        field->set_type(fieldType);
        field->set_label(label);
        if (!typeName.empty())
            field->set_type_name(typeName);
    };
    for (const char *known :
         {"Any", "Duration", "FieldMask", "Struct", "Timestamp", "Value", "Int64Value", "StringValue"}) {
        std::string name = known;
        const std::string home = name.ends_with("Value") && name != "Value" ? "wrappers"
                                 : name == "Value"                          ? "struct"
                                 : name == "FieldMask"                      ? "field_mask"
                                                                            : std::string();
        const std::string path = home.empty() ? std::string(1, char(name[0] | 0x20)) + name.substr(1) : home;
        const std::string import = "google/protobuf/" + path + ".proto";
        if (std::find(file->dependency().begin(), file->dependency().end(), import) == file->dependency().end())
            file->add_dependency(import);
        add(type, Field::TYPE_MESSAGE, number % 2 == 0 ? Field::LABEL_OPTIONAL : Field::LABEL_REPEATED,
            ".google.protobuf." + name);
    }
    auto *level = type->add_enum_type();
    level->set_name("Level");
    level->add_value()->set_name("LOW");
    level->mutable_value(0)->set_number(0);
    auto *entry = type->add_nested_type();
    entry->set_name("F9Entry");
    entry->mutable_options()->set_map_entry(true);
    add(type, Field::TYPE_MESSAGE, Field::LABEL_REPEATED, ".Fuzz.F9Entry");
    const int next = std::exchange(number, 0);
    add(entry, Field::TYPE_STRING, Field::LABEL_OPTIONAL);
    entry->mutable_field(0)->set_name("key");
    add(entry, Field::TYPE_MESSAGE, Field::LABEL_OPTIONAL, ".Fuzz");
    entry->mutable_field(1)->set_name("value");
    number = next;
    for (int one = Field::Type_MIN; one <= Field::Type_MAX; ++one) {
        const auto fieldType = static_cast<Field::Type>(one);
        const bool isMessage = fieldType == Field::TYPE_MESSAGE || fieldType == Field::TYPE_GROUP;
        const std::string name = isMessage ? ".Fuzz" : fieldType == Field::TYPE_ENUM ? ".Fuzz.Level" : "";
        if (fieldType == Field::TYPE_GROUP)
            continue;
        add(type, fieldType, Field::LABEL_OPTIONAL, name);
        add(type, fieldType, Field::LABEL_REPEATED, name);
    }
    auto *group = type->add_nested_type();
    group->set_name("Group");
    add(group, Field::TYPE_STRING, Field::LABEL_REQUIRED);
    add(type, Field::TYPE_GROUP, Field::LABEL_REPEATED, ".Fuzz.Group");
    type->mutable_field(type->field_size() - 1)->set_name("group");
    const auto loaded = ProtobufSchema::ofDescriptorSet(QByteArray::fromStdString(set.SerializeAsString()));
    require(loaded.ok() && loaded.value()->problems().empty(), "the schema is one");
    return loaded.value();
}

/// By the byte's upper six bits, of which the last two are types of a schema; null for what fits.
const Decoder *formatBy(quint8 byte)
{
    static const ProtobufMessageDecoder message(schema(), QStringLiteral("Fuzz"));
    static const ProtobufMessageDecoder delimited(schema(), QStringLiteral("Fuzz"),
                                                  ProtobufMessageDecoder::Framing::Delimited);
    const int bits = byte >> 2;
    if (bits >= 62)
        return bits == 63 ? &message : &delimited;
    const size_t choice = static_cast<size_t>(bits) % (formats().size() + 1);
    return choice == 0 ? nullptr : formats()[choice - 1];
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const quint8 how = input.byte();
    const DecodeInput message{
        input.rest().toByteArray(), (how & 1) != 0, (how & 2) != 0 ? Direction::Out : Direction::In, {}};
    const Decoder *format = formatBy(how);
    const auto decoded = decodeMessage(message, {}, format);
    if (!decoded)
        return 0;
    const NodeTree &tree = *decoded->tree;
    require(fault(tree).isEmpty(), "the tree holds together");
    require(!tree.error || !tree.error->rule.isEmpty(), "an error has words");
    const auto again = decodeMessage(message, {}, format);
    require(again && again->tree->size() == tree.size() && again->tree->summary == tree.summary,
            "the same message says the same again");
    require(nodesText(tree, MaxText) == nodesText(*again->tree, MaxText), "its text is the same again");
    for (qint32 i = 0; i < std::min(tree.size(), 100); ++i)
        require(nodePath(tree, i).startsWith(u'$'), "a node has a way to it");
    return 0;
}
