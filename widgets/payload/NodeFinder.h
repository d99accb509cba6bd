#pragma once

#include "base/Job.h"
#include "decode/Node.h"
#include "filter/MatchMarks.h"

#include <QObject>

#include <memory>
#include <optional>

namespace sockeye {

class FindBar;
class NodeView;

/// Finds in the names and values of a tree what its find bar asks for, folded or not, in the background, and goes from
/// one to the next.
class NodeFinder final : public QObject
{
    Q_OBJECT

public:
    /// More nodes than these are not counted.
    static constexpr qsizetype MaxPlaces = 100'000;

    /// Both outlive it.
    NodeFinder(FindBar &bar, NodeView &view);

    /// Looks again, in another tree.
    void treeChanged();
    /// The nodes in whose name or value there is something marked, in the tree's order; not more than `max`.
    [[nodiscard]] static QList<qint32> nodesWith(const NodeTree &tree, const MatchMarks &marks, qsizetype max,
                                                 MatchMarks::Search &search);

private:
    void search();
    void take(const QList<qint32> &places, bool gaveUp);
    void step(bool forward);
    void showPlace(qsizetype place);

    FindBar &m_bar;
    NodeView &m_view;
    QList<qint32> m_places;
    qsizetype m_current = -1;
    bool m_areAll = true;
    /// A step was asked for before the places were known.
    std::optional<bool> m_wantedStep;
    JobRunner m_job;
};

} // namespace sockeye
