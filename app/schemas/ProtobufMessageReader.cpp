#include "schemas/ProtobufMessageReader.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "decode/ByteCursor.h"
#include "encodings/ProtobufFields.h"
#include "encodings/ReadableText.h"
#include "schemas/ProtobufValues.h"

#include <algorithm>

namespace sockeye {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr qsizetype ProtoSaidText = 40;
constexpr qsizetype ProtoNotedText = 60;
constexpr qsizetype ProtoNotedPaths = 20;
constexpr qint64 NanosPerSecond = 1'000'000'000;
/// As the specification of google.protobuf.Duration bounds it.
constexpr qint64 MostDurationSeconds = 315'576'000'000;

QString nameOf(const FieldDescriptor &field)
{
    return field.is_extension() ? u'[' + protoText(field.full_name()) + u']' : protoText(field.name());
}

bool isMessage(const FieldDescriptor &field)
{
    return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

bool isPlaceholder(const FieldDescriptor &field)
{
    return isMessage(field) && field.message_type()->is_placeholder();
}

/// Read as one value, of which its fields are parts.
bool isSingular(Descriptor::WellKnownType type)
{
    return type != Descriptor::WELLKNOWNTYPE_UNSPECIFIED;
}

/// What stands for an object or an array of JSON, and is written as its only field is.
bool isTransparent(Descriptor::WellKnownType type)
{
    return type == Descriptor::WELLKNOWNTYPE_STRUCT || type == Descriptor::WELLKNOWNTYPE_LISTVALUE;
}

/// "1.5s", as JSON has it; empty for what is out of bounds.
QString durationText(qint64 seconds, qint64 nanos)
{
    const bool isWithin = std::abs(nanos) < NanosPerSecond && seconds >= -MostDurationSeconds &&
                          seconds <= MostDurationSeconds && !(seconds > 0 && nanos < 0) && !(seconds < 0 && nanos > 0);
    if (!isWithin)
        return {};
    QString text = seconds < 0 || nanos < 0 ? QStringLiteral("-") : QString();
    text += QString::number(std::abs(seconds));
    if (nanos != 0) {
        QString decimals = QString::number(std::abs(nanos)).rightJustified(9, u'0');
        while (decimals.endsWith(QStringLiteral("000")))
            decimals.chop(3);
        text += u'.' + decimals;
    }
    return text + u's';
}

} // namespace

ProtobufMessageReader::ProtobufMessageReader(NodeBuilder &builder, const QByteArray &bytes,
                                             const google::protobuf::DescriptorPool &pool)
    : m_builder(builder)
    , m_bytes(bytes)
    , m_pool(pool)
{
}

bool ProtobufMessageReader::read(const Type &type, qsizetype begin, qsizetype fieldsAt, qsizetype end,
                                 const QString &note)
{
    m_at = fieldsAt;
    if (!push(type, begin, end, end, 0))
        return false;
    m_builder.note(note);
    while (!m_open.empty()) {
        if (!m_builder.goOn(m_at))
            return false;
        if (m_at < top().end) {
            if (!field())
                return false;
        } else if (top().group != 0) {
            m_builder.fail(m_at, protoOpenGroupText(top().group));
            return false;
        } else {
            pop(m_at);
        }
    }
    return true;
}

QString ProtobufMessageReader::said() const
{
    return m_open.empty() ? m_said : m_open.front().said.toString();
}

// Messages

bool ProtobufMessageReader::push(const Type &type, qsizetype begin, qsizetype end, qsizetype resumeAt, quint32 group)
{
    const qint32 node = m_builder.tree().size();
    if (!m_builder.open(Node::Kind::Object, begin))
        return false;
    Open message;
    message.type = &type;
    message.end = end;
    message.resumeAt = resumeAt;
    message.group = group;
    message.node = m_builder.tree().size() > node ? node : Node::None;
    if (type.well_known_type() == Descriptor::WELLKNOWNTYPE_ANY)
        readAny(message, m_at);
    if (!isTransparent(type.well_known_type()))
        message.said.begin(u'{');
    m_open.push_back(std::move(message));
    return true;
}

void ProtobufMessageReader::pop(qsizetype end)
{
    closeRun();
    m_builder.close(end);
    Open closing = std::move(m_open.back());
    m_open.pop_back();
    m_at = std::max(end, closing.resumeAt);
    m_said = textOf(closing);
    switch (closing.type->well_known_type()) {
    case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
    case Descriptor::WELLKNOWNTYPE_VALUE:
    case Descriptor::WELLKNOWNTYPE_ANY:
        // What it holds says it.
        break;
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
        if (m_said.isEmpty()) {
            addNote(closing.node, tr("no moment: beyond the years 1 to 9999, or nanos beyond a second"));
        } else {
            addNote(closing.node, tr("%1, local %2").arg(m_said, localText(closing.seconds, quint32(closing.nanos))));
        }
        break;
    case Descriptor::WELLKNOWNTYPE_DURATION:
        addNote(closing.node, m_said.isEmpty() ? tr("no duration: out of bounds, or signs that differ") : m_said);
        break;
    default:
        addNote(closing.node, inOneLine(m_said, ProtoNotedText));
        break;
    }
    if (const QString missing = missingOf(closing); !missing.isEmpty())
        addNote(closing.node, tr("required, but not there: %1").arg(missing));
    if (!m_open.empty())
        sayValue(m_said.isEmpty() ? closing.said.toString() : m_said);
}

/// What a message says in a line; empty if it is out of its bounds. Ends its summary.
QString ProtobufMessageReader::textOf(Open &message) const
{
    const auto kind = message.type->well_known_type();
    if (!isTransparent(kind))
        message.said.end(u'}');
    switch (kind) {
    case Descriptor::WELLKNOWNTYPE_UNSPECIFIED:
        break;
    case Descriptor::WELLKNOWNTYPE_STRUCT:
    case Descriptor::WELLKNOWNTYPE_LISTVALUE: {
        const QString said = message.said.toString();
        if (said.isEmpty())
            return kind == Descriptor::WELLKNOWNTYPE_STRUCT ? QStringLiteral("{}") : QStringLiteral("[]");
        return said;
    }
    case Descriptor::WELLKNOWNTYPE_VALUE:
        return message.lastText.isEmpty() ? QStringLiteral("null") : message.lastText;
    case Descriptor::WELLKNOWNTYPE_TIMESTAMP:
        return message.nanos < 0 || message.nanos >= NanosPerSecond
                   ? QString()
                   : utcText(message.seconds, static_cast<quint32>(message.nanos));
    case Descriptor::WELLKNOWNTYPE_DURATION:
        return durationText(message.seconds, message.nanos);
    case Descriptor::WELLKNOWNTYPE_FIELDMASK:
        return message.paths.join(u',');
    case Descriptor::WELLKNOWNTYPE_ANY:
        if (message.anyName.isEmpty())
            break;
        return message.anyName.section(u'.', -1) + u' ' + message.lastText;
    default: {
        // Wrappers: nothing is 0, false or empty.
        if (!message.lastText.isEmpty())
            return message.lastText;
        const FieldDescriptor *value = message.type->FindFieldByNumber(1);
        const bool isText = value && protoWireOf(*value) == ProtoWire::Length;
        return isText || !value ? QStringLiteral("\"\"") : protoScalar(*value, 0).text;
    }
    }
    return message.said.toString();
}

QString ProtobufMessageReader::missingOf(const Open &message) const
{
    QStringList missing;
    for (int i = 0; i < message.type->field_count(); ++i) {
        const FieldDescriptor *field = message.type->field(i);
        if (field->is_required() && !message.seen.contains(field->number()))
            missing += nameOf(*field);
    }
    return missing.join(QStringLiteral(", "));
}

/// Which type the bytes of an Any are stands in a field of it, before or behind them.
void ProtobufMessageReader::readAny(Open &any, qsizetype begin) const
{
    const QByteArrayView bytes = QByteArrayView(m_bytes).first(any.end);
    qsizetype at = begin;
    while (at < any.end) {
        ProtoField field;
        if (protoField(bytes, at, field) != ProtoFault::None || field.wire == ProtoWire::GroupEnd)
            break;
        at = field.end;
        if (field.number == 1 && field.wire == ProtoWire::Length)
            any.anyName = QString::fromUtf8(part(field)).section(u'/', -1);
    }
    any.anyType = m_pool.FindMessageTypeByName(any.anyName.toStdString());
}

// Fields

const ProtobufMessageReader::Names &ProtobufMessageReader::namesOf(const Field &field)
{
    const auto [found, isNew] = m_names.try_emplace(&field);
    Names &names = found->second;
    if (!isNew)
        return names;
    names.name = nameOf(field);
    if (const QString jsonName = protoJsonName(field); !jsonName.isEmpty())
        names.jsonNote = tr("in JSON \"%1\"").arg(jsonName);
    // A google.protobuf.Value is a oneof, and nothing but that.
    const auto *oneof = field.real_containing_oneof();
    if (oneof && !isSingular(field.containing_type()->well_known_type()))
        names.oneofNote = tr("oneof %1").arg(protoText(oneof->name()));
    return names;
}

bool ProtobufMessageReader::field()
{
    ProtoField field;
    const ProtoFault fault = protoField(QByteArrayView(m_bytes).first(top().end), m_at, field);
    const FieldDescriptor *known = field.number > 0 ? protoFieldOf(m_pool, *top().type, field.number) : nullptr;
    if (fault != ProtoFault::None) {
        const QString number = QString::number(field.number);
        m_builder.fail(m_at,
                       protoFaultText(fault, known ? QStringLiteral("%1 (%2)").arg(number, nameOf(*known)) : number));
        return false;
    }
    m_at = field.end;
    if (field.wire == ProtoWire::GroupEnd) {
        if (top().group != field.number) {
            m_builder.fail(field.begin, protoNoGroupText(field.number));
            return false;
        }
        top().resumeAt = field.end;
        pop(field.end);
        return true;
    }
    if (!known)
        return addUnknown(field, tr("not in the schema"));
    if (isPlaceholder(*known))
        return addUnknown(field,
                          tr("its type %1 is not in the schema").arg(protoText(known->message_type()->full_name())),
                          nameOf(*known));
    // Editions let a message be written as a group; nothing else could be meant.
    const bool isOther =
        (known->is_packable() && field.wire == ProtoWire::Length) ||
        (known->type() == FieldDescriptor::TYPE_MESSAGE && !known->is_map() && field.wire == ProtoWire::GroupBegin);
    if (field.wire != protoWireOf(*known) && !isOther)
        return addUnknown(field, tr("%1 is of type %2, but this is written as %3")
                                     .arg(nameOf(*known), protoTypeText(*known), protoWireText(field.wire)));
    return addKnown(*known, field);
}

bool ProtobufMessageReader::addKnown(const Field &known, const ProtoField &field)
{
    if (known.is_repeated()) {
        if (top().run != &known && !openRun(known, field))
            return false;
        top().runEnd = field.end;
        if (known.is_map())
            return addEntry(known, field);
        if (field.wire == ProtoWire::Length && known.is_packable())
            return addPacked(known, field);
        return addValue(known, field, field.end);
    }
    closeRun();
    const Names &names = namesOf(known);
    const QString &name = names.name;
    top().said.key(name);
    m_builder.label(name, field.begin, field.tagEnd);
    const qint32 next = m_builder.tree().size();
    const size_t holder = m_open.size() - 1;
    if (!addValue(known, field, field.end))
        return false;
    // A message is open by now: what holds it takes note of it.
    const qint32 node = m_builder.tree().size() > next ? next : Node::None;
    Open &message = m_open[holder];
    const auto before = message.seen.find(known.number());
    if (before != message.seen.end())
        addNote(before->second, isMessage(known) ? tr("goes on in the next one of this name")
                                                 : tr("does not count: the last one of this name does"));
    message.seen[known.number()] = node;
    if (const auto *oneof = known.real_containing_oneof()) {
        addNote(node, names.oneofNote);
        const auto other = message.oneofs.find(oneof->index());
        if (other != message.oneofs.end() && other->second != known.number())
            addNote(message.seen[other->second], tr("does not count: %1 comes later").arg(name));
        message.oneofs[oneof->index()] = known.number();
    }
    addNote(node, names.jsonNote);
    return true;
}

/// The node was named before; it takes the field's bytes.
bool ProtobufMessageReader::addValue(const Field &known, const ProtoField &field, qsizetype resumeAt)
{
    switch (known.type()) {
    case FieldDescriptor::TYPE_STRING:
        addText(field);
        return true;
    case FieldDescriptor::TYPE_BYTES:
        return addBytes(field, resumeAt);
    case FieldDescriptor::TYPE_MESSAGE:
        m_at = field.valueAt;
        if (field.wire == ProtoWire::GroupBegin) {
            if (!push(*known.message_type(), field.begin, top().end, resumeAt, field.number))
                return false;
            addNote(top().node, tr("written as a group"));
            return true;
        }
        return push(*known.message_type(), field.begin, field.end, resumeAt, 0);
    case FieldDescriptor::TYPE_GROUP:
        return push(*known.message_type(), field.begin, top().end, resumeAt, field.number);
    default:
        addScalar(known, field.begin, field.end, field.bits);
        return true;
    }
}

void ProtobufMessageReader::addText(const ProtoField &field)
{
    const QByteArrayView bytes = part(field);
    if (!isValidUtf8(bytes)) {
        m_builder.addPlace(Node::Kind::Bytes, field.begin, field.end, field.valueAt,
                           tr("a string that is no UTF-8: \"%1\"").arg(faultyText(bytes)));
        sayValue(sizeText(bytes.size()));
        return;
    }
    if (top().type->well_known_type() == Descriptor::WELLKNOWNTYPE_FIELDMASK && top().paths.size() < ProtoNotedPaths)
        top().paths += QString::fromUtf8(bytes);
    sayText(m_builder.addInner(field.begin, field.end, field.valueAt, true));
}

bool ProtobufMessageReader::addBytes(const ProtoField &field, qsizetype resumeAt)
{
    const bool isAny = top().type->well_known_type() == Descriptor::WELLKNOWNTYPE_ANY;
    if (isAny && top().anyType) {
        const Descriptor *type = top().anyType;
        const QString name = top().anyName;
        m_at = field.valueAt;
        if (!push(*type, field.begin, field.end, resumeAt, 0))
            return false;
        addNote(top().node, name);
        return true;
    }
    const QByteArrayView bytes = part(field);
    const qint32 node = m_builder.tree().size();
    const QString said = m_builder.addInner(field.begin, field.end, field.valueAt, false);
    const bool isAdded = m_builder.tree().size() > node;
    if (isAdded && isAny && !top().anyName.isEmpty())
        addNote(node, tr("%1 is not in the schema").arg(top().anyName));
    else if (isAdded && said.isEmpty() && !bytes.isEmpty() && isReadableText(bytes))
        addNote(node, u'"' +
                          inOneLine(QString::fromUtf8(bytes.first(std::min(bytes.size(), 4 * ProtoNotedText))),
                                    ProtoNotedText) +
                          u'"');
    if (said.isEmpty())
        top().said.bytes(bytes);
    else
        sayValue(inOneLine(said, ProtoSaidText));
    return true;
}

void ProtobufMessageReader::addScalar(const Field &known, qsizetype begin, qsizetype end, quint64 bits)
{
    const ProtoScalar scalar = protoScalar(known, bits);
    m_builder.add(scalar.kind, begin, end, scalar.text, scalar.note);
    const auto kind = top().type->well_known_type();
    if (kind == Descriptor::WELLKNOWNTYPE_TIMESTAMP || kind == Descriptor::WELLKNOWNTYPE_DURATION) {
        const qint64 number = known.number() == 1 ? static_cast<qint64>(bits) : static_cast<qint32>(quint32(bits));
        (known.number() == 1 ? top().seconds : top().nanos) = number;
    }
    const bool isNull = kind == Descriptor::WELLKNOWNTYPE_VALUE && known.type() == FieldDescriptor::TYPE_ENUM;
    sayValue(isNull ? QStringLiteral("null") : scalar.text);
}

bool ProtobufMessageReader::addPacked(const Field &known, const ProtoField &field)
{
    const ProtoWire wire = protoWireOf(known);
    const QByteArrayView bytes = QByteArrayView(m_bytes).first(field.end);
    qsizetype at = field.valueAt;
    while (at < field.end) {
        if (!m_builder.goOn(at))
            return false;
        const qsizetype begin = at;
        quint64 bits = 0;
        ProtoFault fault = ProtoFault::None;
        ByteCursor cursor(bytes, at);
        if (wire == ProtoWire::Varint) {
            fault = protoVarint(bytes, at, bits);
        } else if (cursor.left() < (wire == ProtoWire::Fixed64 ? 8 : 4)) {
            fault = ProtoFault::End;
        } else {
            bits = wire == ProtoWire::Fixed64 ? *cursor.little<quint64>() : *cursor.little<quint32>();
            at = cursor.at();
        }
        if (fault != ProtoFault::None) {
            const QString name = QStringLiteral("%1 (%2)").arg(field.number).arg(nameOf(known));
            m_builder.fail(begin, fault == ProtoFault::End
                                      ? tr("The packed numbers of field %1 end inside of one.").arg(name)
                                      : protoFaultText(fault, name));
            return false;
        }
        addScalar(known, begin, at, bits);
    }
    return true;
}

// Fields that are not as the schema has them

bool ProtobufMessageReader::addUnknown(const ProtoField &field, const QString &why, const QString &name)
{
    closeRun();
    const qint32 node = m_builder.tree().size();
    QString said;
    const qsizetype end = addProtobufField(m_builder, m_bytes, field.begin, top().end, said);
    if (m_builder.tree().size() > node) {
        const QString other = m_builder.tree().note(node);
        m_builder.noteAt(node, other.isEmpty() ? why : why + QStringLiteral("; ") + other);
        if (!name.isEmpty())
            m_builder.labelAt(node, name);
    }
    if (end < 0)
        return false;
    top().said.key(name.isEmpty() ? QString::number(field.number) : name);
    top().said.value(said.section(u'=', 1));
    m_at = end;
    return true;
}

// Repeated fields and maps

bool ProtobufMessageReader::openRun(const Field &known, const ProtoField &field)
{
    closeRun();
    const Names &names = namesOf(known);
    m_builder.label(names.name, field.begin, field.tagEnd);
    const qint32 node = m_builder.tree().size();
    if (!m_builder.open(known.is_map() ? Node::Kind::Object : Node::Kind::Array, field.begin))
        return false;
    Open &message = top();
    message.run = &known;
    if (m_builder.tree().size() > node) {
        if (message.seen.contains(known.number()))
            addNote(node, tr("goes on from above"));
        addNote(node, names.jsonNote);
    }
    message.seen[known.number()] = node;
    if (!isTransparent(message.type->well_known_type()))
        message.said.key(names.name);
    message.said.begin(known.is_map() ? u'{' : u'[');
    return true;
}

void ProtobufMessageReader::closeRun()
{
    Open &message = top();
    if (!message.run)
        return;
    m_builder.close(message.runEnd);
    message.said.end(message.run->is_map() ? u'}' : u']');
    message.run = nullptr;
}

/// An entry that is as serializers write it: false for one that has to be shown with all its fields.
bool ProtobufMessageReader::readEntry(const Field &known, const ProtoField &field, Entry &entry) const
{
    const FieldDescriptor *key = known.message_type()->map_key();
    const FieldDescriptor *value = known.message_type()->map_value();
    const QByteArrayView bytes = QByteArrayView(m_bytes).first(field.end);
    qsizetype at = field.valueAt;
    while (at < field.end) {
        ProtoField one;
        if (protoField(bytes, at, one) != ProtoFault::None)
            return false;
        at = one.end;
        if (one.number == 1 && !entry.hasKey && one.wire == protoWireOf(*key)) {
            entry.key = one;
            entry.hasKey = true;
        } else if (one.number == 2 && !entry.hasValue && one.wire == protoWireOf(*value)) {
            entry.value = one;
            entry.hasValue = true;
        } else {
            return false;
        }
    }
    const bool isKeyText = entry.hasKey && key->type() == FieldDescriptor::TYPE_STRING;
    return !isPlaceholder(*value) && (!isKeyText || isValidUtf8(part(entry.key)));
}

QString ProtobufMessageReader::keyText(const Field &key, const Entry &entry) const
{
    if (key.type() == FieldDescriptor::TYPE_STRING)
        return entry.hasKey ? textFromUtf8(part(entry.key)) : QString();
    return protoScalar(key, entry.hasKey ? entry.key.bits : 0).text;
}

bool ProtobufMessageReader::addEntry(const Field &known, const ProtoField &field)
{
    const FieldDescriptor *value = known.message_type()->map_value();
    Entry entry;
    if (!readEntry(known, field, entry)) {
        m_at = field.valueAt;
        m_builder.label(tr("entry"), field.begin, field.tagEnd);
        top().said.key(tr("entry"));
        return push(*known.message_type(), field.begin, field.end, field.end, 0);
    }
    const QString key = keyText(*known.message_type()->map_key(), entry);
    top().said.key(key);
    if (entry.hasKey)
        m_builder.label(key, entry.key.begin, entry.key.end);
    else
        m_builder.label(key);
    if (entry.hasValue)
        return addValue(*value, entry.value, field.end);
    addMissingValue(*value, field.end);
    return true;
}

/// What is not written is what the type begins with.
void ProtobufMessageReader::addMissingValue(const Field &value, qsizetype at)
{
    const QString note = tr("not written: as by default");
    if (isMessage(value)) {
        if (m_builder.open(Node::Kind::Object, at)) {
            m_builder.note(note);
            m_builder.close(at);
        }
        sayValue(QStringLiteral("{}"));
    } else if (protoWireOf(value) == ProtoWire::Length) {
        const bool isText = value.type() == FieldDescriptor::TYPE_STRING;
        m_builder.add(isText ? Node::Kind::String : Node::Kind::Bytes, at, at, QString(), note);
        sayText(QString());
    } else {
        const bool isEnum = value.type() == FieldDescriptor::TYPE_ENUM;
        const int number = isEnum ? value.default_value_enum()->number() : 0;
        const ProtoScalar scalar = protoScalar(value, static_cast<quint64>(static_cast<qint64>(number)));
        m_builder.add(scalar.kind, at, at, scalar.text, note);
        sayValue(scalar.text);
    }
}

// Words

void ProtobufMessageReader::addNote(qint32 node, const QString &note)
{
    if (node == Node::None || note.isEmpty())
        return;
    const QString before = m_builder.tree().note(node);
    m_builder.noteAt(node, before.isEmpty() ? note : before + QStringLiteral(", ") + note);
}

void ProtobufMessageReader::sayValue(const QString &text)
{
    top().said.value(text);
    if (isSingular(top().type->well_known_type()))
        top().lastText = text;
}

void ProtobufMessageReader::sayText(const QString &text)
{
    top().said.text(text);
    if (isSingular(top().type->well_known_type()))
        top().lastText = u'"' + inOneLine(text, ProtoSaidText) + u'"';
}

} // namespace sockeye
