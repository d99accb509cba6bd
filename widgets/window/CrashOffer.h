#pragma once

#include "base/WorkerThread.h"
#include "library/RecentCaptures.h"

#include <QObject>

namespace sockeye {

class Banner;
class CaptureKeeper;

/// Offers to open the captures that were being recorded when the program crashed.
class CrashOffer final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it.
    CrashOffer(const RecentCaptures &recent, const CaptureKeeper &keeper, Banner &banner, QObject *parent = nullptr);
    ~CrashOffer() override;

    /// Shows the offer on the banner if there are such captures; those that are open in a tab are not offered.
    void show();

Q_SIGNALS:
    void openRequested(const QString &path);

private:
    void open();
    void dismiss();

    const RecentCaptures &m_recent;
    const CaptureKeeper &m_keeper;
    Banner &m_banner;
    QStringList m_paths;
    WorkerThread m_thread;
};

} // namespace sockeye
