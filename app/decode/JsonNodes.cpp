#include "decode/JsonNodes.h"

#include "base/Bytes.h"
#include "search/EnvelopeSplitter.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>
#include <limits>
#include <vector>

namespace sockeye {

namespace {

/// What reads JSON keeps a list of what is open, not a stack.
constexpr qint32 NoDepthLimit = std::numeric_limits<qint32>::max();

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Reads JSON texts and adds their nodes.
class Reader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::JsonReader)

public:
    /// The text's bytes are those of the builder.
    Reader(NodeBuilder &builder, QByteArrayView text)
        : m_builder(builder)
        , m_text(text)
    {
    }

    /// False for what is no JSON.
    bool read(qsizetype begin, qsizetype end)
    {
        m_at = begin;
        m_end = end;
        m_open.clear();
        m_expected = Expected::Value;
        while (skipSpaces()) {
            if (!m_builder.goOn(m_at) || !step())
                return false;
        }
        return m_expected == Expected::Nothing;
    }

    [[nodiscard]] bool hasContainer() const { return m_hasContainer; }
    /// Tells the builder what is missing where the text is no JSON.
    void tellFault() { m_builder.fail(m_at, faultText()); }

private:
    enum class Expected : quint8 { Value, ValueOrEnd, Name, NameOrEnd, Colon, CommaOrEnd, Nothing };

    [[nodiscard]] QString faultText() const
    {
        if (m_at >= m_end)
            return tr("The JSON text ends in the middle.");
        switch (m_expected) {
        case Expected::Value:
        case Expected::ValueOrEnd:
            return tr("No JSON value: a value has to stand here.");
        case Expected::Name:
        case Expected::NameOrEnd:
            return tr("No JSON: a name in quotes has to stand here.");
        case Expected::Colon:
            return tr("No JSON: a colon has to stand here.");
        case Expected::CommaOrEnd:
            return tr("No JSON: a comma or the end of the array or object has to stand here.");
        case Expected::Nothing:
            break;
        }
        return tr("Something stands behind the end of the JSON value.");
    }

    [[nodiscard]] char current() const { return m_text.at(m_at); }

    /// Whether something is left.
    bool skipSpaces()
    {
        while (m_at < m_end && isSpace(current()))
            ++m_at;
        return m_at < m_end;
    }

    bool step()
    {
        const char c = current();
        switch (m_expected) {
        case Expected::ValueOrEnd:
            return c == ']' ? close() : value(c);
        case Expected::Value:
            return value(c);
        case Expected::NameOrEnd:
            return c == '}' ? close() : name(c);
        case Expected::Name:
            return name(c);
        case Expected::Colon:
            if (c != ':')
                return false;
            ++m_at;
            m_expected = Expected::Value;
            return true;
        case Expected::CommaOrEnd:
            if (c != ',')
                return c == (m_open.back() ? '}' : ']') && close();
            ++m_at;
            m_expected = m_open.back() ? Expected::Name : Expected::Value;
            return true;
        case Expected::Nothing:
            break;
        }
        return false;
    }

    bool name(char c)
    {
        const qsizetype begin = m_at;
        if (c != '"' || !skipString())
            return false;
        m_builder.jsonName(begin, m_at);
        m_expected = Expected::Colon;
        return true;
    }

    bool value(char c)
    {
        const qsizetype begin = m_at;
        switch (c) {
        case '{':
            return open(Node::Kind::Object);
        case '[':
            return open(Node::Kind::Array);
        case '"':
            return skipString() && scalar(Node::Kind::String, begin);
        case 't':
            return skipWord("true") && scalar(Node::Kind::Boolean, begin);
        case 'f':
            return skipWord("false") && scalar(Node::Kind::Boolean, begin);
        case 'n':
            return skipWord("null") && scalar(Node::Kind::Null, begin);
        default:
            return skipNumber() && scalar(Node::Kind::Number, begin);
        }
    }

    bool open(Node::Kind kind)
    {
        if (!m_builder.open(kind, m_at))
            return false;
        m_builder.markJson();
        m_open.push_back(kind == Node::Kind::Object);
        m_expected = kind == Node::Kind::Object ? Expected::NameOrEnd : Expected::ValueOrEnd;
        m_hasContainer = true;
        ++m_at;
        return true;
    }

    bool close()
    {
        m_builder.close(++m_at);
        m_open.pop_back();
        afterValue();
        return true;
    }

    bool scalar(Node::Kind kind, qsizetype begin)
    {
        m_builder.addJson(kind, begin, m_at);
        afterValue();
        return true;
    }

    void afterValue() { m_expected = m_open.empty() ? Expected::Nothing : Expected::CommaOrEnd; }

    bool skipWord(const char *word)
    {
        const auto length = static_cast<qsizetype>(std::strlen(word));
        if (m_text.sliced(m_at, std::min(length, m_end - m_at)) != QByteArrayView(word))
            return false;
        m_at += length;
        return true;
    }

    bool skipString()
    {
        for (++m_at; m_at < m_end; ++m_at) {
            const char c = current();
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (static_cast<uchar>(c) < 0x20 || (c == '\\' && !skipEscape()))
                return false;
        }
        return false;
    }

    /// Stops at its last character.
    bool skipEscape()
    {
        if (++m_at >= m_end)
            return false;
        if (current() != 'u')
            return std::strchr("\"\\/bfnrt", current()) != nullptr && current() != '\0';
        for (int i = 0; i < 4; ++i) {
            if (++m_at >= m_end || !isHexDigit(current()))
                return false;
        }
        return true;
    }

    bool skipDigits()
    {
        const qsizetype begin = m_at;
        while (m_at < m_end && isDigit(current()))
            ++m_at;
        return m_at > begin;
    }

    bool skipNumber()
    {
        if (current() == '-')
            ++m_at;
        const qsizetype integer = m_at;
        if (!skipDigits() || (m_text.at(integer) == '0' && m_at - integer > 1))
            return false;
        if (m_at < m_end && current() == '.') {
            ++m_at;
            if (!skipDigits())
                return false;
        }
        if (m_at < m_end && (current() == 'e' || current() == 'E')) {
            ++m_at;
            if (m_at < m_end && (current() == '+' || current() == '-'))
                ++m_at;
            return skipDigits();
        }
        return true;
    }

    NodeBuilder &m_builder;
    const QByteArrayView m_text;
    qsizetype m_at = 0;
    qsizetype m_end = 0;
    Expected m_expected = Expected::Value;
    /// Of the containers whose ends have not come: whether they are objects.
    std::vector<bool> m_open;
    bool m_hasContainer = false;
};

} // namespace

bool isJsonContainer(const QByteArray &json, const GoOn &goOn)
{
    if (!isValidUtf8(json))
        return false;
    NodeBuilder none(json, goOn, {0, NoDepthLimit});
    Reader reader(none, json);
    const auto first = std::find_if_not(json.begin(), json.end(), isSpace);
    const bool begins = first != json.end() && (*first == '{' || *first == '[');
    return begins && reader.read(0, json.size());
}

bool addJsonNodes(NodeBuilder &builder, QByteArrayView text, qsizetype begin, qsizetype end)
{
    const qint32 depth = builder.depth();
    const bool isRead = Reader(builder, text).read(begin, end);
    while (builder.depth() > depth)
        builder.close(end);
    return isRead;
}

bool addJsonOrFail(NodeBuilder &builder, QByteArrayView text, qsizetype begin, qsizetype end)
{
    if (!isValidUtf8(text.sliced(begin, end - begin))) {
        builder.fail(begin, QCoreApplication::translate("sockeye::JsonReader", "JSON is UTF-8, which this is not."));
        return false;
    }
    Reader reader(builder, text);
    const bool isRead = reader.read(begin, end);
    if (!isRead && !builder.isStopped())
        reader.tellFault();
    return isRead;
}

bool isJsonText(const QByteArray &payload)
{
    // What most binary formats are told by, before anything is made.
    if (!isValidUtf8(payload))
        return false;
    NodeBuilder none(payload, {}, {0, NoDepthLimit});
    return addJsonTexts(none, payload);
}

bool addJsonTexts(NodeBuilder &builder, const QByteArray &payload)
{
    using Kind = EnvelopePart::Kind;
    if (!isValidUtf8(payload)) {
        builder.fail(0, QCoreApplication::translate("sockeye::JsonReader", "JSON is UTF-8, which this is not."));
        return false;
    }
    Reader reader(builder, payload);
    EnvelopeSplitter splitter(payload);
    bool isStomp = false;
    while (const auto part = splitter.next()) {
        isStomp = isStomp || part->kind == Kind::StompHead;
        const QByteArrayView bytes = splitter.bytes(*part);
        if (part->kind == Kind::Json && !reader.read(part->begin, part->begin + part->size)) {
            if (!builder.isStopped())
                reader.tellFault();
            return false;
        }
        // A STOMP frame may hold any text.
        if (part->kind == Kind::Text && !isStomp && !std::all_of(bytes.begin(), bytes.end(), isSpace)) {
            builder.fail(part->begin, QCoreApplication::translate("sockeye::JsonReader", "This is no JSON text."));
            return false;
        }
    }
    return reader.hasContainer();
}

std::optional<NodeTree> jsonNodes(const QByteArray &payload, qint32 maxNodes, const GoOn &goOn)
{
    if (payload.size() > MaxJsonPayload)
        return {};
    NodeBuilder builder(payload, goOn, {maxNodes, NoDepthLimit});
    return addJsonTexts(builder, payload) ? std::optional(builder.take()) : std::nullopt;
}

} // namespace sockeye
