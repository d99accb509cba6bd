#include "widgets/payload/NodeFinder.h"

#include "widgets/payload/FindBar.h"
#include "widgets/payload/NodeView.h"

#include <utility>

namespace sockeye {

NodeFinder::NodeFinder(FindBar &bar, NodeView &view)
    : m_bar(bar)
    , m_view(view)
{
    connect(&bar, &FindBar::marksChanged, this, &NodeFinder::search);
    connect(&bar, &FindBar::stepRequested, this, &NodeFinder::step);
}

void NodeFinder::treeChanged()
{
    if (!m_bar.marks().isEmpty())
        search();
}

QList<qint32> NodeFinder::nodesWith(const NodeTree &tree, const MatchMarks &marks, qsizetype max,
                                    MatchMarks::Search &search)
{
    QList<qint32> nodes;
    for (qint32 node = 0; node < tree.size() && nodes.size() < max && !search.cancel.isCancelled(); ++node) {
        const Node &here = tree.at(node);
        bool isFound = NodeTree::isNamed(here) && !marks.inText(tree.name(node), 1, &search).isEmpty();
        // What a container holds is found where it stands.
        if (!isFound && !here.isContainer()) {
            const bool isBinary = here.kind == Node::Kind::Bytes && here.textPlace == Node::TextPlace::Source;
            isFound = isBinary ? !marks.inBytes(tree.textBytes(here), 1, &search).isEmpty()
                               : !marks.inText(tree.text(node), 1, &search).isEmpty();
        }
        if (isFound || !marks.inText(tree.note(node), 1, &search).isEmpty())
            nodes.append(node);
    }
    return nodes;
}

void NodeFinder::search()
{
    m_places.clear();
    m_current = -1;
    m_wantedStep.reset();
    if (m_bar.marks().isEmpty() || !m_view.sharedTree()) {
        m_job.cancel();
        m_bar.showCount(0, true, -1);
        return;
    }
    m_bar.showSearching();
    m_job.start([this, tree = m_view.sharedTree(), marks = m_bar.marks()](const JobContext &job) {
        MatchMarks::Search search{job.token()};
        const QList<qint32> places = nodesWith(*tree, marks, MaxPlaces, search);
        job.report([this, places, gaveUp = search.gaveUp] { take(places, gaveUp); });
    });
}

void NodeFinder::take(const QList<qint32> &places, bool gaveUp)
{
    m_places = places;
    m_areAll = !gaveUp && m_places.size() < MaxPlaces;
    const bool forward = std::exchange(m_wantedStep, std::nullopt).value_or(true);
    if (!m_places.isEmpty())
        showPlace(forward ? 0 : m_places.size() - 1);
    else if (gaveUp)
        m_bar.showProblem(tr("This expression takes too long to look for here."));
    else
        m_bar.showCount(0, true, -1);
}

/// After the last place comes the first one.
void NodeFinder::step(bool forward)
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

void NodeFinder::showPlace(qsizetype place)
{
    m_current = place;
    m_view.setCurrentNode(m_places.at(place));
    m_bar.showCount(m_places.size(), m_areAll, place);
}

} // namespace sockeye
