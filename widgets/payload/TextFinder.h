#pragma once

#include "base/Job.h"
#include "widgets/payload/PayloadText.h"

namespace sockeye {

class FindBar;

/// Finds in a text that is shown what its find bar asks for: counts the places in the background, marks those in sight,
/// and goes from one to the next.
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
    /// Where the marks are in each line, in the lines' order. A place where a long line was broken is in the line in
    /// which it begins.
    [[nodiscard]] static QList<TextPlace> placesIn(const PreparedText &text, const MatchMarks &marks, qsizetype max,
                                                   const CancelToken &cancel);

private:
    void search();
    void step(bool forward);
    void showPlace(qsizetype place);

    FindBar &m_bar;
    PayloadText &m_text;
    QList<TextPlace> m_places;
    qsizetype m_current = -1;
    /// A step was asked for before the places were known.
    std::optional<bool> m_wantedStep;
    JobRunner m_job;
};

} // namespace sockeye
