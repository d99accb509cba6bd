#include "widgets/payload/TextFinder.h"

#include "widgets/payload/FindBar.h"

#include <algorithm>
#include <utility>

namespace sockeye {

TextFinder::TextFinder(FindBar &bar, PayloadText &text)
    : m_bar(bar)
    , m_text(text)
{
    connect(&bar, &FindBar::marksChanged, this, &TextFinder::search);
    connect(&bar, &FindBar::stepRequested, this, &TextFinder::step);
}

void TextFinder::textChanged()
{
    if (!m_bar.marks().isEmpty())
        search();
}

QList<TextPlace> TextFinder::placesIn(const PreparedText &text, const MatchMarks &marks, qsizetype max,
                                      const CancelToken &cancel)
{
    QList<TextPlace> places;
    for (qsizetype first = 0; first < text.lines.size() && places.size() < max && !cancel.isCancelled();) {
        // The lines that are one in the text.
        qsizetype last = first;
        QString whole = text.lines[first];
        while (last + 1 < text.lines.size() && text.endings[last] == LineEnding::None)
            whole += text.lines[++last];
        qsizetype line = first;
        qsizetype begin = 0;
        for (const MatchMarks::Range &range : marks.inText(whole, max - places.size())) {
            while (line < last && range.begin >= begin + text.lines[line].size())
                begin += text.lines[line++].size();
            const qsizetype at = range.begin - begin;
            places += TextPlace{line, {at, std::min(range.size, text.lines[line].size() - at)}};
        }
        first = last + 1;
    }
    return places;
}

void TextFinder::search()
{
    m_places.clear();
    m_current = -1;
    m_wantedStep.reset();
    m_text.setFound(m_bar.marks());
    if (m_bar.marks().isEmpty()) {
        m_job.cancel();
        m_bar.showCount(0, true, -1);
        return;
    }
    m_bar.showSearching();
    m_job.start([this, text = m_text.prepared(), marks = m_bar.marks()](const JobContext &job) {
        QList<TextPlace> places = placesIn(text, marks, MaxPlaces, job.token());
        job.report([this, places = std::move(places)] {
            m_places = places;
            const bool forward = std::exchange(m_wantedStep, std::nullopt).value_or(true);
            if (m_places.isEmpty())
                m_bar.showCount(0, true, -1);
            else
                showPlace(forward ? 0 : m_places.size() - 1);
        });
    });
}

/// After the last place comes the first one.
void TextFinder::step(bool forward)
{
    if (m_job.isRunning()) {
        m_wantedStep = forward;
        return;
    }
    if (m_places.isEmpty())
        return;
    const qsizetype from = m_current < 0 && !forward ? 0 : m_current;
    showPlace((from + (forward ? 1 : m_places.size() - 1)) % m_places.size());
}

void TextFinder::showPlace(qsizetype place)
{
    m_current = place;
    m_text.showPlace(m_places.at(place));
    m_bar.showCount(m_places.size(), m_places.size() < MaxPlaces, place);
}

} // namespace sockeye
