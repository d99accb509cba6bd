// Messages of a schema as lines "path=value", from our nodes and from the library's own messages.
#pragma once

#include "encodings/ValueTexts.h"
#include "formats/Vectors.h"
#include "schemas/ProtobufMessageDecoder.h"

#include <QProcess>

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/message.h>

#include <functional>

namespace sockeye::schematest {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

inline QString string(const std::string &text)
{
    return QString::fromStdString(text);
}

inline std::shared_ptr<const ProtobufSchema> testSchema()
{
    static const auto schema = [] {
        const auto loaded = ProtobufSchema::load({QStringLiteral(SOCKEYE_PROTOS)});
        if (!loaded)
            qFatal("%s", qPrintable(loaded.message()));
        return loaded.value();
    }();
    return schema;
}

inline NodeTree messageTree(const QString &type, const QByteArray &bytes,
                            ProtobufMessageDecoder::Framing framing = ProtobufMessageDecoder::Framing::Single)
{
    const ProtobufMessageDecoder decoder(testSchema(), type, framing);
    return *decodeMessage({bytes, false, Direction::In, {}}, {}, &decoder)->tree;
}

/// What protoc says; nothing if it fails or is not there.
inline QByteArray protoc(const QStringList &arguments, const QByteArray &in, bool *isOk = nullptr)
{
    QProcess process;
    process.start(QStringLiteral(SOCKEYE_PROTOC), arguments);
    process.write(in);
    process.closeWriteChannel();
    const bool hasRun = process.waitForFinished() && process.exitCode() == 0;
    if (isOk)
        *isOk = hasRun;
    else if (!hasRun)
        qWarning("%s", process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

inline bool hasProtoc()
{
    return !QByteArrayView(SOCKEYE_PROTOC).isEmpty();
}

// Our nodes

inline QString leafText(const NodeTree &tree, qint32 index)
{
    const Node &node = tree.at(index);
    return node.kind == Node::Kind::Bytes ? QString::fromLatin1(tree.textBytes(node).toByteArray().toHex())
                                          : tree.text(index);
}

inline void addLines(const NodeTree &tree, qint32 index, const Descriptor *type, const QString &path,
                     QStringList &lines)
{
    const Node &node = tree.at(index);
    if (!type || !node.isContainer()) {
        lines += path + u'=' + leafText(tree, index);
        return;
    }
    lines += path + QStringLiteral("={");
    QHash<QString, int> counts;
    QString anyType;
    for (const qint32 child : tree.children(index)) {
        const QString name = tree.name(child);
        if (name == u"type_url")
            anyType = tree.text(child).section(u'/', -1);
    }
    for (const qint32 child : tree.children(index)) {
        const QString name = tree.name(child);
        const FieldDescriptor *field =
            name.startsWith(u'[') ? type->file()->pool()->FindExtensionByName(name.sliced(1).chopped(1).toStdString())
                                  : type->FindFieldByName(name.toStdString());
        const QString at = path + u'.' + name;
        if (!field) {
            lines += at + QStringLiteral("=?") + leafText(tree, child);
        } else if (field->is_map()) {
            for (const qint32 entry : tree.children(child))
                addLines(tree, entry, field->message_type()->map_value()->message_type(),
                         at + u'{' + tree.name(entry) + u'}', lines);
        } else if (field->is_repeated()) {
            for (const qint32 element : tree.children(child))
                addLines(tree, element, field->message_type(), at + QStringLiteral("[%1]").arg(counts[name]++), lines);
        } else {
            const bool isAny = type->full_name() == "google.protobuf.Any" && field->number() == 2;
            addLines(tree, child, isAny ? testSchema()->find(anyType) : field->message_type(), at, lines);
        }
    }
}

inline QStringList linesOfTree(const NodeTree &tree, const QString &type)
{
    QStringList lines;
    addLines(tree, 0, testSchema()->find(type), QString(), lines);
    lines.sort();
    return lines;
}

// The library's messages

inline void addMessage(const Message &message, const QString &path, QStringList &lines);

inline void addField(const Message &message, const FieldDescriptor *field, int index, const QString &path,
                     QStringList &lines)
{
    const auto *reflection = message.GetReflection();
    const bool isRepeated = index >= 0;
    QString text;
    switch (field->cpp_type()) {
#define SOCKEYE_NUMBER(Type, Name)                                                                                     \
    case FieldDescriptor::CPPTYPE_##Type:                                                                              \
        text = QString::number(isRepeated ? reflection->GetRepeated##Name(message, field, index)                       \
                                          : reflection->Get##Name(message, field));                                    \
        break;
        SOCKEYE_NUMBER(INT32, Int32)
        SOCKEYE_NUMBER(INT64, Int64)
        SOCKEYE_NUMBER(UINT32, UInt32)
        SOCKEYE_NUMBER(UINT64, UInt64)
#undef SOCKEYE_NUMBER
    case FieldDescriptor::CPPTYPE_DOUBLE:
        text = doubleText(isRepeated ? reflection->GetRepeatedDouble(message, field, index)
                                     : reflection->GetDouble(message, field));
        break;
    case FieldDescriptor::CPPTYPE_FLOAT:
        text = floatText(isRepeated ? reflection->GetRepeatedFloat(message, field, index)
                                    : reflection->GetFloat(message, field));
        break;
    case FieldDescriptor::CPPTYPE_BOOL:
        text = (isRepeated ? reflection->GetRepeatedBool(message, field, index) : reflection->GetBool(message, field))
                   ? QStringLiteral("true")
                   : QStringLiteral("false");
        break;
    case FieldDescriptor::CPPTYPE_ENUM: {
        const int number = isRepeated ? reflection->GetRepeatedEnumValue(message, field, index)
                                      : reflection->GetEnumValue(message, field);
        const auto *value = field->enum_type()->FindValueByNumber(number);
        text = value ? string(value->name()) : QString::number(number);
        break;
    }
    case FieldDescriptor::CPPTYPE_STRING: {
        const std::string bytes =
            isRepeated ? reflection->GetRepeatedString(message, field, index) : reflection->GetString(message, field);
        text = field->type() == FieldDescriptor::TYPE_BYTES
                   ? QString::fromLatin1(QByteArray::fromStdString(bytes).toHex())
                   : string(bytes);
        break;
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
        addMessage(isRepeated ? reflection->GetRepeatedMessage(message, field, index)
                              : reflection->GetMessage(message, field),
                   path, lines);
        return;
    }
    lines += path + u'=' + text;
}

inline void addAny(const Message &any, const QString &path, QStringList &lines)
{
    const auto *reflection = any.GetReflection();
    const auto *type = any.GetDescriptor();
    const std::string url = reflection->GetString(any, type->FindFieldByNumber(1));
    const std::string bytes = reflection->GetString(any, type->FindFieldByNumber(2));
    const Descriptor *held = testSchema()->find(string(url).section(u'/', -1));
    if (!url.empty())
        lines += path + QStringLiteral(".type_url=") + string(url);
    if (bytes.empty())
        return;
    const QString at = path + QStringLiteral(".value");
    if (!held) {
        lines += at + u'=' + QString::fromLatin1(QByteArray::fromStdString(bytes).toHex());
        return;
    }
    google::protobuf::DynamicMessageFactory factory;
    const std::unique_ptr<Message> message(factory.GetPrototype(held)->New());
    message->ParsePartialFromString(bytes);
    addMessage(*message, at, lines);
}

inline void addMessage(const Message &message, const QString &path, QStringList &lines)
{
    lines += path + QStringLiteral("={");
    if (message.GetDescriptor()->full_name() == "google.protobuf.Any") {
        addAny(message, path, lines);
        return;
    }
    const auto *reflection = message.GetReflection();
    std::vector<const FieldDescriptor *> fields;
    reflection->ListFields(message, &fields);
    for (const FieldDescriptor *field : fields) {
        const QString at =
            path + u'.' + (field->is_extension() ? u'[' + string(field->full_name()) + u']' : string(field->name()));
        if (!field->is_repeated()) {
            addField(message, field, -1, at, lines);
            continue;
        }
        for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
            if (!field->is_map()) {
                addField(message, field, i, at + QStringLiteral("[%1]").arg(i), lines);
                continue;
            }
            const Message &entry = reflection->GetRepeatedMessage(message, field, i);
            QStringList key;
            addField(entry, field->message_type()->map_key(), -1, QString(), key);
            addField(entry, field->message_type()->map_value(), -1, at + u'{' + key.first().sliced(1) + u'}', lines);
        }
    }
}

inline QStringList linesOfMessage(const Message &message)
{
    QStringList lines;
    addMessage(message, QString(), lines);
    lines.sort();
    return lines;
}

/// The first lines that differ; empty for none.
inline QString difference(const QStringList &ours, const QStringList &theirs)
{
    for (qsizetype i = 0; i < std::max(ours.size(), theirs.size()); ++i) {
        if (ours.value(i) != theirs.value(i))
            return QStringLiteral("ours: %1\ntheirs: %2").arg(ours.value(i).left(200), theirs.value(i).left(200));
    }
    return {};
}

} // namespace sockeye::schematest
