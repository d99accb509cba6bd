#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace sockeye {

/// A value of a decoded payload. Names and values are places in the payload, so that nothing of them is changed or
/// lost: order, members of the same name, numbers to the last digit.
struct Node
{
    enum class Kind : quint8 { Object, Array, String, Number, Boolean, Null };

    /// Bytes of the payload.
    struct Range
    {
        quint32 begin = 0;
        quint32 size = 0;

        friend bool operator==(const Range &, const Range &) = default;
    };

    static constexpr qint32 None = -1;

    Kind kind = Kind::Null;
    /// Of a member, as it is written; empty for an element and for a root.
    Range name;
    /// As it is written: a string with its quotes, an object with its braces.
    Range value;
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

/// The values of a payload as a flat array: each is followed by those that it holds, in their order.
struct NodeTree
{
    QByteArray payload;
    std::vector<Node> nodes;
    /// How many nodes have no parent.
    qint32 rootCount = 0;
    /// Whether there were more nodes than are kept.
    bool isCut = false;

    [[nodiscard]] const Node &at(qint32 index) const { return nodes[static_cast<size_t>(index)]; }
    [[nodiscard]] qint32 size() const { return static_cast<qint32>(nodes.size()); }
    [[nodiscard]] QByteArrayView bytes(Node::Range range) const
    {
        return QByteArrayView(payload).sliced(range.begin, range.size);
    }
    /// The nodes that this one holds, or the roots (Node::None).
    [[nodiscard]] std::vector<qint32> children(qint32 parent) const;
    /// A member's name without quotes and escapes.
    [[nodiscard]] QString name(qint32 index) const;
    /// A string without quotes and escapes; of other values the text as it is written.
    [[nodiscard]] QString text(qint32 index) const;
};

} // namespace sockeye
