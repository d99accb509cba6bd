#include "widgets/payload/NodeView.h"

#include "decode/NodePath.h"
#include "fields/FieldFinder.h"
#include "filter/Filter.h"
#include "filter/JsonMatcher.h"
#include "search/FieldPath.h"
#include "widgets/payload/NodeModel.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace sockeye {

namespace {

QColor colorOf(const ThemeColors &colors, Node::Kind kind)
{
    switch (kind) {
    case Node::Kind::String:
        return colors.ok;
    case Node::Kind::Number:
    case Node::Kind::Bytes:
        return colors.received;
    case Node::Kind::Boolean:
    case Node::Kind::Null:
        return colors.sent;
    case Node::Kind::Object:
    case Node::Kind::Array:
        break;
    }
    return colors.dimText;
}

/// Names and values in the colours that they have in a text, and what is said about a value behind it.
class NodeDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QString note = index.data(NodeModel::NoteRole).toString();
        if (note.isEmpty())
            return;
        const int used = option.fontMetrics.horizontalAdvance(index.data().toString()) + 3 * theme::Gap;
        painter->save();
        painter->setFont(option.font);
        const ThemeColors &colors = theme::colors(option.palette);
        const auto change = static_cast<NodeDiff::Change>(index.data(NodeModel::ChangeRole).toInt());
        const bool isOther = change == NodeDiff::Change::Changed || change == NodeDiff::Change::Added;
        painter->setPen(isOther ? colors.warning : colors.dimText);
        const QRect rest = option.rect.adjusted(used, 0, 0, 0);
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(note, Qt::ElideRight, rest.width()));
        painter->restore();
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const ThemeColors &colors = theme::colors(option->palette);
        const auto kind = static_cast<Node::Kind>(index.data(NodeModel::KindRole).toInt());
        const QColor color = index.column() == NodeModel::NameColumn ? colors.control : colorOf(colors, kind);
        option->palette.setColor(QPalette::Text, color);
        option->palette.setColor(QPalette::HighlightedText, color);
        const auto change = static_cast<NodeDiff::Change>(index.data(NodeModel::ChangeRole).toInt());
        option->font.setBold(change == NodeDiff::Change::Changed || change == NodeDiff::Change::Added);
    }
};

/// Whether the filter's language finds the message by this term. It looks into JSON and what is around it, not into
/// JSON that stands in another format's bytes, or in what a step made of them.
bool isFoundBy(const NodeTree &tree, const QString &term)
{
    // Long messages that are JSON as a whole are found; a look through others would hold the window up.
    constexpr qsizetype MaxLookedThrough = 1024 * 1024;
    if (tree.sources.front().bytes.size() > MaxLookedThrough)
        return tree.at(0).textPlace == Node::TextPlace::Json;
    const auto parsed = parseFilter(term);
    const auto *query = std::get_if<EntryQuery>(&parsed);
    const auto *wanted = query ? std::get_if<filter::JsonValueIs>(&query->condition.term) : nullptr;
    if (!wanted)
        return false;
    Result<filter::JsonMatcher> matcher = filter::JsonMatcher::of(*wanted);
    JsonReader reader;
    return matcher && std::move(matcher).value().matches(tree.sources.front().bytes, reader);
}

} // namespace

NodeView::NodeView(QWidget *parent)
    : QTreeView(parent)
    , m_model(new NodeModel(this))
{
    setModel(m_model);
    setItemDelegate(new NodeDelegate(this));
    setAccessibleName(tr("Tree of the message"));
    setProperty("flat", true);
    setFont(theme::dataFont());
    setUniformRowHeights(true);
    constexpr int Swatch = 10;
    setIconSize({Swatch, Swatch});
    setAnimated(false);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(40);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &NodeView::fetchInSight);
    // More rows come after those that were unfolded have their place.
    connect(this, &QTreeView::expanded, this, &NodeView::fetchInSight, Qt::QueuedConnection);
}

void NodeView::setColors(const QHash<qint32, QColor> &colors)
{
    m_model->setColors(colors);
    // Nodes that others hold have theirs, too.
    viewport()->update();
}

void NodeView::setTree(std::shared_ptr<const NodeTree> tree)
{
    if (tree == m_model->tree())
        return;
    m_model->setTree(std::move(tree));
    // Those in sight at first: each may bring a thousand rows.
    constexpr int UnfoldedRoots = 20;
    for (int row = 0; row < std::min(m_model->rowCount(), UnfoldedRoots); ++row)
        expand(m_model->index(row, NodeModel::NameColumn));
    if (m_model->rowCount() > 0)
        setCurrentIndex(m_model->index(0, NodeModel::NameColumn));
}

void NodeView::setCompared(std::shared_ptr<const ComparedNodes> compared)
{
    m_model->setCompared(std::move(compared));
    viewport()->update();
}

const NodeTree *NodeView::tree() const
{
    return m_model->tree().get();
}

std::shared_ptr<const NodeTree> NodeView::sharedTree() const
{
    return m_model->tree();
}

void NodeView::setCurrentNode(qint32 node)
{
    const QModelIndex index = m_model->indexOf(node);
    for (QModelIndex holder = index.parent(); holder.isValid(); holder = holder.parent())
        expand(holder);
    setCurrentIndex(index);
    scrollTo(index);
}

void NodeView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    Q_EMIT currentNodeChanged(m_model->tree() ? NodeModel::nodeOf(current) : Node::None);
}

qint32 NodeView::currentNode() const
{
    return m_model->tree() ? NodeModel::nodeOf(currentIndex()) : Node::None;
}

void NodeView::copyValue()
{
    if (const qint32 node = currentNode(); node != Node::None)
        QGuiApplication::clipboard()->setText(tree()->text(node));
}

void NodeView::copyPath()
{
    if (const qint32 node = currentNode(); node != Node::None)
        QGuiApplication::clipboard()->setText(nodePath(*tree(), node));
}

QString NodeView::fieldPath() const
{
    const qint32 node = currentNode();
    if (node == Node::None || isPathRoot(*tree(), node))
        return {};
    const QString path = nodePath(*tree(), node);
    // A name may hold what no path can.
    return FieldPath::parse(path) ? path : QString();
}

bool NodeView::canUnfoldAll() const
{
    const qint32 node = currentNode();
    return node != Node::None && tree()->at(node).end - node <= MaxUnfolded;
}

void NodeView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return copyValue();
    // This key unfolds all that the current row holds.
    if (event->key() == Qt::Key_Asterisk)
        return unfoldAll();
    QTreeView::keyPressEvent(event);
}

/// What a row holds comes when it is asked for: expandRecursively() would see none of it.
void NodeView::unfoldAll()
{
    if (!canUnfoldAll())
        return;
    QModelIndexList unfolding{currentIndex().siblingAtColumn(0)};
    while (!unfolding.isEmpty()) {
        const QModelIndex index = unfolding.takeLast();
        while (m_model->canFetchMore(index))
            m_model->fetchMore(index);
        expand(index);
        for (int row = 0; row < m_model->rowCount(index); ++row) {
            if (const QModelIndex child = m_model->index(row, 0, index); m_model->hasChildren(child))
                unfolding += child;
        }
    }
}

void NodeView::fillMenu(QMenu &menu)
{
    const qint32 node = currentNode();
    QString term = node == Node::None ? QString() : nodeFilter(*tree(), node);
    // What JSON's own term does not find is found where messages are decoded.
    if (node != Node::None && (term.isEmpty() || !isFoundBy(*tree(), term)))
        term = fieldFilter(*tree(), node);
    QAction *value = menu.addAction(tr("&Copy value"), this, &NodeView::copyValue);
    value->setShortcut(QKeySequence::Copy);
    QAction *path = menu.addAction(tr("Copy &path"), this, &NodeView::copyPath);
    menu.addSeparator();
    QAction *filter = menu.addAction(tr("&Filter by this"), this, [this, term] { Q_EMIT filterWanted(term); });
    const bool isContainer = node != Node::None && tree()->at(node).isContainer();
    filter->setToolTip(isContainer ? tr("Show the entries that have something here")
                                   : tr("Show the entries that have this value here"));
    QAction *mark = menu.addAction(tr("&Mark this"), this, [this, term] { Q_EMIT markWanted(term); });
    mark->setToolTip(isContainer ? tr("Mark the entries that have something here")
                                 : tr("Mark the entries that have this value here"));
    const bool isNumber = node != Node::None && numberAt(*tree(), node).has_value();
    const QString place = isNumber ? nodePath(*tree(), node) : QString();
    QAction *plot = menu.addAction(tr("P&lot this"), this, [this, place] { Q_EMIT plotWanted(place); });
    plot->setToolTip(tr("Draw the number at this place over time, of all messages that have one"));
    plot->setEnabled(isNumber);
    QAction *column =
        menu.addAction(tr("Show as &column"), this, [this, field = fieldPath()] { Q_EMIT columnWanted(field); });
    column->setToolTip(tr("Give the log a column with this field of each message"));
    column->setEnabled(!fieldPath().isEmpty());
    menu.addSeparator();
    QAction *unfold = menu.addAction(tr("&Unfold all of it"), this, &NodeView::unfoldAll);
    unfold->setShortcut(Qt::Key_Asterisk);
    for (QAction *action : {value, path})
        action->setEnabled(node != Node::None);
    for (QAction *action : {filter, mark})
        action->setEnabled(!term.isEmpty());
    unfold->setEnabled(canUnfoldAll());
}

void NodeView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    if (!isByKey && !indexAt(event->pos()).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    fillMenu(*menu);
    menu->popup(isByKey ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
}

void NodeView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    // Names have a good third of the room until somebody chooses otherwise.
    if (m_nameWidth == 0 || header()->sectionSize(NodeModel::NameColumn) == m_nameWidth) {
        header()->resizeSection(NodeModel::NameColumn, event->size().width() * 2 / 5);
        m_nameWidth = header()->sectionSize(NodeModel::NameColumn);
    }
    fetchInSight();
}

void NodeView::fetchInSight()
{
    QModelIndex last = indexAt(viewport()->rect().bottomLeft());
    if (!last.isValid()) {
        // The tree ends in sight: its last row is the last one of all that are unfolded.
        last = m_model->index(m_model->rowCount() - 1, NodeModel::NameColumn);
        while (last.isValid() && isExpanded(last) && m_model->rowCount(last) > 0)
            last = m_model->index(m_model->rowCount(last) - 1, NodeModel::NameColumn, last);
    }
    for (; last.isValid(); last = last.parent()) {
        const QModelIndex holder = last.parent();
        if (last.row() == m_model->rowCount(holder) - 1 && m_model->canFetchMore(holder))
            return m_model->fetchMore(holder);
    }
}

} // namespace sockeye
