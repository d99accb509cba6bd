#include "widgets/library/Retention.h"

#include "library/RecentCaptures.h"
#include "library/Settings.h"
#include "widgets/library/CaptureKeeper.h"

#include <algorithm>

namespace sockeye {
namespace {

constexpr qint64 Gigabyte = 1'000'000'000;

QStringList pathsOf(const QList<RetentionPolicy::Candidate> &captures)
{
    QStringList paths;
    for (const RetentionPolicy::Candidate &capture : captures)
        paths += capture.path;
    return paths;
}

/// Whether a capture was named or annotated by the user, or cannot be judged.
bool isProtected(const RecentCapture &capture)
{
    if (capture.item.isNamed || !capture.summary)
        return true;
    const CaptureSummary &summary = *capture.summary;
    return summary.isAnnotated || summary.isLive || summary.isLeftByCrash || !summary.problem.isEmpty();
}

} // namespace

Retention::Retention(Settings &settings, const RecentCaptures &recent, CaptureKeeper &keeper, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_recent(recent)
    , m_keeper(keeper)
{
}

bool Retention::isOn() const
{
    return m_settings.value(Settings::Key::RetentionOn).toBool();
}

void Retention::setOn(bool on)
{
    m_settings.setValue(Settings::Key::RetentionOn, on);
    // Who switches it on again has to confirm again which captures are removed.
    if (!on)
        forgetConsent();
}

RetentionPolicy::Limits Retention::limits() const
{
    return {std::max(0, m_settings.value(Settings::Key::RetentionCount).toInt()),
            std::max(0, m_settings.value(Settings::Key::RetentionGigabytes).toInt()) * Gigabyte};
}

void Retention::setLimits(const RetentionPolicy::Limits &limits)
{
    m_settings.setValue(Settings::Key::RetentionCount, limits.count);
    m_settings.setValue(Settings::Key::RetentionGigabytes, static_cast<int>(limits.bytes / Gigabyte));
}

void Retention::forgetConsent()
{
    m_settings.setValue(Settings::Key::RetentionConfirmed, false);
}

QList<RetentionPolicy::Candidate> Retention::toRemove() const
{
    QList<RetentionPolicy::Candidate> candidates;
    for (const RecentCapture &capture : m_recent.captures()) {
        candidates.append({capture.item.path, capture.item.modified, capture.item.fileSize,
                           isProtected(capture) || m_keeper.isInUse(capture.item.path)});
    }
    return RetentionPolicy::toRemove(limits(), candidates);
}

void Retention::remove(const QList<RetentionPolicy::Candidate> &captures)
{
    m_settings.setValue(Settings::Key::RetentionConfirmed, true);
    m_keeper.discard(pathsOf(captures));
}

void Retention::applyAtStart()
{
    if (isOn() && m_settings.value(Settings::Key::RetentionConfirmed).toBool())
        m_keeper.discard(pathsOf(toRemove()));
}

} // namespace sockeye
