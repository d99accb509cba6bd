#include "conversation/ConversationIndex.h"

#include "reading/CaptureReader.h"

#include <QList>

#include <iterator>

namespace sockeye {

namespace {

/// Captures that are looked at by turns.
constexpr qsizetype MaxIndexes = 16;

struct KnownIndexes
{
    struct Index
    {
        QString path;
        QByteArray created;
        std::shared_ptr<ConversationIndex> index;
    };

    std::mutex mutex;
    /// The one asked for last in front.
    QList<Index> indexes;
};

qsizetype begunBytes(const Conversation &conversation)
{
    return conversation.in.begun.size() + conversation.out.begun.size();
}

KnownIndexes &knownIndexes()
{
    static KnownIndexes all;
    return all;
}

} // namespace

ConversationIndex::ConversationIndex() = default;

std::shared_ptr<ConversationIndex> ConversationIndex::of(const CaptureReader &capture)
{
    const Result<QByteArray> created = capture.created();
    if (!created)
        return std::make_shared<ConversationIndex>();
    const std::lock_guard lock(knownIndexes().mutex);
    QList<KnownIndexes::Index> &all = knownIndexes().indexes;
    const QString path = capture.path();
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (all.at(i).path == path && all.at(i).created == created.value()) {
            all.move(i, 0);
            return all.constFirst().index;
        }
    }
    all.prepend({path, created.value(), std::make_shared<ConversationIndex>()});
    if (all.size() > MaxIndexes)
        all.removeLast();
    return all.constFirst().index;
}

ConversationIndex::Checkpoint ConversationIndex::before(ConnectionId connection, EntryId entry) const
{
    const std::lock_guard lock(m_mutex);
    const auto lane = m_lanes.find(connection);
    if (lane == m_lanes.end())
        return {EntryId(1), {}};
    const auto behind = lane->second.checkpoints.upper_bound(entry);
    if (behind == lane->second.checkpoints.begin())
        return {EntryId(1), {}};
    const auto found = std::prev(behind);
    return {found->first, found->second};
}

void ConversationIndex::add(ConnectionId connection, const Checkpoint &checkpoint)
{
    const std::lock_guard lock(m_mutex);
    Lane &lane = m_lanes[connection];
    auto &checkpoints = lane.checkpoints;
    const auto behind = checkpoints.lower_bound(checkpoint.next);
    if (behind != checkpoints.end() && behind->first - checkpoint.next < lane.stride)
        return;
    if (behind != checkpoints.begin() && checkpoint.next - std::prev(behind)->first < lane.stride)
        return;
    checkpoints.emplace(checkpoint.next, checkpoint.conversation);
    lane.bytes += begunBytes(checkpoint.conversation);
    if (checkpoints.size() <= MaxCheckpoints && lane.bytes <= MaxBytes)
        return;
    lane.stride *= 2;
    bool isKept = true;
    lane.bytes = 0;
    for (auto it = checkpoints.begin(); it != checkpoints.end(); isKept = !isKept) {
        lane.bytes += isKept ? begunBytes(it->second) : 0;
        it = isKept ? std::next(it) : checkpoints.erase(it);
    }
}

qint64 ConversationIndex::stride(ConnectionId connection) const
{
    const std::lock_guard lock(m_mutex);
    const auto lane = m_lanes.find(connection);
    return lane == m_lanes.end() ? Lane().stride : lane->second.stride;
}

} // namespace sockeye
