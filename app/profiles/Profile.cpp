#include "profiles/Profile.h"

#include "endpoint/EndpointJson.h"
#include "profiles/DecodeOptionsJson.h"
#include "profiles/FieldColumnsJson.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace sockeye {

namespace {

constexpr int Version = 1;

struct ProfileWords
{
    Q_DECLARE_TR_FUNCTIONS(ProfileText)
};

void checkMarker(MemberReader &members, const QJsonObject &root)
{
    const QString marker = members.text(QStringLiteral("sockeye"));
    if (marker.isEmpty() ? !root.contains(QStringLiteral("url")) : marker != u"profile")
        members.fail(ProfileWords::tr("it has no member “sockeye” with the value “profile”"));
    const QJsonValue version = root.value(QStringLiteral("version"));
    if (!version.isUndefined() && !version.isDouble())
        members.failAt(QStringLiteral("version"), ProfileWords::tr("a number"));
    else if (version.toInt(Version) > Version)
        members.fail(ProfileWords::tr("it was written by a newer version of Sockeye"));
}

Result<QJsonObject> parseObject(const QByteArray &json)
{
    if (json.trimmed().isEmpty())
        return Error{ProfileWords::tr("it is empty")};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        const QByteArray before = json.left(error.offset);
        return Error{
            ProfileWords::tr("it is not JSON: %1 in line %2").arg(error.errorString()).arg(before.count('\n') + 1)};
    }
    if (!document.isObject())
        return Error{ProfileWords::tr("it is JSON, but not an object in { }")};
    return document.object();
}

} // namespace

QString folderPath(const QString &folder)
{
    QStringList parts;
    for (const QString &part : folder.split(u'/')) {
        if (const QString name = part.trimmed(); !name.isEmpty())
            parts += name;
    }
    return parts.join(u'/');
}

QByteArray toJson(const Profile &profile)
{
    QJsonObject unknown = profile.unknown;
    JsonMembers root;
    root.add(QStringLiteral("sockeye"), QStringLiteral("profile"));
    root.add(QStringLiteral("version"), Version);
    root.add(QStringLiteral("name"), profile.name);
    root.add(QStringLiteral("folder"), profile.folder);
    writeEndpoint(root, profile.endpoint, unknown);
    writeNotify(root, profile.notify, unknown);
    writeDecodeOptions(root, profile.decode, unknown);
    writeColumnOptions(root, profile.columns, unknown);
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
    QJsonObject nested;
    profile.endpoint = readEndpoint(members, nested);
    profile.notify = readNotify(members, nested);
    profile.decode = readDecodeOptions(members, nested);
    profile.columns = readColumnOptions(members, nested);
    if (!members.error().isEmpty())
        return Error{members.error()};

    profile.unknown = members.rest();
    profile.unknown.remove(QStringLiteral("version"));
    for (auto it = nested.constBegin(); it != nested.constEnd(); ++it)
        profile.unknown.insert(it.key(), it.value());
    return profile;
}

} // namespace sockeye
