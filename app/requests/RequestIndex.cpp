#include "requests/RequestIndex.h"

#include "fields/FieldFinder.h"
#include "fields/MessageWalk.h"
#include "reading/CaptureReader.h"
#include "requests/LongAnswers.h"

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

/// Entries that one reads before another one may.
constexpr qint64 Turn = 4096;
/// Messages whose pairs are found at once: the window's thread waits no longer than that takes.
constexpr size_t Lot = 256;

/// A message that asks or answers, without its tree.
struct Exchanged
{
    RequestTable::Message message;
    std::vector<MessageFacts::Exchange> exchanges;
    /// By the user's path.
    QByteArrayList ids;
    QByteArray method;
};

/// What a message wants, in messages whose protocol gives it no name.
QByteArray methodIn(const NodeTree &tree)
{
    if (!tree.facts.name.isEmpty())
        return tree.facts.name;
    if (!tree.facts.kind.isEmpty())
        return tree.facts.kind;
    static constexpr std::array<QLatin1StringView, 8> names{QLatin1StringView("method"),  QLatin1StringView("action"),
                                                            QLatin1StringView("type"),    QLatin1StringView("event"),
                                                            QLatin1StringView("op"),      QLatin1StringView("cmd"),
                                                            QLatin1StringView("command"), QLatin1StringView("name")};
    const qint32 root = tree.size() > 0 ? 0 : Node::None;
    if (root == Node::None || tree.at(root).kind != Node::Kind::Object)
        return {};
    for (const QLatin1StringView name : names) {
        for (qint32 child = root + 1; child < tree.at(root).end; child = tree.at(child).end) {
            if (tree.at(child).kind == Node::Kind::String && tree.name(child) == name)
                return tree.text(child).toUtf8();
        }
    }
    return {};
}

/// Of a message that is too long to be decoded.
std::vector<MessageFacts::Exchange> longExchanges(const CaptureReader &capture, const WalkedMessage &message)
{
    const Result<QByteArray> head = capture.payload(message.id, 0, LongAnswerBytes);
    const Result<QByteArray> tail = capture.payload(message.id, message.size - LongAnswerBytes, LongAnswerBytes);
    return head && tail ? longAnswers(head.value(), tail.value()) : std::vector<MessageFacts::Exchange>();
}

} // namespace

RequestIndex::RequestIndex(std::shared_ptr<const FormatSet> formats)
    : m_formats(std::move(formats))
{
    const QString &path = m_formats->options().requestPath;
    if (path.isEmpty())
        return;
    Result<FieldPath> parsed = FieldPath::parse(path);
    if (parsed)
        m_path = std::make_unique<const FieldPath>(std::move(parsed).value());
    else
        m_problem = parsed.message();
}

RequestIndex::~RequestIndex() = default;

Result<> RequestIndex::readTo(MessageWalk &walk, EntryId last, const CancelToken &cancel,
                              const std::function<void(EntryId)> &progress)
{
    std::optional<FieldFinder> finder;
    if (m_path)
        finder.emplace(*m_path);
    std::vector<Exchanged> lot;
    const auto pair = [&](EntryId known) {
        const std::scoped_lock lock(m_mutex);
        for (const Exchanged &one : lot) {
            m_table.add(one.message, one.exchanges);
            for (const QByteArray &id : one.ids)
                m_table.addById(one.message, id, one.method);
        }
        lot.clear();
        m_last = known;
    };
    const auto visit = [&](const WalkedMessage &message) {
        Exchanged one;
        one.message = {message.id, message.connection, message.time, message.direction};
        const bool isLong = !message.tree && message.isText && message.size > EntryDecoder::MaxSize;
        if (!message.tree && (!isLong || finder))
            return true;
        if (isLong) {
            one.exchanges = longExchanges(walk.capture(), message);
        } else if (const NodeTree &tree = *message.tree; finder) {
            for (const qint32 node : finder->in(tree)) {
                if (!tree.at(node).isContainer() && tree.at(node).kind != Node::Kind::Null)
                    one.ids += tree.text(node).toUtf8();
            }
            if (!one.ids.isEmpty())
                one.method = methodIn(tree);
        } else {
            one.exchanges = message.tree->facts.exchanges;
        }
        if (one.ids.isEmpty() && one.exchanges.empty())
            return true;
        lot.push_back(std::move(one));
        if (lot.size() >= Lot)
            pair(message.id);
        return true;
    };
    while (!cancel.isCancelled()) {
        const std::scoped_lock turn(m_reading);
        const EntryId known = this->last();
        if (known >= last)
            return {};
        const EntryId end = std::min(last, known + Turn);
        const Result<> walked = walk.forEach(known + 1, end, cancel, visit);
        if (!walked)
            return walked;
        // Of a walk that was broken off nothing is known behind what it paired.
        if (cancel.isCancelled()) {
            if (!lot.empty())
                pair(lot.back().message.entry);
            return {};
        }
        pair(end);
        if (progress)
            progress(end);
    }
    return {};
}

Result<> RequestIndex::takeEnds(MessageWalk &walk, const CancelToken &cancel)
{
    std::vector<ConnectionId> open;
    {
        const std::scoped_lock lock(m_mutex);
        open = m_table.openConnections();
    }
    if (open.empty())
        return {};
    const Result<QList<ConnectionRecord>> ends = walk.capture().connectionEnds();
    if (!ends)
        return ends.error();
    // Asked for after the ends: no entry of a connection that has ended stands behind it.
    const Result<EntryId> last = walk.capture().lastEntry();
    if (!last)
        return last.error();
    const Result<> read = readTo(walk, last.value(), cancel);
    if (!read || cancel.isCancelled())
        return read;
    const std::scoped_lock lock(m_mutex);
    for (const ConnectionRecord &record : ends.value()) {
        if (record.endKind != EndKind::Live)
            m_table.endConnection(record.id);
    }
    return {};
}

EntryId RequestIndex::last() const
{
    const std::scoped_lock lock(m_mutex);
    return m_last;
}

std::optional<Nanoseconds> RequestIndex::latencyOf(EntryId entry) const
{
    const std::scoped_lock lock(m_mutex);
    return m_table.latencyOf(entry);
}

EntryId RequestIndex::partnerOf(EntryId entry) const
{
    const std::scoped_lock lock(m_mutex);
    return m_table.partnerOf(entry);
}

bool RequestIndex::isRequest(EntryId entry) const
{
    const std::scoped_lock lock(m_mutex);
    return m_table.isRequest(entry);
}

RequestReport RequestIndex::report() const
{
    const std::scoped_lock lock(m_mutex);
    RequestReport report;
    report.methods = m_table.methods();
    report.slowest = m_table.slowest();
    report.unanswered = m_table.unanswered(RequestReport::MaxUnanswered);
    report.count = m_table.count();
    report.unansweredCount = m_table.unansweredCount();
    report.isCut = m_table.isCut();
    report.last = m_last;
    return report;
}

} // namespace sockeye
