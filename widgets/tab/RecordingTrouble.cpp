#include "widgets/tab/RecordingTrouble.h"

#include "base/Units.h"
#include "document/Recording.h"
#include "widgets/controls/Banner.h"

namespace sockeye {

RecordingTrouble::RecordingTrouble(Recording &recording, Banner &banner)
    : m_banner(banner)
{
    connect(&recording, &Recording::failed, this, [this](const QString &message) {
        m_message = message;
        m_shown = text();
        m_banner.showMessage(m_shown);
    });
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
    m_shown = text();
    m_banner.showMessage(m_shown);
}

QString RecordingTrouble::text() const
{
    QString what = tr("%1 The connection goes on, but nothing of it is recorded any more.").arg(m_message);
    if (m_annotationsLost)
        what = tr("%1 Bookmarks, colours and notes cannot be kept either.").arg(what);
    return m_lost == 0 ? what : tr("%1 Entries lost so far: %2.").arg(what, countText(m_lost));
}

} // namespace sockeye
