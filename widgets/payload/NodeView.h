#pragma once

#include "decode/NodeDiff.h"

#include <QTreeView>

#include <memory>

class QAction;
class QMenu;

namespace sockeye {

class NodeModel;

/// A decoded payload as a tree that folds: names and values, and the time where a number looks like one. Values and
/// paths can be copied, and a value can be what the log is filtered by.
class NodeView final : public QTreeView
{
    Q_OBJECT

public:
    /// Larger parts are not unfolded in one go.
    static constexpr qint32 MaxUnfolded = 5000;

    explicit NodeView(QWidget *parent = nullptr);

    /// Null for none. The roots are unfolded.
    void setTree(std::shared_ptr<const NodeTree> tree);
    /// What it differs in from another message; null for nothing.
    void setCompared(std::shared_ptr<const ComparedNodes> compared);
    /// What colours nodes have in the bytes; shown before their names, as a legend.
    void setColors(const QHash<qint32, QColor> &colors);
    [[nodiscard]] const NodeTree *tree() const;
    [[nodiscard]] std::shared_ptr<const NodeTree> sharedTree() const;
    /// Chooses the node and brings it into sight, unfolding what holds it.
    void setCurrentNode(qint32 node);
    /// Node::None for none.
    [[nodiscard]] qint32 currentNode() const;
    /// Copies the current value: a string's characters, any other as it is written.
    void copyValue();
    /// Copies the way to the current value, as the filter has it: $.data[0].price
    void copyPath();
    /// The way to the current value as a column of the log has it; empty for what has no name or place of its own.
    [[nodiscard]] QString fieldPath() const;

Q_SIGNALS:
    /// Node::None for none.
    void currentNodeChanged(qint32 node);
    /// The log is to show the entries with the current value, by this term of its filter.
    void filterWanted(const QString &term);
    /// The log is to mark them.
    void markWanted(const QString &term);
    /// The number at this place, in all messages, is to be drawn over time.
    void plotWanted(const QString &path);
    /// The log is to have a column with the field of this path (FieldPath) of each message.
    void columnWanted(const QString &path);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fillMenu(QMenu &menu);
    void unfoldAll();
    /// Shows more of what ends in sight.
    void fetchInSight();
    [[nodiscard]] bool canUnfoldAll() const;

    NodeModel *m_model;
    /// What the column of names got by itself; 0 before there was any room.
    int m_nameWidth = 0;
};

} // namespace sockeye
