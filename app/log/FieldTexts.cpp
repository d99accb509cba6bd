#include "log/FieldTexts.h"

#include "base/CombiningMarks.h"
#include "record/EntryText.h"

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Containers in containers are no more than that.
constexpr int MaxDepth = 2;

QString cut(QString text)
{
    if (text.size() <= FieldTexts::MaxLength)
        return text;
    const bool isHalf = text.at(FieldTexts::MaxLength - 1).isHighSurrogate();
    text.truncate(FieldTexts::MaxLength - (isHalf ? 1 : 0));
    return text + u'…';
}

QString valueText(const NodeTree &tree, qint32 index, int depth);

/// {bid=131.06 ask=131.09}, [1, 2, 3]
QString containerText(const NodeTree &tree, qint32 index, int depth)
{
    const Node &node = tree.at(index);
    const bool isArray = node.kind == Node::Kind::Array;
    QString text;
    if (depth >= MaxDepth && node.childCount > 0) {
        text = u"…"_s;
    } else {
        for (qint32 child = index + 1; child < node.end; child = tree.at(child).end) {
            if (!text.isEmpty())
                text += isArray ? u", "_s : u" "_s;
            if (text.size() > FieldTexts::MaxLength) {
                text += u'…';
                break;
            }
            if (!isArray && NodeTree::isNamed(tree.at(child)))
                text += tree.name(child) + u'=';
            text += valueText(tree, child, depth + 1);
        }
    }
    return isArray ? u'[' + text + u']' : u'{' + text + u'}';
}

QString valueText(const NodeTree &tree, qint32 index, int depth)
{
    return tree.at(index).isContainer() ? containerText(tree, index, depth) : cut(tree.text(index));
}

FieldText fieldText(const NodeTree &tree, qint32 index)
{
    const Node::Kind kind = tree.at(index).kind;
    const QString text = cut(withFewMarks(oneLine(valueText(tree, index, 0))));
    if (kind == Node::Kind::Null)
        return {FieldText::Kind::Null, text};
    // Many peers write numbers as strings.
    const bool isNumber = kind != Node::Kind::Boolean && numberAt(tree, index);
    return {isNumber ? FieldText::Kind::Number : FieldText::Kind::Words, text};
}

} // namespace

FieldTexts::FieldTexts(const QStringList &paths)
{
    for (const QString &text : paths) {
        Result<FieldPath> path = FieldPath::parse(text);
        m_finders.push_back(path ? std::optional<FieldFinder>(std::move(path).value()) : std::nullopt);
    }
}

QList<FieldText> FieldTexts::in(const NodeTree &tree) const
{
    QList<FieldText> texts;
    texts.reserve(static_cast<qsizetype>(m_finders.size()));
    for (const std::optional<FieldFinder> &finder : m_finders) {
        const qint32 node = finder ? finder->firstIn(tree) : Node::None;
        texts.append(node == Node::None ? FieldText() : fieldText(tree, node));
    }
    return texts;
}

QList<FieldText> FieldTexts::unread() const
{
    return {static_cast<qsizetype>(m_finders.size()), FieldText{FieldText::Kind::Unread, u"…"_s}};
}

} // namespace sockeye
