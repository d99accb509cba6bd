#include "widgets/payload/DecodedView.h"

#include "decode/NodePath.h"
#include "widgets/hex/HexView.h"
#include "widgets/payload/FindBar.h"
#include "widgets/payload/NodeView.h"

#include <QScopedValueRollback>
#include <QSplitter>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace sockeye {

namespace {

/// Values that have a colour in the bytes: those of one screen after the other are found by bisection.
constexpr qsizetype MaxColored = 20'000;

} // namespace

DecodedView::DecodedView(QWidget *parent)
    : QWidget(parent)
    , m_findBar(new FindBar(tr("Find in tree"), this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_nodes(new NodeView(m_splitter))
    , m_bytesPane(new QWidget(m_splitter))
    , m_sources(new QTabBar(m_bytesPane))
    , m_hex(new HexView(m_bytesPane))
    , m_finder(*m_findBar, *m_nodes)
{
    m_sources->setObjectName(QStringLiteral("subTabs"));
    m_sources->setDrawBase(false);
    m_sources->setExpanding(false);
    m_sources->setAccessibleName(tr("Bytes shown"));
    m_hex->setAccessibleName(tr("Bytes of the tree"));
    m_hex->setDescriber([this](ByteOffset byte) { return describedByte(byte); });
    auto *pane = new QVBoxLayout(m_bytesPane);
    pane->setContentsMargins({});
    pane->setSpacing(0);
    pane->addWidget(m_sources);
    pane->addWidget(m_hex, 1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_findBar);
    layout->addWidget(m_splitter, 1);
    setFocusProxy(m_nodes);
    m_hex->setSource(&m_bytes);

    connect(m_nodes, &NodeView::currentNodeChanged, this, &DecodedView::selectBytes);
    connect(m_hex, &HexView::selectionChanged, this, &DecodedView::selectNode);
    connect(m_hex, &HexView::notice, this, &DecodedView::notice);
    connect(m_sources, &QTabBar::currentChanged, this, [this](int source) {
        showSource(source);
        if (!m_isFollowing)
            showNodeIn(static_cast<quint8>(std::max(0, source)));
    });
    connect(m_findBar, &FindBar::ended, m_nodes, [this] { m_nodes->setFocus(Qt::OtherFocusReason); });
}

DecodedView::~DecodedView()
{
    // The source is destroyed before the view.
    disconnect(m_hex, nullptr, this, nullptr);
    m_hex->setSource(nullptr);
}

void DecodedView::setTree(std::shared_ptr<const NodeTree> tree)
{
    if (tree == m_tree)
        return;
    m_tree = std::move(tree);
    m_compared = nullptr;
    {
        const QScopedValueRollback following(m_isFollowing, true);
        setSources();
        m_nodes->setTree(m_tree);
    }
    m_finder.treeChanged();
}

void DecodedView::setCompared(std::shared_ptr<const ComparedNodes> compared)
{
    m_compared = compared;
    m_nodes->setCompared(std::move(compared));
    markChanges();
}

/// The bytes of values that differ, without what holds them.
void DecodedView::markChanges()
{
    QList<HexRange> marks;
    for (qint32 i = 0; m_compared && i < m_tree->size() && marks.size() < MaxColored; ++i) {
        const Node &node = m_tree->at(i);
        const NodeDiff::Change change = m_compared->diff.change(i);
        const bool isOther = change == NodeDiff::Change::Changed || change == NodeDiff::Change::Added;
        if (isOther && node.source == m_sources->currentIndex() && node.end == i + 1 && node.value.size > 0)
            marks.append({ByteOffset(node.value.begin), node.value.size});
    }
    std::ranges::sort(marks, {}, &HexRange::first);
    m_hex->setMarks(marks);
}

void DecodedView::setShowsBytes(bool shows)
{
    m_bytesPane->setVisible(shows);
}

void DecodedView::find()
{
    m_findBar->begin();
}

void DecodedView::setSources()
{
    const QSignalBlocker blocker(m_sources);
    while (m_sources->count() > 0)
        m_sources->removeTab(0);
    const size_t count = m_tree ? m_tree->sources.size() : 0;
    for (size_t i = 0; i < count; ++i)
        m_sources->addTab(i == 0 ? tr("Message") : m_tree->sources[i].name);
    m_sources->setVisible(count > 1);
    showSource(0);
}

void DecodedView::showSource(int source)
{
    const bool isThere = m_tree && source >= 0 && source < static_cast<int>(m_tree->sources.size());
    m_bytes.setBytes(isThere ? m_tree->sources[static_cast<size_t>(source)].bytes : QByteArray());
    m_hex->clearSelection();
    colorFields();
    markChanges();
}

/// The values that hold no others have a colour each, in turn.
void DecodedView::colorFields()
{
    QList<HexField> fields;
    for (qint32 i = 0; m_tree && i < m_tree->size() && fields.size() < MaxColored; ++i) {
        const Node &node = m_tree->at(i);
        if (node.source != m_sources->currentIndex() || node.end != i + 1 || node.value.size == 0)
            continue;
        if (!fields.isEmpty() && node.value.begin < (fields.last().offset + fields.last().length).value())
            continue;
        fields.append({ByteOffset(node.value.begin), node.value.size, static_cast<int>(fields.size())});
    }
    m_hex->setFields(fields);
}

void DecodedView::selectBytes(qint32 node)
{
    if (m_isFollowing || node == Node::None || !m_tree)
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    const Node &chosen = m_tree->at(node);
    m_sources->setCurrentIndex(chosen.source);
    showNodeIn(chosen.source);
    if (const auto range = m_tree->rangeIn(0, node); range && range->size > 0)
        Q_EMIT payloadRangeChosen({ByteOffset(range->begin), range->size});
}

/// Selects the bytes of the node that is chosen in this source, whatever source it is of.
void DecodedView::showNodeIn(quint8 source)
{
    const qint32 node = m_nodes->currentNode();
    const auto range = m_tree && node != Node::None ? m_tree->rangeIn(source, node) : std::nullopt;
    const QScopedValueRollback following(m_isFollowing, true);
    if (range && range->size > 0)
        m_hex->select({ByteOffset(range->begin), range->size});
    else
        m_hex->clearSelection();
}

/// Which value it is a part of, and what that says.
QString DecodedView::describedByte(ByteOffset byte) const
{
    const auto source = static_cast<quint8>(std::max(0, m_sources->currentIndex()));
    const qint32 node = m_tree ? m_tree->nodeAt(source, byte.value()) : Node::None;
    if (node == Node::None)
        return {};
    constexpr qsizetype FewCharacters = 120;
    const Node &value = m_tree->at(node);
    QString text = nodePath(*m_tree, node).right(FewCharacters);
    if (!value.isContainer()) {
        const QString said = m_tree->text(node);
        text += QStringLiteral(" = ") + said.left(FewCharacters) +
                (said.size() > FewCharacters ? QStringLiteral("…") : QString());
    }
    if (const QString note = m_tree->note(node); !note.isEmpty())
        text += QStringLiteral(" (%1)").arg(note.left(FewCharacters));
    const quint32 first = value.value.begin;
    return text + u'\n' +
           (value.value.size == 1 ? tr("byte %1").arg(first)
                                  : tr("bytes %1–%2 (%3)").arg(first).arg(value.value.end() - 1).arg(value.value.size));
}

void DecodedView::choosePayloadByte(ByteOffset byte)
{
    const qint32 node = m_tree ? m_tree->nodeAt(0, byte.value()) : Node::None;
    if (node != Node::None && node != m_nodes->currentNode())
        m_nodes->setCurrentNode(node);
}

void DecodedView::selectNode()
{
    if (m_isFollowing || !m_tree || m_hex->selection().isEmpty())
        return;
    const QScopedValueRollback following(m_isFollowing, true);
    const auto source = static_cast<quint8>(std::max(0, m_sources->currentIndex()));
    const qint32 node = m_tree->nodeAt(source, m_hex->selection().first.value());
    if (node != Node::None)
        m_nodes->setCurrentNode(node);
}

} // namespace sockeye
