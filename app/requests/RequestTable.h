#pragma once

#include "base/StrongId.h"
#include "base/Time.h"
#include "decode/MessageFacts.h"
#include "requests/ChunkedList.h"
#include "requests/LatencyHistogram.h"
#include "wire/Frame.h"

#include <QHash>

#include <map>
#include <optional>
#include <vector>

namespace sockeye {

/// Requests of one method, and what became of them.
struct RequestMethod
{
    QByteArray name;
    qint64 count = 0;
    /// Answered with an error.
    qint64 errors = 0;
    /// Without an answer, those that may still get one included.
    qint64 unanswered = 0;
    /// Of those that were answered; nothing without any.
    std::optional<Nanoseconds> median;
    std::optional<Nanoseconds> p95;
    std::optional<Nanoseconds> p99;
    std::optional<Nanoseconds> max;

    friend bool operator==(const RequestMethod &, const RequestMethod &) = default;
};

/// A request.
struct Request
{
    EntryId asked;
    /// The first answer; none as long as there is none.
    EntryId answered;
    QByteArray method;
    /// From the request to its first answer; negative without one.
    Nanoseconds latency{-1};
    bool hasFailed = false;
    /// Its connection is open, and nobody else asked by the same id: it may still be answered.
    bool isWaiting = false;

    friend bool operator==(const Request &, const Request &) = default;
};

/// Which messages of a capture ask and which answer: pairs them as they come, knows how long each answer took, what got
/// none, and sums up by methods. A request takes 24 bytes with its answer, methods some kilobytes each, and what waits
/// is bounded, so that a capture of any length may be walked over.
class RequestTable final
{
public:
    /// What is kept at most.
    struct Limits
    {
        /// Requests that are found by their entries; all are counted.
        size_t requests = 20'000'000;
        /// Requests that wait at the same time; the older half is given up beyond.
        size_t waiting = 1'000'000;
        /// More of them share one row.
        size_t methods = 2'000;
    };
    /// What a message is that asks or answers.
    struct Message
    {
        EntryId entry;
        ConnectionId connection;
        Timestamp time;
        Direction direction = Direction::None;
    };
    /// Bytes of a method's name; a longer one is cut between characters.
    static constexpr qsizetype MaxMethodName = 200;
    /// Of the row for methods beyond the limit.
    static const QByteArray OtherMethods;

    RequestTable()
        : RequestTable(Limits())
    {
    }
    explicit RequestTable(Limits limits)
        : m_limits(limits)
    {
    }

    /// Entries come in ascending order.
    void add(const Message &message, const std::vector<MessageFacts::Exchange> &exchanges);
    /// Of messages without a protocol: the one that says an id which the other side waits for answers it, any other one
    /// asks.
    void addById(const Message &message, const QByteArray &id, const QByteArray &method);
    /// Nothing comes on the connection any more: what waits there stays without an answer.
    void endConnection(ConnectionId connection);
    /// Those on which something waits.
    [[nodiscard]] std::vector<ConnectionId> openConnections() const;

    // One entry

    /// From its request to this entry, if that is a first answer; the longest where it answers several.
    [[nodiscard]] std::optional<Nanoseconds> latencyOf(EntryId entry) const;
    /// Of an answer the request, of a request its first answer, of what is both the request; none if there is none.
    [[nodiscard]] EntryId partnerOf(EntryId entry) const;
    [[nodiscard]] bool isRequest(EntryId entry) const;

    // All of them

    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] qint64 unansweredCount() const { return m_count - m_answeredCount; }
    /// In the order in which they first came.
    [[nodiscard]] std::vector<RequestMethod> methods() const;
    /// Those that took longest, the longest first.
    [[nodiscard]] std::vector<Request> slowest() const;
    static constexpr size_t SlowestCount = 10;
    /// The last `most` of those without an answer, in their order.
    [[nodiscard]] std::vector<Request> unanswered(size_t most) const;
    /// Some requests are counted, but not found by their entries.
    [[nodiscard]] bool isCut() const { return m_isCut; }
    /// About, in bytes.
    [[nodiscard]] size_t footprint() const;

private:
    static constexpr quint32 None = ~quint32(0);

    /// A request. Entries beyond 2^32 are not kept.
    struct Record
    {
        quint32 asked;
        quint32 answered;
        quint64 latency : 49;
        quint64 method : 12;
        quint64 hasFailed : 1;
        quint64 isOver : 1;
    };
    /// Entries that answer, in ascending order, each with what they answer.
    struct Answer
    {
        quint32 entry;
        quint32 record;
    };
    struct Waiting
    {
        Timestamp time;
        /// Its number among all requests.
        qint64 number = 0;
        quint32 record = None;
        quint16 method = 0;
        bool isAnswered = false;
    };
    using WaitingById = QHash<QByteArray, Waiting>;
    struct Connection
    {
        /// By the direction of those who ask.
        WaitingById in;
        WaitingById out;

        [[nodiscard]] WaitingById &askedBy(Direction direction) { return direction == Direction::Out ? out : in; }
    };
    struct Method
    {
        QByteArray name;
        qint64 count = 0;
        qint64 errors = 0;
        LatencyHistogram latencies;
    };

    void ask(const Message &message, const QByteArray &id, const QByteArray &method);
    /// False if nothing waits for it.
    bool answer(const Message &message, const QByteArray &id, MessageFacts::Exchange::Role role);
    void giveUp(const Waiting &waiting);
    void giveUpOldest();
    [[nodiscard]] quint16 methodOf(const QByteArray &name);
    void noteSlow(quint32 record);
    [[nodiscard]] Request requestAt(size_t record) const;
    [[nodiscard]] size_t firstAnswerOf(EntryId entry) const;
    [[nodiscard]] size_t firstRecordOf(EntryId entry) const;

    Limits m_limits;
    std::map<ConnectionId, Connection> m_connections;
    size_t m_waitingCount = 0;
    ChunkedList<Record> m_records;
    /// How many of each chunk of records have no answer.
    std::vector<quint32> m_unansweredOfChunk;
    ChunkedList<Answer> m_answers;
    std::vector<Method> m_methods;
    QHash<QByteArray, quint16> m_methodNumbers;
    /// In the order of slowest().
    std::vector<quint32> m_slowest;
    qint64 m_count = 0;
    qint64 m_answeredCount = 0;
    bool m_isCut = false;
};

} // namespace sockeye
