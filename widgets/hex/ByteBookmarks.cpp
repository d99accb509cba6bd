#include "widgets/hex/ByteBookmarks.h"

#include <algorithm>

namespace sockeye {

namespace {

ByteOffset beginOf(const ByteBookmark &bookmark)
{
    return bookmark.range.first;
}

} // namespace

ByteBookmarks::ByteBookmarks(QObject *parent)
    : QObject(parent)
{
}

void ByteBookmarks::showEntry(const QString &capture, EntryId entry)
{
    m_entry = {capture, entry.value()};
    m_shown = m_kept.value(m_entry);
    Q_EMIT changed();
}

const ByteBookmark *ByteBookmarks::at(ByteOffset byte) const
{
    const auto holds = [byte](const ByteBookmark &bookmark) { return bookmark.range.contains(byte); };
    const auto found = std::find_if(m_shown.crbegin(), m_shown.crend(), holds);
    return found == m_shown.crend() ? nullptr : &*found;
}

const ByteBookmark *ByteBookmarks::step(ByteOffset from, bool isForward) const
{
    if (m_shown.isEmpty())
        return nullptr;
    if (isForward) {
        const auto next = std::ranges::upper_bound(m_shown, from, {}, beginOf);
        return next == m_shown.cend() ? &m_shown.constFirst() : &*next;
    }
    const auto here = std::ranges::lower_bound(m_shown, from, {}, beginOf);
    return here == m_shown.cbegin() ? &m_shown.constLast() : &*std::prev(here);
}

void ByteBookmarks::set(const ByteBookmark &bookmark)
{
    const auto same = std::ranges::find(m_shown, bookmark.range, &ByteBookmark::range);
    if (same != m_shown.end())
        same->name = bookmark.name;
    else if (m_shown.size() < MaxBookmarks)
        m_shown.insert(std::ranges::upper_bound(m_shown, bookmark.range.first, {}, beginOf), bookmark);
    keep();
}

void ByteBookmarks::remove(HexRange range)
{
    m_shown.removeIf([range](const ByteBookmark &bookmark) {
        return bookmark.range.first < range.end() && range.first < bookmark.range.end();
    });
    keep();
}

void ByteBookmarks::keep()
{
    if (m_shown.isEmpty())
        m_kept.remove(m_entry);
    else
        m_kept.insert(m_entry, m_shown);
    Q_EMIT changed();
}

} // namespace sockeye
