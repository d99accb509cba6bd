#pragma once

#include "decode/NodeDiff.h"
#include "widgets/hex/HexLayout.h"
#include "widgets/hex/MemoryBytes.h"
#include "widgets/payload/NodeFinder.h"

#include <QWidget>

#include <memory>

class QSplitter;
class QTabBar;

namespace sockeye {

class FindBar;
class HexView;
class NodeView;

/// What a message says, linked to its bytes: the tree above, the bytes below. The node that is chosen has its bytes
/// selected, in the payload or in what a step made of it; a byte that is chosen shows its node.
class DecodedView final : public QWidget
{
    Q_OBJECT

public:
    explicit DecodedView(QWidget *parent = nullptr);
    ~DecodedView() override;

    /// Null for none.
    void setTree(std::shared_ptr<const NodeTree> tree);
    /// What it differs in from another message, which is marked in the bytes, too; null for nothing.
    void setCompared(std::shared_ptr<const ComparedNodes> compared);
    [[nodiscard]] NodeView *nodes() const { return m_nodes; }
    [[nodiscard]] HexView *bytes() const { return m_hex; }
    /// Whether the bytes stand below the tree.
    void setShowsBytes(bool shows);
    void find();
    /// Chooses the value that this byte of the payload is a part of.
    void choosePayloadByte(ByteOffset byte);

Q_SIGNALS:
    /// The bytes of the payload that the value chosen is, or was made from.
    void payloadRangeChosen(sockeye::HexRange range);
    void notice(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void setSources();
    [[nodiscard]] quint8 shownSource() const;
    void showSource(int source);
    void selectBytes(qint32 node);
    void showNodeIn(quint8 source);
    [[nodiscard]] QString describedByte(ByteOffset byte) const;
    void selectNode();
    void colorFields();
    void markChanges();

    std::shared_ptr<const NodeTree> m_tree;
    std::shared_ptr<const ComparedNodes> m_compared;
    FindBar *m_findBar;
    QSplitter *m_splitter;
    NodeView *m_nodes;
    QWidget *m_bytesPane;
    QTabBar *m_sources;
    HexView *m_hex;
    MemoryBytes m_bytes;
    NodeFinder m_finder;
    /// While one side follows the other.
    bool m_isFollowing = false;
};

} // namespace sockeye
