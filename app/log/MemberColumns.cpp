#include "log/MemberColumns.h"

#include "base/CombiningMarks.h"
#include "record/EntryText.h"

#include <algorithm>

namespace sockeye {

PreviewLine PreviewLine::from(qsizetype begin) const
{
    if (begin <= 0)
        return *this;
    PreviewLine rest{u'…' + text.sliced(std::min(begin, text.size())), {{0, 1}}};
    for (const Run &run : dimmed) {
        const qsizetype end = run.begin + run.size;
        if (end > begin)
            rest.dimmed.append({std::max(run.begin, begin) - begin + 1, end - std::max(run.begin, begin)});
    }
    return rest;
}

struct MemberColumns::Member
{
    const QString *name = nullptr;
    const SummaryPart *value = nullptr;
    qsizetype place = 0;
};

namespace {

bool isMember(const QList<SummaryPart> &summary, qsizetype at)
{
    return at + 1 < summary.size() && summary.at(at).role == SummaryPart::Role::Name &&
           summary.at(at + 1).role == SummaryPart::Role::Value;
}

class LineBuilder final
{
public:
    /// A part of its own, a space behind the one before.
    void add(const QString &text, bool isDimmed)
    {
        if (!m_line.text.isEmpty())
            m_line.text += QString(1 + std::exchange(m_pad, 0), u' ');
        append(text, isDimmed);
    }
    void append(const QString &text, bool isDimmed)
    {
        const QString shown = withFewMarks(oneLine(text));
        if (isDimmed)
            m_line.dimmed.append({m_line.text.size(), shown.size()});
        m_line.text += shown;
    }
    /// Spaces before the next part, if there is one.
    void pad(qsizetype spaces) { m_pad = std::max<qsizetype>(spaces, 0); }
    [[nodiscard]] PreviewLine take() { return std::move(m_line); }

private:
    PreviewLine m_line;
    qsizetype m_pad = 0;
};

} // namespace

bool MemberColumns::learn(const QList<SummaryPart> &summary)
{
    bool hasChanged = false;
    QString before;
    for (qsizetype at = 0; at < summary.size(); ++at) {
        if (!isMember(summary, at))
            continue;
        const QString &name = summary.at(at).text;
        if (!m_places.contains(name))
            addName(name, before);
        before = name;
        const qsizetype width = summary.at(++at).text.size();
        if (!m_places.contains(name) || width > MaxWidth)
            continue;
        qsizetype &known = m_widths[name];
        // Nothing was drawn with a name's first value yet.
        hasChanged |= known > 0 && width > known;
        known = std::max(known, width);
    }
    return hasChanged;
}

/// Behind the name that stands before it in its message.
void MemberColumns::addName(const QString &name, const QString &before)
{
    if (m_names.size() >= MaxNames)
        return;
    const auto neighbour = m_places.constFind(before);
    const qsizetype place = neighbour == m_places.cend() ? (before.isEmpty() ? 0 : m_names.size()) : *neighbour + 1;
    m_names.insert(place, name);
    for (qsizetype later = place; later < m_names.size(); ++later)
        m_places[m_names.at(later)] = later;
}

PreviewLine MemberColumns::line(const QList<SummaryPart> &summary) const
{
    LineBuilder line;
    QList<Member> members;
    for (qsizetype at = 0; at < summary.size();) {
        if (!isMember(summary, at)) {
            line.add(summary.at(at).text, summary.at(at).role != SummaryPart::Role::Value || summary.at(at).isSame);
            ++at;
            continue;
        }
        members.clear();
        for (; isMember(summary, at); at += 2) {
            const QString &name = summary.at(at).text;
            members.append({&name, &summary.at(at + 1), m_places.value(name, MaxNames)});
        }
        std::stable_sort(members.begin(), members.end(),
                         [](const Member &a, const Member &b) { return a.place < b.place; });
        for (const Member &member : std::as_const(members)) {
            line.add(*member.name + u'=', true);
            line.append(member.value->text, member.value->isSame);
            line.pad(m_widths.value(*member.name) - member.value->text.size());
        }
    }
    return line.take();
}

} // namespace sockeye
