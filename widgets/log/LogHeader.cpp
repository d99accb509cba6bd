#include "widgets/log/LogHeader.h"

#include "log/LogModel.h"
#include "log/LogText.h"
#include "widgets/style/Theme.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

constexpr int MinHeight = 28;

constexpr std::array AllKinds{EntryKind::Text,  EntryKind::Binary, EntryKind::Ping, EntryKind::Pong,
                              EntryKind::Close, EntryKind::Raw,    EntryKind::Event};

/// The widest text that a column is made for.
QStringList samplesOf(int column, int digits)
{
    switch (column) {
    case LogModel::EntryColumn:
        return {QString(digits, u'0')};
    case LogModel::TimeColumn:
        return {QStringLiteral("00:00:00.000 000")};
    case LogModel::DeltaColumn:
        return {QStringLiteral("+59 min 59 s")};
    case LogModel::DirectionColumn:
        return {QStringLiteral("↓")};
    case LogModel::SizeColumn:
        return {QStringLiteral("99.9 MB")};
    case LogModel::TypeColumn:
        break;
    default:
        return {};
    }
    QStringList words;
    for (const EntryKind kind : AllKinds)
        words += logtext::kind(kind);
    return words;
}

} // namespace

LogHeader::LogHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_chosenByUser(LogModel::ColumnCount, false)
{
    setHighlightSections(false);
    setSectionsClickable(false);
    setMinimumSectionSize(24);
    connect(this, &QHeaderView::sectionResized, this, [this](int column) { columnResized(column); });
}

void LogHeader::setLogModel(LogModel *model)
{
    setModel(model);
    if (!model)
        return;
    // A new model brings all its columns.
    m_deltaGaveWay = m_deltaGaveWay && isSectionHidden(LogModel::DeltaColumn);
    setSectionResizeMode(QHeaderView::Interactive);
    setSectionResizeMode(LogModel::PreviewColumn, QHeaderView::Stretch);
    makeRoomFor(model->lastEntry());
    applyWidths();
}

void LogHeader::setDataFont(const QFont &font)
{
    m_dataFont = font;
    applyWidths();
}

void LogHeader::makeRoomFor(EntryId last)
{
    const int digits = int(QString::number(last.value()).size());
    if (digits <= m_digits)
        return;
    m_digits = digits;
    applyWidths();
}

void LogHeader::fitTo(int width)
{
    constexpr int Delta = LogModel::DeltaColumn;
    constexpr int LeastPreview = 100;
    if (!hasColumns() || m_deltaChosen || isSectionHidden(Delta) != m_deltaGaveWay)
        return;
    int needed = LeastPreview + (m_deltaGaveWay ? widthFor(Delta) : 0);
    for (int column = 0; column < LogModel::PreviewColumn; ++column)
        needed += isSectionHidden(column) ? 0 : sectionSize(column);
    if ((needed > width) == m_deltaGaveWay)
        return;
    m_deltaGaveWay = needed > width;
    const QScopedValueRollback guard(m_applying, true);
    setSectionHidden(Delta, m_deltaGaveWay);
    applyWidths();
}

QSize LogHeader::sizeHint() const
{
    QSize hint = QHeaderView::sizeHint();
    hint.setHeight(std::max(hint.height(), MinHeight));
    return hint;
}

void LogHeader::paintSection(QPainter *painter, const QRect &rect, int column) const
{
    const ThemeColors &colors = theme::colors(palette());
    painter->fillRect(rect, colors.window);
    painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, colors.line);
    if (!hasColumns())
        return;
    const QRect inside = rect.adjusted(Padding, 0, -Padding, 0);
    const QString title = model()->headerData(column, Qt::Horizontal).toString();
    const auto alignment = model()->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>();
    painter->setFont(font());
    painter->setPen(colors.dimText);
    painter->drawText(inside, int(alignment), fontMetrics().elidedText(title, Qt::ElideRight, inside.width()));
}

bool LogHeader::hasColumns() const
{
    // When a model goes, its sections outlive it until the event loop turns.
    return model() && count() == LogModel::ColumnCount;
}

int LogHeader::widthFor(int column) const
{
    const QFontMetrics metrics(m_dataFont);
    int width = fontMetrics().horizontalAdvance(model()->headerData(column, Qt::Horizontal).toString());
    for (const QString &sample : samplesOf(column, m_digits))
        width = std::max(width, metrics.horizontalAdvance(sample));
    return width + 2 * Padding;
}

void LogHeader::applyWidths()
{
    if (!hasColumns())
        return;
    const QScopedValueRollback guard(m_applying, true);
    for (int column = 0; column < LogModel::PreviewColumn; ++column) {
        if (!m_chosenByUser.at(column) && !isSectionHidden(column))
            resizeSection(column, widthFor(column));
    }
}

void LogHeader::columnResized(int column)
{
    if (!m_applying && !isSectionHidden(column) && column < LogModel::PreviewColumn)
        m_chosenByUser[column] = true;
}

void LogHeader::contextMenuEvent(QContextMenuEvent *event)
{
    if (!hasColumns())
        return;
    QMenu *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 0; column < LogModel::PreviewColumn; ++column) {
        QAction *action =
            menu->addAction(model()->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString());
        action->setCheckable(true);
        action->setChecked(!isSectionHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            m_deltaChosen = m_deltaChosen || column == LogModel::DeltaColumn;
            setSectionHidden(column, !shown);
            applyWidths();
        });
    }
    menu->popup(event->globalPos());
}

} // namespace sockeye
