#include "widgets/library/CaptureKeeper.h"

#include "library/CaptureLibrary.h"
#include "widgets/controls/Prompts.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QPointer>
#include <QUrl>
#include <QWidget>

namespace sockeye {
namespace {

constexpr qsizetype MaxNamed = 8;

QString namesOf(const QStringList &paths)
{
    QStringList names;
    for (const QString &path : paths.first(qMin(paths.size(), MaxNamed)))
        names += QFileInfo(path).completeBaseName();
    if (paths.size() > MaxNamed)
        names += CaptureKeeper::tr("and %1 more").arg(paths.size() - MaxNamed);
    return names.join(u'\n');
}

QString removedText(qsizetype count, bool toTrash)
{
    if (toTrash)
        return count == 1 ? CaptureKeeper::tr("Moved a capture to the trash")
                          : CaptureKeeper::tr("Moved %1 captures to the trash").arg(count);
    return count == 1 ? CaptureKeeper::tr("Removed a capture") : CaptureKeeper::tr("Removed %1 captures").arg(count);
}

/// Deletes them for good; returns a message for each that could not be deleted.
QStringList removeAll(const QStringList &paths)
{
    QStringList problems;
    for (const QString &path : paths) {
        if (const Result<> removed = CaptureLibrary(QFileInfo(path).path()).remove(path); !removed)
            problems += removed.message();
    }
    return problems;
}

} // namespace

CaptureKeeper::CaptureKeeper(Prompts &prompts, QObject *parent)
    : QObject(parent)
    , m_prompts(prompts)
{
}

CaptureKeeper::~CaptureKeeper() = default;

/// Calls `work` in the background, and then what it returned in this thread.
void CaptureKeeper::run(std::function<std::function<void()>()> work)
{
    m_thread.run(std::move(work), this, [](const std::function<void()> &done) { done(); });
}

void CaptureKeeper::remove(QWidget *parent, const QStringList &paths)
{
    QStringList inUse;
    QStringList free;
    for (const QString &path : paths)
        (isInUse(path) ? inUse : free) += path;
    if (!inUse.isEmpty()) {
        m_prompts.tell(parent, tr("Delete capture"), tr("What is open is not deleted. Close its tab first."),
                       namesOf(inUse));
    }
    if (free.isEmpty())
        return;
    run([this, free, parent = QPointer(parent)] {
        QStringList left;
        for (const QString &path : free) {
            if (QFileInfo::exists(path) && !CaptureLibrary::moveToTrash(path))
                left += path;
        }
        return [this, parent, left, gone = free.size() - left.size()] {
            if (gone > 0) {
                Q_EMIT statusText(removedText(gone, true));
                Q_EMIT changed();
            }
            if (!left.isEmpty() && parent)
                askForGood(parent, left);
        };
    });
}

void CaptureKeeper::askForGood(QWidget *parent, const QStringList &paths)
{
    const QString text =
        paths.size() == 1
            ? tr("“%1” cannot be moved to the trash. Delete it for good? What it recorded is lost.").arg(namesOf(paths))
            : tr("%1 captures cannot be moved to the trash. Delete them for good? What they recorded is lost.\n\n%2")
                  .arg(paths.size())
                  .arg(namesOf(paths));
    m_prompts.confirm(parent, {tr("Delete capture"), text, tr("Delete")}, [this, parent, paths] {
        run([this, paths, parent = QPointer(parent)] {
            const QStringList problems = removeAll(paths);
            return [this, parent, problems, gone = paths.size() - problems.size()] {
                if (gone > 0)
                    Q_EMIT statusText(removedText(gone, false));
                if (!problems.isEmpty() && parent)
                    m_prompts.tell(parent, tr("Delete capture"), tr("Not everything was deleted."),
                                   problems.join(u'\n'));
                Q_EMIT changed();
            };
        });
    });
}

void CaptureKeeper::discard(const QStringList &paths)
{
    QStringList free;
    for (const QString &path : paths) {
        if (!isInUse(path))
            free += path;
    }
    if (free.isEmpty())
        return;
    run([this, free] {
        const QStringList problems = removeAll(free);
        return [this, gone = free.size() - problems.size()] {
            if (gone > 0)
                Q_EMIT statusText(removedText(gone, false));
            Q_EMIT changed();
        };
    });
}

void CaptureKeeper::rename(QWidget *parent, const QString &path, const QString &name)
{
    if (isInUse(path)) {
        m_prompts.tell(parent, tr("Rename capture"), tr("“%1” is open.").arg(namesOf({path})),
                       tr("Close its tab first."));
        return;
    }
    run([this, path, name, parent = QPointer(parent)] {
        const Result<QString> renamed = CaptureLibrary::rename(path, name);
        return [this, renamed, parent] {
            if (!renamed && parent)
                m_prompts.tell(parent, tr("Rename capture"), tr("The capture keeps its name."), renamed.message());
            Q_EMIT changed();
        };
    });
}

void CaptureKeeper::reveal(const QString &path)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
}

} // namespace sockeye
