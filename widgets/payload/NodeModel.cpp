#include "widgets/payload/NodeModel.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "decode/NodeTime.h"
#include "widgets/controls/OutsideText.h"

#include <algorithm>

namespace sockeye {

NodeModel::NodeModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

void NodeModel::setTree(std::shared_ptr<const NodeTree> tree)
{
    if (m_tree == tree)
        return;
    beginResetModel();
    m_tree = std::move(tree);
    m_compared = nullptr;
    m_children.clear();
    if (m_tree) {
        Children &roots = m_children[Node::None];
        roots.nodes = m_tree->children(Node::None);
        roots.shown = std::min<int>(Lot, static_cast<int>(roots.nodes.size()));
    }
    endResetModel();
}

void NodeModel::setCompared(std::shared_ptr<const ComparedNodes> compared)
{
    if (m_compared == compared)
        return;
    m_compared = std::move(compared);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, NameColumn), index(rowCount() - 1, ValueColumn));
}

NodeDiff::Change NodeModel::changeOf(qint32 node) const
{
    return m_compared ? m_compared->diff.change(node) : NodeDiff::Change::Same;
}

/// What the value was in the other message.
QString NodeModel::changeText(qint32 node) const
{
    if (changeOf(node) == NodeDiff::Change::Added)
        return tr("new");
    if (changeOf(node) != NodeDiff::Change::Changed)
        return {};
    const NodeTree &before = *m_compared->before;
    const Node &former = before.at(m_compared->diff.former[static_cast<size_t>(node)]);
    const QByteArrayView text = before.textBytes(former);
    constexpr qsizetype MaxFormer = 120;
    if (former.isContainer())
        return tr("was another kind of value");
    const bool isHex = former.kind == Node::Kind::Bytes && former.textPlace == Node::TextPlace::Source;
    // Of letters of four bytes, too, there are enough, and the last one is whole.
    const QByteArrayView beginning = text.first(std::min(text.size(), 4 * MaxFormer));
    const QString said = isHex ? hexText(beginning) : withFewMarks(textFromUtf8(beginning).simplified());
    return tr("was %1").arg(said.size() > MaxFormer ? said.left(MaxFormer) + u'…' : said);
}

qint32 NodeModel::nodeOf(const QModelIndex &index)
{
    return index.isValid() ? static_cast<qint32>(index.internalId()) : Node::None;
}

int NodeModel::countOf(qint32 node) const
{
    if (!m_tree)
        return 0;
    return node == Node::None ? m_tree->rootCount : m_tree->at(node).childCount;
}

QModelIndex NodeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column < 0 || column >= ColumnCount || row < 0 || row >= rowCount(parent))
        return {};
    const Children &children = *m_children.constFind(nodeOf(parent));
    return createIndex(row, column, static_cast<quintptr>(children.nodes[static_cast<size_t>(row)]));
}

QModelIndex NodeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || !m_tree)
        return {};
    const qint32 parent = m_tree->at(nodeOf(index)).parent;
    return parent == Node::None ? QModelIndex()
                                : createIndex(m_tree->at(parent).row, NameColumn, static_cast<quintptr>(parent));
}

int NodeModel::rowCount(const QModelIndex &parent) const
{
    const auto children = m_children.constFind(nodeOf(parent));
    return parent.column() > NameColumn || children == m_children.cend() ? 0 : children->shown;
}

int NodeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool NodeModel::hasChildren(const QModelIndex &parent) const
{
    return parent.column() <= NameColumn && countOf(nodeOf(parent)) > 0;
}

bool NodeModel::canFetchMore(const QModelIndex &parent) const
{
    return parent.column() <= NameColumn && rowCount(parent) < countOf(nodeOf(parent));
}

void NodeModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        fetch(parent, std::min(rowCount(parent) + Lot, countOf(nodeOf(parent))));
}

/// Shows so many of what the parent holds.
void NodeModel::fetch(const QModelIndex &parent, int count)
{
    const int shown = rowCount(parent);
    if (count <= shown)
        return;
    const qint32 node = nodeOf(parent);
    beginInsertRows(parent, shown, count - 1);
    Children &children = m_children[node];
    if (children.nodes.empty())
        children.nodes = m_tree->children(node);
    children.shown = count;
    endInsertRows();
}

void NodeModel::setColors(const QHash<qint32, QColor> &colors)
{
    if (colors == m_colors)
        return;
    m_colors = colors;
    if (const int rows = rowCount(); rows > 0)
        Q_EMIT dataChanged(index(0, NameColumn), index(rows - 1, NameColumn), {Qt::DecorationRole});
}

QModelIndex NodeModel::indexOf(qint32 node)
{
    if (!m_tree || node < 0 || node >= m_tree->size())
        return {};
    std::vector<qint32> way;
    for (qint32 at = node; at != Node::None; at = m_tree->at(at).parent)
        way.push_back(at);
    QModelIndex index;
    for (auto at = way.rbegin(); at != way.rend(); ++at) {
        const int row = m_tree->at(*at).row;
        // Some more rows below it, as if somebody had scrolled there.
        fetch(index, std::min(row + 1 + Lot, countOf(nodeOf(index))));
        index = this->index(row, NameColumn, index);
    }
    return index;
}

QVariant NodeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_tree)
        return {};
    const qint32 node = nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return withFewMarks(index.column() == NameColumn ? nameText(node) : valueText(node));
    case Qt::ToolTipRole:
        if (index.column() == NameColumn)
            return plainToolTip(nameText(node));
        return plainToolTip(noteText(node).isEmpty() ? valueText(node) : noteText(node));
    case Qt::AccessibleTextRole: {
        const QString text = index.column() == NameColumn ? nameText(node) : valueText(node);
        return index.column() == NameColumn || noteText(node).isEmpty() ? text
                                                                        : text + QStringLiteral(", ") + noteText(node);
    }
    case Qt::DecorationRole: {
        const auto color = m_colors.constFind(node);
        return index.column() == NameColumn && color != m_colors.cend() ? *color : QVariant();
    }
    case NodeRole:
        return node;
    case KindRole:
        return static_cast<int>(m_tree->at(node).kind);
    case ChangeRole:
        return static_cast<int>(changeOf(node));
    case NoteRole:
        return index.column() == ValueColumn ? noteText(node) : QString();
    default:
        return {};
    }
}

QVariant NodeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Name") : tr("Value");
}

QString NodeModel::nameText(qint32 node) const
{
    const Node &shown = m_tree->at(node);
    if (shown.parent == Node::None && !shown.isLabelled)
        return m_tree->rootCount == 1 ? QStringLiteral("$") : QStringLiteral("$ %1").arg(shown.row + 1);
    if (shown.isLabelled) {
        const QByteArrayView label = m_tree->labelBytes(shown);
        return label.size() > MaxShown ? textFromUtf8(label.first(MaxShown)) + u'…' : textFromUtf8(label);
    }
    if (shown.name.size == 0)
        return QString::number(shown.row);
    // As it is written where that is not all of it, for a part has no end.
    const QByteArrayView name = m_tree->nameBytes(shown);
    return name.size() > MaxShown ? textFromUtf8(name.first(MaxShown)) + u'…' : m_tree->name(node);
}

QString NodeModel::valueText(qint32 node) const
{
    const Node &shown = m_tree->at(node);
    const QString count = countText(shown.childCount);
    if (shown.kind == Node::Kind::Object)
        return shown.childCount == 0   ? QStringLiteral("{}")
               : shown.childCount == 1 ? tr("{1 member}")
                                       : tr("{%1 members}").arg(count);
    if (shown.kind == Node::Kind::Array)
        return shown.childCount == 0   ? QStringLiteral("[]")
               : shown.childCount == 1 ? tr("[1 element]")
                                       : tr("[%1 elements]").arg(count);
    if (shown.kind == Node::Kind::Bytes && shown.textPlace == Node::TextPlace::Source)
        return m_tree->text(node);
    const QByteArrayView value = m_tree->textBytes(shown);
    const QString text = value.size() > MaxShown ? textFromUtf8(value.first(MaxShown)) + u'…' : textFromUtf8(value);
    // JSON has its quotes; of other formats they tell a string from a number.
    const bool isQuoted = shown.kind == Node::Kind::String && shown.textPlace != Node::TextPlace::Json;
    return isQuoted ? u'"' + text + u'"' : text;
}

QString NodeModel::noteText(qint32 node) const
{
    if (const QString change = changeText(node); !change.isEmpty())
        return change;
    const Node &shown = m_tree->at(node);
    if (shown.kind != Node::Kind::Number || shown.note.size > 0)
        return m_tree->note(node).left(MaxShown);
    const std::optional<Timestamp> moment = momentOf(m_tree->textBytes(shown));
    return moment ? momentText(*moment) : QString();
}

} // namespace sockeye
