#include "decode/Node.h"

#include "base/Bytes.h"

#include <QJsonArray>
#include <QJsonDocument>

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

QString NodeTree::name(qint32 index) const
{
    const Node::Range name = at(index).name;
    return name.size == 0 ? QString() : unquoted(bytes(name));
}

QString NodeTree::text(qint32 index) const
{
    const Node &node = at(index);
    return node.kind == Node::Kind::String ? unquoted(bytes(node.value)) : textFromUtf8(bytes(node.value));
}

} // namespace sockeye
