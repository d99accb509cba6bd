#include "widgets/log/LogHeader.h"

#include "log/LogColumnInfo.h"
#include "log/LogModel.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/log/LogHeaderMenu.h"
#include "widgets/style/Theme.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QToolTip>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int MinimumHeight = 28;
/// The delta gives way to a preview that would have fewer characters than these.
constexpr int UsefulPreviewCharacters = 40;
/// The preview is never narrower than this: the columns are scrolled instead.
constexpr int MinimumPreviewWidth = 64;
/// The column is made wide enough for so many characters of a lane's name.
constexpr int MaxLaneCharacters = 24;
/// A column of a field becomes no wider than so many characters by itself.
constexpr int MaxFieldCharacters = 32;

int digitsOf(EntryId id)
{
    return int(QString::number(id.value()).size());
}

} // namespace

LogHeader::LogHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_columns(LogColumns::standard())
{
    setHighlightSections(false);
    setSectionsClickable(false);
    setSectionsMovable(true);
    setMinimumSectionSize(24);
    connect(this, &QHeaderView::sectionResized, this,
            [this](int column, int, int size) { columnResized(column, size); });
    connect(this, &QHeaderView::sectionMoved, this, &LogHeader::columnMoved);
    connect(this, &QHeaderView::sectionHandleDoubleClicked, this, &LogHeader::fitColumn);
}

void LogHeader::setLogModel(LogModel *model)
{
    if (model)
        model->setFieldColumns(m_fields);
    {
        const QScopedValueRollback guard(m_applying, true);
        setModel(model);
    }
    if (!model)
        return;
    m_digits = std::max(m_digits, digitsOf(model->lastEntry()));
    m_textWidths.clear();
    m_mergedTextWidth = 0;
    model->setDeltaMerged(mergesDelta());
    applyColumns();
}

bool LogHeader::isReady() const
{
    return model() && count() == m_columns.order.size();
}

LogColumn &LogHeader::placed(int column)
{
    return *std::find_if(m_columns.order.begin(), m_columns.order.end(),
                         [column](const LogColumn &one) { return one.column == column; });
}

const LogColumn &LogHeader::placed(int column) const
{
    return *std::find_if(m_columns.order.cbegin(), m_columns.order.cend(),
                         [column](const LogColumn &one) { return one.column == column; });
}

void LogHeader::setColumns(const LogColumns &columns)
{
    if (columns == this->columns())
        return;
    m_columns = m_columns.withOwn(columns);
    setDeltaPlace(DeltaPlace::OwnColumn);
    m_deltaChosen = columns != LogColumns::standard();
    applyColumns();
}

void LogHeader::setFields(const QList<FieldColumn> &fields)
{
    QList<FieldColumn> taken;
    for (const FieldColumn &field : fields) {
        const bool isTaken = std::any_of(taken.cbegin(), taken.cend(),
                                         [&field](const FieldColumn &other) { return other.path == field.path; });
        if (!isTaken && taken.size() < ColumnOptions::MaxColumns)
            taken += field;
    }
    if (taken == this->fields())
        return;
    m_fields = taken;
    m_columns = m_columns.withFields(taken);
    // What was shown was another field's, for all that is known.
    m_textWidths.removeIf([](QHash<int, int>::iterator width) { return LogColumns::isField(width.key()); });
    if (LogModel *model = log()) {
        const QScopedValueRollback guard(m_applying, true);
        model->setFieldColumns(taken);
    }
    applyColumns();
}

const FieldColumn *LogHeader::fieldOf(int column) const
{
    const int place = column - LogModel::ColumnCount;
    return place >= 0 && place < m_fields.size() ? &m_fields.at(place) : nullptr;
}

int LogHeader::columnOf(const QString &path) const
{
    const auto found = std::find_if(m_fields.cbegin(), m_fields.cend(),
                                    [&path](const FieldColumn &field) { return field.path == path; });
    return found == m_fields.cend() ? -1 : LogModel::ColumnCount + int(found - m_fields.cbegin());
}

void LogHeader::tellChanges(const LogColumns &before)
{
    if (before.own() != m_columns.own())
        Q_EMIT columnsChanged();
    if (before.placed(m_fields) != m_columns.placed(m_fields))
        Q_EMIT fieldsChanged();
}

void LogHeader::setColumnShown(int column, bool shown)
{
    const LogColumns before = m_columns;
    LogColumn &one = placed(column);
    // The last shown column stays: without any there would be nothing to click on.
    const bool isLast = !shown && one.shown &&
                        std::count_if(m_columns.order.cbegin(), m_columns.order.cend(),
                                      [](const LogColumn &other) { return other.shown; }) == 1;
    if (isLast)
        return;
    m_deltaChosen = m_deltaChosen || column == LogModel::DeltaColumn;
    setDeltaPlace(DeltaPlace::OwnColumn);
    one.shown = shown;
    applyColumns();
    tellChanges(before);
}

void LogHeader::fitColumn(int column)
{
    if (isLaneColumn(column) || column == LogModel::PreviewColumn || placed(column).width == 0)
        return;
    const LogColumns before = m_columns;
    placed(column).width = 0;
    applyWidths();
    tellChanges(before);
}

void LogHeader::resetColumns()
{
    const LogColumns before = m_columns;
    QList<FieldColumn> plain;
    for (const FieldColumn &field : std::as_const(m_fields))
        plain += FieldColumn{.path = field.path, .title = field.title};
    m_columns = LogColumns::standard().withFields(plain);
    setDeltaPlace(DeltaPlace::OwnColumn);
    m_deltaChosen = false;
    applyColumns();
    tellChanges(before);
}

QList<int> LogHeader::shownColumns() const
{
    QList<int> columns;
    for (int visual = 0; visual < count(); ++visual) {
        const int column = logicalIndex(visual);
        if (!isSectionHidden(column))
            columns += column;
    }
    return columns;
}

QList<int> LogHeader::copiedColumns() const
{
    QList<int> columns = shownColumns();
    if (mergesDelta())
        columns.insert(columns.indexOf(LogModel::SizeColumn) + 1, LogModel::DeltaColumn);
    return columns;
}

void LogHeader::setDataFont(const QFont &font)
{
    m_dataFont = font;
    m_textWidths.clear();
    m_mergedTextWidth = 0;
    applyWidths();
}

void LogHeader::setLanes(const QStringList &names)
{
    if (names == m_lanes)
        return;
    m_lanes = names;
    applyColumns();
}

bool LogHeader::isLaneColumn(int column) const
{
    return column == LogModel::ConnectionColumn && !m_lanes.isEmpty();
}

void LogHeader::makeRoomFor(EntryId last)
{
    const int digits = digitsOf(last);
    if (digits <= m_digits)
        return;
    m_digits = digits;
    applyWidths();
}

void LogHeader::makeRoomFor(const QHash<int, int> &textWidths)
{
    bool hasGrown = false;
    for (auto width = textWidths.cbegin(); width != textWidths.cend(); ++width) {
        const bool isMerged = width.key() == LogModel::SizeColumn && mergesDelta();
        int &known = isMerged ? m_mergedTextWidth : m_textWidths[width.key()];
        hasGrown = hasGrown || width.value() > known;
        known = std::max(known, width.value());
    }
    if (hasGrown)
        applyWidths();
}

bool LogHeader::canGrow(int column) const
{
    if (!LogColumns::isField(column))
        return LogColumnInfo::of(column).growsWithContent;
    return placed(column).width == 0 && sectionSize(column) < maxFieldWidth();
}

int LogHeader::maxFieldWidth() const
{
    return MaxFieldCharacters * QFontMetrics(m_dataFont).horizontalAdvance(u'0') + 2 * Padding;
}

void LogHeader::fitTo(int width)
{
    if (!isReady())
        return;
    fitDelta(width);
    int taken = 0;
    for (int column = 0; column < count(); ++column)
        taken += column == LogModel::PreviewColumn ? 0 : sectionSize(column);
    const QScopedValueRollback guard(m_applying, true);
    // Qt's own stretching happens later than requested, and sometimes not at all.
    if (!isSectionHidden(LogModel::PreviewColumn))
        resizeSection(LogModel::PreviewColumn, std::max(width - taken, MinimumPreviewWidth));
}

void LogHeader::fitDelta(int width)
{
    const bool gaveWay = m_deltaPlace != DeltaPlace::OwnColumn;
    if (m_deltaChosen || isSectionHidden(LogModel::DeltaColumn) != gaveWay)
        return;
    const DeltaPlace place = deltaPlaceIn(width);
    if (place == m_deltaPlace)
        return;
    setDeltaPlace(place);
    {
        const QScopedValueRollback guard(m_applying, true);
        setSectionHidden(LogModel::DeltaColumn, place != DeltaPlace::OwnColumn);
    }
    applyWidths();
}

LogHeader::DeltaPlace LogHeader::deltaPlaceIn(int width) const
{
    constexpr int Delta = LogModel::DeltaColumn;
    constexpr int Size = LogModel::SizeColumn;
    const auto widthOf = [this](int column, DeltaPlace place) {
        const int chosen = placed(column).width;
        return chosen > 0 ? chosen : widthFor(column, place);
    };
    const bool hasSize = !isSectionHidden(Size);
    int others = 0;
    for (int column = 0; column < count(); ++column)
        others += column == LogModel::PreviewColumn || column == Delta || column == Size ? 0 : sectionSize(column);
    const int useful = UsefulPreviewCharacters * QFontMetrics(m_dataFont).horizontalAdvance(u'0') + 2 * Padding;
    const int apart = widthOf(Delta, DeltaPlace::OwnColumn) + (hasSize ? widthOf(Size, DeltaPlace::OwnColumn) : 0);
    if (others + apart + std::max(useful, width / 2) <= width)
        return DeltaPlace::OwnColumn;
    // A width that the user has chosen is for the size alone.
    const bool canMerge = hasSize && placed(Size).width == 0;
    return canMerge && others + widthFor(Size, DeltaPlace::WithSize) + useful <= width ? DeltaPlace::WithSize
                                                                                       : DeltaPlace::Nowhere;
}

void LogHeader::setDeltaPlace(DeltaPlace place)
{
    m_deltaPlace = place;
    if (LogModel *model = log())
        model->setDeltaMerged(place == DeltaPlace::WithSize);
}

QSize LogHeader::sizeHint() const
{
    QSize hint = QHeaderView::sizeHint();
    hint.setHeight(std::max(hint.height(), MinimumHeight));
    return hint;
}

void LogHeader::paintSection(QPainter *painter, const QRect &rect, int column) const
{
    const ThemeColors &colors = theme::colors(palette());
    painter->fillRect(rect, colors.window);
    painter->fillRect(rect.left(), rect.bottom(), rect.width(), 1, colors.line);
    const QRect inside = rect.adjusted(Padding, 0, -Padding, 0);
    if (!model())
        return;
    const QString title = model()->headerData(column, Qt::Horizontal).toString();
    const auto alignment = model()->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>();
    painter->setFont(font());
    painter->setPen(colors.dimText);
    painter->drawText(inside, int(alignment), fontMetrics().elidedText(title, Qt::ElideRight, inside.width()));
}

QString LogHeader::titleOf(int column) const
{
    return model()->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
}

int LogHeader::widthFor(int column, DeltaPlace delta) const
{
    const QFontMetrics metrics(m_dataFont);
    if (LogColumns::isField(column)) {
        const int needed = std::max(fontMetrics().horizontalAdvance(titleOf(column)), m_textWidths.value(column));
        return std::min(needed + 2 * Padding, maxFieldWidth());
    }
    const LogColumnInfo &info = LogColumnInfo::of(column);
    CellStyle style = log()->cellStyle();
    style.mergesDelta = delta == DeltaPlace::WithSize;
    int width = fontMetrics().horizontalAdvance(info.titleFor(style));
    for (const QString &sample : info.widthSamples(style, m_digits))
        width = std::max(width, metrics.horizontalAdvance(sample));
    const bool isMerged = column == LogModel::SizeColumn && style.mergesDelta;
    width = std::max(width, isMerged ? m_mergedTextWidth : m_textWidths.value(column));
    if (isLaneColumn(column)) {
        for (const QString &lane : m_lanes)
            width = std::max(width, metrics.horizontalAdvance(lane.left(MaxLaneCharacters)));
    }
    return width + 2 * Padding;
}

void LogHeader::applyColumns()
{
    if (!isReady())
        return;
    {
        const QScopedValueRollback guard(m_applying, true);
        setSectionResizeMode(QHeaderView::Interactive);
        for (int place = 0; place < m_columns.order.size(); ++place) {
            const LogColumn &one = m_columns.order.at(place);
            moveSection(visualIndex(one.column), place);
            const bool isWanted = one.shown || isLaneColumn(one.column);
            setSectionHidden(one.column, !isWanted || (one.column == LogModel::DeltaColumn &&
                                                       m_deltaPlace != DeltaPlace::OwnColumn));
        }
        setSectionResizeMode(LogModel::PreviewColumn, QHeaderView::Fixed);
    }
    applyWidths();
}

void LogHeader::applyWidths()
{
    if (!isReady())
        return;
    {
        const QScopedValueRollback guard(m_applying, true);
        for (const LogColumn &one : std::as_const(m_columns.order)) {
            const bool hasWidth = one.width > 0 && !isLaneColumn(one.column);
            if (one.column != LogModel::PreviewColumn && !isSectionHidden(one.column))
                resizeSection(one.column, hasWidth ? one.width : widthFor(one.column, m_deltaPlace));
        }
    }
    Q_EMIT laidOut();
}

void LogHeader::columnResized(int column, int size)
{
    // While the header itself changes its sections, it must not be changed from outside.
    if (m_applying || isSectionHidden(column))
        return;
    Q_EMIT laidOut();
    if (isLaneColumn(column))
        return;
    const LogColumns before = m_columns;
    placed(column).width = size;
    tellChanges(before);
}

void LogHeader::columnMoved()
{
    if (m_applying)
        return;
    const LogColumns before = m_columns;
    for (const LogColumn &one : before.order)
        m_columns.order[visualIndex(one.column)] = one;
    Q_EMIT laidOut();
    tellChanges(before);
}

void LogHeader::contextMenuEvent(QContextMenuEvent *event)
{
    showMenu(event->globalPos(), event->reason() == QContextMenuEvent::Mouse ? logicalIndexAt(event->pos()) : -1);
}

bool LogHeader::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || !model())
        return QHeaderView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int column = logicalIndexAt(help->pos());
    const QString text =
        column < 0 ? QString() : model()->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), plainToolTip(text), viewport());
    return true;
}

LogModel *LogHeader::log() const
{
    return static_cast<LogModel *>(model());
}

void LogHeader::showMenu(const QPoint &globalPosition, int column)
{
    if (!isReady())
        return;
    auto *menu = new LogHeaderMenu(this, *log(), column);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu, &LogHeaderMenu::timeFormatChosen, this, &LogHeader::timeFormatChosen);
    connect(menu, &LogHeaderMenu::deltaFromChosen, this, &LogHeader::deltaFromChosen);
    Q_EMIT menuOpening(menu, column);
    menu->popup(globalPosition);
}

} // namespace sockeye
