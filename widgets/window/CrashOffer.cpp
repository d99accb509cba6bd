#include "widgets/window/CrashOffer.h"

#include "base/Units.h"
#include "reading/CaptureReader.h"
#include "widgets/controls/Banner.h"
#include "widgets/library/CaptureKeeper.h"

namespace sockeye {

CrashOffer::CrashOffer(const RecentCaptures &recent, const CaptureKeeper &keeper, Banner &banner, QObject *parent)
    : QObject(parent)
    , m_recent(recent)
    , m_keeper(keeper)
    , m_banner(banner)
{
    connect(&m_banner, &Banner::dismissed, this, &CrashOffer::dismiss);
}

CrashOffer::~CrashOffer() = default;

void CrashOffer::show()
{
    m_paths.clear();
    qint64 entries = 0;
    QString title;
    for (const RecentCapture &capture : m_recent.captures()) {
        if (!capture.summary || !capture.summary->isLeftByCrash || m_keeper.isInUse(capture.item.path))
            continue;
        m_paths += capture.item.path;
        entries += capture.summary->entries;
        title = capture.item.title;
    }
    if (m_paths.isEmpty())
        return;
    const QString message =
        m_paths.size() == 1
            ? (entries == 1 ? tr("Sockeye ended unexpectedly while recording %1: %2 entry was kept.")
                            : tr("Sockeye ended unexpectedly while recording %1: %2 entries were kept."))
                  .arg(title, countText(entries))
            : (entries == 1 ? tr("Sockeye ended unexpectedly while recording %1 captures: %2 entry was kept.")
                            : tr("Sockeye ended unexpectedly while recording %1 captures: %2 entries were kept."))
                  .arg(m_paths.size())
                  .arg(countText(entries));
    m_banner.showOffer(Banner::Kind::Warning, message,
                       {tr("Open"), tr("Look at what was recorded"), [this] { open(); }});
}

void CrashOffer::open()
{
    m_banner.dismiss();
    for (const QString &path : std::exchange(m_paths, {}))
        Q_EMIT openRequested(path);
}

void CrashOffer::dismiss()
{
    // Opening a capture brings it into its closed form, so it is not offered again; it stays under Recent.
    m_thread.run([paths = std::exchange(m_paths, {})] {
        for (const QString &path : paths)
            static_cast<void>(CaptureReader::open(path).ok());
    });
}

} // namespace sockeye
