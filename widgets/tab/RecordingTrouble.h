#pragma once

#include "base/DiskLimits.h"

#include <QObject>

#include <functional>

namespace sockeye {

class Banner;
class Recording;

/// Tells on a tab's banner that recording has stopped (disk full, a limit reached, file gone, folder read-only) while
/// the connection goes on: what happened, what to do, and how many entries have been lost so far. Offers to go on.
class RecordingTrouble final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it. `limits` gives those with which it goes on.
    RecordingTrouble(Recording &recording, Banner &banner, std::function<DiskLimits()> limits);

    /// Whether recording has stopped.
    [[nodiscard]] bool hasFailed() const { return !m_message.isEmpty(); }
    /// Adds to the message that annotations could not be written either.
    void tellAnnotationsLost();

private:
    [[nodiscard]] QString text() const;
    void show();
    void goOn();
    void takeResumed();

    Recording &m_recording;
    Banner &m_banner;
    std::function<DiskLimits()> m_limits;
    QString m_message;
    qint64 m_lost = 0;
    /// Of these, lost before recording went on.
    qint64 m_lostBefore = 0;
    bool m_annotationsLost = false;
    QString m_shown;
};

} // namespace sockeye
