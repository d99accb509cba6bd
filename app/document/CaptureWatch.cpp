#include "document/CaptureWatch.h"

#include "document/FileWatcher.h"

#include <QFileInfo>

#include <chrono>

namespace sockeye {

namespace {

/// A file that is being written tells of it many times.
constexpr auto Pause = std::chrono::milliseconds(200);

} // namespace

CaptureWatch::Found CaptureWatch::Found::at(const QString &path)
{
    if (const Result<CaptureIdentity> identity = CaptureIdentity::of(path))
        return {true, identity->file, identity->created};
    const FileIdentity file = FileIdentity::of(path);
    return {QFileInfo::exists(path), file, std::nullopt};
}

CaptureWatch::CaptureWatch(const QString &path, const CaptureIdentity &opened, QObject *parent)
    : QObject(parent)
    , m_path(QFileInfo(path).absoluteFilePath())
    , m_folder(QFileInfo(m_path).path())
    , m_opened(opened)
    , m_watcher(FileWatcher::shared())
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(Pause);
    connect(&m_pause, &QTimer::timeout, this, &CaptureWatch::look);
    connect(m_watcher.get(), &FileWatcher::changed, this, &CaptureWatch::hear);
    look();
}

CaptureWatch::~CaptureWatch()
{
    m_thread.clear();
    m_thread.finishInBackground();
}

void CaptureWatch::hear(const QString &path)
{
    if ((path == m_path || path == m_folder) && !m_pause.isActive())
        m_pause.start();
}

void CaptureWatch::look()
{
    // A file that was replaced is not watched any more. What changes after the look must not be missed.
    m_watcher->watch({m_folder, m_path}, this, [this] {
        // What waits would find the same.
        m_thread.clear();
        m_thread.run([path = m_path] { return Found::at(path); }, this, [this](const Found &found) { take(found); });
    });
}

void CaptureWatch::take(const Found &found)
{
    const std::optional<Change> change = changeOf(found);
    if (change != m_told) {
        m_told = change;
        if (change)
            Q_EMIT changed(*change);
        else
            Q_EMIT restored();
    }
    Q_EMIT looked();
}

std::optional<CaptureWatch::Change> CaptureWatch::changeOf(const Found &found) const
{
    if (!found.isThere)
        return Change::Removed;
    if (found.file != m_opened.file)
        return Change::Replaced;
    // A file that cannot be read for the moment tells nothing of itself.
    if (!found.created || m_opened.created.isEmpty())
        return m_told;
    return *found.created == m_opened.created ? std::nullopt : std::optional(Change::Overwritten);
}

} // namespace sockeye
