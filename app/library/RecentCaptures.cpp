#include "library/RecentCaptures.h"

#include "base/Units.h"

#include <QElapsedTimer>

namespace sockeye {
namespace {

/// Summaries are told in batches, lest a list of thousands is shown anew for each.
constexpr qint64 BatchMs = 100;

} // namespace

QString factsText(const RecentCapture &capture)
{
    const QString size = sizeText(capture.item.fileSize);
    if (!capture.summary)
        return size;
    if (!capture.summary->problem.isEmpty())
        return RecentCaptures::tr("cannot be read, %1").arg(size);
    const QString facts = capture.summary->entries == 1 ? RecentCaptures::tr("%1, %2 entry, %3")
                                                        : RecentCaptures::tr("%1, %2 entries, %3");
    return facts.arg(durationText(capture.summary->duration), countText(capture.summary->entries), size);
}

RecentCaptures::RecentCaptures(const CaptureLibrary &library, QObject *parent)
    : QObject(parent)
    , m_library(library)
{
    connect(&m_job, &JobRunner::finished, this, &RecentCaptures::completed);
}

void RecentCaptures::refresh()
{
    m_job.start([this, directory = m_library.directory(), known = m_known](const JobContext &job) {
        const QList<CaptureLibrary::Item> items = CaptureLibrary(directory).items();
        job.report([this, items] { takeList(items); });
        QList<RecentCapture> read;
        QElapsedTimer sinceTold;
        sinceTold.start();
        for (const CaptureLibrary::Item &item : items) {
            if (job.isCancelled())
                return;
            const auto found = known.constFind(item.path);
            if (found != known.cend() && found->modified == item.modified && found->size == item.fileSize)
                continue;
            read.append({item, CaptureSummary::read(item.path)});
            if (sinceTold.elapsed() < BatchMs)
                continue;
            sinceTold.restart();
            job.report([this, batch = std::exchange(read, {})] { takeSummaries(batch); });
        }
        job.report([this, read] { takeSummaries(read); });
    });
}

void RecentCaptures::takeList(const QList<CaptureLibrary::Item> &items)
{
    QList<RecentCapture> captures;
    QHash<QString, Known> stillThere;
    for (const CaptureLibrary::Item &item : items) {
        captures.append({item, known(item)});
        if (const auto found = m_known.constFind(item.path); found != m_known.cend())
            stillThere.insert(item.path, *found);
    }
    m_known = stillThere;
    setCaptures(captures);
}

void RecentCaptures::takeSummaries(const QList<RecentCapture> &read)
{
    for (const RecentCapture &capture : read)
        m_known.insert(capture.item.path, {capture.item.modified, capture.item.fileSize, *capture.summary});
    QList<RecentCapture> captures = m_captures;
    for (RecentCapture &capture : captures)
        capture.summary = known(capture.item);
    setCaptures(captures);
}

/// What was read of it last, though it may have grown since: better than nothing until it is read again.
std::optional<CaptureSummary> RecentCaptures::known(const CaptureLibrary::Item &item) const
{
    const auto found = m_known.constFind(item.path);
    return found == m_known.cend() ? std::nullopt : std::optional(found->summary);
}

void RecentCaptures::setCaptures(const QList<RecentCapture> &captures)
{
    if (m_captures == captures)
        return;
    m_captures = captures;
    Q_EMIT changed();
}

} // namespace sockeye
