#pragma once

#include "filter/MatchMarks.h"

#include <QCache>

namespace sockeye {

/// Marks in short texts that are painted again and again: each is searched once. Belongs to one thread.
class CachedMarks final
{
public:
    /// Texts that are kept in mind.
    static constexpr int MaxTexts = 1024;

    void setMarks(const MatchMarks &marks);
    [[nodiscard]] const MatchMarks &marks() const { return m_marks; }
    /// As MatchMarks has them.
    [[nodiscard]] MatchMarks::Ranges inText(const QString &text) const;
    /// How many texts have been searched.
    [[nodiscard]] qint64 searches() const { return m_searches; }

private:
    MatchMarks m_marks;
    mutable QCache<QString, MatchMarks::Ranges> m_known{MaxTexts};
    mutable qint64 m_searches = 0;
};

} // namespace sockeye
