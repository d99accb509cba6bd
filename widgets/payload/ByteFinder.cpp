#include "widgets/payload/ByteFinder.h"

#include "widgets/hex/HexView.h"
#include "widgets/payload/FindBar.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {

HexRange toRange(qint64 from, const MatchMarks::Range &range)
{
    return {ByteOffset(from + range.begin), range.size};
}

} // namespace

ByteFinder::ByteFinder(FindBar &bar, HexView &view)
    : m_bar(bar)
    , m_view(view)
{
    connect(&bar, &FindBar::marksChanged, this, &ByteFinder::search);
    connect(&bar, &FindBar::stepRequested, this, &ByteFinder::step);
}

void ByteFinder::sourceChanged()
{
    search();
    lookForFilter();
}

void ByteFinder::setFilterMarks(const MatchMarks &marks)
{
    if (m_filterMarks == marks)
        return;
    m_filterMarks = marks;
    lookForFilter();
}

void ByteFinder::search()
{
    ++m_generation;
    m_job.cancel();
    m_places.clear();
    m_current = -1;
    m_gaveUp = false;
    m_isSearching = !m_bar.marks().isEmpty() && m_view.source() && m_view.source()->size() > 0;
    showMarks();
    if (!m_isSearching) {
        m_bar.showCount(0, true, -1);
        return;
    }
    m_bar.showSearching();
    readPiece(0);
}

void ByteFinder::read(qint64 from, quint64 ByteFinder::*generation,
                      std::function<void(const Result<QByteArray> &)> take)
{
    const ByteSource *source = m_view.source();
    const qint64 length = std::min(PieceSize + Overlap, source->size() - from);
    source->read(ByteOffset(from), length,
                 [self = QPointer(this), generation, asked = this->*generation,
                  take = std::move(take)](const Result<QByteArray> &bytes) {
                     if (self && self.data()->*generation == asked)
                         take(bytes);
                 });
}

void ByteFinder::readPiece(qint64 from)
{
    read(from, &ByteFinder::m_generation, [this, from](const Result<QByteArray> &bytes) {
        if (bytes)
            return lookThrough(from, bytes.value());
        m_isSearching = false;
        m_bar.showProblem(bytes.message());
    });
}

void ByteFinder::lookThrough(qint64 from, const QByteArray &bytes)
{
    m_job.start([this, from, bytes, marks = m_bar.marks(), max = MaxPlaces - m_places.size()](const JobContext &job) {
        MatchMarks::Search search{job.token()};
        const MatchMarks::Ranges ranges = marks.inBytes(bytes, max, &search);
        job.report([this, from, ranges, gaveUp = search.gaveUp] { takePlaces(from, ranges, gaveUp); });
    });
}

void ByteFinder::takePlaces(qint64 from, const MatchMarks::Ranges &ranges, bool gaveUp)
{
    for (const MatchMarks::Range &range : ranges) {
        // One that begins in the next piece is found there.
        if (range.begin < PieceSize && (m_places.isEmpty() || m_places.last().end().value() <= from + range.begin))
            m_places.append(toRange(from, range));
    }
    m_gaveUp = m_gaveUp || gaveUp;
    const qint64 next = from + PieceSize;
    m_isSearching = next < m_view.source()->size() && m_places.size() < MaxPlaces;
    showMarks();
    if (m_current < 0 && !m_places.isEmpty())
        showPlace(0);
    else
        showCount();
    if (m_isSearching)
        readPiece(next);
}

void ByteFinder::lookForFilter()
{
    ++m_filterGeneration;
    m_filterJob.cancel();
    m_filtered.clear();
    showMarks();
    const ByteSource *source = m_view.source();
    if (m_filterMarks.isEmpty() || !source || source->size() == 0)
        return;
    read(0, &ByteFinder::m_filterGeneration, [this](const Result<QByteArray> &bytes) {
        // The view itself tells what cannot be read.
        if (!bytes)
            return;
        m_filterJob.start([this, bytes = bytes.value(), marks = m_filterMarks](const JobContext &job) {
            MatchMarks::Search search{job.token()};
            job.report([this, ranges = marks.inBytes(bytes, MatchMarks::MaxRanges, &search)] {
                for (const MatchMarks::Range &range : ranges)
                    m_filtered.append(toRange(0, range));
                showMarks();
            });
        });
    });
}

void ByteFinder::showMarks()
{
    QList<HexRange> marks = m_places;
    marks.append(m_filtered);
    std::sort(marks.begin(), marks.end(), [](const HexRange &a, const HexRange &b) { return a.first < b.first; });
    m_view.setMarks(marks);
}

void ByteFinder::showCount()
{
    if (m_places.isEmpty() && m_gaveUp && !m_isSearching)
        m_bar.showProblem(tr("This expression takes too long to look for here."));
    else
        m_bar.showCount(m_places.size(), !m_isSearching && !m_gaveUp && m_places.size() < MaxPlaces, m_current);
}

void ByteFinder::step(bool forward)
{
    if (m_places.isEmpty())
        return;
    const qsizetype from = m_current < 0 && !forward ? 0 : m_current;
    showPlace((from + (forward ? 1 : m_places.size() - 1)) % m_places.size());
}

void ByteFinder::showPlace(qsizetype place)
{
    m_current = place;
    m_view.select(m_places.at(place));
    showCount();
}

} // namespace sockeye
