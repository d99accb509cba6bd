#pragma once

#include "decode/MessageFacts.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

class DigitMap;

/// A value of a decoded payload. It names its bytes; what a format writes as text stays a place there, so that nothing
/// of it is changed or lost: order, members of the same name, numbers to the last digit.
struct Node
{
    enum class Kind : quint8 { Object, Array, String, Number, Boolean, Null, Bytes };

    /// Bytes of a source, or of the tree's words.
    struct Range
    {
        quint32 begin = 0;
        quint32 size = 0;

        [[nodiscard]] quint32 end() const { return begin + size; }
        friend bool operator==(const Range &, const Range &) = default;
    };

    /// Where a value's text is.
    enum class TextPlace : quint8 {
        Json,   ///< its bytes are JSON, a string with its quotes
        Source, ///< `text` is a place in its source: what an encoding's length and type stand before
        Words   ///< `text` is a place in the tree's words: what a decoder says
    };

    static constexpr qint32 None = -1;

    Kind kind = Kind::Null;
    TextPlace textPlace = TextPlace::Json;
    /// It has a name that a decoder gave it (`label`), not one that is written as JSON (`name`).
    bool isLabelled = false;
    /// Which of the tree's sources holds its bytes.
    quint8 source = 0;
    /// The bytes that name it; a JSON member's name with its quotes. Empty for an element and for a root.
    Range name;
    /// All bytes that are the value: with its type and length, its quotes, its braces.
    Range value;
    Range text;
    /// Places in the tree's words. A note says what a value means: "at least once".
    Range label;
    Range note;
    /// The index of the node that holds it; None for a root.
    qint32 parent = None;
    /// Its place among the children of its parent, or among the roots.
    qint32 row = 0;
    qint32 depth = 0;
    qint32 childCount = 0;
    /// The index of the node behind it and all that it holds.
    qint32 end = 0;

    [[nodiscard]] bool isContainer() const { return kind == Kind::Object || kind == Kind::Array; }
};

/// Bytes that nodes are places in: the payload, or what a step made of a part of it.
struct NodeSource
{
    /// Of a step: "gzip". Empty for the payload.
    QString name;
    QByteArray bytes;
    /// The node whose bytes the step made these of; none for the payload and where no node is.
    qint32 holder = Node::None;
    /// Where its bytes are written in the source of the holder; null where that is known of all of them only.
    std::shared_ptr<const DigitMap> map = {};
};

/// Where a payload breaks the rules of its format, and which one, as a sentence.
struct DecodeError
{
    quint8 source = 0;
    /// A byte of the source.
    qsizetype offset = 0;
    QString rule;
};

/// The values of a payload as a flat array: each is followed by those that it holds, in their order.
struct NodeTree
{
    /// The payload first.
    std::vector<NodeSource> sources;
    /// UTF-8: what decoders said.
    QByteArray words;
    std::vector<Node> nodes;
    /// How many nodes have no parent.
    qint32 rootCount = 0;
    /// Whether there were more nodes than are kept.
    bool isCut = false;
    /// What stands before it was decoded.
    std::optional<DecodeError> error;
    /// What the payload says in a line; may be empty.
    QString summary;
    /// What the message is in the words of its protocol; of messages in messages the outermost that says something.
    MessageFacts facts;

    [[nodiscard]] const Node &at(qint32 index) const { return nodes[static_cast<size_t>(index)]; }
    [[nodiscard]] qint32 size() const { return static_cast<qint32>(nodes.size()); }
    /// The nodes that this one holds, or the roots (Node::None).
    [[nodiscard]] std::vector<qint32> children(qint32 parent) const;

    [[nodiscard]] QByteArrayView nameBytes(const Node &node) const { return in(node.source, node.name); }
    [[nodiscard]] QByteArrayView valueBytes(const Node &node) const { return in(node.source, node.value); }
    /// UTF-8, as far as it is text at all: of a JSON value all its bytes.
    [[nodiscard]] QByteArrayView textBytes(const Node &node) const;
    /// Whether it stands as an element without a name of its own.
    [[nodiscard]] static bool isNamed(const Node &node) { return node.isLabelled || node.name.size > 0; }
    /// UTF-8: the name that a decoder gave.
    [[nodiscard]] QByteArrayView labelBytes(const Node &node) const { return inWords(node.label); }
    /// Without quotes and escapes.
    [[nodiscard]] QString name(qint32 index) const;
    /// A string without quotes and escapes; of other JSON values the text as it is written; of bytes the first
    /// thousand in hex.
    [[nodiscard]] QString text(qint32 index) const;
    [[nodiscard]] QString note(qint32 index) const;
    /// Where the bytes of a node are in that source: in its own, or where they are written in what its own is made
    /// from, or else all that it is made from; of a source that is made from it or from what it holds, all bytes.
    /// Nothing in a source that has nothing to do with it.
    [[nodiscard]] std::optional<Node::Range> rangeIn(quint8 source, qint32 node) const;
    /// Where exactly these bytes, and no others, are in that source; nothing if that is not known.
    [[nodiscard]] std::optional<Node::Range> ownRangeIn(quint8 source, qint32 node) const;
    /// The last node, in the tree's order, whose bytes of that source hold this one, or are written with it; None if
    /// there is none.
    [[nodiscard]] qint32 nodeAt(quint8 source, qsizetype byte) const;

private:
    [[nodiscard]] std::optional<Node::Range> rangeBelow(quint8 source, qint32 node, bool isExact) const;
    [[nodiscard]] qint32 nodeHere(quint8 source, qsizetype byte) const;
    [[nodiscard]] QByteArrayView in(quint8 source, Node::Range range) const
    {
        return QByteArrayView(sources[source].bytes).sliced(range.begin, range.size);
    }
    [[nodiscard]] QByteArrayView inWords(Node::Range range) const
    {
        return QByteArrayView(words).sliced(range.begin, range.size);
    }
};

} // namespace sockeye
