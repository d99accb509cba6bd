#include "conversation/ConversationIndex.h"

#include "conversation/PackedConversation.h"
#include "reading/CaptureReader.h"

#include <QList>
#include <QThreadPool>

#include <algorithm>
#include <iterator>

namespace sockeye {

namespace {

/// Captures that are looked at by turns.
constexpr qsizetype MaxIndexes = 16;
/// Checkpoints of the file that are tried if they turn out to be damaged: it is another file then, or none.
constexpr int MaxTried = 8;

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
    for (const auto &[id, lane] : m_lanes) {
        Use &use = m_uses[id];
        for (const auto &[next, checkpoint] : lane.checkpoints)
            use.bytes += checkpoint.size;
        m_bytes += use.bytes;
        m_count += lane.checkpoints.size();
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

EntryId ConversationIndex::lastIn(const Checkpoints &checkpoints, EntryId entry)
{
    const auto behind = checkpoints.upper_bound(entry);
    return behind == checkpoints.begin() ? EntryId() : std::prev(behind)->first;
}

EntryId ConversationIndex::lastBefore(const ConversationLaneId &lane, EntryId entry) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_lanes.find(lane);
    const EntryId kept = found == m_lanes.end() ? EntryId() : lastIn(found->second.checkpoints, entry);
    return std::max({EntryId(1), kept, m_near.lastBefore(lane, entry)});
}

ConversationIndex::Checkpoint ConversationIndex::before(const ConversationLaneId &lane, EntryId entry)
{
    EntryId next;
    QByteArray packed;
    {
        const std::lock_guard lock(m_mutex);
        packed = packedBefore(lane, entry, next);
    }
    std::optional<Conversation> conversation = unpackConversation(packed);
    return conversation ? Checkpoint{next, std::move(*conversation)} : Checkpoint{EntryId(1), {}};
}

/// Empty if there is none.
QByteArray ConversationIndex::packedBefore(const ConversationLaneId &lane, EntryId entry, EntryId &next)
{
    const EntryId nearby = m_near.lastBefore(lane, entry);
    const auto found = m_lanes.find(lane);
    for (int i = 0; i < MaxTried && found != m_lanes.end(); ++i) {
        Checkpoints &checkpoints = found->second.checkpoints;
        next = lastIn(checkpoints, entry);
        if (next <= nearby)
            break;
        m_uses[lane].last = ++m_useCount;
        const auto kept = checkpoints.find(next);
        if (!kept->second.packed.isEmpty())
            return kept->second.packed;
        const QByteArray packed = ConversationCache(m_cacheFolder).readCheckpoint(m_capture, lane, next, kept->second);
        if (!packed.isEmpty())
            return packed;
        // The file may have been replaced just now, and the places in the new one are to come.
        if (m_isWriting)
            entry = next - 1;
        else
            forget(found->second, lane, kept);
        if (i + 1 == MaxTried && !m_isWriting)
            forgetFile();
    }
    next = nearby;
    return m_near.packed(lane, nearby);
}

void ConversationIndex::forget(ConversationLane &lane, const ConversationLaneId &id, Checkpoints::iterator checkpoint)
{
    const KeptCheckpoint &kept = checkpoint->second;
    m_bytes -= kept.size;
    m_uses[id].bytes -= kept.size;
    m_unwritten -= kept.packed.size();
    --m_count;
    lane.checkpoints.erase(checkpoint);
}

/// All that is in the file only.
void ConversationIndex::forgetFile()
{
    for (auto &[id, lane] : m_lanes) {
        for (auto it = lane.checkpoints.begin(); it != lane.checkpoints.end();) {
            const auto checkpoint = it++;
            if (checkpoint->second.packed.isEmpty())
                forget(lane, id, checkpoint);
        }
    }
}

bool ConversationIndex::add(const ConversationLaneId &lane, const Checkpoint &checkpoint)
{
    const auto hasRoom = [&] {
        const auto found = m_lanes.find(lane);
        if (found == m_lanes.end())
            return true;
        const Checkpoints &checkpoints = found->second.checkpoints;
        const qint64 stride = found->second.stride;
        const auto behind = checkpoints.lower_bound(checkpoint.next);
        return (behind == checkpoints.end() || behind->first - checkpoint.next >= stride) &&
               (behind == checkpoints.begin() || checkpoint.next - std::prev(behind)->first >= stride);
    };
    {
        const std::lock_guard lock(m_mutex);
        if (!hasRoom())
            return false;
    }
    const QByteArray packed = packConversation(checkpoint.conversation);
    const std::lock_guard lock(m_mutex);
    // Another thread may have added one meanwhile.
    if (packed.isEmpty() || !hasRoom())
        return false;
    m_lanes[lane].checkpoints.emplace(checkpoint.next, KeptCheckpoint{packed, static_cast<qint32>(packed.size()), 0});
    Use &use = m_uses[lane];
    use.bytes += packed.size();
    use.last = ++m_useCount;
    m_bytes += packed.size();
    m_unwritten += packed.size();
    ++m_count;
    ++m_added;
    makeRoom();
    return true;
}

void ConversationIndex::addNear(const ConversationLaneId &lane, const Checkpoint &checkpoint)
{
    const QByteArray packed = packConversation(checkpoint.conversation);
    const std::lock_guard lock(m_mutex);
    m_near.add(lane, checkpoint.next, packed);
}

bool ConversationIndex::isTooMuch() const
{
    return m_bytes > MaxBytes || m_unwritten > MaxUnwritten || m_count > MaxCheckpoints;
}

void ConversationIndex::makeRoom()
{
    if (isTooMuch())
        forgetFormerFormats();
    while (isTooMuch())
        thinLargest();
}

/// What a user had a connection followed by before the rules changed.
void ConversationIndex::forgetFormerFormats()
{
    for (auto it = m_lanes.begin(); it != m_lanes.end();) {
        const auto lane = it++;
        const auto isLater = [&](auto other) {
            return other != m_lanes.end() && other->first.connection == lane->first.connection &&
                   m_uses[other->first].last > m_uses[lane->first].last;
        };
        if (!isLater(it) && !(lane != m_lanes.begin() && isLater(std::prev(lane))))
            continue;
        while (!lane->second.checkpoints.empty())
            forget(lane->second, lane->first, lane->second.checkpoints.begin());
        m_uses.erase(lane->first);
        m_lanes.erase(lane);
    }
}

/// Of the lanes that have as much as the others have on the average, every second checkpoint goes; of lanes that have
/// one each, every second one.
void ConversationIndex::thinLargest()
{
    const qint64 average = m_bytes / static_cast<qint64>(std::max<size_t>(m_lanes.size(), 1));
    bool isLaneKept = true;
    for (auto it = m_lanes.begin(); it != m_lanes.end();) {
        const auto at = it++;
        ConversationLane &lane = at->second;
        if (m_uses[at->first].bytes < average)
            continue;
        if (lane.checkpoints.size() > 1) {
            lane.stride *= 2;
            bool isKept = true;
            for (auto checkpoint = lane.checkpoints.begin(); checkpoint != lane.checkpoints.end(); isKept = !isKept) {
                const auto one = checkpoint++;
                if (!isKept)
                    forget(lane, at->first, one);
            }
            continue;
        }
        isLaneKept = !isLaneKept;
        if (isLaneKept)
            continue;
        if (!lane.checkpoints.empty())
            forget(lane, at->first, lane.checkpoints.begin());
        m_uses.erase(at->first);
        m_lanes.erase(at);
    }
}

qint64 ConversationIndex::stride(const ConversationLaneId &lane) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_lanes.find(lane);
    return found == m_lanes.end() ? ConversationLane().stride : found->second.stride;
}

qint64 ConversationIndex::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

qint64 ConversationIndex::unwrittenBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_unwritten;
}

bool ConversationIndex::isWorthWriting() const
{
    // A live session adds to it all the time: what is written grows with what there is.
    constexpr size_t FewAdded = 16;
    constexpr size_t Share = 4;
    return !m_isWriting && !m_cacheFolder.isEmpty() && m_added >= std::max(FewAdded, m_count / Share);
}

void ConversationIndex::keep(Keep what)
{
    ConversationLanes written;
    {
        std::unique_lock lock(m_mutex);
        if (what == Keep::All)
            m_written.wait(lock, [this] { return !m_isWriting; });
        const bool isWanted = what == Keep::All ? m_added > 0 && !m_cacheFolder.isEmpty() : isWorthWriting();
        if (!isWanted)
            return;
        m_isWriting = true;
        m_added = 0;
        written = m_lanes;
    }
    const bool isWritten = ConversationCache(m_cacheFolder).write(m_capture, written);
    const std::lock_guard lock(m_mutex);
    m_isWriting = false;
    m_written.notify_all();
    if (!isWritten)
        return;
    for (auto &[id, lane] : m_lanes) {
        const auto there = written.find(id);
        for (auto &[next, checkpoint] : lane.checkpoints) {
            if (there == written.end())
                break;
            const auto place = there->second.checkpoints.find(next);
            if (place == there->second.checkpoints.end() || place->second.size != checkpoint.size)
                continue;
            m_unwritten -= checkpoint.packed.size();
            checkpoint = place->second;
        }
    }
}

void ConversationIndex::keepLater(const std::shared_ptr<ConversationIndex> &index)
{
    {
        const std::lock_guard lock(index->m_mutex);
        if (!index->isWorthWriting())
            return;
    }
    QThreadPool::globalInstance()->start([index] { index->keep(Keep::IfWorthwhile); });
}

} // namespace sockeye
