#include "widgets/tab/MergeTab.h"

#include "document/CaptureMerge.h"
#include "document/OpenCapture.h"
#include "log/LogModel.h"
#include "widgets/controls/Banner.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/StatusLine.h"

#include <QFileInfo>

#include <chrono>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

/// The number of entries is shown anew so often at most.
constexpr auto FactsPause = std::chrono::milliseconds(100);

} // namespace

MergeTab::MergeTab(const TabServices &services, std::unique_ptr<CaptureMerge> merge, QWidget *parent)
    : DocumentTab(services, parent)
    , m_merge(std::move(merge))
{
    // There is no one URL, and nobody to send to.
    build(nullptr);
    view()->logView()->setEmptyText(tr("Nothing has been recorded in these tabs yet."));
    m_factsPause.setSingleShot(true);
    m_factsPause.setInterval(FactsPause);
    connect(&m_factsPause, &QTimer::timeout, this, &MergeTab::showFacts);
    connect(m_merge.get(), &CaptureMerge::failed, banner(), &Banner::showMessage);
    connect(m_merge.get(), &CaptureMerge::caughtUpChanged, this, &MergeTab::showFacts);
    connect(m_merge.get(), &CaptureMerge::created, this, &MergeTab::showMerged);
    showFacts();
    m_merge->start();
}

MergeTab::~MergeTab()
{
    // Nobody is told of what goes with the tab: the window may be going, too.
    blockSignals(true);
}

QString MergeTab::title() const
{
    return name().isEmpty() ? laneNames().join(u" + "_s) : name();
}

QString MergeTab::description() const
{
    return tr("Merged: %1").arg(laneNames().join(u", "_s));
}

const CaptureSource *MergeTab::source() const
{
    return m_merge.get();
}

std::optional<TabState> MergeTab::tabState() const
{
    return std::nullopt;
}

QStringList MergeTab::laneNames() const
{
    QStringList names;
    for (const MergeLane &lane : m_merge->lanes())
        names.append(lane.name);
    return names;
}

void MergeTab::showMerged()
{
    m_capture = std::make_unique<OpenCapture>(*m_merge);
    connect(m_merge.get(), &CaptureMerge::laneNamesChanged, m_capture.get(), [this] { showLanes(); });
    connect(&m_capture->model(), &LogModel::rowsInserted, &m_factsPause, [this] {
        if (!m_factsPause.isActive())
            m_factsPause.start();
    });
    showCapture(*m_capture, CaptureView::StartAt::End);
    showLanes();
}

void MergeTab::showLanes()
{
    m_capture->setLaneNames(m_merge->laneNames());
    view()->logView()->columnHeader()->setLanes(laneNames());
}

void MergeTab::showFacts()
{
    const qint64 entries = m_capture ? m_capture->model().lastEntry().value() : 0;
    CaptureFacts facts{entries, QFileInfo(m_merge->path()).size()};
    facts.merged = laneNames().join(u", "_s);
    statusLine()->showCapture(facts);
}

} // namespace sockeye
