#include "widgets/commands/CommandDelegate.h"

#include "widgets/commands/CommandModel.h"
#include "widgets/style/Theme.h"

#include <QPainter>
#include <QTextLayout>

namespace sockeye {
namespace {

constexpr int PlaceWidth = 96;

/// One line of text with some of its characters in bold, cut at the end if there is no room. All of it is drawn as it
/// stands: names of profiles and captures come from outside.
void drawTitle(QPainter &painter, const QRect &rect, const QString &title, const QFont &font,
               const QList<qsizetype> &bold)
{
    const QString shown = QFontMetrics(font).elidedText(title, Qt::ElideRight, rect.width());
    QTextLayout layout(shown, font);
    QList<QTextLayout::FormatRange> formats;
    QFont heavy = font;
    heavy.setBold(true);
    for (const qsizetype at : bold) {
        if (at >= shown.size() || shown[at] != title[at])
            break;
        QTextLayout::FormatRange range;
        range.start = static_cast<int>(at);
        range.length = 1;
        range.format.setFont(heavy);
        formats.append(range);
    }
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    if (line.isValid())
        line.draw(&painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2));
}

} // namespace

void CommandDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColors &colors = theme::colors(option.widget->palette());
    painter->save();
    painter->setClipRect(option.rect);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, colors.selectedRow);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, colors.hover);
    const bool canRun = index.flags().testFlag(Qt::ItemIsEnabled);
    QRect rect = option.rect.adjusted(theme::Gap, 0, -theme::Gap, 0);
    const QString keys = index.data(CommandModel::KeysRole).toString();
    painter->setFont(option.font);
    painter->setPen(colors.dimText);
    painter->drawText(
        QRect(rect.topLeft(), QSize(PlaceWidth, rect.height())), Qt::AlignVCenter,
        option.fontMetrics.elidedText(index.data(CommandModel::PlaceRole).toString(), Qt::ElideRight, PlaceWidth));
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, keys);
    rect.adjust(PlaceWidth + theme::Gap, 0,
                keys.isEmpty() ? 0 : -option.fontMetrics.horizontalAdvance(keys) - theme::Gap * 2, 0);
    painter->setPen(canRun ? colors.text : colors.dimText);
    drawTitle(*painter, rect, index.data().toString(), option.font,
              index.data(CommandModel::PositionsRole).value<QList<qsizetype>>());
    painter->restore();
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {100, qMax(theme::RowHeight, option.fontMetrics.height() + theme::Gap)};
}

} // namespace sockeye
