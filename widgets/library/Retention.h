#pragma once

#include "library/RetentionPolicy.h"

#include <QObject>

namespace sockeye {

class CaptureKeeper;
class RecentCaptures;
class Settings;

/// How many captures are kept: the user's limits, what they would remove, and removing it. Off until the user switches
/// it on, and at the start of the program only after the user has once seen and confirmed what goes.
class Retention final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it.
    Retention(Settings &settings, const RecentCaptures &recent, CaptureKeeper &keeper, QObject *parent = nullptr);

    [[nodiscard]] bool isOn() const;
    void setOn(bool on);
    [[nodiscard]] RetentionPolicy::Limits limits() const;
    void setLimits(const RetentionPolicy::Limits &limits);

    /// What the limits would remove now, the oldest first.
    [[nodiscard]] QList<RetentionPolicy::Candidate> toRemove() const;
    /// Removes what the user has confirmed.
    void remove(const QList<RetentionPolicy::Candidate> &captures);
    /// At the start of the program, when the captures are known.
    void applyAtStart();

private:
    Settings &m_settings;
    const RecentCaptures &m_recent;
    CaptureKeeper &m_keeper;
};

} // namespace sockeye
