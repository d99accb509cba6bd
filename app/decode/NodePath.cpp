#include "decode/NodePath.h"

#include "base/Bytes.h"

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

QString stepTo(const NodeTree &tree, const Node &node, const QString &name)
{
    if (tree.at(node.parent).kind == Node::Kind::Array)
        return u"[%1]"_s.arg(node.row);
    return isPlainName(name) ? u'.' + name : u'[' + textFromUtf8(tree.bytes(node.name)) + u']';
}

bool fitsALine(const QString &words)
{
    return words.size() <= MaxWords && std::ranges::none_of(words, [](QChar c) {
               return c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
                      c == QChar::ParagraphSeparator;
           });
}

} // namespace

QString nodePath(const NodeTree &tree, qint32 index)
{
    QStringList steps;
    for (; tree.at(index).parent != Node::None; index = tree.at(index).parent)
        steps.prepend(stepTo(tree, tree.at(index), tree.name(index)));
    return u'$' + steps.join(QString());
}

QString nodeFilter(const NodeTree &tree, qint32 index)
{
    const QString path = u"json:"_s + nodePath(tree, index);
    if (path.size() > MaxWords)
        return {};
    switch (tree.at(index).kind) {
    case Node::Kind::Object:
    case Node::Kind::Array:
        return path;
    case Node::Kind::Null:
        return {};
    case Node::Kind::Number:
    case Node::Kind::Boolean:
        return path + u'=' + tree.text(index);
    case Node::Kind::String:
        break;
    }
    QString words = tree.text(index);
    if (!fitsALine(words))
        return {};
    words.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return path + u"=\""_s + words + u'"';
}

} // namespace sockeye
