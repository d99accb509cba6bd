#include "conversation/ConversationChoice.h"

#include "formats/FormatSet.h"
#include "formats/Formats.h"
#include "reading/CaptureReader.h"

#include <QList>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

namespace sockeye {

namespace {

/// Captures that are looked at by turns.
constexpr qsizetype MaxChoosingCaptures = 16;
/// Connections of a capture that are remembered.
constexpr size_t MaxChoices = 20'000;
/// Entries of all connections, from a connection's first message on, among which its first messages are looked for.
constexpr qint64 MaxChoosingEntries = 2'000;
/// Entries that are passed at once on the way to the first one.
constexpr qint64 MaxPassedEntries = 50'000;

/// What is known of a connection so far.
struct ChoosingLane
{
    ConnectionFacts facts;
    /// Its first message, or an entry before that; none while there is no entry yet.
    EntryId begin;
    /// Of the next message that may be one of the first ones.
    EntryId next;
    ConversationChoice choice;
    /// No message to come changes it.
    bool isSettled = false;
};

/// The lanes of a capture.
struct ChoosingLanes
{
    std::mutex mutex;
    std::map<ConnectionId, ChoosingLane> lanes;
};

struct ChoosingCaptures
{
    struct Capture
    {
        QString path;
        QByteArray created;
        std::shared_ptr<ChoosingLanes> lanes;
    };

    std::mutex mutex;
    /// The one asked for last in front.
    QList<Capture> captures;
};

std::shared_ptr<ChoosingLanes> choosingLanes(const CaptureReader &capture)
{
    static ChoosingCaptures known;
    const Result<QByteArray> created = capture.created();
    if (!created)
        return std::make_shared<ChoosingLanes>();
    const QString path = capture.path();
    const std::lock_guard lock(known.mutex);
    QList<ChoosingCaptures::Capture> &all = known.captures;
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (all.at(i).path == path && all.at(i).created == created.value()) {
            all.move(i, 0);
            return all.constFirst().lanes;
        }
    }
    all.prepend({path, created.value(), std::make_shared<ChoosingLanes>()});
    if (all.size() > MaxChoosingCaptures)
        all.removeLast();
    return all.constFirst().lanes;
}

qsizetype firstOf(const ConnectionFacts &facts, Direction direction)
{
    return std::ranges::count(facts.first, direction, &ConnectionFacts::Message::direction);
}

bool hasAllFirst(const ConnectionFacts &facts)
{
    return firstOf(facts, Direction::In) >= ConnectionFacts::MaxFirst &&
           firstOf(facts, Direction::Out) >= ConnectionFacts::MaxFirst;
}

/// What its handshake says, and where it begins.
void beginChoosing(const CaptureReader &capture, ConnectionId connection, ChoosingLane &lane)
{
    EntryId begin(1);
    if (const auto record = capture.connection(connection)) {
        lane.facts.subprotocol = record.value().subprotocol;
        lane.facts.url = record.value().url;
        if (const auto there = capture.timeline().entryAt(record.value().started))
            begin = there.value();
    }
    if (lane.begin != EntryId())
        return;
    lane.begin = begin;
    lane.next = begin;
}

/// Adds the first messages that have come since.
void lookOn(const CaptureReader &capture, ConnectionId connection, ChoosingLane &lane)
{
    using namespace filter;
    const qint64 number = connection.value();
    const EntryQuery messages{Condition::allOf({Condition::of(NumberIn{FilterKey::Conn, {{number, number}}}),
                                                Condition::of(KindIs{{EntryKind::Text, EntryKind::Binary}})})};
    const Result<EntryId> known = capture.lastEntry();
    if (lane.begin == EntryId() || !known)
        return;
    const bool hasBegun = !lane.facts.first.isEmpty();
    const EntryId last = std::min(known.value(), lane.begin + ((hasBegun ? MaxChoosingEntries : MaxPassedEntries) - 1));
    const Result<> read = capture.scanner().forEach(lane.next, last, messages, [&](const Entry &entry) {
        lane.next = entry.id + 1;
        if (lane.facts.first.isEmpty())
            lane.begin = entry.id;
        if (firstOf(lane.facts, entry.direction) < ConnectionFacts::MaxFirst) {
            QByteArray payload = entry.head;
            if (!entry.isWhole()) {
                if (auto more = capture.payload(entry.id, 0, ConnectionFacts::MaxBytes))
                    payload = std::move(more).value();
            }
            lane.facts.first.append({payload, entry.kind == EntryKind::Text, entry.direction});
        }
        return !hasAllFirst(lane.facts) && entry.id - lane.begin < MaxChoosingEntries;
    });
    if (!read)
        return;
    if (!hasAllFirst(lane.facts))
        lane.next = std::max(lane.next, last + 1);
    if (lane.facts.first.isEmpty())
        lane.begin = lane.next;
    else
        lane.isSettled = hasAllFirst(lane.facts) || lane.next - lane.begin >= MaxChoosingEntries;
}

} // namespace

ConversationChoice ConversationChoice::of(const CaptureReader &capture, ConnectionId connection,
                                          const FormatSet &formats)
{
    if (const Decoder *follower = formats.follower()) {
        const Result<QString> subprotocol = capture.subprotocol(connection);
        return {subprotocol ? subprotocol.value() : QString(), follower};
    }
    const std::shared_ptr<ChoosingLanes> known = choosingLanes(capture);
    ChoosingLane lane;
    {
        const std::lock_guard lock(known->mutex);
        if (const auto found = known->lanes.find(connection); found != known->lanes.end())
            lane = found->second;
    }
    if (lane.isSettled)
        return lane.choice;
    // What is not open yet may still agree on something.
    if (lane.facts.first.isEmpty())
        beginChoosing(capture, connection, lane);
    lane.choice = {lane.facts.subprotocol, conversationFormat(lane.facts)};
    const Decoder *spoken = nullptr;
    if (!lane.choice.format) {
        lookOn(capture, connection, lane);
        lane.choice.format = conversationFormat(lane.facts);
        if (lane.facts.subprotocol.isEmpty())
            spoken = spokenFormat(lane.facts);
        if (spoken)
            lane.choice.subprotocol = spoken->id();
    }
    lane.isSettled = lane.isSettled || lane.choice.format || spoken;
    if (lane.isSettled)
        lane.facts = {};
    const std::lock_guard lock(known->mutex);
    if (known->lanes.size() >= MaxChoices)
        known->lanes.clear();
    known->lanes[connection] = lane;
    return lane.choice;
}

Dependence ConversationChoice::dependence(const DecodeInput &input, const FormatSet &formats) const
{
    if (!format)
        return Dependence::None;
    const FormatChoice choice = formats.choose(input);
    const bool isOther = choice.isRule && choice.format && &choice.format->outermost() != format;
    return isOther ? Dependence::None : format->dependence(input);
}

} // namespace sockeye
