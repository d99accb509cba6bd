#include "log/EntryCache.h"

#include <algorithm>

namespace sockeye {

EntryCache::EntryCache(int maxPages)
    : m_pages(maxPages)
{
}

EntryId EntryCache::pageStart(EntryId id)
{
    return EntryId((id.value() - 1) / PageSize * PageSize + 1);
}

const Entry *EntryCache::find(EntryId id) const
{
    if (id.value() < 1)
        return nullptr;
    const EntryId start = pageStart(id);
    const Page *page = m_pages.object(start.value());
    const qsizetype place = id - start;
    return page && place < page->entries.size() ? &page->entries.at(place) : nullptr;
}

const EntrySummary *EntryCache::findSummary(EntryId id) const
{
    const Page *page = id.value() < 1 ? nullptr : m_pages.object(pageStart(id).value());
    const qsizetype place = id - pageStart(id);
    return page && page->hasSummaries() && place < page->summaries.size() ? &page->summaries.at(place) : nullptr;
}

const QList<FieldText> *EntryCache::findFields(EntryId id) const
{
    const EntrySummary *summary = findSummary(id);
    return summary && !m_pages.object(pageStart(id).value())->hasOldFields ? &summary->fields : nullptr;
}

bool EntryCache::isSummarized(EntryId start) const
{
    const Page *page = m_pages.object(start.value());
    return page && page->isSummarized() && !page->isOutdated;
}

namespace {

/// How many entries stand where their ids say. A page is found by arithmetic, so it must be what the arithmetic says; a
/// damaged capture may have gaps.
qsizetype soundSize(EntryId start, const QList<Entry> &entries)
{
    qsizetype sound = 0;
    while (sound < entries.size() && entries.at(sound).id == start + sound)
        ++sound;
    return sound;
}

} // namespace

qsizetype EntryCache::sizeOf(EntryId start) const
{
    const Page *page = m_pages.object(start.value());
    return page ? page->entries.size() : 0;
}

bool EntryCache::append(EntryId start, const QList<Entry> &more, const QList<EntrySummary> &summaries)
{
    Page *page = m_pages.object(start.value());
    if (!page || (!more.isEmpty() && more.constFirst().id != start + page->entries.size()))
        return false;
    const qsizetype sound = soundSize(start + page->entries.size(), more);
    if (page->isSummarized())
        page->summaries.append(summaries.first(std::min(sound, summaries.size())));
    page->entries.append(more.first(sound));
    return true;
}

void EntryCache::insert(EntryId start, QList<Entry> entries, QList<EntrySummary> summaries)
{
    const qsizetype sound = soundSize(start, entries);
    entries.resize(sound);
    summaries.resize(std::min(sound, summaries.size()));
    m_pages.insert(start.value(), new Page{std::move(entries), std::move(summaries)});
}

void EntryCache::forgetSummaries()
{
    const QList<qint64> starts = m_pages.keys();
    for (const qint64 start : starts)
        m_pages.object(start)->summaries.clear();
}

void EntryCache::outdateSummaries()
{
    const QList<qint64> starts = m_pages.keys();
    for (const qint64 start : starts)
        m_pages.object(start)->isOutdated = true;
}

void EntryCache::forgetFields()
{
    const QList<qint64> starts = m_pages.keys();
    for (const qint64 start : starts)
        m_pages.object(start)->hasOldFields = true;
}

void EntryCache::clear()
{
    m_pages.clear();
}

} // namespace sockeye
