#include "widgets/shapes/ShapeShareDelegate.h"

#include "widgets/shapes/ShapesModel.h"
#include "widgets/style/Theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sockeye {

void ShapeShareDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const ThemeColors &colors = theme::colors(option.palette);
    const double share = std::clamp(index.data(ShapesModel::ShareRole).toDouble(), 0.0, 1.0);
    constexpr int Margin = 3;
    constexpr int BarHeight = 3;
    const QRect room = option.rect.adjusted(Margin, 0, -Margin, -Margin);
    // What is there at all can be seen.
    const int width = share > 0 ? std::max(1, static_cast<int>(std::lround(share * room.width()))) : 0;
    painter->fillRect(QRect(room.left(), room.bottom() - BarHeight + 1, room.width(), BarHeight), colors.line);
    painter->fillRect(QRect(room.left(), room.bottom() - BarHeight + 1, width, BarHeight), colors.accent);
}

} // namespace sockeye
