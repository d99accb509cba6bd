#pragma once

#include "filter/MatchMarks.h"
#include "widgets/hex/ByteSource.h"
#include "widgets/hex/HexLayout.h"

#include <QObject>
#include <QPointer>

namespace sockeye {

class FindBar;
class HexView;

/// Finds in the bytes that a hex view shows what its find bar asks for, piece by piece as they are read, and goes from
/// place to place.
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
    void takePiece(qint64 from, const QByteArray &bytes);
    void showMarks();
    void step(bool forward);
    void showPlace(qsizetype place);

    FindBar &m_bar;
    HexView &m_view;
    MatchMarks m_filterMarks;
    QList<HexRange> m_filtered;
    QList<HexRange> m_places;
    qsizetype m_current = -1;
    bool m_isSearching = false;
    /// Counts searches: what was read for an older one is stale.
    quint64 m_generation = 0;
};

} // namespace sockeye
