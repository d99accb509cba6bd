#include "decode/NodePath.h"

#include "base/Bytes.h"
#include "search/DecimalNumber.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// What somebody would want to see in the line of the filter.
constexpr qsizetype MaxWords = 500;

/// As the filter's language has names without quotes.
bool isPlainName(QStringView name)
{
    return !name.isEmpty() && std::ranges::all_of(name, [](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'$' || c == u'@';
    });
}

bool isJson(const Node &node)
{
    return node.textPlace == Node::TextPlace::Json;
}

/// Whether it is where a JSON text begins, alone or in a message of another format.
bool isJsonRoot(const NodeTree &tree, const Node &node)
{
    if (!isJson(node) || node.parent == Node::None)
        return isJson(node);
    // Of a JSON string whose text is JSON, too.
    const Node &parent = tree.at(node.parent);
    return !isJson(parent) || parent.source != node.source;
}

/// Whatever a decoder calls it.
bool isJsonElement(const NodeTree &tree, const Node &node)
{
    return isJson(node) && tree.at(node.parent).kind == Node::Kind::Array && isJson(tree.at(node.parent));
}

QString quoted(QString words)
{
    words.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + words + u'"';
}

QString stepTo(const NodeTree &tree, qint32 index)
{
    const Node &node = tree.at(index);
    if (isPathElement(tree, index))
        return u"[%1]"_s.arg(node.row);
    const QString name = tree.name(index);
    if (isPlainName(name))
        return u'.' + name;
    return u'[' + (node.isLabelled ? quoted(name) : textFromUtf8(tree.nameBytes(node))) + u']';
}

bool fitsALine(const QString &words)
{
    return words.size() <= MaxWords && std::ranges::none_of(words, [](QChar c) {
               return c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
                      c == QChar::ParagraphSeparator;
           });
}

} // namespace

bool isPathRoot(const NodeTree &tree, qint32 index)
{
    return tree.at(index).parent == Node::None || isJsonRoot(tree, tree.at(index));
}

bool isPathElement(const NodeTree &tree, qint32 index)
{
    const Node &node = tree.at(index);
    return !NodeTree::isNamed(node) || (node.parent != Node::None && isJsonElement(tree, node));
}

QString nodePath(const NodeTree &tree, qint32 index)
{
    QStringList steps;
    for (; !isPathRoot(tree, index); index = tree.at(index).parent)
        steps.prepend(stepTo(tree, index));
    return u'$' + steps.join(QString());
}

namespace {

QString valueTerm(const QString &path, const NodeTree &tree, qint32 index)
{
    if (path.size() > MaxWords)
        return {};
    switch (tree.at(index).kind) {
    case Node::Kind::Null:
        return {};
    case Node::Kind::Bytes:
    case Node::Kind::Object:
    case Node::Kind::Array:
        return path;
    case Node::Kind::Number:
        // "NaN" and its like are words.
        if (const QString number = tree.text(index); DecimalNumber::parse(number.toLatin1()))
            return path + u'=' + number;
        break;
    case Node::Kind::Boolean:
        return path + u'=' + tree.text(index);
    case Node::Kind::String:
        break;
    }
    QString words = tree.text(index);
    if (!fitsALine(words))
        return {};
    return path + u'=' + quoted(words);
}

} // namespace

QString nodeFilter(const NodeTree &tree, qint32 index)
{
    return isJson(tree.at(index)) ? valueTerm(u"json:"_s + nodePath(tree, index), tree, index) : QString();
}

QString fieldFilter(const NodeTree &tree, qint32 index)
{
    return valueTerm(u"field:"_s + nodePath(tree, index), tree, index);
}

} // namespace sockeye
