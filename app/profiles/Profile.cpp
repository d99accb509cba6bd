#include "profiles/Profile.h"

#include "profiles/ProfileJson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace sockeye {

namespace {

constexpr int Version = 1;

struct ProfileText
{
    Q_DECLARE_TR_FUNCTIONS(ProfileText)
};

QLatin1StringView typeName(QJsonValue::Type type)
{
    switch (type) {
    case QJsonValue::Bool:
        return QLatin1StringView(QT_TRANSLATE_NOOP("sockeye::ProfileText", "true or false"));
    case QJsonValue::Double:
        return QLatin1StringView(QT_TRANSLATE_NOOP("sockeye::ProfileText", "a number"));
    case QJsonValue::Array:
        return QLatin1StringView(QT_TRANSLATE_NOOP("sockeye::ProfileText", "a list"));
    case QJsonValue::Object:
        return QLatin1StringView(QT_TRANSLATE_NOOP("sockeye::ProfileText", "an object"));
    default:
        return QLatin1StringView(QT_TRANSLATE_NOOP("sockeye::ProfileText", "a text"));
    }
}

/// Takes known members out of an object one by one; what is left at the end are the unknown ones. Remembers the first
/// error.
class MemberReader final
{
public:
    MemberReader(QJsonObject object, QString path)
        : m_object(std::move(object))
        , m_path(std::move(path))
    {
    }

    QString text(const QString &name, const QString &fallback = {})
    {
        return take(name, QJsonValue::String).toString(fallback);
    }
    bool boolean(const QString &name, bool fallback) { return take(name, QJsonValue::Bool).toBool(fallback); }
    QJsonArray list(const QString &name) { return take(name, QJsonValue::Array).toArray(); }
    MemberReader object(const QString &name)
    {
        return MemberReader(take(name, QJsonValue::Object).toObject(), m_path + name + u'.');
    }
    std::chrono::milliseconds milliseconds(const QString &name, std::chrono::milliseconds fallback);

    void fail(const QString &message)
    {
        if (m_error.isEmpty())
            m_error = message;
    }
    [[nodiscard]] const QString &error() const { return m_error; }
    [[nodiscard]] const QJsonObject &rest() const { return m_object; }

private:
    QJsonValue take(const QString &name, QJsonValue::Type type)
    {
        const QJsonValue value = m_object.take(name);
        // null stands for a member that is not there.
        if (value.isUndefined() || value.isNull() || value.type() == type)
            return value;
        fail(ProfileText::tr("“%1” must be %2").arg(m_path + name, ProfileText::tr(typeName(type).data())));
        return {};
    }

    QJsonObject m_object;
    QString m_path;
    QString m_error;
};

std::chrono::milliseconds MemberReader::milliseconds(const QString &name, std::chrono::milliseconds fallback)
{
    constexpr double Hour = 3'600'000;
    const double value = take(name, QJsonValue::Double).toDouble(static_cast<double>(fallback.count()));
    if (value >= 1 && value <= Hour)
        return std::chrono::milliseconds(static_cast<qint64>(value));
    fail(ProfileText::tr("“%1” must be a number of milliseconds from 1 to 3600000").arg(m_path + name));
    return fallback;
}

/// Keeps the members of a nested object that this version does not know under the object's own name.
void keepUnknown(Profile &profile, const QString &name, const QJsonValue &rest)
{
    const bool empty = rest.isArray() ? rest.toArray().isEmpty() : rest.toObject().isEmpty();
    if (!empty)
        profile.unknown.insert(name, rest);
}

void readHeaders(MemberReader &members, Profile &profile, QJsonArray &unknown)
{
    const QJsonArray list = members.list(QStringLiteral("headers"));
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString place = QStringLiteral("headers[%1]").arg(i);
        if (!list[i].isObject()) {
            members.fail(ProfileText::tr("“%1” must be %2").arg(place, ProfileText::tr("an object")));
            return;
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
            unknown.append(rest);
        }
        profile.endpoint.headers.append(header);
    }
}

void readSubprotocols(MemberReader &members, Profile &profile)
{
    const QJsonArray list = members.list(QStringLiteral("subprotocols"));
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (!list[i].isString()) {
            members.fail(ProfileText::tr("“%1” must be %2")
                             .arg(QStringLiteral("subprotocols[%1]").arg(i), ProfileText::tr("a text")));
            return;
        }
        profile.endpoint.subprotocols.append(list[i].toString());
    }
}

void readTls(MemberReader &members, Profile &profile, QJsonObject &unknown)
{
    MemberReader tls = members.object(QStringLiteral("tls"));
    TlsOptions &options = profile.endpoint.tls;
    options.caFile = tls.text(QStringLiteral("caFile"));
    options.certificateFile = tls.text(QStringLiteral("certificateFile"));
    options.keyFile = tls.text(QStringLiteral("keyFile"));
    members.fail(tls.error());
    unknown = tls.rest();
}

void readTimeouts(MemberReader &members, Profile &profile, QJsonObject &unknown)
{
    MemberReader timeouts = members.object(QStringLiteral("timeouts"));
    Timeouts &values = profile.endpoint.timeouts;
    values.connect = timeouts.milliseconds(QStringLiteral("connectMs"), values.connect);
    values.close = timeouts.milliseconds(QStringLiteral("closeMs"), values.close);
    members.fail(timeouts.error());
    unknown = timeouts.rest();
}

void checkMarker(MemberReader &members, const QJsonObject &root)
{
    const QString marker = members.text(QStringLiteral("sockeye"));
    if (marker.isEmpty() ? !root.contains(QStringLiteral("url")) : marker != u"profile")
        members.fail(ProfileText::tr("it has no member “sockeye” with the value “profile”"));
    const QJsonValue version = root.value(QStringLiteral("version"));
    if (!version.isUndefined() && !version.isDouble())
        members.fail(ProfileText::tr("“%1” must be %2").arg(QStringLiteral("version"), ProfileText::tr("a number")));
    else if (version.toInt(Version) > Version)
        members.fail(ProfileText::tr("it was written by a newer version of Sockeye"));
}

Result<QJsonObject> parseObject(const QByteArray &json)
{
    if (json.trimmed().isEmpty())
        return Error{ProfileText::tr("it is empty")};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        const QByteArray before = json.left(error.offset);
        return Error{
            ProfileText::tr("it is not JSON: %1 in line %2").arg(error.errorString()).arg(before.count('\n') + 1)};
    }
    if (!document.isObject())
        return Error{ProfileText::tr("it is JSON, but not an object in { }")};
    return document.object();
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

JsonMembers headerMembers(const RequestHeader &header, QJsonArray &unknown)
{
    JsonMembers members;
    members.add(QStringLiteral("name"), header.name);
    members.add(QStringLiteral("value"), header.value);
    members.add(QStringLiteral("enabled"), header.enabled);
    members.addAll(takeUnknownOf(header.name, unknown));
    return members;
}

} // namespace

QByteArray toJson(const Profile &profile)
{
    const Endpoint &endpoint = profile.endpoint;
    QJsonObject unknown = profile.unknown;

    JsonMembers tls;
    tls.add(QStringLiteral("caFile"), endpoint.tls.caFile);
    tls.add(QStringLiteral("certificateFile"), endpoint.tls.certificateFile);
    tls.add(QStringLiteral("keyFile"), endpoint.tls.keyFile);
    tls.addAll(unknown.take(QStringLiteral("tls")).toObject());

    JsonMembers timeouts;
    timeouts.add(QStringLiteral("connectMs"), static_cast<qint64>(endpoint.timeouts.connect.count()));
    timeouts.add(QStringLiteral("closeMs"), static_cast<qint64>(endpoint.timeouts.close.count()));
    timeouts.addAll(unknown.take(QStringLiteral("timeouts")).toObject());

    QJsonArray unknownOfHeaders = unknown.take(QStringLiteral("headers")).toArray();
    QList<JsonMembers> headers;
    for (const RequestHeader &header : endpoint.headers)
        headers.append(headerMembers(header, unknownOfHeaders));

    JsonMembers root;
    root.add(QStringLiteral("sockeye"), QStringLiteral("profile"));
    root.add(QStringLiteral("version"), Version);
    root.add(QStringLiteral("name"), profile.name);
    root.add(QStringLiteral("folder"), profile.folder);
    root.add(QStringLiteral("url"), endpoint.url);
    root.add(QStringLiteral("subprotocols"), QJsonArray::fromStringList(endpoint.subprotocols));
    root.addLines(QStringLiteral("headers"), headers);
    root.addLine(QStringLiteral("tls"), tls);
    root.add(QStringLiteral("proxy"), endpoint.proxy);
    root.addLine(QStringLiteral("timeouts"), timeouts);
    root.addAll(unknown);
    return root.toFile();
}

Result<Profile> profileFromJson(const QByteArray &json)
{
    auto root = parseObject(json);
    if (!root)
        return root.error();

    Profile profile;
    MemberReader members(root.value(), QString());
    checkMarker(members, root.value());
    profile.name = members.text(QStringLiteral("name"));
    profile.folder = members.text(QStringLiteral("folder"));
    profile.endpoint.url = members.text(QStringLiteral("url"));
    profile.endpoint.proxy = members.text(QStringLiteral("proxy"));
    readSubprotocols(members, profile);
    QJsonArray unknownOfHeaders;
    readHeaders(members, profile, unknownOfHeaders);
    QJsonObject unknownOfTls;
    readTls(members, profile, unknownOfTls);
    QJsonObject unknownOfTimeouts;
    readTimeouts(members, profile, unknownOfTimeouts);
    if (!members.error().isEmpty())
        return Error{members.error()};

    profile.unknown = members.rest();
    profile.unknown.remove(QStringLiteral("version"));
    keepUnknown(profile, QStringLiteral("headers"), unknownOfHeaders);
    keepUnknown(profile, QStringLiteral("tls"), unknownOfTls);
    keepUnknown(profile, QStringLiteral("timeouts"), unknownOfTimeouts);
    return profile;
}

} // namespace sockeye
