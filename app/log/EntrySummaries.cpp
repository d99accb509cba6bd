#include "log/EntrySummaries.h"

#include "conversation/ConversationChoice.h"
#include "conversation/ConversationReader.h"
#include "fields/EntryDecoder.h"
#include "formats/MessageDecoder.h"
#include "log/SameMembers.h"
#include "reading/CaptureReader.h"
#include "record/EntryText.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Payload bytes read for one page: a log of long messages is not to wait for its rows.
constexpr qint64 MaxRead = 8 * 1024 * 1024;
/// Longer messages are decoded where they are looked at.
constexpr qint64 MaxSummedUp = 64 * 1024;
/// Bytes that are unpacked of a message for its line.
constexpr qsizetype MaxUnpacked = 256 * 1024;
/// Nodes that are kept of one: the line is about the first of them.
constexpr qint32 MaxNodes = 20'000;

/// Sums up the entries of one page, one after the other.
class Summarizer final
{
public:
    Summarizer(const CaptureReader &capture, const FormatSet &formats, const QStringList &fields)
        : m_capture(capture)
        , m_formats(formats)
        , m_fields(fields)
    {
    }

    EntrySummary read(const Entry &entry)
    {
        const bool isText = entry.kind == EntryKind::Text;
        const bool mayBeJson = isText && entry.size <= JsonSummary::MaxExamined && JsonSummary::isPromising(entry.head);
        const bool isMessage = (isText || entry.kind == EntryKind::Binary) && entry.size > 0;
        const bool hasLine = isMessage && entry.size <= MaxSummedUp;
        // The filter looks for fields in messages that are as long.
        const bool hasFields = isMessage && !m_fields.isEmpty() && entry.size <= EntryDecoder::MaxSize;
        EntrySummary summary;
        if (isMessage && !hasFields)
            summary.fields = m_fields.unread();
        if (!mayBeJson && !hasLine && !hasFields)
            return summary;
        const std::optional<QByteArray> payload = payloadOf(entry);
        if (!payload) {
            summary.fields = m_fields.unread();
            return summary;
        }
        if (hasLine || hasFields)
            decode(entry, *payload, summary);
        if (summary.line.isEmpty() && mayBeJson)
            summary.line = m_json.read(*payload);
        return summary;
    }

    [[nodiscard]] const QHash<ConnectionId, EntryId> &unfollowed() const { return m_unfollowed; }

private:
    std::optional<QByteArray> payloadOf(const Entry &entry)
    {
        if (entry.isWhole())
            return entry.head;
        if (entry.size > m_left)
            return {};
        m_left -= entry.size;
        const Result<QByteArray> payload = m_capture.payload(entry.id);
        return payload ? std::optional(payload.value()) : std::nullopt;
    }

    void decode(const Entry &entry, const QByteArray &payload, EntrySummary &summary)
    {
        Lane &lane = laneOf(entry.connection);
        DecodeInput input{payload, entry.kind == EntryKind::Text, entry.direction, lane.choice.subprotocol};
        if (lane.conversation && !lane.isFar) {
            if (auto before = lane.conversation->before(entry.id, ConversationReader::Few))
                input.before = std::move(before).value();
            // So are those behind it, and looking once costs enough.
            lane.isFar = !input.before;
        }
        if (!input.before) {
            const Dependence dependence = lane.choice.dependence(input, m_formats);
            if (dependence != Dependence::None)
                m_unfollowed.insert(entry.connection, entry.id);
            // By itself a part would be taken for what it is not.
            if (dependence == Dependence::All)
                return;
        }
        const FormatChoice choice = m_formats.choose(input);
        // The members of plain JSON stand in columns.
        const bool isPlainJson = choice.format && input.isText && choice.format->id() == u"json";
        if (!choice.format || (isPlainJson && m_fields.isEmpty()))
            return;
        NodeBuilder::Limits limits;
        limits.nodes = m_fields.isEmpty() ? MaxNodes : EntryDecoder::MaxNodes;
        limits.stepBytes = m_fields.isEmpty() ? MaxUnpacked : EntryDecoder::MaxUnpacked;
        if (!decodeInto(m_tree, input, *choice.format, m_formats, {}, limits))
            return;
        if (!m_fields.isEmpty())
            summary.fields = m_fields.in(m_tree);
        if (!isPlainJson && entry.size <= MaxSummedUp)
            summary.line = lineOf(input, choice);
    }

    /// Of the message that was decoded last.
    [[nodiscard]] QList<SummaryPart> lineOf(const DecodeInput &input, const FormatChoice &choice) const
    {
        if (m_tree.summary.isEmpty() || (choice.isRule && m_tree.error))
            return {};
        // Only what is a guess has to be told what it is taken for.
        const bool isGuess = choice.certainty == Certainty::Likely;
        QList<SummaryPart> parts;
        QString line = oneLine(m_tree.summary);
        const bool namesItself = m_tree.summary.startsWith(choice.format->name(), Qt::CaseInsensitive);
        if (isGuess && namesItself)
            line.insert(choice.format->name().size(), u'?');
        else if (isGuess || ((!input.isText || choice.isRule) && !namesItself))
            parts.append({SummaryPart::Role::Plain, choice.format->name() + (isGuess ? u"?"_s : QString())});
        parts.append({SummaryPart::Role::Value, line});
        return parts;
    }

    /// A connection, and who follows its messages if they depend on each other.
    struct Lane
    {
        ConversationChoice choice;
        std::unique_ptr<ConversationReader> conversation;
        /// Too much would have to be followed.
        bool isFar = false;
    };

    Lane &laneOf(ConnectionId connection)
    {
        const auto [found, isNew] = m_lanes.try_emplace(connection);
        Lane &lane = found->second;
        if (!isNew)
            return lane;
        lane.choice = ConversationChoice::of(m_capture, connection, m_formats);
        if (lane.choice.format) {
            lane.conversation = std::make_unique<ConversationReader>(m_capture, connection, *lane.choice.format,
                                                                     lane.choice.subprotocol);
        }
        return lane;
    }

    const CaptureReader &m_capture;
    const FormatSet &m_formats;
    const FieldTexts m_fields;
    NodeTree m_tree;
    JsonSummary m_json;
    std::map<ConnectionId, Lane> m_lanes;
    QHash<ConnectionId, EntryId> m_unfollowed;
    qint64 m_left = MaxRead;
};

} // namespace

EntrySummaries summarize(const CaptureReader &capture, const QList<Entry> &entries, const FormatSet &formats,
                         const QStringList &fields, MarkSame marks)
{
    Summarizer summarizer(capture, formats, fields);
    EntrySummaries summaries;
    summaries.entries.reserve(entries.size());
    SameMembers same;
    if (marks == MarkSame::Yes && !entries.isEmpty()) {
        const qint64 first = entries.constFirst().id.value();
        const qint64 oldest = std::max<qint64>(1, first - SameMembers::LookBack);
        const auto before = capture.entries(EntryId(oldest), static_cast<int>(first - oldest));
        for (const Entry &entry : before ? before.value() : QList<Entry>()) {
            EntrySummary summary = entry.id.value() < first ? summarizer.read(entry) : EntrySummary();
            same.mark(entry, summary.line);
        }
    }
    for (const Entry &entry : entries) {
        summaries.entries.append(summarizer.read(entry));
        if (marks == MarkSame::Yes)
            same.mark(entry, summaries.entries.last().line);
    }
    summaries.unfollowed = summarizer.unfollowed();
    return summaries;
}

} // namespace sockeye
