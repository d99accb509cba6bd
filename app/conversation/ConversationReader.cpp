#include "conversation/ConversationReader.h"

#include "reading/CaptureReader.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

/// Entries between two questions whether to go on.
constexpr qint64 ProgressStretch = 4096;
/// Between two checkpoints where somebody looks, and bytes of payloads: a fraction of what is looked at at once.
constexpr qint64 NearStride = ConversationReader::Few / 10;
constexpr qint64 NearBytes = ConversationReader::FewBytes / 4;
/// Checkpoints that are worth being written at the end of a walk.
constexpr int Many = 16;

EntryQuery messagesOf(ConnectionId connection)
{
    using namespace filter;
    const qint64 number = connection.value();
    return {Condition::allOf({Condition::of(NumberIn{FilterKey::Conn, {{number, number}}}),
                              Condition::of(KindIs{{EntryKind::Text, EntryKind::Binary}})})};
}

} // namespace

ConversationReader::ConversationReader(const CaptureReader &capture, ConnectionId connection, const Decoder &format,
                                       const QString &subprotocol)
    : m_capture(capture)
    , m_lane{connection, format.id()}
    , m_format(format)
    , m_subprotocol(subprotocol)
    , m_index(ConversationIndex::of(capture))
{
}

/// Goes to the last checkpoint, unless it stands where nothing is nearer.
void ConversationReader::begin(EntryId entry)
{
    const bool isPast = m_at.next > entry;
    if (!isPast && m_index->lastBefore(m_lane, entry) <= m_at.next)
        return;
    ConversationIndex::Checkpoint known = m_index->before(m_lane, entry);
    if (!isPast && known.next <= m_at.next)
        return;
    m_at = std::move(known);
    m_last = m_at.next;
    m_bytes = 0;
}

Result<> ConversationReader::follow(const Entry &message)
{
    DecodeInput input{message.head, message.kind == EntryKind::Text, message.direction, m_subprotocol};
    if (!message.isWhole()) {
        auto payload = m_capture.payload(message.id);
        if (!payload)
            return payload.error();
        input.payload = std::move(payload).value();
    }
    m_format.follow(input, m_at.conversation);
    m_at.next = message.id + 1;
    m_bytes += message.size;
    return {};
}

/// Where it stands, if that is far enough from the last one; `isNear` for one on the last stretch to the entry that
/// was asked for. True if it is kept.
bool ConversationReader::leaveCheckpoint(bool isNear)
{
    const bool isFine = isNear && (m_at.next - m_last >= NearStride || m_bytes >= NearBytes);
    if (!isFine && m_at.next - m_last < m_stride)
        return false;
    const bool isKept = m_index->add(m_lane, m_at);
    if (!isKept && isFine)
        m_index->addNear(m_lane, m_at);
    m_stride = m_index->stride(m_lane);
    m_last = m_at.next;
    m_bytes = 0;
    return isKept;
}

Result<std::optional<Conversation>> ConversationReader::before(EntryId entry, qint64 most, const CancelToken &cancel,
                                                               const std::function<void(qint64)> &progress)
{
    begin(entry);
    m_stride = m_index->stride(m_lane);
    if (entry - m_at.next > most)
        return std::optional<Conversation>();
    const bool isWaiting = most <= Few;
    qint64 done = 0;
    int left = 0;
    qint64 bytesLeft = isWaiting ? FewBytes : std::numeric_limits<qint64>::max();
    Result<> payloadRead;
    const Result<> followed =
        m_capture.scanner().forEach(m_at.next, entry - 1, messagesOf(m_lane.connection), [&](const Entry &message) {
            if (++done % ProgressStretch == 0) {
                if (cancel.isCancelled())
                    return false;
                if (progress)
                    progress(message.id.value());
                if (!isWaiting)
                    m_index->keep(ConversationIndex::Keep::IfWorthwhile);
            }
            bytesLeft -= message.size;
            if (bytesLeft < 0)
                return false;
            m_at.next = message.id;
            left += leaveCheckpoint(entry - message.id <= Few) ? 1 : 0;
            payloadRead = follow(message);
            return payloadRead.ok();
        });
    if (!followed || !payloadRead)
        return followed ? payloadRead.error() : followed.error();
    if (cancel.isCancelled() || bytesLeft < 0) {
        // Whoever asks again goes on from there.
        leaveCheckpoint(true);
        return std::optional<Conversation>();
    }
    m_at.next = entry;
    left += leaveCheckpoint(true) ? 1 : 0;
    if (isWaiting)
        ConversationIndex::keepLater(m_index);
    else
        m_index->keep(left >= Many ? ConversationIndex::Keep::All : ConversationIndex::Keep::IfWorthwhile);
    return std::optional(m_at.conversation);
}

void ConversationReader::follow(EntryId entry, const DecodeInput &message)
{
    m_at.next = entry;
    if (leaveCheckpoint(false))
        ConversationIndex::keepLater(m_index);
    m_format.follow(message, m_at.conversation);
    m_at.next = entry + 1;
}

} // namespace sockeye
