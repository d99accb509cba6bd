#include "conformance/ChosenCases.h"

#include <QMap>
#include <QSet>

namespace sockeye::test {

using conformance::ConformanceCase;

QList<ConformanceCase> chosenCases(const QList<ConformanceCase> &all, const QStringList &named)
{
    if (qEnvironmentVariableIsSet("SOCKEYE_ALL_CONFORMANCE_CASES"))
        return all;
    QMap<QString, QStringList> groups;
    for (const ConformanceCase &one : all)
        groups[one.id.section(u'.', 0, -2)] += one.id;
    QSet<QString> chosen(named.cbegin(), named.cend());
    // Not the first of each: those of a group differ in size and contents, in the same order in all groups.
    constexpr qsizetype step = 5;
    qsizetype at = 0;
    for (const QStringList &group : std::as_const(groups)) {
        chosen.insert(group.at(at % group.size()));
        at += step;
    }
    QList<ConformanceCase> cases = all;
    cases.removeIf([&chosen](const ConformanceCase &one) { return !chosen.contains(one.id); });
    return cases;
}

} // namespace sockeye::test
