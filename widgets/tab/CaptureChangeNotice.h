#pragma once

#include "document/CaptureWatch.h"

#include <QObject>

#include <memory>

namespace sockeye {

class Banner;

/// Tells on a tab's banner that another program has changed the file of the capture that the tab shows, and offers the
/// ways on.
class CaptureChangeNotice final : public QObject
{
    Q_OBJECT

public:
    /// The banner outlives it.
    CaptureChangeNotice(const QString &path, Banner &banner);
    ~CaptureChangeNotice() override;

    /// Begins, once it is known which capture the tab shows.
    void watch(const CaptureIdentity &opened);

Q_SIGNALS:
    /// The user wants to see what stands in the file now.
    void reopenRequested();
    /// The user wants to keep what was opened, in another file.
    void saveRequested();

private:
    void tell(CaptureWatch::Change change);

    const QString m_path;
    Banner &m_banner;
    std::unique_ptr<CaptureWatch> m_watch;
    QString m_shown;
};

} // namespace sockeye
