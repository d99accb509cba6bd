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
    lookForFilter();
}

void TextFinder::setFilterMarks(const MatchMarks &marks)
{
    if (m_filterMarks == marks)
        return;
    m_filterMarks = marks;
    lookForFilter();
}

QList<TextPlace> TextFinder::placesIn(const PreparedText &text, const MatchMarks &marks, qsizetype max,
                                      MatchMarks::Search &search)
{
    QList<TextPlace> places;
    if (marks.isEmpty())
        return places;
    for (qsizetype first = 0; first < text.lines.size() && places.size() < max && !search.cancel.isCancelled();) {
        // The lines that are one in the text.
        qsizetype last = first;
        QString whole = text.lines[first];
        while (last + 1 < text.lines.size() && text.endings[last] == LineEnding::None)
            whole += text.lines[++last];
        qsizetype line = first;
        qsizetype begin = 0;
        for (const MatchMarks::Range &range : marks.inText(whole, max - places.size(), &search)) {
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
    if (m_bar.marks().isEmpty()) {
        m_job.cancel();
        m_bar.showCount(0, true, -1);
        showMarks();
        return;
    }
    m_bar.showSearching();
    m_job.start([this, text = m_text.prepared(), marks = m_bar.marks()](const JobContext &job) {
        MatchMarks::Search search{job.token()};
        const QList<TextPlace> places = placesIn(text, marks, MaxPlaces, search);
        job.report([this, places, gaveUp = search.gaveUp] { take(places, gaveUp); });
    });
}

void TextFinder::take(const QList<TextPlace> &places, bool gaveUp)
{
    m_places = places;
    m_areAll = !gaveUp && m_places.size() < MaxPlaces;
    showMarks();
    const bool forward = std::exchange(m_wantedStep, std::nullopt).value_or(true);
    if (!m_places.isEmpty())
        showPlace(forward ? 0 : m_places.size() - 1);
    else if (gaveUp)
        m_bar.showProblem(tr("This expression takes too long to look for here."));
    else
        m_bar.showCount(0, true, -1);
}

void TextFinder::lookForFilter()
{
    m_filtered.clear();
    m_filterJob.cancel();
    showMarks();
    if (m_filterMarks.isEmpty())
        return;
    m_filterJob.start([this, text = m_text.prepared(), marks = m_filterMarks](const JobContext &job) {
        MatchMarks::Search search{job.token()};
        const QList<TextPlace> places = placesIn(text, marks, MaxPlaces, search);
        job.report([this, places] {
            m_filtered = places;
            showMarks();
        });
    });
}

void TextFinder::showMarks()
{
    QList<TextPlace> marked = m_filtered + m_places;
    std::ranges::stable_sort(marked, {}, &TextPlace::line);
    m_text.setMarked(marked);
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
    m_bar.showCount(m_places.size(), m_areAll, place);
}

} // namespace sockeye
