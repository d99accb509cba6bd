#include "widgets/payload/ByteFinder.h"

#include "widgets/hex/HexView.h"
#include "widgets/payload/FindBar.h"

#include <algorithm>

namespace sockeye {

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
}

void ByteFinder::setFilterMarks(const MatchMarks &marks)
{
    m_filterMarks = marks;
    search();
}

void ByteFinder::search()
{
    ++m_generation;
    m_places.clear();
    m_filtered.clear();
    m_current = -1;
    m_isSearching = false;
    const ByteSource *source = m_view.source();
    if (source && source->size() > 0 && !(m_bar.marks().isEmpty() && m_filterMarks.isEmpty())) {
        m_isSearching = true;
        if (!m_bar.marks().isEmpty())
            m_bar.showSearching();
        readPiece(0);
    } else {
        m_bar.showCount(0, true, -1);
    }
    showMarks();
}

void ByteFinder::readPiece(qint64 from)
{
    const ByteSource *source = m_view.source();
    const qint64 length = std::min(PieceSize + Overlap, source->size() - from);
    source->read(ByteOffset(from), length,
                 [self = QPointer(this), from, generation = m_generation](const Result<QByteArray> &bytes) {
                     if (self && bytes && generation == self->m_generation)
                         self->takePiece(from, bytes.value());
                 });
}

void ByteFinder::takePiece(qint64 from, const QByteArray &bytes)
{
    const auto toRange = [from](const MatchMarks::Range &range) {
        return HexRange{ByteOffset(from + range.begin), range.size};
    };
    if (from == 0) {
        for (const MatchMarks::Range &range : m_filterMarks.inBytes(bytes))
            m_filtered.append(toRange(range));
    }
    for (const MatchMarks::Range &range : m_bar.marks().inBytes(bytes, MaxPlaces - m_places.size())) {
        // One that begins in the next piece is found there.
        if (range.begin < PieceSize && (m_places.isEmpty() || m_places.last().end().value() <= from + range.begin))
            m_places.append(toRange(range));
    }
    const qint64 next = from + PieceSize;
    m_isSearching = !m_bar.marks().isEmpty() && next < m_view.source()->size() && m_places.size() < MaxPlaces;
    showMarks();
    if (m_current < 0 && !m_places.isEmpty())
        showPlace(0);
    else
        m_bar.showCount(m_places.size(), !m_isSearching, m_current);
    // Through the event loop: bytes that are in memory come at once.
    if (m_isSearching) {
        QMetaObject::invokeMethod(
            this,
            [this, next, generation = m_generation] {
                if (generation == m_generation)
                    readPiece(next);
            },
            Qt::QueuedConnection);
    }
}

void ByteFinder::showMarks()
{
    QList<HexRange> marks = m_places;
    marks.append(m_filtered);
    std::sort(marks.begin(), marks.end(), [](const HexRange &a, const HexRange &b) { return a.first < b.first; });
    m_view.setMarks(marks);
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
    m_bar.showCount(m_places.size(), !m_isSearching && m_places.size() < MaxPlaces, place);
}

} // namespace sockeye
