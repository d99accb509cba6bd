#include "profiles/NotifyOptions.h"

#include "filter/Filter.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

struct NotifyWords
{
    Q_DECLARE_TR_FUNCTIONS(NotifyOptions)
};

} // namespace

QString problemOfNotifyFilter(const QString &filter)
{
    const auto parsed = parseFilter(filter);
    if (const auto *error = std::get_if<FilterError>(&parsed))
        return NotifyWords::tr("%1 (At character %2.)").arg(error->message, QString::number(error->position + 1));
    return {};
}

void writeNotify(JsonMembers &root, const NotifyOptions &options, QJsonObject &unknown)
{
    JsonMembers members;
    if (!options.filter.isEmpty())
        members.add(u"filter"_s, options.filter);
    if (options.ends)
        members.add(u"ends"_s, true);
    if (options.returns)
        members.add(u"returns"_s, true);
    members.addAll(unknown.take(u"notify"_s).toObject());
    if (!members.isEmpty())
        root.addLine(u"notify"_s, members);
}

NotifyOptions readNotify(MemberReader &root, QJsonObject &unknown)
{
    MemberReader members = root.object(u"notify"_s);
    NotifyOptions options;
    options.filter = members.text(u"filter"_s);
    options.ends = members.boolean(u"ends"_s, false);
    options.returns = members.boolean(u"returns"_s, false);
    root.fail(members.error());
    if (!members.rest().isEmpty())
        unknown.insert(u"notify"_s, members.rest());
    return options;
}

} // namespace sockeye
