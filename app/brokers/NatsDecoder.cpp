#include "brokers/NatsDecoder.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "decode/JsonNodes.h"
#include "encodings/JsonShape.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// What stands behind the name of an operation.
struct NatsOperation
{
    QByteArrayView name;
    /// Words in their order; of those that may be left out the name begins with "?".
    std::vector<QStringView> words;
    bool hasJson = false;
    bool hasPayload = false;
};

const std::vector<NatsOperation> &natsOperations()
{
    static const std::vector<NatsOperation> all{
        {"INFO", {}, true, false},
        {"CONNECT", {}, true, false},
        {"PUB", {u"subject", u"?reply-to", u"#bytes"}, false, true},
        {"HPUB", {u"subject", u"?reply-to", u"#header bytes", u"#total bytes"}, false, true},
        {"SUB", {u"subject", u"?queue group", u"sid"}, false, false},
        {"UNSUB", {u"sid", u"?max_msgs"}, false, false},
        {"MSG", {u"subject", u"sid", u"?reply-to", u"#bytes"}, false, true},
        {"HMSG", {u"subject", u"sid", u"?reply-to", u"#header bytes", u"#total bytes"}, false, true},
        {"PING", {}, false, false},
        {"PONG", {}, false, false},
        {"+OK", {}, false, false},
        {"-ERR", {}, false, false},
    };
    return all;
}

/// The line that begins an operation; its end is that of its text, without the white space behind it.
struct NatsLine
{
    const NatsOperation *operation = nullptr;
    qsizetype nameEnd = 0;
    qsizetype end = 0;
    /// Of what stands behind it; -1 if the line goes on in the next message.
    qsizetype next = -1;
};

bool isNatsSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

const NatsOperation *natsOperation(QByteArrayView name)
{
    const auto found = std::ranges::find_if(natsOperations(), [name](const NatsOperation &operation) {
        return name.size() == operation.name.size() &&
               std::equal(name.begin(), name.end(), operation.name.begin(), [](char one, char other) {
                   return (one >= 'a' && one <= 'z' ? one - 'a' + 'A' : one) == other;
               });
    });
    return found == natsOperations().end() ? nullptr : &*found;
}

std::optional<NatsLine> natsLine(QByteArrayView bytes, qsizetype at)
{
    constexpr qsizetype MaxName = 7;
    NatsLine line;
    line.nameEnd = at;
    while (line.nameEnd < bytes.size() && line.nameEnd - at <= MaxName && !isNatsSpace(bytes[line.nameEnd]) &&
           bytes[line.nameEnd] != '\n')
        ++line.nameEnd;
    line.operation = natsOperation(bytes.sliced(at, line.nameEnd - at));
    if (!line.operation)
        return {};
    const qsizetype feed = bytes.indexOf('\n', line.nameEnd);
    line.next = feed < 0 ? -1 : feed + 1;
    line.end = feed < 0 ? bytes.size() : feed;
    while (line.end > line.nameEnd && isNatsSpace(bytes[line.end - 1]))
        --line.end;
    return line;
}

struct NatsWord
{
    qsizetype begin = 0;
    qsizetype end = 0;
};

std::vector<NatsWord> natsWords(QByteArrayView bytes, qsizetype begin, qsizetype end)
{
    constexpr size_t MaxWords = 8;
    std::vector<NatsWord> words;
    for (qsizetype at = begin; at < end && words.size() < MaxWords;) {
        while (at < end && isNatsSpace(bytes[at]))
            ++at;
        const qsizetype wordBegin = at;
        while (at < end && !isNatsSpace(bytes[at]))
            ++at;
        if (at > wordBegin)
            words.push_back({wordBegin, at});
    }
    return words;
}

/// A size as it is written; -1 for none.
qint64 natsNumber(QByteArrayView text)
{
    constexpr qsizetype MaxDigits = 10;
    if (text.isEmpty() || text.size() > MaxDigits ||
        !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
        return -1;
    return text.toByteArray().toLongLong();
}

/// Names of the words that are there; empty if there are too few or too many.
std::vector<QStringView> natsWordNames(const NatsOperation &operation, size_t count)
{
    std::vector<QStringView> names;
    for (const QStringView name : operation.words) {
        if (name.startsWith(u'?') && count < operation.words.size())
            continue;
        names.push_back(name.startsWith(u'?') || name.startsWith(u'#') ? name.sliced(1) : name);
    }
    return names.size() == count ? names : std::vector<QStringView>();
}

/// The words of a line fit its operation.
bool isNatsLine(QByteArrayView bytes, const NatsLine &line)
{
    const NatsOperation &operation = *line.operation;
    const QByteArrayView rest = bytes.sliced(line.nameEnd, line.end - line.nameEnd).trimmed();
    if (operation.hasJson)
        return rest.startsWith('{') && (line.next < 0 || rest.endsWith('}'));
    if (operation.name == "-ERR")
        return rest.startsWith('\'');
    if (operation.words.empty())
        return rest.isEmpty() && line.next >= 2 && bytes[line.next - 2] == '\r';
    if (line.next < 0)
        return false;
    const std::vector<NatsWord> words = natsWords(bytes, line.nameEnd, line.end);
    if (words.empty() || natsWordNames(operation, words.size()).empty() || !isValidUtf8(rest))
        return false;
    const NatsWord &last = words.back();
    return !operation.hasPayload || natsNumber(bytes.sliced(last.begin, last.end - last.begin)) >= 0;
}

} // namespace

Certainty NatsDecoder::probe(const DecodeInput &input) const
{
    constexpr qsizetype MaxNatsProbe = 64 * 1024;
    if (input.subprotocol == "nats"_L1)
        return input.payload.isEmpty() ? Certainty::None : Certainty::Sure;
    const QByteArrayView bytes = QByteArrayView(input.payload).first(std::min(input.payload.size(), MaxNatsProbe));
    if (bytes.size() < 5 || !((bytes[0] >= 'A' && bytes[0] <= 'Z') || bytes[0] == '+' || bytes[0] == '-'))
        return Certainty::None;
    const auto line = natsLine(bytes, 0);
    if (!line || bytes.first(line->nameEnd) != line->operation->name || !isNatsLine(bytes, *line))
        return Certainty::None;
    // Other protocols say so, too.
    return line->operation->name == "+OK" ? Certainty::Likely : Certainty::Sure;
}

namespace {

class NatsReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::NatsDecoder)

public:
    NatsReader(const DecodeInput &input, NodeBuilder &builder)
        : m_bytes(input.payload)
        , m_builder(builder)
    {
    }

    void read()
    {
        qsizetype operations = 0;
        while (m_at < m_bytes.size() && m_builder.goOn(m_at)) {
            m_line.clear();
            const bool isWhole = addOperation();
            if (operations == 0)
                m_first = m_line;
            if (!isWhole)
                break;
            ++operations;
        }
        QString summary = cutSummary(m_first);
        if (operations > 1)
            summary += u' ' + tr("+ %n more", nullptr, static_cast<int>(operations - 1));
        m_builder.setSummary(summary);
    }

private:
    bool fail(qsizetype at, const QString &rule)
    {
        m_builder.fail(at, rule);
        return false;
    }

    [[nodiscard]] QString textOf(qsizetype begin, qsizetype end) const
    {
        return textFromUtf8(m_bytes.sliced(begin, end - begin));
    }

    bool addOperation()
    {
        const qsizetype begin = m_at;
        const auto line = natsLine(m_bytes, begin);
        if (!line)
            return fail(begin, tr("No operation of NATS begins here; it may be the rest of one that began in an "
                                  "earlier message."));
        const NatsOperation &operation = *line->operation;
        m_line = QString::fromLatin1(operation.name);
        m_subject.clear();
        m_replyTo.clear();
        m_status.clear();
        m_builder.label(m_line, begin, line->nameEnd);
        if (!m_builder.open(Node::Kind::Object, begin))
            return false;
        if (operation.hasJson && !addJson(*line))
            return false;
        if (operation.name == "-ERR")
            addError(*line);
        if (line->next < 0)
            return fail(m_bytes.size(), tr("The operation goes on in the next message."));
        m_at = line->next;
        if (!operation.words.empty() && !addWords(*line))
            return false;
        m_builder.close(m_at);
        tellFacts(operation.name.toByteArray());
        return true;
    }

    /// Of an operation that is whole. A request is a message that says where its answer goes: whatever is published
    /// there next answers it.
    void tellFacts(const QByteArray &operation)
    {
        using Role = MessageFacts::Exchange::Role;
        m_builder.setMessage(operation, m_subject, m_subject);
        if (operation == "PING") {
            m_builder.addExchange(Role::Asks, "ping", operation);
        } else if (operation == "PONG") {
            m_builder.addExchange(Role::Answers, "ping");
        } else if (operation.endsWith("PUB") || operation.endsWith("MSG")) {
            m_builder.addExchange(m_status.startsWith("503") ? Role::Fails : Role::Answers, "reply-to " + m_subject);
            if (!m_replyTo.isEmpty())
                m_builder.addExchange(Role::Asks, "reply-to " + m_replyTo, operation + ' ' + m_subject);
        }
    }

    bool addJson(const NatsLine &line)
    {
        qsizetype begin = line.nameEnd;
        while (begin < line.end && isNatsSpace(m_bytes[begin]))
            ++begin;
        m_builder.label(u"options");
        if (line.next < 0) {
            m_builder.addPlace(Node::Kind::String, begin, line.end, begin);
            return true;
        }
        const qint32 options = m_builder.tree().size();
        if (!addJsonOrFail(m_builder, m_bytes, begin, line.end))
            return false;
        const JsonView view(m_builder.tree(), options);
        const QString name = view.member(line.operation->name == "INFO" ? u"server_name" : u"name").text();
        const QString lang = view.member(u"lang").text();
        for (const QString &word : {name, lang, view.member(u"version").text()})
            m_line += word.isEmpty() ? QString() : u' ' + word;
        return true;
    }

    void addError(const NatsLine &line)
    {
        qsizetype begin = line.nameEnd;
        while (begin < line.end && isNatsSpace(m_bytes[begin]))
            ++begin;
        if (begin == line.end)
            return;
        const bool isQuoted = line.end - begin >= 2 && m_bytes[begin] == '\'' && m_bytes[line.end - 1] == '\'';
        const qsizetype quote = isQuoted ? 1 : 0;
        m_builder.addPlace(u"error", Node::Kind::String, begin, line.end, begin + quote);
        m_builder.endText(line.end - quote);
        m_line += u' ' + textOf(begin + quote, line.end - quote);
    }

    bool addWords(const NatsLine &line)
    {
        const NatsOperation &operation = *line.operation;
        const std::vector<NatsWord> words = natsWords(m_bytes, line.nameEnd, line.end);
        const std::vector<QStringView> names = natsWordNames(operation, words.size());
        if (names.empty())
            return fail(line.nameEnd,
                        tr("%1 has other fields, or not so many.").arg(QString::fromLatin1(operation.name)));
        qint64 headerSize = 0;
        qint64 size = 0;
        for (size_t i = 0; i < words.size(); ++i) {
            const auto [begin, end] = words[i];
            const QByteArrayView text = m_bytes.sliced(begin, end - begin);
            const bool isSize = names[i].endsWith("bytes"_L1);
            const qint64 number = natsNumber(text);
            if (isSize && number < 0)
                return fail(begin, tr("\"%1\" is a whole number.").arg(names[i]));
            m_builder.addPlace(names[i],
                               number >= 0 && names[i] != "subject"_L1 ? Node::Kind::Number : Node::Kind::String, begin,
                               end, begin);
            if (names[i] == "header bytes"_L1)
                headerSize = number;
            else if (isSize)
                size = number;
            else
                m_line += u' ' + (names[i] == "reply-to"_L1 ? u"↩ "_s : QString()) + textFromUtf8(text);
            if (names[i] == "subject"_L1)
                m_subject = text.toByteArray();
            else if (names[i] == "reply-to"_L1)
                m_replyTo = text.toByteArray();
        }
        return !operation.hasPayload || addPayload(headerSize, size);
    }

    bool addPayload(qint64 headerSize, qint64 size)
    {
        if (headerSize > size)
            return fail(m_at, tr("The header is longer than all of the message."));
        const qsizetype begin = m_at;
        const qsizetype end = std::min<qsizetype>(m_bytes.size(), begin + size);
        const qsizetype headerEnd = std::min<qsizetype>(end, begin + headerSize);
        if (headerSize > 0 && !addHeader(begin, headerEnd))
            return false;
        if (end > headerEnd) {
            const QByteArrayView payload = m_bytes.sliced(headerEnd, end - headerEnd);
            const bool isText = isValidUtf8(payload) && !payload.contains('\0');
            m_builder.setTopic(textFromUtf8(m_subject));
            const QString said = m_builder.addInner(u"payload", headerEnd, end, headerEnd, isText).simplified();
            m_line = joinedSummary({m_line, said.isEmpty() ? sizeText(payload.size()) : said});
        }
        if (end - begin < size || m_bytes.size() - end < 2)
            return fail(
                m_bytes.size(),
                tr("The payload goes on in the next message: %1 of %2 bytes are here.").arg(end - begin).arg(size));
        if (m_bytes.sliced(end, 2) != "\r\n")
            return fail(end, tr("The end of a line has to stand behind the payload of %1 bytes.").arg(size));
        m_at = end + 2;
        return true;
    }

    bool addHeader(qsizetype begin, qsizetype end)
    {
        const QByteArrayView header = m_bytes.sliced(begin, end - begin);
        if (!m_builder.open(u"headers", Node::Kind::Object, begin))
            return false;
        qsizetype at = 0;
        for (bool isFirst = true; at < header.size(); isFirst = false) {
            const qsizetype feed = header.indexOf("\r\n", at);
            const qsizetype lineEnd = feed < 0 ? header.size() : feed;
            if (!m_builder.goOn(begin + at))
                return false;
            if (isFirst)
                addVersion(begin, begin + lineEnd);
            else if (lineEnd > at && !addHeaderLine(begin + at, begin + lineEnd))
                return false;
            at = feed < 0 ? lineEnd : feed + 2;
        }
        m_builder.close(end);
        return true;
    }

    void addVersion(qsizetype begin, qsizetype end)
    {
        const QByteArrayView line = m_bytes.sliced(begin, end - begin);
        const qsizetype space = line.indexOf(' ');
        const qsizetype versionEnd = space < 0 ? end : begin + space;
        m_builder.addPlace(u"version", Node::Kind::String, begin, versionEnd, begin);
        if (space < 0 || versionEnd + 1 >= end)
            return;
        const QByteArrayView status = line.sliced(space + 1);
        m_builder.addPlace(u"status", Node::Kind::String, versionEnd + 1, end, versionEnd + 1,
                           status.startsWith("503") ? tr("no responders") : QString());
        m_status = status.toByteArray();
        m_line += u' ' + textFromUtf8(status);
    }

    bool addHeaderLine(qsizetype begin, qsizetype end)
    {
        const qsizetype colon = m_bytes.first(end).indexOf(':', begin);
        if (colon <= begin)
            return fail(begin, tr("A header is a name and a value with a colon between them."));
        qsizetype value = colon + 1;
        while (value < end && isNatsSpace(m_bytes[value]))
            ++value;
        m_builder.label(textOf(begin, colon), begin, colon);
        m_builder.addPlace(Node::Kind::String, value, end, value);
        return true;
    }

    const QByteArrayView m_bytes;
    NodeBuilder &m_builder;
    qsizetype m_at = 0;
    /// Of the operation at hand.
    QByteArray m_subject;
    QByteArray m_replyTo;
    QByteArray m_status;
    /// What the operation at hand says, and what the first one said.
    QString m_line;
    QString m_first;
};

} // namespace

void NatsDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    NatsReader(input, builder).read();
}

} // namespace sockeye
