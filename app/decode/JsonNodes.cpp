#include "decode/JsonNodes.h"

#include "base/Bytes.h"
#include "search/EnvelopeSplitter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace sockeye {

namespace {

/// Bytes between two questions whether to go on.
constexpr qsizetype Stretch = 64 * 1024;

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

/// Reads one JSON text into the tree.
class Reader final
{
public:
    Reader(NodeTree &tree, qint32 maxNodes, const GoOn &goOn)
        : m_tree(tree)
        , m_maxNodes(maxNodes)
        , m_goOn(goOn)
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
            if (m_at >= m_nextQuestion && !ask())
                return false;
            if (!step())
                return false;
        }
        return m_expected == Expected::Nothing;
    }

    [[nodiscard]] bool hasContainer() const { return m_hasContainer; }

private:
    enum class Expected : quint8 { Value, ValueOrEnd, Name, NameOrEnd, Colon, CommaOrEnd, Nothing };

    /// A container whose end has not come.
    struct Open
    {
        bool isObject;
        /// None for one that is not kept.
        qint32 node;
        qint32 children;
    };

    [[nodiscard]] char current() const { return m_tree.payload.at(m_at); }

    /// Whether something is left.
    bool skipSpaces()
    {
        while (m_at < m_end && isSpace(current()))
            ++m_at;
        return m_at < m_end;
    }

    bool ask()
    {
        m_nextQuestion = m_at + Stretch;
        return !m_goOn || m_goOn(m_at);
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
            m_expected = Expected::Value;
            return m_tree.payload.at(m_at++) == ':';
        case Expected::CommaOrEnd:
            if (c != ',')
                return c == (m_open.back().isObject ? '}' : ']') && close();
            ++m_at;
            m_expected = m_open.back().isObject ? Expected::Name : Expected::Value;
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
        m_name = rangeFrom(begin);
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
        const qint32 node = add(kind, {static_cast<quint32>(m_at), 0});
        m_open.push_back({kind == Node::Kind::Object, node, 0});
        m_expected = kind == Node::Kind::Object ? Expected::NameOrEnd : Expected::ValueOrEnd;
        m_hasContainer = true;
        ++m_at;
        return true;
    }

    bool close()
    {
        ++m_at;
        if (const qint32 index = m_open.back().node; index != Node::None) {
            Node &node = m_tree.nodes[static_cast<size_t>(index)];
            node.value = rangeFrom(node.value.begin);
            node.end = m_tree.size();
        }
        m_open.pop_back();
        afterValue();
        return true;
    }

    bool scalar(Node::Kind kind, qsizetype begin)
    {
        add(kind, rangeFrom(begin));
        afterValue();
        return true;
    }

    void afterValue() { m_expected = m_open.empty() ? Expected::Nothing : Expected::CommaOrEnd; }

    /// The new node's index; None if there is no room for it.
    qint32 add(Node::Kind kind, Node::Range value)
    {
        const qint32 index = m_tree.size();
        if (index >= m_maxNodes) {
            m_tree.isCut = true;
            m_name = {};
            return Node::None;
        }
        Node node;
        node.kind = kind;
        node.value = value;
        node.name = std::exchange(m_name, {});
        node.end = index + 1;
        if (m_open.empty()) {
            node.row = m_tree.rootCount++;
        } else {
            Open &holder = m_open.back();
            Node &parent = m_tree.nodes[static_cast<size_t>(holder.node)];
            node.parent = holder.node;
            node.row = parent.childCount++;
            node.depth = parent.depth + 1;
        }
        m_tree.nodes.push_back(node);
        return index;
    }

    [[nodiscard]] Node::Range rangeFrom(qsizetype begin) const
    {
        return {static_cast<quint32>(begin), static_cast<quint32>(m_at - begin)};
    }

    bool skipWord(const char *word)
    {
        const auto length = static_cast<qsizetype>(std::strlen(word));
        if (QByteArrayView(m_tree.payload).sliced(m_at, std::min(length, m_end - m_at)) != QByteArrayView(word))
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
        if (!skipDigits() || (m_tree.payload.at(integer) == '0' && m_at - integer > 1))
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

    NodeTree &m_tree;
    const qint32 m_maxNodes;
    const GoOn &m_goOn;
    qsizetype m_at = 0;
    qsizetype m_end = 0;
    qsizetype m_nextQuestion = 0;
    Expected m_expected = Expected::Value;
    std::vector<Open> m_open;
    /// Of the member whose value comes next.
    Node::Range m_name;
    bool m_hasContainer = false;
};

} // namespace

bool isJsonContainer(const QByteArray &json, const GoOn &goOn)
{
    if (!isValidUtf8(json))
        return false;
    NodeTree none;
    none.payload = json;
    Reader reader(none, 0, goOn);
    const auto first = std::find_if_not(json.begin(), json.end(), isSpace);
    const bool begins = first != json.end() && (*first == '{' || *first == '[');
    return begins && reader.read(0, json.size());
}

std::optional<NodeTree> jsonNodes(const QByteArray &payload, qint32 maxNodes, const GoOn &goOn)
{
    using Kind = EnvelopePart::Kind;
    if (payload.size() > MaxJsonPayload || !isValidUtf8(payload))
        return {};
    NodeTree tree;
    tree.payload = payload;
    Reader reader(tree, maxNodes, goOn);
    EnvelopeSplitter splitter(payload);
    bool isStomp = false;
    while (const auto part = splitter.next()) {
        isStomp = isStomp || part->kind == Kind::StompHead;
        const QByteArrayView bytes = splitter.bytes(*part);
        if (part->kind == Kind::Json && !reader.read(part->begin, part->begin + part->size))
            return {};
        // A STOMP frame may hold any text.
        if (part->kind == Kind::Text && !isStomp && !std::all_of(bytes.begin(), bytes.end(), isSpace))
            return {};
    }
    return reader.hasContainer() ? std::optional(std::move(tree)) : std::nullopt;
}

} // namespace sockeye
