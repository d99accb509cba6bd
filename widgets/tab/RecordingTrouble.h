#pragma once

#include <QObject>

namespace sockeye {

class Banner;
class Recording;

/// Tells on a tab's banner that recording has stopped (disk full, file gone, folder read-only) while the connection goes
/// on: what happened, what to do, and how many entries have been lost so far.
class RecordingTrouble final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it.
    RecordingTrouble(Recording &recording, Banner &banner);

    /// Whether recording has stopped.
    [[nodiscard]] bool hasFailed() const { return !m_message.isEmpty(); }
    /// Adds to the message that annotations could not be written either.
    void tellAnnotationsLost();

private:
    [[nodiscard]] QString text() const;

    Banner &m_banner;
    QString m_message;
    qint64 m_lost = 0;
    bool m_annotationsLost = false;
    QString m_shown;
};

} // namespace sockeye
