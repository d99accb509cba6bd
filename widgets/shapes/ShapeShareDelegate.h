#pragma once

#include <QStyledItemDelegate>

namespace sockeye {

/// A share as a number above a bar.
class ShapeShareDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace sockeye
