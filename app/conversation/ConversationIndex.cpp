#include "conversation/ConversationIndex.h"

#include "reading/CaptureReader.h"

#include <QList>

#include <algorithm>
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
    QString cacheFolder;
};

qsizetype bytesOf(const Conversation &conversation)
{
    return conversation.in.bytes() + conversation.out.bytes();
}

KnownIndexes &knownIndexes()
{
    static KnownIndexes all;
    return all;
}

} // namespace

ConversationIndex::ConversationIndex(QString cacheFolder, QByteArray capture, EntryId last)
    : m_cacheFolder(std::move(cacheFolder))
    , m_capture(std::move(capture))
    , m_lanes(ConversationCache(m_cacheFolder).read(m_capture, last))
{
    for (const auto &[connection, lane] : m_lanes) {
        for (const auto &[next, conversation] : lane.checkpoints)
            m_bytes[connection] += bytesOf(conversation);
    }
}

void ConversationIndex::setCacheFolder(const QString &folder)
{
    const std::lock_guard lock(knownIndexes().mutex);
    knownIndexes().cacheFolder = folder;
}

std::shared_ptr<ConversationIndex> ConversationIndex::of(const CaptureReader &capture)
{
    const Result<QByteArray> created = capture.created();
    const Result<EntryId> last = capture.lastEntry();
    if (!created || !last)
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
    all.prepend({path, created.value(),
                 std::make_shared<ConversationIndex>(knownIndexes().cacheFolder, created.value(), last.value())});
    if (all.size() > MaxIndexes)
        all.removeLast();
    return all.constFirst().index;
}

ConversationLane &ConversationIndex::laneOf(ConnectionId connection, const QString &format)
{
    ConversationLane &lane = m_lanes[connection];
    if (lane.format != format) {
        lane = {format, ConversationLane().stride, {}};
        m_bytes[connection] = 0;
    }
    return lane;
}

ConversationIndex::Checkpoint ConversationIndex::before(ConnectionId connection, const QString &format, EntryId entry)
{
    const std::lock_guard lock(m_mutex);
    const auto &checkpoints = laneOf(connection, format).checkpoints;
    const auto behind = checkpoints.upper_bound(entry);
    if (behind == checkpoints.begin())
        return {EntryId(1), {}};
    const auto found = std::prev(behind);
    return {found->first, found->second};
}

void ConversationIndex::add(ConnectionId connection, const QString &format, const Checkpoint &checkpoint)
{
    const std::lock_guard lock(m_mutex);
    ConversationLane &lane = laneOf(connection, format);
    auto &checkpoints = lane.checkpoints;
    const auto behind = checkpoints.lower_bound(checkpoint.next);
    if (behind != checkpoints.end() && behind->first - checkpoint.next < lane.stride)
        return;
    if (behind != checkpoints.begin() && checkpoint.next - std::prev(behind)->first < lane.stride)
        return;
    checkpoints.emplace(checkpoint.next, checkpoint.conversation);
    ++m_added;
    qsizetype &bytes = m_bytes[connection];
    bytes += bytesOf(checkpoint.conversation);
    if (checkpoints.size() <= MaxCheckpoints && bytes <= MaxBytes)
        return;
    lane.stride *= 2;
    bool isKept = true;
    bytes = 0;
    for (auto it = checkpoints.begin(); it != checkpoints.end(); isKept = !isKept) {
        bytes += isKept ? bytesOf(it->second) : 0;
        it = isKept ? std::next(it) : checkpoints.erase(it);
    }
}

qint64 ConversationIndex::stride(ConnectionId connection) const
{
    const std::lock_guard lock(m_mutex);
    const auto lane = m_lanes.find(connection);
    return lane == m_lanes.end() ? ConversationLane().stride : lane->second.stride;
}

void ConversationIndex::keep()
{
    // A live session adds to it all the time: what is written grows with what there is.
    constexpr size_t FewAdded = 16;
    constexpr size_t Share = 4;
    ConversationLanes lanes;
    {
        const std::lock_guard lock(m_mutex);
        size_t all = 0;
        for (const auto &[connection, lane] : m_lanes)
            all += lane.checkpoints.size();
        if (m_isWriting || m_cacheFolder.isEmpty() || m_added < std::max(FewAdded, all / Share))
            return;
        m_isWriting = true;
        m_added = 0;
        lanes = m_lanes;
    }
    ConversationCache(m_cacheFolder).write(m_capture, lanes);
    const std::lock_guard lock(m_mutex);
    m_isWriting = false;
}

} // namespace sockeye
