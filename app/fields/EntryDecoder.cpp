#include "fields/EntryDecoder.h"

#include "conversation/ConversationChoice.h"
#include "conversation/ConversationReader.h"
#include "reading/CaptureReader.h"

#include <algorithm>

namespace sockeye {

EntryDecoder::EntryDecoder(const CaptureReader &capture, std::shared_ptr<const FormatSet> formats)
    : m_capture(capture)
    , m_formats(std::move(formats))
{
}

EntryDecoder::~EntryDecoder() = default;

const EntryDecoder::Decoded &EntryDecoder::decode(const filter::PassedEntry &entry)
{
    if (entry.id == m_last)
        return m_decoded;
    if (entry.id != m_last + 1)
        m_allFrom = entry.id;
    m_last = entry.id;
    m_decoded = {};
    if (entry.kind != EntryKind::Text && entry.kind != EntryKind::Binary)
        return m_decoded;
    if (decodeMessage(entry, laneOf(entry.connection)))
        m_decoded.tree = &m_tree;
    else
        m_decoded = {nullptr, nullptr, Certainty::None, m_decoded.isGivenUp};
    if (m_decoded.isGivenUp)
        m_last = {};
    return m_decoded;
}

bool EntryDecoder::decodeMessage(const filter::PassedEntry &entry, Lane &lane)
{
    if (entry.size == 0 || (entry.size > MaxSize && !lane.conversation))
        return false;
    QByteArray payload;
    if (entry.size <= Entry::HeadSize) {
        payload = entry.head.toByteArray();
    } else {
        auto read = m_capture.payload(entry.id);
        if (!read)
            return false;
        payload = std::move(read).value();
    }
    DecodeInput input{payload, entry.kind == EntryKind::Text, entry.direction, lane.subprotocol};
    if (lane.conversation) {
        // Nothing of the connection is between what was followed last and this one.
        const bool isNext = lane.conversation->next() >= m_allFrom && lane.conversation->next() <= entry.id;
        if (!isNext) {
            auto before = lane.conversation->before(entry.id, ConversationReader::Any, m_cancel);
            if (!before || !before.value()) {
                m_decoded.isGivenUp = m_cancel.isCancelled();
                return false;
            }
        }
        input.before = lane.conversation->conversation();
        lane.conversation->follow(entry.id, input);
    }
    if (entry.size > MaxSize)
        return false;
    const FormatChoice choice = m_formats->choose(input);
    if (!choice.format)
        return false;
    NodeBuilder::Limits limits;
    limits.nodes = MaxNodes;
    limits.stepBytes = MaxUnpacked;
    limits.wantsSummary = m_wantsSummary;
    m_decoded.format = choice.format;
    m_decoded.certainty = choice.certainty;
    return decodeInto(m_tree, input, *choice.format, *m_formats, {}, limits);
}

EntryDecoder::Lane &EntryDecoder::laneOf(ConnectionId connection)
{
    Lane &lane = m_lanes[connection];
    // Of a connection that has just begun it is found out again, ever more rarely.
    constexpr qint64 LastChoice = 1024;
    if (!lane.conversation && lane.messages++ >= lane.nextChoice && lane.nextChoice <= LastChoice) {
        lane.nextChoice = std::max<qint64>(1, lane.nextChoice * 2);
        choose(connection, lane);
    }
    return lane;
}

void EntryDecoder::choose(ConnectionId connection, Lane &lane) const
{
    const ConversationChoice choice = ConversationChoice::of(m_capture, connection, *m_formats);
    lane.subprotocol = choice.subprotocol;
    if (choice.format) {
        lane.conversation =
            std::make_unique<ConversationReader>(m_capture, connection, *choice.format, lane.subprotocol);
    }
}

} // namespace sockeye
