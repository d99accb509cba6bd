#include "log/EntryPages.h"

#include "reading/CaptureLoader.h"
#include "reading/CaptureReader.h"
#include "reading/CaptureReaders.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Of more requested pages than this, the oldest were scrolled past long ago.
constexpr qsizetype MaxWantedPages = 256;
/// Pages read in one go: more than a screen of a sparsely filtered log shows, and few enough to turn to newer requests
/// soon.
constexpr qsizetype PagesAtOnce = 64;

} // namespace

EntryPages::EntryPages(CaptureLoader &loader, QObject *parent)
    : QObject(parent)
    , m_loader(loader)
{
}

EntryPages::~EntryPages() = default;

void EntryPages::advanceTo(EntryId last)
{
    m_last = last;
    m_short.clear();
}

void EntryPages::readNow(EntryId id)
{
    if (m_cache.find(id))
        return;
    if (!m_reader) {
        auto opened = CaptureReaders::of(m_loader.path())->open();
        if (!opened)
            return;
        m_reader = std::move(opened).value();
    }
    const EntryId start = EntryCache::pageStart(id);
    if (auto entries = m_reader->entries(start, EntryCache::PageSize))
        m_cache.insert(start, std::move(entries).value());
}

void EntryPages::request(EntryId id)
{
    const qint64 start = EntryCache::pageStart(id).value();
    if (m_short.value(start) == m_last || (!m_wanted.isEmpty() && m_wanted.constLast() == start))
        return;
    m_wanted.removeOne(start);
    m_wanted.append(start);
    if (m_wanted.size() > MaxWantedPages)
        m_wanted.removeFirst();
    if (m_isReading)
        return;
    m_isReading = true;
    // After the painting that makes the requests, so that all of them are read in one go.
    QMetaObject::invokeMethod(this, &EntryPages::readRequested, Qt::QueuedConnection);
}

void EntryPages::readRequested()
{
    if (m_wanted.isEmpty()) {
        m_isReading = false;
        return;
    }
    const QList<qint64> starts = m_wanted.last(std::min(PagesAtOnce, m_wanted.size()));
    m_wanted.remove(m_wanted.size() - starts.size(), starts.size());
    // Of a page that has grown, only what has come since it was read, unless more is wanted of what is here.
    QList<Page> wanted;
    for (const qint64 start : starts) {
        const bool isWhole = !m_isSummarizing || m_cache.isSummarized(EntryId(start));
        wanted.append({EntryId(start), isWhole ? m_cache.sizeOf(EntryId(start)) : 0, {}, {}, {}});
    }
    const auto read = [wanted, summarizes = m_isSummarizing](const CaptureReader &capture) {
        QList<Page> pages = wanted;
        for (Page &page : pages) {
            auto entries = capture.entries(page.start + page.known, int(EntryCache::PageSize - page.known));
            page.problem = entries.message();
            if (entries)
                page.entries = std::move(entries).value();
            if (summarizes)
                page.summaries = summarize(capture, page.entries);
        }
        return pages;
    };
    m_loader.read(this, read, [this, last = m_last](const QList<Page> &pages) {
        take(pages, last);
        readRequested();
    });
}

void EntryPages::take(const QList<Page> &pages, EntryId last)
{
    for (const Page &page : pages) {
        if (!page.problem.isEmpty())
            Q_EMIT failed(page.problem);
        m_wanted.removeOne(page.start.value());
        if (page.known == 0)
            m_cache.insert(page.start, page.entries, page.summaries);
        else if (!m_cache.append(page.start, page.entries, page.summaries))
            continue;
        const qint64 expected = std::min<qint64>(EntryCache::PageSize, last - page.start + 1);
        if (expected > 0 && !m_cache.find(page.start + (expected - 1)))
            m_short.insert(page.start.value(), last);
    }
    for (const Page &page : pages) {
        if (!page.entries.isEmpty())
            Q_EMIT arrived(page.start + page.known, page.start + (page.known + page.entries.size() - 1));
    }
}

} // namespace sockeye
