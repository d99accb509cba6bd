#include "widgets/payload/DecodedView.h"

#include "decode/NodePath.h"
#include "widgets/hex/ByteLegend.h"
#include "widgets/hex/HexStyles.h"
#include "widgets/hex/HexView.h"
#include "widgets/payload/FindBar.h"
#include "widgets/payload/NodeView.h"
#include "widgets/style/Theme.h"

#include <QEvent>
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
    pane->addWidget(new ByteLegend(m_bytesPane));
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
    connect(&HexStyles::shared(), &HexStyles::changed, this, &DecodedView::colorFields);
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
    const quint8 source = shownSource();
    for (qint32 i = 0; m_compared && i < m_tree->size() && marks.size() < MaxColored; ++i) {
        const Node &node = m_tree->at(i);
        const NodeDiff::Change change = m_compared->diff.change(i);
        const bool isOther = change == NodeDiff::Change::Changed || change == NodeDiff::Change::Added;
        if (!isOther || node.end != i + 1)
            continue;
        if (const auto range = m_tree->ownRangeIn(source, i); range && range->size > 0)
            marks.append({ByteOffset(range->begin), range->size});
    }
    std::ranges::sort(marks, {}, &HexRange::first);
    m_hex->setMarks(marks);
}

void DecodedView::setShowsBytes(bool shows)
{
    if (m_bytesPane->isHidden() != shows)
        return;
    m_bytesPane->setVisible(shows);
    colorFields();
}

void DecodedView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colorFields();
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

quint8 DecodedView::shownSource() const
{
    return static_cast<quint8>(std::max(0, m_sources->currentIndex()));
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
    QHash<qint32, QColor> legend;
    const bool isSeen = !m_bytesPane->isHidden() && HexStyles::shared().style().coloring == HexStyle::Coloring::Field;
    if (!isSeen)
        return m_nodes->setColors({});
    const auto &colors = theme::colors(palette()).fields;
    const quint8 source = shownSource();
    for (qint32 i = 0; m_tree && i < m_tree->size() && fields.size() < MaxColored; ++i) {
        const Node &node = m_tree->at(i);
        const auto range = node.end == i + 1 ? m_tree->ownRangeIn(source, i) : std::nullopt;
        if (!range || range->size == 0)
            continue;
        // A digit of Base64 may say something of two values: it has the colour of the first.
        const bool isWritten = node.source != source;
        const qint64 last = fields.isEmpty() ? 0 : (fields.last().offset + fields.last().length).value();
        const qint64 begin = isWritten ? std::max<qint64>(range->begin, last) : range->begin;
        if (begin < last || begin >= range->end())
            continue;
        const auto color = static_cast<int>(fields.size());
        fields.append({ByteOffset(begin), range->end() - begin, color});
        legend.insert(i, colors[static_cast<size_t>(color) % colors.size()]);
    }
    m_hex->setFields(fields);
    m_nodes->setColors(legend);
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
    const quint8 source = shownSource();
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
    const Node::Range here = m_tree->rangeIn(source, node).value_or(value.value);
    return text + u'\n' +
           (here.size == 1 ? tr("byte %1").arg(here.begin)
                           : tr("bytes %1–%2 (%3)").arg(here.begin).arg(here.end() - 1).arg(here.size));
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
    const quint8 source = shownSource();
    const qint32 node = m_tree->nodeAt(source, m_hex->selection().first.value());
    if (node != Node::None)
        m_nodes->setCurrentNode(node);
}

} // namespace sockeye
