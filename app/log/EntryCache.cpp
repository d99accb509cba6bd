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
    const QList<Entry> *page = m_pages.object(start.value());
    return page ? page->size() : 0;
}

bool EntryCache::append(EntryId start, const QList<Entry> &more)
{
    QList<Entry> *page = m_pages.object(start.value());
    if (!page || (!more.isEmpty() && more.constFirst().id != start + page->size()))
        return false;
    page->append(more.first(soundSize(start + page->size(), more)));
    return true;
}

void EntryCache::insert(EntryId start, QList<Entry> entries)
{
    entries.resize(soundSize(start, entries));
    m_pages.insert(start.value(), new QList<Entry>(std::move(entries)));
}

void EntryCache::clear()
{
    m_pages.clear();
}

} // namespace sockeye
