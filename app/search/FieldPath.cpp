#include "search/FieldPath.h"

#include "search/JsonPath.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Takes `.*` or `[*]` off the text's beginning.
bool takeAny(QStringView &text)
{
    if (text.startsWith("[*]"_L1)) {
        text = text.sliced(3);
        return true;
    }
    if (!text.startsWith(".*"_L1) || (text.size() > 2 && text[2] != u'.' && text[2] != u'['))
        return false;
    text = text.sliced(2);
    return true;
}

} // namespace

Result<FieldPath> FieldPath::parse(QStringView text)
{
    FieldPath path;
    path.m_isFromRoot = text.startsWith(u'$');
    if (text.isEmpty()) {
        return Error{
            QCoreApplication::translate("sockeye::FieldPath", "A field's name is missing, or its path from $ on.")};
    }
    // What does not begin at the root begins with a name, as if a dot stood before it.
    const QString whole = path.m_isFromRoot       ? text.sliced(1).toString()
                          : text.startsWith(u'[') ? text.toString()
                                                  : u'.' + text.toString();
    for (QStringView rest(whole); !rest.isEmpty();) {
        if (takeAny(rest)) {
            path.m_steps.emplace_back(Any());
            continue;
        }
        Result<JsonPath::Step> step = JsonPath::takeStep(rest);
        if (!step)
            return step.error();
        std::visit([&path](auto &&taken) { path.m_steps.emplace_back(std::forward<decltype(taken)>(taken)); },
                   std::move(step).value());
    }
    return path;
}

} // namespace sockeye
