#include "decode/NodeShape.h"

#include "base/Bytes.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace sockeye {

namespace {

/// Deeper values are what a message says, not which kind it is.
constexpr qint32 MaxShapeDepth = 4;
constexpr qsizetype MaxShapeBytes = 2000;
/// A longer value is content.
constexpr qsizetype MaxTellingValue = 60;
/// Of a kind: more members do not make it clearer.
constexpr int MaxTellingMembers = 3;
constexpr qsizetype MaxKindBytes = 200;
constexpr qsizetype MaxKeysText = 300;
constexpr qsizetype MaxNameText = 60;
/// So many names are looked at, of a message whose members are data.
constexpr int MaxShapeWords = 2'000;

bool isDigitInName(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexInName(char c)
{
    return isDigitInName(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// The members that say which kind of message one is, as protocols and feeds name them.
bool isTelling(QByteArrayView name)
{
    using namespace std::string_view_literals;
    static constexpr std::array names{"action"sv, "channel"sv, "cmd"sv,  "command"sv,      "event"sv,  "kind"sv,
                                      "op"sv,     "method"sv,  "msg"sv,  "message type"sv, "opcode"sv, "operation"sv,
                                      "topic"sv,  "target"sv,  "type"sv, "packet type"sv};
    return std::ranges::any_of(names, [name](std::string_view one) {
        const auto size = static_cast<qsizetype>(one.size());
        return name.size() == size && qstrnicmp(name.data(), size, one.data(), size) == 0;
    });
}

/// Without the quotes of JSON.
QByteArrayView bare(QByteArrayView text)
{
    return text.size() > 1 && text.front() == '"' && text.back() == '"' ? text.sliced(1, text.size() - 2) : text;
}

QByteArrayView nameOf(const NodeTree &tree, const Node &node)
{
    return bare(node.isLabelled ? tree.labelBytes(node) : tree.nameBytes(node));
}

/// Bytes may hold what they say in another format.
bool holdsNodes(const Node &node)
{
    return node.isContainer() || node.childCount > 0;
}

// Ids in names

/// Of a part of a name without separators: a number, a UUID, a hash, what a random generator made.
bool isIdPart(QByteArrayView part)
{
    constexpr qsizetype LeastHash = 8;
    constexpr qsizetype LeastRandom = 16;
    qsizetype digits = 0;
    bool isHex = true;
    bool hasSmall = false;
    bool hasCapital = false;
    for (const char c : part) {
        digits += isDigitInName(c) ? 1 : 0;
        isHex = isHex && (isHexInName(c) || c == '-');
        hasSmall = hasSmall || (c >= 'a' && c <= 'z');
        hasCapital = hasCapital || (c >= 'A' && c <= 'Z');
    }
    if (digits == 0)
        return false;
    return digits == part.size() || (isHex && part.size() >= LeastHash) ||
           (part.size() >= LeastRandom && digits >= 2 && hasSmall && hasCapital);
}

/// Adds the words with a "+" for each id in them: of a path its parts that are one, in them numbers of four digits and
/// more.
void appendGeneral(QByteArray &to, QByteArrayView words)
{
    constexpr qsizetype LeastNumber = 4;
    if (std::ranges::none_of(words, isDigitInName)) {
        to.append(words);
        return;
    }
    const auto isSeparator = [](char c) { return c == '/' || c == '.' || c == ':' || c == ' ' || c == ','; };
    for (qsizetype at = 0; at < words.size();) {
        qsizetype end = at;
        while (end < words.size() && !isSeparator(words[end]))
            ++end;
        const QByteArrayView part = words.sliced(at, end - at);
        if (isIdPart(part)) {
            to.append('+');
        } else {
            for (qsizetype i = 0; i < part.size();) {
                qsizetype behind = i;
                while (behind < part.size() && isDigitInName(part[behind]))
                    ++behind;
                if (behind - i >= LeastNumber)
                    to.append('+');
                else
                    to.append(part.sliced(i, std::max<qsizetype>(behind - i, 1)));
                i = std::max(behind, i + 1);
            }
        }
        if (end < words.size())
            to.append(words[end]);
        at = end + 1;
    }
}

/// A value that names a kind, and not one that is text or a number of many.
bool isTellingValue(QByteArrayView value)
{
    constexpr qsizetype MaxDigits = 6;
    constexpr int MaxSpaces = 2;
    return !value.isEmpty() && value.size() <= MaxTellingValue &&
           !(value.size() > MaxDigits && std::ranges::all_of(value, isDigitInName)) &&
           std::ranges::count(value, ' ') <= MaxSpaces;
}

/// Adds "type=trade op=2" of the members down to this depth, but for those of elements.
void appendTelling(QByteArray &to, const NodeTree &tree, qint32 depth)
{
    int found = 0;
    int looked = 0;
    for (qint32 i = 0; i < tree.size() && found < MaxTellingMembers && ++looked < MaxShapeWords;) {
        const Node &node = tree.at(i);
        const QByteArrayView name = nameOf(tree, node);
        if (holdsNodes(node)) {
            // The roots have no names, and are no elements.
            const bool isOpen = node.depth < depth && (node.depth == 0 || !name.isEmpty());
            i = isOpen ? i + 1 : node.end;
            continue;
        }
        ++i;
        if (!isTelling(name))
            continue;
        const QByteArrayView value = bare(tree.textBytes(node));
        if (!isTellingValue(value))
            continue;
        ++found;
        if (!to.isEmpty())
            to.append(' ');
        to.append(name).append('=');
        if (std::ranges::all_of(value, isDigitInName))
            to.append(value);
        else
            appendGeneral(to, value);
    }
}

/// Adds what an array begins with where that is a word: ["EVENT", ...].
void appendFirstWord(QByteArray &to, const NodeTree &tree)
{
    constexpr qsizetype MaxWord = 30;
    if (tree.size() < 2 || tree.at(0).kind != Node::Kind::Array || tree.at(1).kind != Node::Kind::String ||
        NodeTree::isNamed(tree.at(1)))
        return;
    const QByteArrayView word = bare(tree.textBytes(tree.at(1)));
    const auto isOfWords = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    // One element alone is a list of texts.
    if (tree.at(0).childCount > 1 && !word.isEmpty() && word.size() <= MaxWord && isOfWords(word.front()) &&
        !word.contains(' '))
        appendGeneral(to, word);
}

void appendKind(QByteArray &kind, const NodeTree &tree)
{
    const MessageFacts &facts = tree.facts;
    for (const QByteArray *words : {&facts.kind, &facts.name, &facts.topic}) {
        // A subject may be name and topic at once, and "/" is Socket.IO's one for all that has none.
        const bool isSaid = words == &facts.topic && (*words == facts.name || *words == "/");
        if (words->isEmpty() || isSaid)
            continue;
        if (!kind.isEmpty())
            kind.append(' ');
        appendGeneral(kind, QByteArrayView(*words).first(std::min(words->size(), MaxKindBytes)));
    }
    if (kind.isEmpty())
        appendTelling(kind, tree, 1);
    if (kind.isEmpty())
        appendTelling(kind, tree, 2);
    if (kind.isEmpty())
        appendFirstWord(kind, tree);
    if (kind.size() > MaxKindBytes)
        kind.truncate(MaxKindBytes);
}

// Numbers

quint64 mixed(quint64 hash, quint64 value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 32U);
}

quint64 hashed(quint64 hash, QByteArrayView bytes)
{
    qsizetype at = 0;
    for (; bytes.size() - at >= 8; at += 8)
        hash = mixed(hash, qFromLittleEndian<quint64>(bytes.data() + at));
    std::array<char, 8> rest{};
    std::memcpy(rest.data(), bytes.data() + at, static_cast<size_t>(bytes.size() - at));
    hash = mixed(hash, qFromLittleEndian<quint64>(rest.data()));
    return mixed(hash, static_cast<quint64>(bytes.size()));
}

quint32 folded(quint64 hash)
{
    return static_cast<quint32>(hash ^ (hash >> 32U));
}

/// Calls `see(node, name, depth)` for each key of the message down to some depth, in their order; elements, and members
/// whose name is an id, once for each kind of them.
template<typename See>
void walkKeys(const NodeTree &tree, See see)
{
    struct Level
    {
        // A bit for each kind that was seen.
        quint8 elements = 0;
        quint8 ids = 0;
    };
    std::array<Level, MaxShapeDepth + 2> levels{};
    int seen = 0;
    for (qint32 i = 0; i < tree.size() && seen < MaxShapeWords;) {
        const Node &node = tree.at(i);
        ++seen;
        const auto depth = static_cast<size_t>(node.depth);
        if (node.depth > MaxShapeDepth) {
            i = node.end;
            continue;
        }
        const QByteArrayView name = nameOf(tree, node);
        const bool isId = !name.isEmpty() && isIdName(name);
        const auto bit = static_cast<quint8>(1U << static_cast<unsigned>(node.kind));
        levels[depth + 1] = {};
        if (name.isEmpty() || isId) {
            quint8 &known = isId ? levels[depth].ids : levels[depth].elements;
            if ((known & bit) != 0) {
                i = node.end;
                continue;
            }
            known |= bit;
        }
        see(node, isId ? QByteArrayView("*") : name, depth);
        i = node.depth == MaxShapeDepth ? node.end : i + 1;
    }
}

} // namespace

QByteArray shapeOf(const NodeTree &tree)
{
    QByteArray shape;
    walkKeys(tree, [&](const Node &node, QByteArrayView name, size_t depth) {
        if (shape.size() >= MaxShapeBytes)
            return;
        shape.append(static_cast<char>('0' + depth)).append(name).append(':');
        shape.append(static_cast<char>('0' + static_cast<int>(node.kind)));
        const QByteArrayView text = tree.textBytes(node);
        if (!node.isContainer() && text.size() <= MaxTellingValue && isTelling(name))
            shape.append('=').append(text);
        shape.append('\n');
    });
    return shape;
}

ShapeIds shapeIds(const NodeTree &tree)
{
    // Written anew by each message of a feed: what it holds in memory is kept.
    thread_local QByteArray kind;
    kind.resize(0);
    appendKind(kind, tree);
    const quint64 kindHash = hashed(0, kind);
    std::array<quint64, MaxShapeDepth + 1> paths{};
    // A sum, so that the order of members means nothing.
    quint64 sum = kindHash;
    walkKeys(tree, [&](const Node &node, QByteArrayView name, size_t depth) {
        const quint64 above = depth == 0 ? 1 : paths[depth - 1];
        paths[depth] = hashed(mixed(above, static_cast<quint64>(node.kind)), name);
        sum += paths[depth];
    });
    const quint32 keys = folded(mixed(sum, 0));
    return {kind.isEmpty() ? keys : folded(kindHash), keys};
}

QByteArray shapeKind(const NodeTree &tree)
{
    QByteArray kind;
    appendKind(kind, tree);
    return kind;
}

QString shapeKeys(const NodeTree &tree)
{
    QByteArray text;
    // Which of the nodes above are open, and how they end.
    QByteArray open;
    bool isCut = false;
    const auto closeTo = [&](size_t depth) {
        while (static_cast<size_t>(open.size()) > depth) {
            text.append(open.back());
            open.chop(1);
        }
    };
    walkKeys(tree, [&](const Node &node, QByteArrayView name, size_t depth) {
        if (isCut)
            return;
        if (text.size() > MaxKeysText) {
            isCut = true;
            return;
        }
        closeTo(depth);
        if (!text.isEmpty() && text.back() != '{' && text.back() != '[')
            text.append(", ");
        text.append(name.first(std::min(name.size(), MaxNameText)));
        if (name.size() > MaxNameText)
            text.append("…");
        if (holdsNodes(node)) {
            const bool isArray = node.kind == Node::Kind::Array;
            text.append(isArray ? '[' : '{');
            open.append(isArray ? ']' : '}');
        } else if (name.isEmpty()) {
            static constexpr std::array words{"object", "array", "text", "number", "true/false", "null", "bytes"};
            text.append(words.at(static_cast<size_t>(node.kind)));
        }
    });
    if (isCut)
        text.append("…");
    closeTo(0);
    return textFromUtf8(text);
}

bool isIdName(QByteArrayView name)
{
    if (std::ranges::none_of(name, isDigitInName))
        return false;
    QByteArray general;
    appendGeneral(general, name);
    return general != name;
}

QString shapeIdText(quint32 id)
{
    return QStringLiteral("%1").arg(id, 8, 16, QLatin1Char('0'));
}

std::optional<quint32> shapeIdFromText(QStringView text)
{
    bool ok = false;
    const bool isHex = std::ranges::all_of(text, [](QChar c) { return c < u'\x80' && isHexInName(c.toLatin1()); });
    const uint id = isHex && text.size() == 8 ? text.toUInt(&ok, 16) : 0;
    return ok ? std::optional<quint32>(id) : std::nullopt;
}

} // namespace sockeye
