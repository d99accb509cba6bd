#pragma once

#include <QObject>

namespace sockeye {

class Banner;
class Recording;

/// Tells on a tab's banner that nothing is recorded any more (disk full, file gone, folder read-only) while the
/// connection goes on: what happened, what to do, and how many entries have been lost so far.
class RecordingTrouble final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it.
    RecordingTrouble(Recording &recording, Banner &banner);

    /// Nothing is recorded any more.
    [[nodiscard]] bool hasCome() const { return !m_message.isEmpty(); }
    /// What was put on entries since could not be kept: says it beside the rest.
    void tellAnnotationsLost();

private:
    [[nodiscard]] QString words() const;

    Banner &m_banner;
    QString m_message;
    qint64 m_lost = 0;
    bool m_annotationsLost = false;
    QString m_shown;
};

} // namespace sockeye
