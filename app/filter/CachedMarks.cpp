#include "filter/CachedMarks.h"

namespace sockeye {

void CachedMarks::setMarks(const MatchMarks &marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    m_known.clear();
}

MatchMarks::Ranges CachedMarks::inText(const QString &text) const
{
    if (m_marks.isEmpty())
        return {};
    if (const MatchMarks::Ranges *known = m_known.object(text))
        return *known;
    const MatchMarks::Ranges ranges = m_marks.inText(text);
    ++m_searches;
    m_known.insert(text, new MatchMarks::Ranges(ranges));
    return ranges;
}

} // namespace sockeye
