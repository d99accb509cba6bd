#pragma once

#include "conversation/ConversationCache.h"

#include <deque>
#include <map>
#include <optional>
#include <utility>

namespace sockeye {

/// Checkpoints about where somebody looks, closer to each other than those of a long session are: whoever has followed
/// messages up to one of them leaves these behind, so that the ones beside it are near, too. Few, and for a while only:
/// the oldest go first. One thread at a time.
class NearCheckpoints final
{
public:
    static constexpr size_t MaxCount = 1024;
    static constexpr qsizetype MaxBytes = 16 * 1024 * 1024;

    /// `packed` is what packConversation() made of one.
    void add(const ConversationLaneId &lane, EntryId next, const QByteArray &packed);
    /// The last one that is not behind the entry: where it holds from; none if there is none.
    [[nodiscard]] EntryId lastBefore(const ConversationLaneId &lane, EntryId entry) const;
    [[nodiscard]] QByteArray packed(const ConversationLaneId &lane, EntryId next) const;

private:
    using Key = std::pair<ConversationLaneId, EntryId>;

    std::map<Key, QByteArray> m_checkpoints;
    /// In the order in which they came.
    std::deque<Key> m_order;
    qsizetype m_bytes = 0;
};

} // namespace sockeye
