#include "document/CaptureWatch.h"

#include <QFileInfo>
#include <QFileSystemWatcher>

#include <chrono>

namespace sockeye {

namespace {

/// A file that is being written tells of it many times.
constexpr auto Pause = std::chrono::milliseconds(200);

/// Lives as long as any capture is watched. What is not looked at any more stays watched until then.
std::shared_ptr<QFileSystemWatcher> sharedWatcher()
{
    static std::weak_ptr<QFileSystemWatcher> known;
    std::shared_ptr<QFileSystemWatcher> watcher = known.lock();
    if (!watcher) {
        watcher = std::make_shared<QFileSystemWatcher>();
        known = watcher;
    }
    return watcher;
}

} // namespace

CaptureWatch::CaptureWatch(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(QFileInfo(path).absoluteFilePath())
    , m_watcher(sharedWatcher())
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(Pause);
    connect(&m_pause, &QTimer::timeout, this, &CaptureWatch::look);
    const auto hear = [this] {
        if (!m_pause.isActive())
            m_pause.start();
    };
    connect(m_watcher.get(), &QFileSystemWatcher::fileChanged, this, [this, hear](const QString &file) {
        if (file == m_path)
            hear();
    });
    connect(m_watcher.get(), &QFileSystemWatcher::directoryChanged, this, [this, hear](const QString &folder) {
        if (folder == QFileInfo(m_path).path())
            hear();
    });
    m_watcher->addPath(QFileInfo(m_path).path());
    look();
}

CaptureWatch::~CaptureWatch() = default;

void CaptureWatch::look()
{
    // A file that was replaced is not watched any more; one that is, is not watched twice.
    m_watcher->addPath(m_path);
    m_job.start([this, path = m_path](const JobContext &job) {
        Look found;
        if (!QFileInfo::exists(path))
            found = CaptureIdentity();
        else if (const Result<CaptureIdentity> identity = CaptureIdentity::of(path))
            found = identity.value();
        else if (const FileIdentity file = FileIdentity::of(path); file != FileIdentity())
            found = CaptureIdentity{file, {}};
        job.report([this, found] { take(found); });
    });
}

void CaptureWatch::take(const Look &found)
{
    if (!found)
        return;
    if (!m_opened || m_opened->isUnknown()) {
        m_opened = found;
        return;
    }
    std::optional<Change> change;
    if (found->isUnknown())
        change = Change::Removed;
    else if (found->file != m_opened->file)
        change = Change::Replaced;
    // A file that cannot be read for the moment tells nothing of itself.
    else if (!found->created.isEmpty() && found->created != m_opened->created)
        change = Change::Overwritten;
    if (change == m_told)
        return;
    m_told = change;
    if (change)
        Q_EMIT changed(*change);
    else
        Q_EMIT restored();
}

} // namespace sockeye
