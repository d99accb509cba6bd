#include "widgets/log/LogHeader.h"

#include "log/LogModel.h"
#include "log/LogText.h"
#include "widgets/style/Theme.h"

#include <QActionGroup>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

constexpr int MinHeight = 28;
/// Narrower than this, a preview is not worth the delta...
constexpr int GoodPreview = 100;
/// ...and narrower than this none at all: the columns are scrolled.
constexpr int LeastPreview = 64;
/// Of a longer lane's name the rest is left out.
constexpr int LongLane = 24;

constexpr std::array AllKinds{EntryKind::Text,  EntryKind::Binary, EntryKind::Ping, EntryKind::Pong,
                              EntryKind::Close, EntryKind::Raw,    EntryKind::Event};

/// The widest text that a column is made for.
QStringList samplesOf(int column, int digits, TimeFormat format)
{
    switch (column) {
    case LogModel::EntryColumn:
        return {QString(digits, u'0')};
    case LogModel::TimeColumn:
        return {logtext::longestTime(format)};
    case LogModel::DeltaColumn:
        return {QStringLiteral("+59 min 59 s")};
    case LogModel::DirectionColumn:
        return {QStringLiteral("↓")};
    case LogModel::ConnectionColumn:
        return {QStringLiteral("999")};
    case LogModel::SizeColumn:
    case LogModel::WireSizeColumn:
        return {QStringLiteral("99.9 MB")};
    case LogModel::RatioColumn:
        return {QStringLiteral("99.9 : 1")};
    case LogModel::LatencyColumn:
        return {QStringLiteral("59 min 59 s")};
    case LogModel::FindingsColumn:
        return {LogModel::tr("warning, %1 findings").arg(99)};
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
}

void LogHeader::setLogModel(LogModel *model)
{
    {
        const QScopedValueRollback guard(m_applying, true);
        setModel(model);
    }
    if (!model)
        return;
    m_digits = std::max(m_digits, digitsOf(model->lastEntry()));
    applyColumns();
}

bool LogHeader::isReady() const
{
    return model() && count() == LogModel::ColumnCount;
}

LogColumn &LogHeader::placed(int column)
{
    return *std::find_if(m_columns.order.begin(), m_columns.order.end(),
                         [column](const LogColumn &one) { return one.column == column; });
}

void LogHeader::setColumns(const LogColumns &columns)
{
    if (columns == m_columns)
        return;
    m_columns = columns;
    m_deltaGaveWay = false;
    m_deltaChosen = columns != LogColumns::standard();
    applyColumns();
}

void LogHeader::setColumnShown(int column, bool shown)
{
    LogColumn &one = placed(column);
    // The last one stays: without any there would be nothing to click on.
    const bool isLast = !shown && one.shown &&
                        std::count_if(m_columns.order.cbegin(), m_columns.order.cend(),
                                      [](const LogColumn &other) { return other.shown; }) == 1;
    if (isLast)
        return;
    m_deltaChosen = m_deltaChosen || column == LogModel::DeltaColumn;
    m_deltaGaveWay = false;
    one.shown = shown;
    applyColumns();
    Q_EMIT columnsChanged();
}

void LogHeader::resetColumns()
{
    m_columns = LogColumns::standard();
    m_deltaGaveWay = false;
    m_deltaChosen = false;
    applyColumns();
    Q_EMIT columnsChanged();
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

void LogHeader::setDataFont(const QFont &font)
{
    m_dataFont = font;
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

void LogHeader::fitTo(int width)
{
    if (!isReady())
        return;
    fitDelta(width);
    int taken = 0;
    for (int column = 0; column < count(); ++column)
        taken += column == LogModel::PreviewColumn ? 0 : sectionSize(column);
    const QScopedValueRollback guard(m_applying, true);
    // Qt's own stretching comes later than it is asked for, and at times not at all.
    if (!isSectionHidden(LogModel::PreviewColumn))
        resizeSection(LogModel::PreviewColumn, std::max(width - taken, LeastPreview));
}

void LogHeader::fitDelta(int width)
{
    constexpr int Delta = LogModel::DeltaColumn;
    if (m_deltaChosen || isSectionHidden(Delta) != m_deltaGaveWay)
        return;
    int needed = GoodPreview + (m_deltaGaveWay ? widthFor(Delta) : 0);
    for (int column = 0; column < count(); ++column)
        needed += column == LogModel::PreviewColumn ? 0 : sectionSize(column);
    if ((needed > width) == m_deltaGaveWay)
        return;
    m_deltaGaveWay = needed > width;
    {
        const QScopedValueRollback guard(m_applying, true);
        setSectionHidden(Delta, m_deltaGaveWay);
    }
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

int LogHeader::widthFor(int column) const
{
    const QFontMetrics metrics(m_dataFont);
    int width = fontMetrics().horizontalAdvance(model()->headerData(column, Qt::Horizontal).toString());
    for (const QString &sample : samplesOf(column, m_digits, log()->timeFormat()))
        width = std::max(width, metrics.horizontalAdvance(sample));
    if (isLaneColumn(column)) {
        for (const QString &lane : m_lanes)
            width = std::max(width, metrics.horizontalAdvance(lane.left(LongLane)));
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
            setSectionHidden(one.column, !isWanted || (one.column == LogModel::DeltaColumn && m_deltaGaveWay));
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
                resizeSection(one.column, hasWidth ? one.width : widthFor(one.column));
        }
    }
    Q_EMIT laidOut();
}

void LogHeader::columnResized(int column, int size)
{
    // In the midst of its own changes the header must not be changed.
    if (m_applying || isSectionHidden(column))
        return;
    Q_EMIT laidOut();
    if (isLaneColumn(column))
        return;
    placed(column).width = size;
    Q_EMIT columnsChanged();
}

void LogHeader::columnMoved()
{
    if (m_applying)
        return;
    const LogColumns before = m_columns;
    for (const LogColumn &one : before.order)
        m_columns.order[visualIndex(one.column)] = one;
    Q_EMIT laidOut();
    Q_EMIT columnsChanged();
}

void LogHeader::contextMenuEvent(QContextMenuEvent *event)
{
    showMenu(event->globalPos());
}

const LogModel *LogHeader::log() const
{
    return static_cast<const LogModel *>(model());
}

void LogHeader::showMenu(const QPoint &globalPosition)
{
    if (!isReady())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addColumns(menu);
    menu->addSeparator();
    addTimes(menu);
    menu->popup(globalPosition);
}

void LogHeader::addColumns(QMenu *menu)
{
    for (const LogColumn &one : std::as_const(m_columns.order)) {
        QAction *action = menu->addAction(titleOf(one.column));
        action->setCheckable(true);
        action->setChecked(!isSectionHidden(one.column));
        connect(action, &QAction::toggled, this,
                [this, column = one.column](bool shown) { setColumnShown(column, shown); });
    }
    menu->addSeparator();
    addMoves(menu->addMenu(tr("Move column")));
    QAction *reset = menu->addAction(tr("Reset columns"));
    reset->setEnabled(m_columns != LogColumns::standard());
    connect(reset, &QAction::triggered, this, &LogHeader::resetColumns);
}

/// What dragging does, for the keyboard.
void LogHeader::addMoves(QMenu *menu)
{
    const QList<int> shown = shownColumns();
    for (qsizetype i = 0; i < shown.size(); ++i) {
        QMenu *moves = menu->addMenu(titleOf(shown.at(i)));
        const auto addMove = [&](const QString &text, qsizetype to) {
            QAction *action = moves->addAction(text);
            action->setEnabled(to >= 0 && to < shown.size());
            if (action->isEnabled())
                connect(action, &QAction::triggered, this, [this, column = shown.at(i), there = shown.at(to)] {
                    moveSection(visualIndex(column), visualIndex(there));
                });
        };
        addMove(tr("To the left"), i - 1);
        addMove(tr("To the right"), i + 1);
    }
}

void LogHeader::addTimes(QMenu *menu)
{
    QMenu *times = menu->addMenu(tr("Show time as"));
    auto *timeGroup = new QActionGroup(times);
    const auto addTime = [&](const QString &text, TimeFormat format) {
        QAction *action = timeGroup->addAction(times->addAction(text));
        action->setCheckable(true);
        action->setChecked(log()->timeFormat() == format);
        connect(action, &QAction::triggered, this, [this, format] { Q_EMIT timeFormatChosen(format); });
    };
    addTime(tr("Local time"), TimeFormat::Local);
    addTime(tr("UTC"), TimeFormat::Utc);
    addTime(tr("Since the first entry"), TimeFormat::Relative);
    addTime(tr("Seconds since 1970"), TimeFormat::Epoch);
    QMenu *deltas = menu->addMenu(tr("Measure delta from"));
    auto *deltaGroup = new QActionGroup(deltas);
    const auto addDelta = [&](const QString &text, DeltaFrom from) {
        QAction *action = deltaGroup->addAction(deltas->addAction(text));
        action->setCheckable(true);
        action->setChecked(log()->deltaFrom() == from);
        connect(action, &QAction::triggered, this, [this, from] { Q_EMIT deltaFromChosen(from); });
    };
    addDelta(tr("The entry above"), DeltaFrom::Previous);
    addDelta(tr("The selected entry"), DeltaFrom::Selected);
}

} // namespace sockeye
