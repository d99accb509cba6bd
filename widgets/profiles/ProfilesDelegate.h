#pragma once

#include <QStyledItemDelegate>

namespace sockeye {

/// Paints the rows of a ProfilesTree: headings in small capitals, profiles with a dot, captures with their age.
class ProfilesDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ProfilesDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
};

} // namespace sockeye
