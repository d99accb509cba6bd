#include "decode/NodeShape.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

/// Deeper values are what a message says, not which kind it is.
constexpr qint32 MaxShapeDepth = 4;
constexpr qsizetype MaxShapeBytes = 2000;
/// A longer value is content.
constexpr qsizetype MaxTellingValue = 60;

/// The members that say which kind of message one is, as protocols and feeds name them.
bool isTelling(QByteArrayView name)
{
    static constexpr std::array names{"action",       "channel", "cmd",   "command", "event",  "kind",
                                      "message type", "method",  "msg",   "op",      "opcode", "operation",
                                      "packet type",  "target",  "topic", "type"};
    return std::ranges::any_of(names, [name](const char *one) {
        return name.size() == qsizetype(qstrlen(one)) && qstrnicmp(name.data(), name.size(), one, name.size()) == 0;
    });
}

} // namespace

QByteArray shapeOf(const NodeTree &tree)
{
    QByteArray shape;
    // An array of many of a kind has that kind once: what each holder was told already.
    QSet<std::pair<qint32, QByteArray>> told;
    for (qint32 i = 0; i < tree.size() && shape.size() < MaxShapeBytes; ++i) {
        const Node &node = tree.at(i);
        if (node.depth > MaxShapeDepth)
            continue;
        QByteArrayView name = node.isLabelled ? tree.labelBytes(node) : tree.nameBytes(node);
        if (name.size() > 1 && name.front() == '"' && name.back() == '"')
            name = name.sliced(1, name.size() - 2);
        const bool isElement = name.isEmpty();
        QByteArray word = QByteArray::number(node.depth);
        word.append(name).append(':').append(QByteArray::number(static_cast<int>(node.kind)));
        const QByteArrayView text = tree.textBytes(node);
        if (!node.isContainer() && isTelling(name) && text.size() <= MaxTellingValue)
            word.append('=').append(text);
        if (isElement && node.parent != Node::None) {
            const auto key = std::pair(node.parent, word);
            if (told.contains(key)) {
                // Nor what the next one of them holds.
                i = node.end - 1;
                continue;
            }
            told.insert(key);
        }
        shape += word + '\n';
    }
    return shape;
}

QString shapeId(const QByteArray &shape)
{
    // FNV-1a: the same on every machine and in every run.
    quint32 hash = 2166136261U;
    for (const char byte : shape)
        hash = (hash ^ static_cast<quint8>(byte)) * 16777619U;
    return QStringLiteral("%1").arg(hash, 8, 16, QLatin1Char('0'));
}

} // namespace sockeye
