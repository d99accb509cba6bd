#include "widgets/window/SessionKeeper.h"

#include "base/OwnerOnly.h"
#include "base/RegularFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

constexpr auto Pause = 1s;
constexpr qint64 MaxFileSize = 64 * 1024 * 1024;

QString markOf(const QString &path)
{
    return path + u".restoring"_s;
}

} // namespace

SessionKeeper::SessionKeeper(const QString &path, Collect collect, QObject *parent)
    : QObject(parent)
    , m_path(path)
    , m_collect(std::move(collect))
    , m_lock(path + u".lock"_s)
{
    // A lock that a crashed program left is recognised by its process, not by its age.
    m_lock.setStaleLockTime(0);
    m_pause.setSingleShot(true);
    m_pause.setInterval(Pause);
    connect(&m_pause, &QTimer::timeout, this, &SessionKeeper::save);
}

SessionKeeper::~SessionKeeper() = default;

bool SessionKeeper::lock()
{
    return m_lock.isLocked() || (owneronly::makeFolder(QFileInfo(m_path).path()) && m_lock.tryLock(0));
}

std::optional<SessionState> SessionKeeper::take()
{
    if (!lock())
        return std::nullopt;
    if (const QString reason = RegularFile::refusal(m_path); !reason.isEmpty()) {
        // Nor is it written over.
        m_problem = tr("The last window's tabs cannot be read from %1: %2. They are not kept until it is removed.")
                        .arg(QDir::toNativeSeparators(m_path), reason);
        return std::nullopt;
    }
    m_isOn = true;
    m_hasDiedRestoring = QFile::exists(markOf(m_path));
    QFile file(m_path);
    if (file.size() > MaxFileSize || !RegularFile::open(file))
        return std::nullopt;
    // A damaged file counts as none, and the next change writes over it.
    const Result<SessionState> state = SessionState::fromJson(file.readAll());
    return state ? std::optional(state.value()) : std::nullopt;
}

void SessionKeeper::setRestoring(bool restoring)
{
    if (!m_isOn)
        return;
    if (!restoring) {
        m_thread.run([mark = markOf(m_path)] { QFile::remove(mark); });
        return;
    }
    // Not in the background: what follows may crash the program.
    owneronly::prepareFile(markOf(m_path));
}

void SessionKeeper::setOn(bool on)
{
    if (on == m_isOn || !lock() || !RegularFile::refusal(m_path).isEmpty())
        return;
    m_isOn = on;
    m_written.clear();
    if (on) {
        save();
        return;
    }
    m_pause.stop();
    m_thread.run([path = m_path] {
        QFile::remove(path);
        QFile::remove(markOf(path));
    });
}

void SessionKeeper::noteChange()
{
    // A change does not restart the timer, so that a draft is written while the user types without a pause.
    if (m_isOn && !m_pause.isActive())
        m_pause.start();
}

void SessionKeeper::close()
{
    if (!m_isOn)
        return;
    m_pause.stop();
    SessionState state = m_collect();
    state.isClosed = true;
    write(state.toJson());
    // From now on the window closes its tabs; that is not to be written.
    m_isOn = false;
}

void SessionKeeper::save()
{
    write(m_collect().toJson());
}

void SessionKeeper::write(const QByteArray &json)
{
    if (json == m_written)
        return;
    m_written = json;
    m_thread.run([path = m_path, json] {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return;
        // Headers and drafts may hold secrets.
        file.setPermissions(owneronly::FilePermissions);
        file.write(json);
        // If this fails the previous file stays, which needs no message.
        file.commit();
    });
}

} // namespace sockeye
