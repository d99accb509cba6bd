#pragma once

#include "notify/NoticeText.h"

#include <QObject>

namespace sockeye {

/// Shows notices to somebody who looks elsewhere.
class NoticePresenter : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether a connection is watched, so that notices may come, or one that has come was not looked at yet.
    virtual void setReady(bool ready) = 0;
    /// Shows the notice in place of the one before.
    virtual void show(const NoticeText &notice) = 0;

Q_SIGNALS:
    /// Emitted when the user wants to see what the latest notice is about.
    void chosen();
};

} // namespace sockeye
