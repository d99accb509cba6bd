#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "filter/MatchMarks.h"
#include "widgets/hex/ByteSource.h"
#include "widgets/hex/HexLayout.h"

#include <QObject>

#include <functional>

namespace sockeye {

class FindBar;
class HexView;

/// Finds in the bytes that a hex view shows what its find bar asks for, piece by piece as they are read and in the
/// background, and goes from place to place.
class ByteFinder final : public QObject
{
    Q_OBJECT

public:
    /// More places than these are not looked for.
    static constexpr qsizetype MaxPlaces = 100'000;
    /// Bytes that are read and looked through at once.
    static constexpr qint64 PieceSize = 512 * 1024;
    /// A place that is longer may be missed where two pieces meet.
    static constexpr qint64 Overlap = 1024;

    /// Both outlive it.
    ByteFinder(FindBar &bar, HexView &view);

    /// Looks again, in what the view shows now.
    void sourceChanged();
    /// Looks for this as well, in the first piece, and marks it: what the log's filter looks for.
    void setFilterMarks(const MatchMarks &marks);

private:
    void search();
    void readPiece(qint64 from);
    void lookThrough(qint64 from, const QByteArray &bytes);
    void takePlaces(qint64 from, const MatchMarks::Ranges &ranges, bool gaveUp);
    void lookForFilter();
    /// Calls `take` with the bytes of the piece, unless it is not asked for any more when they come.
    void read(qint64 from, quint64 ByteFinder::*generation, std::function<void(const Result<QByteArray> &)> take);
    void showMarks();
    void showCount();
    void step(bool forward);
    void showPlace(qsizetype place);

    FindBar &m_bar;
    HexView &m_view;
    MatchMarks m_filterMarks;
    QList<HexRange> m_filtered;
    QList<HexRange> m_places;
    qsizetype m_current = -1;
    bool m_isSearching = false;
    /// An expression took too long somewhere.
    bool m_gaveUp = false;
    /// Count searches: what was read for an older one is stale.
    quint64 m_generation = 0;
    quint64 m_filterGeneration = 0;
    JobRunner m_job;
    JobRunner m_filterJob;
};

} // namespace sockeye
