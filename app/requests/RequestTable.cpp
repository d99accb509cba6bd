#include "requests/RequestTable.h"

#include <QCryptographicHash>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

using ExchangeRole = MessageFacts::Exchange::Role;

constexpr quint64 MaxRecordLatency = (quint64(1) << 49) - 1;
constexpr quint64 MethodMask = (quint64(1) << 12) - 1;

Direction otherSide(Direction direction)
{
    return direction == Direction::Out ? Direction::In : Direction::Out;
}

bool isRecordEntry(EntryId entry)
{
    return entry.value() > 0 && entry.value() < std::numeric_limits<quint32>::max();
}

quint32 recordEntry(EntryId entry)
{
    return static_cast<quint32>(entry.value());
}

/// So many bytes of a name, without half a character at the end.
QByteArray shortName(const QByteArray &name)
{
    if (name.size() <= RequestTable::MaxMethodName)
        return name;
    qsizetype size = RequestTable::MaxMethodName;
    while (size > 0 && (static_cast<quint8>(name[size]) & 0xc0) == 0x80)
        --size;
    return name.first(size);
}

/// What an id is kept as: peers say how long it is, and many may wait.
QByteArray keptId(const QByteArray &id)
{
    constexpr qsizetype MaxKept = 64;
    return id.size() <= MaxKept ? id : QCryptographicHash::hash(id, QCryptographicHash::Sha1);
}

} // namespace

const QByteArray RequestTable::OtherMethods = QByteArrayLiteral("…");

void RequestTable::add(const Message &message, const std::vector<MessageFacts::Exchange> &exchanges)
{
    for (const MessageFacts::Exchange &exchange : exchanges) {
        if (exchange.role == ExchangeRole::Asks)
            ask(message, exchange.id, exchange.method);
        else
            static_cast<void>(answer(message, exchange.id, exchange.role));
    }
}

void RequestTable::addById(const Message &message, const QByteArray &id, const QByteArray &method)
{
    // More may come: a subscription's messages say its id, too.
    if (!answer(message, id, ExchangeRole::Continues))
        ask(message, id, method);
}

void RequestTable::ask(const Message &message, const QByteArray &id, const QByteArray &method)
{
    const quint16 number = methodOf(method);
    ++m_methods[number].count;
    ++m_count;
    Waiting waiting{message.time, m_count, None, number};
    if (isRecordEntry(message.entry) && m_records.size() < m_limits.requests) {
        waiting.record = static_cast<quint32>(m_records.size());
        if (m_records.size() % ChunkedList<Record>::ChunkSize == 0)
            m_unansweredOfChunk.push_back(0);
        ++m_unansweredOfChunk.back();
        Record record{};
        record.asked = recordEntry(message.entry);
        record.method = number & MethodMask;
        m_records.append(record);
    } else {
        m_isCut = true;
    }
    WaitingById &asked = m_connections[message.connection].askedBy(message.direction);
    const QByteArray kept = keptId(id);
    const auto former = asked.find(kept);
    if (former != asked.end()) {
        giveUp(*former);
        *former = waiting;
        return;
    }
    asked.insert(kept, waiting);
    if (++m_waitingCount > m_limits.waiting)
        giveUpOldest();
}

bool RequestTable::answer(const Message &message, const QByteArray &id, ExchangeRole role)
{
    const auto connection = m_connections.find(message.connection);
    if (connection == m_connections.end())
        return false;
    WaitingById &asked = connection->second.askedBy(otherSide(message.direction));
    const auto found = asked.find(keptId(id));
    if (found == asked.end())
        return false;
    Waiting &waiting = *found;
    Method &method = m_methods[waiting.method];
    const bool isKept = waiting.record != None && isRecordEntry(message.entry);
    Record *record = isKept ? &m_records.at(waiting.record) : nullptr;
    if (role == ExchangeRole::Fails) {
        ++method.errors;
        if (record)
            record->hasFailed = 1;
    }
    if (record)
        m_answers.append({recordEntry(message.entry), waiting.record});
    if (!waiting.isAnswered) {
        waiting.isAnswered = true;
        ++m_answeredCount;
        // Clocks may be set back.
        const Nanoseconds latency = std::max(Nanoseconds(0), message.time - waiting.time);
        method.latencies.add(latency);
        if (record) {
            record->answered = recordEntry(message.entry);
            record->latency = std::min(static_cast<quint64>(latency.count()), MaxRecordLatency) & MaxRecordLatency;
            --m_unansweredOfChunk[waiting.record / ChunkedList<Record>::ChunkSize];
            noteSlow(waiting.record);
        }
    }
    if (role != ExchangeRole::Continues) {
        asked.erase(found);
        --m_waitingCount;
    }
    return true;
}

void RequestTable::giveUp(const Waiting &waiting)
{
    if (!waiting.isAnswered && waiting.record != None)
        m_records.at(waiting.record).isOver = 1;
}

void RequestTable::giveUpOldest()
{
    std::vector<qint64> numbers;
    numbers.reserve(m_waitingCount);
    const auto forEach = [this](const auto &visit) {
        for (auto &[id, connection] : m_connections) {
            visit(connection.in);
            visit(connection.out);
        }
    };
    forEach([&numbers](const WaitingById &asked) {
        for (const Waiting &waiting : asked)
            numbers.push_back(waiting.number);
    });
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    const qint64 first = *middle;
    forEach([this, first](WaitingById &asked) {
        m_waitingCount -= static_cast<size_t>(asked.removeIf([this, first](const WaitingById::iterator &one) {
            if (one->number >= first)
                return false;
            giveUp(*one);
            return true;
        }));
    });
}

void RequestTable::endConnection(ConnectionId connection)
{
    const auto found = m_connections.find(connection);
    if (found == m_connections.end())
        return;
    for (const WaitingById *asked : {&found->second.in, &found->second.out}) {
        for (const Waiting &waiting : *asked)
            giveUp(waiting);
        m_waitingCount -= static_cast<size_t>(asked->size());
    }
    m_connections.erase(found);
}

std::vector<ConnectionId> RequestTable::openConnections() const
{
    std::vector<ConnectionId> open;
    for (const auto &[id, connection] : m_connections)
        open.push_back(id);
    return open;
}

quint16 RequestTable::methodOf(const QByteArray &name)
{
    const QByteArray cut = shortName(name);
    const auto known = m_methodNumbers.constFind(cut);
    if (known != m_methodNumbers.constEnd())
        return *known;
    const bool isOther = m_methods.size() + 1 >= m_limits.methods;
    const QByteArray &row = isOther ? OtherMethods : cut;
    if (const auto other = m_methodNumbers.constFind(row); other != m_methodNumbers.constEnd())
        return *other;
    const auto number = static_cast<quint16>(m_methods.size());
    m_methods.push_back({row, 0, 0, {}});
    m_methodNumbers.insert(row, number);
    return number;
}

void RequestTable::noteSlow(quint32 record)
{
    // The first one of those that took as long stays.
    const auto place = std::ranges::find_if(m_slowest, [this, record](quint32 other) {
        return m_records.at(other).latency < m_records.at(record).latency;
    });
    m_slowest.insert(place, record);
    if (m_slowest.size() > SlowestCount)
        m_slowest.pop_back();
}

Request RequestTable::requestAt(size_t place) const
{
    const Record &record = m_records.at(place);
    Request request;
    request.asked = EntryId(record.asked);
    request.answered = EntryId(record.answered);
    request.method = m_methods[record.method].name;
    if (record.answered != 0)
        request.latency = Nanoseconds(static_cast<qint64>(record.latency));
    request.hasFailed = record.hasFailed != 0;
    request.isWaiting = record.answered == 0 && record.isOver == 0;
    return request;
}

size_t RequestTable::firstAnswerOf(EntryId entry) const
{
    return m_answers.firstNot([entry](const Answer &answer) { return EntryId(answer.entry) < entry; });
}

size_t RequestTable::firstRecordOf(EntryId entry) const
{
    return m_records.firstNot([entry](const Record &record) { return EntryId(record.asked) < entry; });
}

std::optional<Nanoseconds> RequestTable::latencyOf(EntryId entry) const
{
    std::optional<Nanoseconds> longest;
    for (size_t i = firstAnswerOf(entry); i < m_answers.size() && EntryId(m_answers.at(i).entry) == entry; ++i) {
        const Record &record = m_records.at(m_answers.at(i).record);
        const Nanoseconds latency(static_cast<qint64>(record.latency));
        if (EntryId(record.answered) == entry && (!longest || *longest < latency))
            longest = latency;
    }
    return longest;
}

EntryId RequestTable::partnerOf(EntryId entry) const
{
    if (const size_t i = firstAnswerOf(entry); i < m_answers.size() && EntryId(m_answers.at(i).entry) == entry)
        return EntryId(m_records.at(m_answers.at(i).record).asked);
    for (size_t i = firstRecordOf(entry); i < m_records.size() && EntryId(m_records.at(i).asked) == entry; ++i) {
        if (m_records.at(i).answered != 0)
            return EntryId(m_records.at(i).answered);
    }
    return {};
}

bool RequestTable::isRequest(EntryId entry) const
{
    const size_t i = firstRecordOf(entry);
    return i < m_records.size() && EntryId(m_records.at(i).asked) == entry;
}

std::vector<RequestMethod> RequestTable::methods() const
{
    std::vector<RequestMethod> rows;
    rows.reserve(m_methods.size());
    for (const Method &method : m_methods) {
        const LatencyHistogram &latencies = method.latencies;
        rows.push_back({method.name, method.count, method.errors, method.count - latencies.count(),
                        latencies.percentile(0.5), latencies.percentile(0.95), latencies.percentile(0.99),
                        latencies.max()});
    }
    return rows;
}

std::vector<Request> RequestTable::slowest() const
{
    std::vector<Request> requests;
    requests.reserve(m_slowest.size());
    for (const quint32 record : m_slowest)
        requests.push_back(requestAt(record));
    return requests;
}

std::vector<Request> RequestTable::unanswered(size_t most) const
{
    std::vector<Request> requests;
    for (size_t chunk = m_unansweredOfChunk.size(); chunk-- > 0 && requests.size() < most;) {
        size_t left = m_unansweredOfChunk[chunk];
        const size_t begin = chunk * ChunkedList<Record>::ChunkSize;
        const size_t end = std::min(m_records.size(), begin + ChunkedList<Record>::ChunkSize);
        for (size_t i = end; i-- > begin && left > 0 && requests.size() < most;) {
            if (m_records.at(i).answered == 0) {
                requests.push_back(requestAt(i));
                --left;
            }
        }
    }
    std::ranges::reverse(requests);
    return requests;
}

size_t RequestTable::footprint() const
{
    constexpr size_t EachWaiting = 96;
    return m_records.footprint() + m_answers.footprint() + m_waitingCount * EachWaiting;
}

} // namespace sockeye
