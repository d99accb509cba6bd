#pragma once

#include <QStyledItemDelegate>

namespace sockeye {

/// Draws a command of a CommandModel: its place dimmed, its title with the letters that match in bold, its keys at the
/// right.
class CommandDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace sockeye
