#pragma once

#include "base/Job.h"
#include "filter/Condition.h"
#include "search/BytePattern.h"
#include "search/TextSearcher.h"

#include <QRegularExpression>

namespace sockeye {

/// What a condition looks for in payloads, to be marked where a payload is shown: its words, patterns, bytes and the
/// strings that it wants of members. What it wants not to be there is not marked.
class MatchMarks final
{
public:
    /// Characters of a text, or bytes.
    struct Range
    {
        qsizetype begin = 0;
        qsizetype size = 0;

        friend bool operator==(const Range &, const Range &) = default;
    };
    /// In order, without overlaps.
    using Ranges = QList<Range>;
    static constexpr qsizetype MaxRanges = 1000;
    /// A search that another thread may end early, and what became of it.
    struct Search
    {
        CancelToken cancel;
        /// An expression took too many steps somewhere: what may come after that place was not looked for.
        bool gaveUp = false;
    };

    /// Marks nothing.
    MatchMarks() = default;
    explicit MatchMarks(const filter::Condition &condition);

    [[nodiscard]] bool isEmpty() const { return m_words.isEmpty() && m_regexes.isEmpty() && m_patterns.isEmpty(); }
    /// Not more than `max`. A regular expression that backtracks for long is given up after some milliseconds.
    [[nodiscard]] Ranges inText(const QString &text, qsizetype max = MaxRanges, Search *search = nullptr) const;
    [[nodiscard]] Ranges inBytes(QByteArrayView bytes, qsizetype max = MaxRanges, Search *search = nullptr) const;

    friend bool operator==(const MatchMarks &, const MatchMarks &) = default;

private:
    struct Words
    {
        QString text;
        Qt::CaseSensitivity sensitivity = Qt::CaseInsensitive;

        friend bool operator==(const Words &, const Words &) = default;
    };

    void gather(const filter::Condition &condition);
    void gather(const filter::Term &term);
    void gatherValue(filter::ValueSign sign, const filter::WantedValue &value);

    QList<Words> m_words;
    QList<QRegularExpression> m_regexes;
    /// As HoldsBytes has them.
    QStringList m_patterns;
};

} // namespace sockeye
