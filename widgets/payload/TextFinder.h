#pragma once

#include "base/Job.h"
#include "widgets/payload/PayloadText.h"

namespace sockeye {

class FindBar;

/// Finds in a text that is shown what its find bar asks for: looks for the places in the background, marks and counts
/// them, and goes from one to the next.
class TextFinder final : public QObject
{
    Q_OBJECT

public:
    /// More places than these are not counted.
    static constexpr qsizetype MaxPlaces = 100'000;

    /// Both outlive it.
    TextFinder(FindBar &bar, PayloadText &text);

    /// Looks again, in another text.
    void textChanged();
    /// Marks this as well: what the log's filter looks for.
    void setFilterMarks(const MatchMarks &marks);
    /// Where the marks are in each line, in the lines' order. A place where a long line was broken is in the line in
    /// which it begins.
    [[nodiscard]] static QList<TextPlace> placesIn(const PreparedText &text, const MatchMarks &marks, qsizetype max,
                                                   MatchMarks::Search &search);

private:
    void search();
    void take(const QList<TextPlace> &places, bool gaveUp);
    void lookForFilter();
    void showMarks();
    void step(bool forward);
    void showPlace(qsizetype place);

    FindBar &m_bar;
    PayloadText &m_text;
    MatchMarks m_filterMarks;
    QList<TextPlace> m_filtered;
    QList<TextPlace> m_places;
    qsizetype m_current = -1;
    bool m_areAll = true;
    /// A step was asked for before the places were known.
    std::optional<bool> m_wantedStep;
    JobRunner m_job;
    JobRunner m_filterJob;
};

} // namespace sockeye
