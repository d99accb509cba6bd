#include "widgets/tab/SessionState.h"

#include "endpoint/EndpointJson.h"
#include "endpoint/UrlText.h"
#include "profiles/DecodeOptionsJson.h"
#include "profiles/FieldColumnsJson.h"
#include "profiles/NotifyOptions.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr int Version = 1;
/// More than anybody has; a file with more is not ours.
constexpr qsizetype MaxTabs = 1000;
/// A draft beyond this is not kept: it would be written at every key.
constexpr qsizetype MaxDraft = 1024 * 1024;

using Type = PayloadType;
constexpr std::array typeNames{std::pair{Type::Text, "text"}, std::pair{Type::Json, "json"},
                               std::pair{Type::Hex, "hex"},   std::pair{Type::Base64, "base64"},
                               std::pair{Type::File, "file"}, std::pair{Type::Raw, "raw"}};

QString nameOf(Type type)
{
    for (const auto &[value, name] : typeNames) {
        if (value == type)
            return QString::fromLatin1(name);
    }
    return u"text"_s;
}

Type typeOf(const QString &wanted)
{
    for (const auto &[value, name] : typeNames) {
        if (wanted == QLatin1String(name))
            return value;
    }
    return Type::Text;
}

/// Passwords must not stay behind in a file that nobody thinks of; what else may be secret is why only the owner can
/// read it.
QJsonObject toObject(Endpoint endpoint)
{
    endpoint.url = withoutPassword(endpoint.url);
    endpoint.proxy = withoutPassword(endpoint.proxy);
    JsonMembers members;
    QJsonObject unknown;
    writeEndpoint(members, endpoint, unknown);
    return QJsonDocument::fromJson(members.toLine()).object();
}

QJsonObject toObject(const NotifyOptions &options)
{
    JsonMembers members;
    QJsonObject unknown;
    writeNotify(members, options, unknown);
    return QJsonDocument::fromJson(members.toLine()).object().value(u"notify"_s).toObject();
}

NotifyOptions notifyFrom(const QJsonObject &tab)
{
    MemberReader members(QJsonObject{{u"notify"_s, tab.value(u"notify"_s)}}, {});
    QJsonObject unknown;
    const NotifyOptions options = readNotify(members, unknown);
    return members.error().isEmpty() ? options : NotifyOptions();
}

QJsonObject toObject(const DecodeOptions &options)
{
    JsonMembers members;
    QJsonObject unknown;
    writeDecodeOptions(members, options, unknown);
    return QJsonDocument::fromJson(members.toLine()).object();
}

DecodeOptions decodeFrom(const QJsonObject &tab)
{
    MemberReader members(tab.value(u"decode"_s).toObject(), {});
    QJsonObject unknown;
    const DecodeOptions options = readDecodeOptions(members, unknown);
    return members.error().isEmpty() ? options : DecodeOptions();
}

QJsonObject toObject(const ColumnOptions &options)
{
    JsonMembers members;
    QJsonObject unknown;
    writeColumnOptions(members, options, unknown);
    return QJsonDocument::fromJson(members.toLine()).object();
}

ColumnOptions columnsFrom(const QJsonObject &tab)
{
    MemberReader members(tab.value(u"log"_s).toObject(), {});
    QJsonObject unknown;
    const ColumnOptions options = readColumnOptions(members, unknown);
    return members.error().isEmpty() ? options : ColumnOptions();
}

QJsonObject toObject(const TabState &tab)
{
    const bool isKept = tab.draft.text.size() <= MaxDraft;
    return {{u"endpoint"_s, toObject(tab.endpoint)},
            {u"notify"_s, toObject(tab.notify)},
            {u"decode"_s, toObject(tab.decode)},
            {u"log"_s, toObject(tab.columns)},
            {u"profile"_s, tab.profileId},
            {u"name"_s, tab.name},
            {u"capture"_s, tab.capture},
            {u"file"_s, tab.isFile},
            {u"open"_s, tab.wasOpen},
            {u"filter"_s, tab.filter},
            {u"mark"_s, tab.filterMode == LogModel::FilterMode::Mark},
            {u"hideControl"_s, tab.quiet.control},
            {u"hideRepeats"_s, tab.quiet.repeats},
            {u"draftType"_s, nameOf(tab.draft.type)},
            {u"draftForm"_s, nameOf(tab.draft.written)},
            {u"draft"_s, isKept ? tab.draft.text : QString()},
            {u"draftFile"_s, tab.draft.file}};
}

TabState tabFrom(const QJsonObject &object)
{
    TabState tab;
    MemberReader members(object.value(u"endpoint"_s).toObject(), {});
    QJsonObject unknown;
    tab.endpoint = readEndpoint(members, unknown);
    // Options that make no sense are forgotten; where to connect to is not.
    if (!members.error().isEmpty()) {
        tab.endpoint = Endpoint();
        tab.endpoint.url = object.value(u"endpoint"_s).toObject().value(u"url"_s).toString();
    }
    tab.notify = notifyFrom(object);
    tab.decode = decodeFrom(object);
    tab.columns = columnsFrom(object);
    tab.profileId = object.value(u"profile"_s).toString();
    tab.name = object.value(u"name"_s).toString();
    tab.capture = object.value(u"capture"_s).toString();
    tab.isFile = object.value(u"file"_s).toBool() && !tab.capture.isEmpty();
    tab.wasOpen = object.value(u"open"_s).toBool();
    tab.filter = object.value(u"filter"_s).toString();
    if (object.value(u"mark"_s).toBool())
        tab.filterMode = LogModel::FilterMode::Mark;
    tab.quiet = {object.value(u"hideControl"_s).toBool(), object.value(u"hideRepeats"_s).toBool()};
    tab.draft.type = typeOf(object.value(u"draftType"_s).toString());
    tab.draft.written = typeOf(object.value(u"draftForm"_s).toString());
    tab.draft.text = object.value(u"draft"_s).toString().left(MaxDraft);
    tab.draft.file = object.value(u"draftFile"_s).toString();
    return tab;
}

Error notASession()
{
    return Error{QCoreApplication::translate("SessionState", "This is not what a Sockeye window left.")};
}

} // namespace

QByteArray SessionState::toJson() const
{
    QJsonArray list;
    for (const TabState &tab : tabs)
        list.append(toObject(tab));
    const QJsonObject object{{u"sockeye"_s, u"session"_s},
                             {u"version"_s, Version},
                             {u"closed"_s, isClosed},
                             {u"current"_s, current},
                             {u"tabs"_s, list}};
    return QJsonDocument(object).toJson();
}

Result<SessionState> SessionState::fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.value(u"sockeye"_s) != u"session"_s || object.value(u"version"_s).toInt() != Version)
        return notASession();
    SessionState state;
    state.isClosed = object.value(u"closed"_s).toBool();
    const QJsonArray list = object.value(u"tabs"_s).toArray();
    for (const QJsonValue &value : list) {
        if (value.isObject() && state.tabs.size() < MaxTabs)
            state.tabs.append(tabFrom(value.toObject()));
    }
    const auto last = static_cast<int>(state.tabs.size()) - 1;
    state.current = std::clamp(object.value(u"current"_s).toInt(-1), std::min(0, last), last);
    return state;
}

} // namespace sockeye
