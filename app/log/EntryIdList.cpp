#include "log/EntryIdList.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr int LowerMask = 0xffff;

} // namespace

int EntryIdList::Block::countUpTo(int bits) const
{
    if (lower.isEmpty())
        return std::clamp(bits - first + 1, 0, count);
    return int(std::upper_bound(lower.cbegin(), lower.cend(), bits) - lower.cbegin());
}

void EntryIdList::Block::append(int bits)
{
    if (lower.isEmpty() && bits != first + count)
        spell();
    if (!lower.isEmpty())
        lower.append(quint16(bits));
    ++count;
}

void EntryIdList::Block::spell()
{
    if (!lower.isEmpty())
        return;
    lower.reserve(count + 1);
    for (int n = 0; n < count; ++n)
        lower.append(quint16(first + n));
}

qint64 EntryIdList::size() const
{
    return m_blocks.isEmpty() ? 0 : m_blocks.constLast().place + m_blocks.constLast().count;
}

qint64 EntryIdList::footprint() const
{
    qint64 bytes = m_blocks.capacity() * qint64(sizeof(Block));
    for (const Block &block : m_blocks)
        bytes += block.lower.capacity() * qint64(sizeof(quint16));
    return bytes;
}

void EntryIdList::append(EntryId id)
{
    const qint64 span = id.value() >> Block::Bits;
    const int bits = int(id.value() & LowerMask);
    if (!m_blocks.isEmpty() && m_blocks.constLast().span == span)
        return m_blocks.last().append(bits);
    if (!m_blocks.isEmpty())
        m_blocks.last().lower.squeeze();
    m_blocks.append({span, size(), 1, bits, {}});
}

void EntryIdList::append(const QList<EntryId> &ids)
{
    for (const EntryId id : ids)
        append(id);
}

bool EntryIdList::insert(EntryId id)
{
    if (contains(id))
        return false;
    const qint64 span = id.value() >> Block::Bits;
    const int bits = int(id.value() & LowerMask);
    const qsizetype at = blockOf(span);
    if (at == m_blocks.size() || m_blocks.at(at).span != span) {
        const qint64 place = at == m_blocks.size() ? size() : m_blocks.at(at).place;
        m_blocks.insert(at, {span, place, 1, bits, {}});
    } else {
        Block &block = m_blocks[at];
        block.spell();
        block.lower.insert(block.countUpTo(bits), quint16(bits));
        block.first = block.lower.constFirst();
        ++block.count;
    }
    moveFrom(at + 1, 1);
    return true;
}

bool EntryIdList::remove(EntryId id)
{
    if (!contains(id))
        return false;
    const int bits = int(id.value() & LowerMask);
    const qsizetype at = blockOf(id.value() >> Block::Bits);
    if (m_blocks.at(at).count == 1) {
        m_blocks.removeAt(at);
        moveFrom(at, -1);
        return true;
    }
    Block &block = m_blocks[at];
    block.spell();
    block.lower.removeAt(block.countUpTo(bits) - 1);
    block.first = block.lower.constFirst();
    --block.count;
    moveFrom(at + 1, -1);
    return true;
}

void EntryIdList::moveFrom(qsizetype block, int by)
{
    for (; block < m_blocks.size(); ++block)
        m_blocks[block].place += by;
}

qsizetype EntryIdList::blockOf(qint64 span) const
{
    const auto found = std::lower_bound(m_blocks.cbegin(), m_blocks.cend(), span,
                                        [](const Block &block, qint64 wanted) { return block.span < wanted; });
    return found - m_blocks.cbegin();
}

EntryId EntryIdList::at(qint64 place) const
{
    if (place < 0 || place >= size())
        return {};
    const auto after = std::upper_bound(m_blocks.cbegin(), m_blocks.cend(), place,
                                        [](qint64 wanted, const Block &block) { return wanted < block.place; });
    const Block &block = *(after - 1);
    return EntryId((block.span << Block::Bits) + block.at(int(place - block.place)));
}

qint64 EntryIdList::countUpTo(EntryId id) const
{
    if (id.value() < 0)
        return 0;
    const qint64 span = id.value() >> Block::Bits;
    const qsizetype at = blockOf(span);
    if (at == m_blocks.size())
        return size();
    const Block &block = m_blocks.at(at);
    return block.span == span ? block.place + block.countUpTo(int(id.value() & LowerMask)) : block.place;
}

bool EntryIdList::contains(EntryId id) const
{
    return id.value() > 0 && at(countUpTo(id) - 1) == id;
}

EntryId EntryIdList::next(EntryId from, bool forward) const
{
    return forward ? at(countUpTo(from)) : at(countUpTo(from - 1) - 1);
}

} // namespace sockeye
