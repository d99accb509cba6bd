#include "log/EntryCache.h"

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
    const QList<Entry> *page = m_pages.object(start.value());
    const qsizetype place = id - start;
    return page && place < page->size() ? &page->at(place) : nullptr;
}

void EntryCache::insert(EntryId start, QList<Entry> entries)
{
    // A page is found by arithmetic, so it must be what the arithmetic says; a damaged capture may have gaps.
    qsizetype sound = 0;
    while (sound < entries.size() && entries.at(sound).id == start + sound)
        ++sound;
    entries.resize(sound);
    m_pages.insert(start.value(), new QList<Entry>(std::move(entries)));
}

void EntryCache::clear()
{
    m_pages.clear();
}

} // namespace sockeye
