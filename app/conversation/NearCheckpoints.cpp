#include "conversation/NearCheckpoints.h"

#include <iterator>

namespace sockeye {

void NearCheckpoints::add(const ConversationLaneId &lane, EntryId next, const QByteArray &packed)
{
    const Key key(lane, next);
    if (packed.isEmpty() || !m_checkpoints.try_emplace(key, packed).second)
        return;
    m_order.push_back(key);
    m_bytes += packed.size();
    while (m_order.size() > MaxCount || m_bytes > MaxBytes) {
        const auto oldest = m_checkpoints.find(m_order.front());
        m_bytes -= oldest->second.size();
        m_checkpoints.erase(oldest);
        m_order.pop_front();
    }
}

EntryId NearCheckpoints::lastBefore(const ConversationLaneId &lane, EntryId entry) const
{
    const auto behind = m_checkpoints.upper_bound(Key(lane, entry));
    if (behind == m_checkpoints.begin())
        return {};
    const Key &found = std::prev(behind)->first;
    return found.first == lane ? found.second : EntryId();
}

QByteArray NearCheckpoints::packed(const ConversationLaneId &lane, EntryId next) const
{
    const auto found = m_checkpoints.find(Key(lane, next));
    return found == m_checkpoints.end() ? QByteArray() : found->second;
}

} // namespace sockeye
