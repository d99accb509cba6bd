#pragma once

#include "decode/NodeDiff.h"

#include <QAbstractItemModel>
#include <QColor>
#include <QHash>

#include <memory>

namespace sockeye {

/// The nodes of a decoded payload as a tree. What a node holds is looked for when somebody goes into it, and comes in
/// lots (fetchMore), so that a million elements cost as much as those that are looked at.
class NodeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, ColumnCount };
    enum Role {
        NodeRole = Qt::UserRole, ///< qint32: the node's index
        KindRole,                ///< Node::Kind as int
        ChangeRole,              ///< NodeDiff::Change as int
        NoteRole                 ///< what is said about the value: the time that a number may stand for
    };
    /// Nodes that come at once.
    static constexpr int Lot = 1000;
    /// Characters of a value that are shown.
    static constexpr qsizetype MaxShown = 500;

    explicit NodeModel(QObject *parent = nullptr);

    /// Null for none.
    void setTree(std::shared_ptr<const NodeTree> tree);
    [[nodiscard]] const std::shared_ptr<const NodeTree> &tree() const { return m_tree; }
    /// What the tree differs in from another one; null for nothing. A new tree is compared with nothing.
    void setCompared(std::shared_ptr<const ComparedNodes> compared);
    /// The colours of nodes in the bytes that are shown beside them, as swatches before their names.
    void setColors(const QHash<qint32, QColor> &colors);
    /// Where the node stands; what comes before it is fetched for that.
    [[nodiscard]] QModelIndex indexOf(qint32 node);
    /// The node's index; Node::None for an invalid one.
    [[nodiscard]] static qint32 nodeOf(const QModelIndex &index);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    /// What a node holds, as far as it is shown.
    struct Children
    {
        std::vector<qint32> nodes;
        int shown = 0;
    };
    void fetch(const QModelIndex &parent, int count);
    [[nodiscard]] int countOf(qint32 node) const;
    [[nodiscard]] QString nameText(qint32 node) const;
    [[nodiscard]] QString valueText(qint32 node) const;
    [[nodiscard]] QString noteText(qint32 node) const;

    [[nodiscard]] NodeDiff::Change changeOf(qint32 node) const;
    [[nodiscard]] QString changeText(qint32 node) const;

    QHash<qint32, QColor> m_colors;
    std::shared_ptr<const NodeTree> m_tree;
    std::shared_ptr<const ComparedNodes> m_compared;
    QHash<qint32, Children> m_children;
};

} // namespace sockeye
