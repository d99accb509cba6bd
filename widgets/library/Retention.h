#pragma once

#include "library/RetentionPolicy.h"

#include <QObject>

namespace sockeye {

class CaptureKeeper;
class RecentCaptures;
class Settings;

/// The user's limits on how many captures are kept, and the removal of those beyond them. Off by default; at the start
/// of the program, captures are removed only after the user has seen and confirmed once which ones.
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
    /// The user has to confirm again before captures are removed at the start: they are others now.
    void forgetConsent();

    /// The captures beyond the limits, the oldest first.
    [[nodiscard]] QList<RetentionPolicy::Candidate> toRemove() const;
    /// Removes captures that the user has confirmed.
    void remove(const QList<RetentionPolicy::Candidate> &captures);
    /// Called at the start of the program, when the captures are known.
    void applyAtStart();

private:
    Settings &m_settings;
    const RecentCaptures &m_recent;
    CaptureKeeper &m_keeper;
};

} // namespace sockeye
