#include "endpoint/EndpointJson.h"

#include "endpoint/EndpointFields.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {
using FieldKind = EndpointField::Kind;
using Fields = std::span<const EndpointField>;

struct EndpointJsonWords
{
    Q_DECLARE_TR_FUNCTIONS(ProfileText)
};

/// Takes the fields of the first one's group from the front of the list.
Fields takeGroup(Fields &fields)
{
    const QString group = fields.front().group();
    const auto end = std::find_if(fields.begin(), fields.end(),
                                  [&group](const EndpointField &field) { return field.group() != group; });
    const auto count = static_cast<std::size_t>(std::distance(fields.begin(), end));
    const Fields taken = fields.first(count);
    fields = fields.subspan(count);
    return taken;
}

/// The unknown members of a header, found by its name since headers may have been moved, added and removed meanwhile.
QJsonObject takeUnknownOf(const QString &headerName, QJsonArray &unknown)
{
    for (qsizetype i = 0; i < unknown.size(); ++i) {
        if (unknown[i].toObject().value(QStringLiteral("name")) == headerName) {
            QJsonObject found = unknown.takeAt(i).toObject();
            found.remove(QStringLiteral("name"));
            return found;
        }
    }
    return {};
}

void writeHeaders(JsonMembers &members, const QString &name, const QList<RequestHeader> &headers, QJsonObject &unknown)
{
    QJsonArray unknownOfHeaders = unknown.take(name).toArray();
    QList<JsonMembers> lines;
    for (const RequestHeader &header : headers) {
        JsonMembers line;
        line.add(QStringLiteral("name"), header.name);
        line.add(QStringLiteral("value"), header.value);
        line.add(QStringLiteral("enabled"), header.enabled);
        line.addAll(takeUnknownOf(header.name, unknownOfHeaders));
        lines.append(line);
    }
    members.addLines(name, lines);
}

QList<RequestHeader> readHeaders(MemberReader &members, const QString &name, QJsonObject &unknown)
{
    QList<RequestHeader> headers;
    QJsonArray unknownOfHeaders;
    const QJsonArray list = members.list(name);
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString place = QStringLiteral("%1[%2]").arg(name).arg(i);
        if (!list[i].isObject()) {
            members.failAt(place, EndpointJsonWords::tr("an object"));
            return {};
        }
        MemberReader item(list[i].toObject(), place + u'.');
        RequestHeader header;
        header.name = item.text(QStringLiteral("name"));
        header.value = item.text(QStringLiteral("value"));
        header.enabled = item.boolean(QStringLiteral("enabled"), true);
        members.fail(item.error());
        if (!item.rest().isEmpty()) {
            QJsonObject rest = item.rest();
            rest.insert(QStringLiteral("name"), header.name);
            unknownOfHeaders.append(rest);
        }
        headers.append(header);
    }
    if (!unknownOfHeaders.isEmpty())
        unknown.insert(name, unknownOfHeaders);
    return headers;
}

QString readText(MemberReader &members, const EndpointField &field)
{
    const QString text = members.text(field.member());
    if (!field.reading)
        return text;
    const auto read = field.reading(text);
    if (!read)
        members.failAt(field.member(), field.formatText());
    return read ? read.value() : QString();
}

/// Null if the member is missing.
QByteArray readBytes(MemberReader &members, const EndpointField &field)
{
    if (!members.has(field.member()))
        return {};
    const QByteArray hex = members.text(field.member()).toLatin1();
    QByteArray bytes = hex.isEmpty() ? QByteArrayLiteral("") : QByteArray::fromHex(hex);
    if (bytes.toHex() != hex.toLower() || !field.isInBounds(static_cast<double>(bytes.size())))
        members.failAt(field.member(), EndpointJsonWords::tr("at most %1 bytes in hex").arg(field.bounds.highest));
    return bytes;
}

QList<quint16> readCloseCodes(MemberReader &members, const EndpointField &field)
{
    QList<quint16> codes;
    const QJsonArray list = members.list(field.member());
    for (qsizetype i = 0; i < list.size(); ++i) {
        const int code = list[i].toInt(-1);
        if (!field.isInBounds(code)) {
            members.failAt(
                QStringLiteral("%1[%2]").arg(field.member()).arg(i),
                EndpointJsonWords::tr("a close code from %1 to %2").arg(field.bounds.lowest).arg(field.bounds.highest));
            break;
        }
        codes += static_cast<quint16>(code);
    }
    return codes;
}

QJsonArray toArray(const QList<quint16> &codes)
{
    QJsonArray array;
    for (const quint16 code : codes)
        array.append(code);
    return array;
}

/// Of every kind but headers.
QJsonValue toJsonValue(const EndpointField &field, const FieldValue &value)
{
    switch (field.kind) {
    case FieldKind::Switch:
        return std::get<bool>(value);
    case FieldKind::Integer:
        return std::get<qint64>(value);
    case FieldKind::Number:
        return std::get<double>(value);
    case FieldKind::Duration:
        return static_cast<qint64>(std::get<std::chrono::milliseconds>(value).count());
    case FieldKind::Choice:
        return field.choiceName(std::get<qint64>(value));
    case FieldKind::Text:
        return std::get<QString>(value);
    case FieldKind::TextList:
        return QJsonArray::fromStringList(std::get<QStringList>(value));
    case FieldKind::Bytes:
        return QString::fromLatin1(std::get<QByteArray>(value).toHex());
    case FieldKind::CloseCodes:
        return toArray(std::get<QList<quint16>>(value));
    case FieldKind::Headers:
        break;
    }
    return {};
}

FieldValue readValue(MemberReader &members, const EndpointField &field, QJsonObject &unknown)
{
    const QString name = field.member();
    const FieldValue standard = field.standard();
    const auto lowest = static_cast<qint64>(field.bounds.lowest);
    const auto highest = static_cast<qint64>(field.bounds.highest);
    switch (field.kind) {
    case FieldKind::Switch:
        return members.boolean(name, std::get<bool>(standard));
    case FieldKind::Integer:
        return members.integer(name, std::get<qint64>(standard), lowest, highest);
    case FieldKind::Number:
        return members.number(name, std::get<double>(standard), field.bounds.lowest, field.bounds.highest);
    case FieldKind::Duration:
        return members.milliseconds(name, std::get<std::chrono::milliseconds>(standard), lowest, highest);
    case FieldKind::Choice:
        return qint64{members.choice(name, static_cast<int>(std::get<qint64>(standard)), field.choiceNames())};
    case FieldKind::Text:
        return readText(members, field);
    case FieldKind::TextList:
        return members.texts(name);
    case FieldKind::Bytes:
        return readBytes(members, field);
    case FieldKind::CloseCodes:
        return readCloseCodes(members, field);
    case FieldKind::Headers:
        break;
    }
    return readHeaders(members, name, unknown);
}

void writeFields(JsonMembers &members, Fields fields, const Endpoint &endpoint, QJsonObject &unknown)
{
    for (const EndpointField &field : fields) {
        const bool isWritten = field.saved == EndpointField::Saved::Always ||
                               (field.saved == EndpointField::Saved::IfChanged && !field.isStandard(endpoint));
        if (!isWritten)
            continue;
        const FieldValue value = field.value(endpoint);
        if (field.kind == FieldKind::Headers)
            writeHeaders(members, field.member(), std::get<QList<RequestHeader>>(value), unknown);
        else
            members.add(field.member(), toJsonValue(field, value));
    }
}

void readFields(MemberReader &members, Fields fields, Endpoint &endpoint, QJsonObject &unknown)
{
    for (const EndpointField &field : fields) {
        if (field.saved != EndpointField::Saved::Never)
            field.setValue(endpoint, readValue(members, field, unknown));
    }
}
} // namespace

void writeEndpoint(JsonMembers &root, const Endpoint &endpoint, QJsonObject &unknown)
{
    for (Fields rest = endpointFields(); !rest.empty();) {
        const Fields fields = takeGroup(rest);
        const QString group = fields.front().group();
        if (group.isEmpty()) {
            writeFields(root, fields, endpoint, unknown);
            continue;
        }
        JsonMembers members;
        writeFields(members, fields, endpoint, unknown);
        members.addAll(unknown.take(group).toObject());
        if (!members.isEmpty())
            root.addLine(group, members);
    }
}

Endpoint readEndpoint(MemberReader &root, QJsonObject &unknown)
{
    Endpoint endpoint;
    for (Fields rest = endpointFields(); !rest.empty();) {
        const Fields fields = takeGroup(rest);
        const QString group = fields.front().group();
        if (group.isEmpty()) {
            readFields(root, fields, endpoint, unknown);
            continue;
        }
        MemberReader members = root.object(group);
        readFields(members, fields, endpoint, unknown);
        root.fail(members.error());
        if (!members.rest().isEmpty())
            unknown.insert(group, members.rest());
    }
    return endpoint;
}

} // namespace sockeye
