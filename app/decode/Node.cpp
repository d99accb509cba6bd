#include "decode/Node.h"

#include "base/Bytes.h"
#include "decode/DigitMap.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace sockeye {

namespace {

QString unquoted(QByteArrayView string)
{
    if (!string.contains('\\'))
        return textFromUtf8(string.sliced(1, string.size() - 2));
    return QJsonDocument::fromJson('[' + string.toByteArray() + ']').array().first().toString();
}

} // namespace

std::vector<qint32> NodeTree::children(qint32 parent) const
{
    std::vector<qint32> children;
    const bool isRoot = parent == Node::None;
    children.reserve(static_cast<size_t>(isRoot ? rootCount : at(parent).childCount));
    const qint32 end = isRoot ? size() : at(parent).end;
    for (qint32 child = parent + 1; child < end; child = at(child).end)
        children.push_back(child);
    return children;
}

QByteArrayView NodeTree::textBytes(const Node &node) const
{
    switch (node.textPlace) {
    case Node::TextPlace::Json:
        break;
    case Node::TextPlace::Source:
        return in(node.source, node.text);
    case Node::TextPlace::Words:
        return inWords(node.text);
    }
    return valueBytes(node);
}

QString NodeTree::name(qint32 index) const
{
    const Node &node = at(index);
    if (node.isLabelled)
        return textFromUtf8(inWords(node.label));
    return node.name.size == 0 ? QString() : unquoted(nameBytes(node));
}

QString NodeTree::text(qint32 index) const
{
    constexpr qsizetype MaxHexBytes = 1000;
    const Node &node = at(index);
    const QByteArrayView bytes = textBytes(node);
    if (node.kind == Node::Kind::Bytes && node.textPlace == Node::TextPlace::Source) {
        const QString hex = hexText(bytes.first(std::min(bytes.size(), MaxHexBytes)));
        return bytes.size() > MaxHexBytes ? hex + QStringLiteral(" …") : hex;
    }
    return node.kind == Node::Kind::String && node.textPlace == Node::TextPlace::Json ? unquoted(bytes)
                                                                                      : textFromUtf8(bytes);
}

QString NodeTree::note(qint32 index) const
{
    return textFromUtf8(inWords(at(index).note));
}

/// In its own source or in one that this is made from.
std::optional<Node::Range> NodeTree::rangeBelow(quint8 source, qint32 node, bool isExact) const
{
    quint8 from = at(node).source;
    Node::Range range = at(node).value;
    // A step is made of what stands before it: a few of them at most. The payload is made of nothing.
    while (from != source) {
        const NodeSource &made = sources[from];
        if (from == 0 || made.holder == Node::None || (isExact && !made.map))
            return {};
        const Node &holder = at(made.holder);
        range = made.map ? made.map->inText(sources[holder.source].bytes, range) : holder.value;
        from = holder.source;
    }
    return range;
}

std::optional<Node::Range> NodeTree::ownRangeIn(quint8 source, qint32 node) const
{
    return rangeBelow(source, node, true);
}

std::optional<Node::Range> NodeTree::rangeIn(quint8 source, qint32 node) const
{
    if (const auto range = rangeBelow(source, node, false))
        return range;
    for (qint32 holder = sources[source].holder; holder != Node::None;
         holder = sources[this->at(holder).source].holder) {
        if (holder >= node && holder < at(node).end)
            return Node::Range{0, static_cast<quint32>(sources[source].bytes.size())};
    }
    return {};
}

qint32 NodeTree::nodeHere(quint8 source, qsizetype byte) const
{
    qint32 found = Node::None;
    for (qint32 i = 0; i < size();) {
        const Node &node = at(i);
        const bool isHere = node.source == source;
        const bool holds = (isHere && byte >= node.value.begin && byte < qsizetype(node.value.end())) ||
                           (isHere && byte >= node.name.begin && byte < qsizetype(node.name.end()));
        if (holds)
            found = i;
        // What a node of the payload holds lies within it.
        i = holds || source > 0 ? i + 1 : node.end;
    }
    return found;
}

qint32 NodeTree::nodeAt(quint8 source, qsizetype byte) const
{
    qint32 found = nodeHere(source, byte);
    for (qint32 holder = found; holder != Node::None;) {
        const auto isMadeHere = [holder](const NodeSource &made) { return made.map && made.holder == holder; };
        const auto made = std::ranges::find_if(sources, isMadeHere);
        holder = Node::None;
        if (made == sources.end())
            break;
        const auto written = made->map->byteAt(sources[source].bytes, byte);
        if (!written)
            break;
        source = static_cast<quint8>(made - sources.begin());
        byte = *written;
        holder = nodeHere(source, byte);
        found = holder == Node::None ? found : holder;
    }
    return found;
}

} // namespace sockeye
