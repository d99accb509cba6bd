#include "log/SameMembers.h"

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

using PartRole = SummaryPart::Role;

/// What is found in each message of a feed tells no kind.
bool tellsKinds(QStringView name)
{
    static constexpr std::array<QStringView, 10> names{u"action", u"channel", u"cmd", u"event", u"kind",
                                                       u"method", u"msg",     u"op",  u"topic", u"type"};
    return std::ranges::find(names, name) != names.end();
}

/// Members in any order; other values by how many there are, and the line of a decoder by its first word.
QByteArray summaryShape(const Entry &entry, const QList<SummaryPart> &summary)
{
    QByteArrayList words;
    for (qsizetype at = 0; at < summary.size(); ++at) {
        const SummaryPart &part = summary.at(at);
        const bool isMember = part.role == PartRole::Name && at + 1 < summary.size();
        QByteArray word = part.role == PartRole::Value ? part.text.section(u' ', 0, 0).toUtf8() : part.text.toUtf8();
        if (part.role == PartRole::Value && summary.size() > 2)
            word = "value";
        if (isMember)
            word += tellsKinds(part.text) ? '=' + summary.at(at + 1).text.toUtf8() : QByteArray();
        words += word;
        at += isMember ? 1 : 0;
    }
    std::ranges::sort(words);
    return QByteArray::number(entry.connection.value()) + ' ' + QByteArray::number(static_cast<int>(entry.direction)) +
           ' ' + QByteArray::number(static_cast<int>(entry.kind)) + '\n' + words.join('\n');
}

/// The parts that say something, by the member's name or the place among those without.
QHash<QString, qsizetype> valuesOf(const QList<SummaryPart> &summary)
{
    QHash<QString, qsizetype> values;
    int unnamed = 0;
    for (qsizetype at = 0; at < summary.size(); ++at) {
        if (summary.at(at).role != PartRole::Value)
            continue;
        const bool isMember = at > 0 && summary.at(at - 1).role == PartRole::Name;
        values.insert(isMember ? summary.at(at - 1).text : u'\0' + QString::number(unnamed++), at);
    }
    return values;
}

} // namespace

void SameMembers::mark(const Entry &entry, QList<SummaryPart> &summary)
{
    if (summary.isEmpty())
        return;
    const QByteArray shape = summaryShape(entry, summary);
    if (const auto before = m_latest.constFind(shape); before != m_latest.cend()) {
        const QHash<QString, qsizetype> former = valuesOf(*before);
        const QHash<QString, qsizetype> now = valuesOf(summary);
        for (auto value = now.cbegin(); value != now.cend(); ++value) {
            const qsizetype at = former.value(value.key(), -1);
            summary[*value].isSame = at >= 0 && before->at(at).text == summary.at(*value).text;
        }
    } else if (m_latest.size() >= MaxShapes) {
        return;
    }
    m_latest.insert(shape, summary);
}

} // namespace sockeye
