// The part of a ConnectionTab that shows several captures in one log.
#include "reading/CaptureLoader.h"
#include "document/CaptureMerge.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/controls/Banner.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/composer/Composer.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogView.h"
#include "widgets/timeline/TimelineLink.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace sockeye {

void ConnectionTab::openMerge(std::unique_ptr<CaptureMerge> merge)
{
    m_merge = std::move(merge);
    m_isFile = true;
    // There is no one URL, and nobody to send to.
    m_address->hide();
    m_composer->hide();
    m_log->setEmptyText(tr("Nothing has been recorded in these tabs yet."));
    connect(m_merge.get(), &CaptureMerge::failed, m_banner, &Banner::showMessage);
    connect(m_merge.get(), &CaptureMerge::caughtUpChanged, this, &ConnectionTab::showMergeFacts);
    connect(m_merge.get(), &CaptureMerge::created, this, [this] {
        showCapture(m_merge->path());
        const auto showLanes = [this] {
            m_model->setLanes(m_merge->laneNames());
            m_log->columnHeader()->setLanes(laneNames());
        };
        showLanes();
        connect(m_merge.get(), &CaptureMerge::laneNamesChanged, m_model.get(), showLanes);
        connect(m_merge.get(), &CaptureMerge::advanced, m_model.get(), &LogModel::advanceTo);
        connect(m_merge.get(), &CaptureMerge::advanced, m_timelineLink, &TimelineLink::advanceTo);
        connect(m_merge.get(), &CaptureMerge::connectionsChanged, m_timelineLink, &TimelineLink::connectionsChanged);
        connect(m_merge.get(), &CaptureMerge::connectionsChanged, this, &ConnectionTab::suggestSoon);
        connect(m_model.get(), &LogModel::rowsInserted, &m_mergeFacts, [this] {
            if (!m_mergeFacts.isActive())
                m_mergeFacts.start();
        });
    });
    m_mergeFacts.setSingleShot(true);
    m_mergeFacts.setInterval(100);
    connect(&m_mergeFacts, &QTimer::timeout, this, &ConnectionTab::showMergeFacts);
    showMergeFacts();
    m_merge->start();
    Q_EMIT changed();
}

QStringList ConnectionTab::laneNames() const
{
    QStringList names;
    if (m_merge) {
        for (const MergeLane &lane : m_merge->lanes())
            names.append(lane.name);
    }
    return names;
}

void ConnectionTab::showMergeFacts()
{
    CaptureFacts facts{m_model ? m_model->lastEntry().value() : 0, QFileInfo(m_merge->path()).size(), {}, {}};
    facts.merged = laneNames().join(u", "_s);
    m_status->showCapture(facts);
}

} // namespace sockeye
