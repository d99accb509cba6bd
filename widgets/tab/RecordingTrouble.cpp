#include "widgets/tab/RecordingTrouble.h"

#include "base/Units.h"
#include "document/Recording.h"
#include "widgets/controls/Banner.h"

namespace sockeye {

RecordingTrouble::RecordingTrouble(Recording &recording, Banner &banner, std::function<DiskLimits()> limits)
    : m_recording(recording)
    , m_banner(banner)
    , m_limits(std::move(limits))
{
    connect(&recording, &Recording::failed, this, [this](const QString &message) {
        m_message = message;
        show();
    });
    connect(&recording, &Recording::resumed, this, &RecordingTrouble::takeResumed);
    connect(&recording, &Recording::lost, this, [this](qint64 entries) {
        m_lost = entries;
        // A message that was dismissed or replaced does not come back.
        if (m_banner.message() != m_shown)
            return;
        m_shown = text();
        m_banner.amend(m_shown);
    });
}

void RecordingTrouble::tellAnnotationsLost()
{
    m_annotationsLost = true;
    show();
}

void RecordingTrouble::show()
{
    m_shown = text();
    m_banner.showOffer(Banner::Kind::Failure, m_shown,
                       {tr("Go on recording"),
                                 tr("Record again from here on, into the same capture. An event says how many entries "
                                    "are missing. A limit on the size of the capture is lifted."),
                                 [this] { goOn(); }});
}

/// A capture that was as large as it may be goes on without that limit: else it would stop at once again.
void RecordingTrouble::goOn()
{
    DiskLimits limits = m_limits();
    if (m_recording.hasReachedMaxSize())
        limits.maxSize = 0;
    m_recording.resume(limits);
}

void RecordingTrouble::takeResumed()
{
    if (m_banner.message() == m_shown)
        m_banner.dismiss();
    m_message.clear();
    m_lostBefore = m_lost;
    m_annotationsLost = false;
}

QString RecordingTrouble::text() const
{
    QString what = tr("%1 The connection goes on, but nothing of it is recorded any more.").arg(m_message);
    if (m_annotationsLost)
        what = tr("%1 Bookmarks, colours and notes cannot be kept either.").arg(what);
    const qint64 lost = m_lost - m_lostBefore;
    return lost == 0 ? what : tr("%1 Entries lost so far: %2.").arg(what, countText(lost));
}

} // namespace sockeye
