#pragma once

#include "search/JsonSummary.h"

#include <QHash>
#include <QStringList>

namespace sockeye {

/// A preview and which of its characters are dimmed.
struct PreviewLine
{
    struct Run
    {
        qsizetype begin = 0;
        qsizetype size = 0;

        friend bool operator==(const Run &, const Run &) = default;
    };

    QString text;
    QList<Run> dimmed;

    /// What is left without so many characters, with an ellipsis in their place.
    [[nodiscard]] PreviewLine from(qsizetype begin) const;

    friend bool operator==(const PreviewLine &, const PreviewLine &) = default;
};

/// Lines the members of a log's summaries up: the same names in the same order from row to row, whatever order each
/// message has them in, and a value as wide as the widest seen of its name, so that values stand in columns. It learns
/// from what is looked at, and its memory is bounded.
class MemberColumns final
{
public:
    /// Names beyond these keep the order of their message and are not lined up.
    static constexpr qsizetype MaxNames = 256;
    /// Characters; a longer value does not push those of other rows away.
    static constexpr qsizetype MaxWidth = 24;

    /// True if lines that were made before look different now.
    bool learn(const QList<SummaryPart> &summary);
    [[nodiscard]] PreviewLine line(const QList<SummaryPart> &summary) const;

private:
    struct Member;
    void addName(const QString &name, const QString &before);

    /// In the order in which they are shown.
    QStringList m_names;
    QHash<QString, qsizetype> m_places;
    QHash<QString, qsizetype> m_widths;
};

} // namespace sockeye
