#include "widgets/profiles/ProfilesDelegate.h"

#include "widgets/profiles/ProfilesTree.h"
#include "widgets/style/Theme.h"

#include <QLineEdit>
#include <QPainter>
#include <QPolygonF>

namespace sockeye {
namespace {

using ItemKind = ProfilesTree::Kind;

constexpr int RowHeight = 26;
constexpr int HeadingHeight = 34;
constexpr int DotSize = 8;
constexpr int SignSize = 16;
constexpr int ChevronSize = 7;
/// Where a profile's name begins, right of its dot.
constexpr int NameInset = theme::Gap * 2 + DotSize - 1;

ItemKind kindAt(const QModelIndex &index)
{
    return static_cast<ItemKind>(index.data(ProfilesTree::KindRole).toInt());
}

bool isHeadingKind(ItemKind kind)
{
    return kind == ItemKind::Heading || kind == ItemKind::Folder;
}

/// What stands in a folder within another one is moved to the right, once for each.
int indentOf(const QModelIndex &index)
{
    int depth = isHeadingKind(kindAt(index)) ? 0 : -1;
    for (QModelIndex parent = index.parent(); parent.isValid(); parent = parent.parent())
        ++depth;
    constexpr int Step = theme::Gap * 3 / 2;
    return qMax(depth, 0) * Step;
}

QFont smallFont(QFont font)
{
    constexpr double Share = 0.85;
    font.setPointSizeF(font.pointSizeF() * Share);
    font.setCapitalization(QFont::AllUppercase);
    font.setLetterSpacing(QFont::PercentageSpacing, 104);
    return font;
}

/// At the right end: down while the folder is open, to the right while it is closed.
void drawChevron(QPainter &painter, const QRect &rect, bool isOpen)
{
    const QPointF middle(rect.right() - ChevronSize / 2.0, rect.center().y() + 1);
    const double half = ChevronSize / 2.0;
    const double quarter = ChevronSize / 4.0;
    if (isOpen)
        painter.drawPolyline(QPolygonF(
            {middle + QPointF(-half, -quarter), middle + QPointF(0, quarter), middle + QPointF(half, -quarter)}));
    else
        painter.drawPolyline(QPolygonF(
            {middle + QPointF(-quarter, -half), middle + QPointF(quarter, 0), middle + QPointF(-quarter, half)}));
}

void drawText(QPainter &painter, const QRect &rect, const QString &text, Qt::Alignment alignment = Qt::AlignLeft,
              Qt::TextElideMode elide = Qt::ElideRight)
{
    painter.drawText(rect, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text, elide, rect.width()));
}

} // namespace

ProfilesDelegate::ProfilesDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void ProfilesDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColors &colors = theme::colors(option.palette);
    const ItemKind kind = kindAt(index);
    const QString text = index.data(Qt::DisplayRole).toString();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(option.font);
    const int indent = indentOf(index);
    QRect rect = option.rect.adjusted(theme::Gap + indent, 0, -theme::Gap, 0);
    const bool choosable = index.flags().testFlag(Qt::ItemIsSelectable);
    if (choosable && option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(option.state & QStyle::State_Selected ? colors.selectedRow : colors.hover);
        painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 4, 4);
    }
    painter->setPen(kind == ItemKind::Problems ? colors.error : colors.text);
    if (isHeadingKind(kind)) {
        painter->setPen(colors.dimText);
        painter->setFont(smallFont(option.font));
        if (indent == 0 && !(option.state & (QStyle::State_Selected | QStyle::State_MouseOver)))
            rect.setTop(rect.top() + theme::Gap);
        drawChevron(*painter, rect, option.state.testFlag(QStyle::State_Open));
        rect.setRight(rect.right() - ChevronSize - theme::Gap);
    } else if (kind == ItemKind::Hint) {
        painter->setPen(colors.dimText);
    } else if (kind == ItemKind::Profile) {
        const auto mark = static_cast<StateSign>(index.data(ProfilesTree::MarkRole).toInt());
        // The sign has a margin of its own around it.
        const QRect place(rect.left() - (SignSize - DotSize) / 2, rect.center().y() - SignSize / 2 + 1, SignSize,
                          SignSize);
        icons::state(mark, colors).paint(painter, place);
        rect.setLeft(option.rect.left() + NameInset + indent);
    } else if (kind == ItemKind::Capture) {
        const QString age = index.data(ProfilesTree::AgeRole).toString();
        painter->setPen(colors.dimText);
        drawText(*painter, rect, age, Qt::AlignRight);
        painter->setPen(colors.text);
        rect.setRight(rect.right() - painter->fontMetrics().horizontalAdvance(age) - theme::Gap);
    }
    // The title of a capture is mostly a URL, and URLs differ at their ends.
    drawText(*painter, rect, text, Qt::AlignLeft, kind == ItemKind::Capture ? Qt::ElideMiddle : Qt::ElideRight);
    painter->restore();
}

QSize ProfilesDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isSection = isHeadingKind(kindAt(index)) && !index.parent().isValid();
    const int height = isSection ? HeadingHeight : RowHeight;
    return QSize(0, qMax(height, option.fontMetrics.height() + theme::Gap));
}

void ProfilesDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                            const QModelIndex &index) const
{
    const int inset = isHeadingKind(kindAt(index)) ? 0 : NameInset - theme::Gap;
    editor->setGeometry(option.rect.adjusted(inset + indentOf(index), 0, 0, 0));
}

void ProfilesDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    editor->setAccessibleName(tr("New name"));
    QStyledItemDelegate::setEditorData(editor, index);
}

void ProfilesDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    const auto *edit = qobject_cast<QLineEdit *>(editor);
    // With an empty name there would be nothing to click on.
    if (!edit || edit->text().trimmed().isEmpty() || edit->text().trimmed() == index.data(Qt::EditRole).toString())
        return;
    model->setData(index, edit->text().trimmed(), Qt::EditRole);
}

} // namespace sockeye
