#include "conversation/ConversationReader.h"

#include "reading/CaptureReader.h"

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

/// Entries between two questions whether to go on.
constexpr qint64 ProgressStretch = 4096;

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
    , m_connection(connection)
    , m_format(format)
    , m_subprotocol(subprotocol)
    , m_index(ConversationIndex::of(capture))
{
}

Result<std::optional<Conversation>> ConversationReader::before(EntryId entry, qint64 most, const CancelToken &cancel,
                                                               const std::function<void(qint64)> &progress)
{
    const ConversationIndex::Checkpoint known = m_index->before(m_connection, m_format.id(), entry);
    if (m_at.next > entry || known.next > m_at.next)
        m_at = known;
    const qint64 stride = m_index->stride(m_connection);
    // Checkpoints of a long session are further apart.
    if (entry - m_at.next > std::max(most, 2 * stride))
        return std::optional<Conversation>();
    EntryId checkpoint = m_at.next;
    qint64 done = 0;
    qint64 bytesLeft = most <= Few ? FewBytes : std::numeric_limits<qint64>::max();
    Result<> payloadRead;
    const Result<> followed =
        m_capture.scanner().forEach(m_at.next, entry - 1, messagesOf(m_connection), [&](const Entry &message) {
            if (++done % ProgressStretch == 0) {
                if (cancel.isCancelled())
                    return false;
                if (progress)
                    progress(message.id.value());
            }
            bytesLeft -= message.size;
            if (bytesLeft < 0)
                return false;
            if (message.id - checkpoint >= stride) {
                checkpoint = message.id;
                m_index->add(m_connection, m_format.id(), {message.id, m_at.conversation});
            }
            DecodeInput input{message.head, message.kind == EntryKind::Text, message.direction, m_subprotocol};
            if (!message.isWhole()) {
                auto payload = m_capture.payload(message.id);
                if (!payload) {
                    payloadRead = payload.error();
                    return false;
                }
                input.payload = std::move(payload).value();
            }
            m_format.follow(input, m_at.conversation);
            m_at.next = message.id + 1;
            return true;
        });
    if (!followed || !payloadRead)
        return followed ? payloadRead.error() : followed.error();
    if (cancel.isCancelled() || bytesLeft < 0)
        return std::optional<Conversation>();
    m_at.next = entry;
    m_index->add(m_connection, m_format.id(), m_at);
    m_index->keep();
    return std::optional(m_at.conversation);
}

void ConversationReader::follow(EntryId entry, const DecodeInput &message)
{
    if (entry - m_checkpoint >= m_index->stride(m_connection)) {
        m_checkpoint = entry;
        m_index->add(m_connection, m_format.id(), {entry, m_at.conversation});
    }
    m_format.follow(message, m_at.conversation);
    m_at.next = entry + 1;
}

} // namespace sockeye
