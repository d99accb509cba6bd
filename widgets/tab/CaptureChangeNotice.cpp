#include "widgets/tab/CaptureChangeNotice.h"

#include "widgets/controls/Banner.h"

#include <QFileInfo>

namespace sockeye {

CaptureChangeNotice::CaptureChangeNotice(const QString &path, Banner &banner)
    : m_path(path)
    , m_banner(banner)
{
}

CaptureChangeNotice::~CaptureChangeNotice() = default;

void CaptureChangeNotice::watch(const CaptureIdentity &opened)
{
    m_watch = std::make_unique<CaptureWatch>(m_path, opened);
    connect(m_watch.get(), &CaptureWatch::changed, this, &CaptureChangeNotice::tell);
    connect(m_watch.get(), &CaptureWatch::restored, this, [this] {
        if (m_banner.message() == m_shown)
            m_banner.dismiss();
    });
}

void CaptureChangeNotice::tell(CaptureWatch::Change change)
{
    const QString name = QFileInfo(m_path).fileName();
    const BannerOffer reopen{tr("Show the new one"),
                             tr("Show in this tab what stands in the file now; what the tab shows is let go of"),
                             [this] { Q_EMIT reopenRequested(); }};
    const BannerOffer save{tr("Save what is shown…"), tr("Write the capture that this tab shows into another file"),
                           [this] { Q_EMIT saveRequested(); }};
    switch (change) {
    case CaptureWatch::Change::Replaced:
        m_banner.showOffers(Banner::Kind::Warning,
                            tr("Another program has put another file in the place of %1. This tab still shows the "
                               "former one, which is lost with the tab unless it is saved. Notes made here are not "
                               "written into the new file.")
                                .arg(name),
                            {reopen, save});
        break;
    case CaptureWatch::Change::Overwritten:
        m_banner.showOffer(Banner::Kind::Warning,
                           tr("Another program has written another capture into %1. What this tab shows is no longer "
                              "there; notes made here are not written into it.")
                               .arg(name),
                           reopen);
        break;
    case CaptureWatch::Change::Removed:
        m_banner.showOffer(
            Banner::Kind::Warning,
            tr("%1 was deleted or moved by another program. This tab still shows it; it is lost with the "
               "tab unless it is saved.")
                .arg(name),
            save);
        break;
    }
    m_shown = m_banner.message();
}

} // namespace sockeye
