// How a ConnectionTab is kept from one start of the program to the next.
#include "base/Units.h"
#include "reading/CaptureLoader.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/controls/Banner.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/SessionState.h"
#include "widgets/tab/StatusLine.h"
#include "widgets/composer/Composer.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/LogView.h"

#include <QFileInfo>

namespace sockeye {

TabState ConnectionTab::tabState() const
{
    TabState state;
    state.endpoint = endpoint();
    state.profileId = m_profileId;
    state.capture = m_capturePath;
    state.isFile = m_isFile;
    state.wasOpen = isActive();
    state.filter = m_filter->text();
    state.filterMode = m_filter->filterMode();
    state.quiet = m_filter->quiet();
    state.draft = m_composer->draft();
    return state;
}

void ConnectionTab::restore(const TabState &state)
{
    setEndpoint(state.endpoint);
    m_composer->setDraft(state.draft);
    if (state.isFile) {
        openCapture(state.capture);
    } else if (!state.capture.isEmpty() && QFileInfo::exists(state.capture)) {
        m_log->setEmptyText({});
        showCapture(state.capture);
        connect(m_loader.get(), &CaptureLoader::opened, this,
                [this, wasOpen = state.wasOpen](EntryId last) { takeRestoredFacts(last, wasOpen); });
    } else if (state.wasOpen) {
        offerConnecting(tr("This connection was open when Sockeye was closed."));
    }
    m_filter->setText(state.filter);
    m_filter->setFilterMode(state.filterMode);
    m_filter->setQuiet(state.quiet);
    Q_EMIT changed();
}

void ConnectionTab::takeRestoredFacts(EntryId last, bool wasOpen)
{
    const auto read = [](const CaptureReader &capture) { return capture.connections(); };
    m_loader->read(this, read, [this, last, wasOpen](const Result<QList<ConnectionRecord>> &connections) {
        // The user was faster.
        if (m_recording || !connections || connections.value().isEmpty())
            return;
        const ConnectionRecord &record = connections.value().last();
        m_inspector->showConnection(record.id);
        m_status->showCapture({last.value(), QFileInfo(m_capturePath).size(), record.endText});
        if (!record.hasEnded()) {
            offerConnecting(
                (last.value() == 1
                     ? tr("Sockeye ended unexpectedly while it recorded this connection. %1 entry was kept.")
                     : tr("Sockeye ended unexpectedly while it recorded this connection. %1 entries were kept."))
                    .arg(countText(last.value())));
        } else if (wasOpen) {
            offerConnecting(tr("This connection was open when Sockeye was closed."));
        }
    });
}

void ConnectionTab::offerConnecting(const QString &message)
{
    m_banner->showOffer(message,
                        {tr("Connect again"),
                         tr("Connect to the URL, and record into a new capture; what is shown stays under Recent"),
                         [this] { connectToPeer(); }});
}

} // namespace sockeye
