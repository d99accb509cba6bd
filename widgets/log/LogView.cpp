#include "widgets/log/LogView.h"

#include "widgets/controls/OutsideText.h"
#include "widgets/log/LogAccessible.h"
#include "widgets/log/LogClipboard.h"
#include "widgets/log/LogFollower.h"
#include "widgets/log/LogGutter.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogPainter.h"
#include "widgets/log/LogScroller.h"
#include "widgets/log/MarkerStrip.h"
#include "widgets/style/Theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace sockeye {

namespace {

int toPixel(qint64 y)
{
    // Far outside of every screen, and far enough from the ends of int for the arithmetic of rectangles.
    constexpr qint64 Far = std::numeric_limits<int>::max() / 4;
    return int(std::clamp(y, -Far, Far));
}

/// The header's surface where it has no columns: over the gutter and the marker strip.
class HeaderGround final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const ThemeColors &colors = theme::colors(palette());
        QPainter painter(this);
        painter.fillRect(rect(), colors.window);
        painter.fillRect(0, height() - 1, width(), 1, colors.line);
    }
};

} // namespace

LogView::LogView(QWidget *parent)
    : QAbstractItemView(parent)
    , m_header(new LogHeader(this))
    , m_headerGround(new HeaderGround(this))
    , m_strip(new MarkerStrip(this))
    , m_scroller(new LogScroller(this, *m_header))
    , m_follower(new LogFollower(*m_scroller, this))
    , m_clipboard(new LogClipboard(this))
{
    LogAccessible::install();
    setAccessibleName(tr("Message log"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    connectHeader();
    connectScrolling();
    connect(m_clipboard, &LogClipboard::copied, this, &LogView::statusText);
    m_headerGround->lower();
    updateFont();
}

LogView::~LogView() = default;

void LogView::connectHeader()
{
    connect(m_header, &LogHeader::laidOut, this, [this] {
        updateGeometries();
        viewport()->update();
    });
    connect(m_header, &LogHeader::columnsChanged, this, &LogView::lookChanged);
    connect(m_header, &LogHeader::timeFormatChosen, this, [this](TimeFormat format) {
        setTimes(format, m_times.deltaFrom());
        Q_EMIT lookChanged();
    });
    connect(m_header, &LogHeader::deltaFromChosen, this, [this](DeltaFrom from) {
        m_times.setMeasuredFrom({});
        setTimes(m_times.format(), from);
        Q_EMIT lookChanged();
    });
}

void LogView::connectScrolling()
{
    // It paints all of itself: what is painted already can be moved.
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    // Its scroll bar moves with each row that comes: nothing below is painted for it, since it has a ground of its own.
    verticalScrollBar()->setBackgroundRole(QPalette::Base);
    verticalScrollBar()->setAutoFillBackground(true);
    connect(m_scroller, &LogScroller::moved, this, &LogView::moveRows);
    connect(m_follower, &LogFollower::followingChanged, this, &LogView::followingChanged);
    connect(m_follower, &LogFollower::newBelowChanged, this, &LogView::newBelowChanged);
    connect(m_strip, &MarkerStrip::entryRequested, this, &LogView::goToEntry);
    connect(m_strip, &MarkerStrip::placeRequested, this, &LogView::goToPlace);
}

QHeaderView *LogView::header() const
{
    return m_header;
}

void LogView::showColumn(int column)
{
    const int left = m_header->sectionViewportPosition(column);
    const int right = left + m_header->sectionSize(column);
    const int room = viewport()->width() - LogGutter::Width;
    if (left < 0 || right > room)
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() +
                                        (left < 0 ? left : std::min(left, right - room)));
}

LogModel *LogView::logModel() const
{
    return m_log;
}

const LogGeometry &LogView::geometryOfRows() const
{
    return m_scroller->geometry();
}

void LogView::setLogModel(LogModel *model)
{
    // Announced first, so that the reset that follows keeps nothing of another capture.
    announceCurrent({});
    m_kept.forget();
    if (m_log)
        disconnect(m_log, nullptr, this, nullptr);
    QItemSelectionModel *old = selectionModel();
    m_log = model;
    m_follower->setLogModel(model);
    m_times.setLogModel(model);
    showRawPreview(m_hasRawPreview);
    showSame(m_dimsSame);
    m_header->setLogModel(model);
    setModel(model);
    if (old)
        old->deleteLater();
    if (!model)
        return;
    connect(model, &LogModel::searchChanged, this, &LogView::searchChanged);
    connect(model, &LogModel::modelAboutToBeReset, this, &LogView::keepSelection);
    // Whole rows are selected.
    connect(model, &LogModel::columnsInserted, this,
            [this] { selectionModel()->select(selectionOf(selectedRanges()), QItemSelectionModel::Select); });
    // Times become longer once they say their date.
    connect(model, &LogModel::headerDataChanged, m_header, &LogHeader::updateWidths);
    // The place where the user had stopped was in another log.
    setFollowing(true);
}

bool LogView::isFollowing() const
{
    return m_follower->isFollowing();
}

void LogView::setFollowing(bool following)
{
    m_follower->setFollowing(following);
}

qint64 LogView::newBelow() const
{
    return m_follower->newBelow();
}

void LogView::setCurrentEntry(EntryId id)
{
    m_kept.forget();
    if (m_log && id.value() > 0 && m_log->isShown(id))
        setCurrentIndex(rowIndex(m_log->rowOf(id)));
    else if (selectionModel())
        selectionModel()->clear();
}

EntryId LogView::goToEntry(EntryId id)
{
    const Row row = m_log ? std::max(m_log->rowOf(id), Row(0)) : Row(-1);
    const EntryId there = m_log ? m_log->entryAt(row) : EntryId();
    if (there.value() == 0)
        return {};
    const bool wasVisible = m_scroller->isWhollyVisible(row);
    setCurrentEntry(there);
    if (!wasVisible)
        m_scroller->show(row, PositionAtCenter);
    return there;
}

void LogView::goToPlace(Row row)
{
    setFollowing(false);
    scrollTo(rowIndex(row), PositionAtCenter);
}

QModelIndex LogView::rowIndex(Row row) const
{
    return m_log ? m_log->index(row.value(), 0) : QModelIndex();
}

// The user's choice of columns, times and zoom

LogLook LogView::look() const
{
    return {m_header->columns(), m_times.format(), m_times.deltaFrom(), zoom(), m_hasRawPreview, m_dimsSame, m_density};
}

void LogView::setLook(const LogLook &look)
{
    m_header->setColumns(look.columns);
    setTimes(look.time, look.delta);
    zoomTo(look.zoom);
    showRawPreview(look.rawPreview);
    showSame(look.dimsSame);
    applyDensity(look.density);
}

void LogView::setRawPreview(bool raw)
{
    if (raw == m_hasRawPreview)
        return;
    showRawPreview(raw);
    Q_EMIT lookChanged();
}

void LogView::showRawPreview(bool raw)
{
    m_hasRawPreview = raw;
    if (m_log)
        m_log->setSmartPreview(!raw);
}

void LogView::setDimsSame(bool dims)
{
    if (dims == m_dimsSame)
        return;
    showSame(dims);
    Q_EMIT lookChanged();
}

void LogView::showSame(bool dims)
{
    m_dimsSame = dims;
    if (m_log)
        m_log->setDimsSame(dims);
}

void LogView::setTimes(TimeFormat format, DeltaFrom from)
{
    m_times.set(format, from);
    m_header->updateWidths();
}

void LogView::measureFrom(EntryId id)
{
    m_times.setMeasuredFrom(id);
    setTimes(m_times.format(), DeltaFrom::Selected);
    m_header->setColumnShown(LogModel::DeltaColumn, true);
}

void LogView::setZoom(int steps)
{
    if (zoomTo(steps))
        Q_EMIT lookChanged();
}

bool LogView::zoomTo(int steps)
{
    return resizeRows([this, steps] { return m_zoom.setSteps(steps); });
}

void LogView::setDensity(LogDensity density)
{
    if (density == m_density)
        return;
    applyDensity(density);
    Q_EMIT lookChanged();
}

bool LogView::applyDensity(LogDensity density)
{
    m_density = density;
    return resizeRows([this] { return m_zoom.setCompact(isCompact()); });
}

bool LogView::isCompact() const
{
    return m_density == LogDensity::Compact ||
           (m_density == LogDensity::Automatic && window()->width() < theme::SmallWindowWidth);
}

/// `change` tells whether rows have another height by it.
template<typename Change>
bool LogView::resizeRows(Change change)
{
    // One row stays where it is: the current one if it is visible, else the first visible one.
    const Row current(currentIndex().row());
    const bool seesCurrent = currentIndex().isValid() && m_scroller->isVisible(current);
    const Row anchor = seesCurrent ? current : geometryOfRows().firstVisible();
    const qint64 top = geometryOfRows().top(anchor);
    if (!change())
        return false;
    updateFont();
    m_scroller->showAt(anchor, top);
    m_follower->jumpToEnd();
    return true;
}

void LogView::updateFont()
{
    m_zoom.updateFont();
    m_scroller->setRowHeight(m_zoom.rowHeight());
    m_header->setDataFont(m_zoom.font());
    updateGeometries();
    viewport()->update();
}

// Rows that come and change

void LogView::reset()
{
    if (m_current.value() > 0)
        m_kept.await(m_current);
    QAbstractItemView::reset();
    m_scroller->setRows(model() ? model()->rowCount() : 0);
    m_follower->rowsReset();
    updateGeometries();
    viewport()->update();
    // After this, the selection model forgets its selection, too.
    const auto restore = [this] {
        restoreSelection();
        // The selection model does not tell that a reset has taken the selection away.
        Q_EMIT selectedRowsChanged();
    };
    QMetaObject::invokeMethod(this, restore, Qt::QueuedConnection);
    m_follower->chaseEnd();
}

void LogView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    Q_UNUSED(parent);
    const bool wasEmpty = geometryOfRows().rows() == 0;
    m_scroller->setRows(model()->rowCount());
    m_header->makeRoomFor(m_log->lastEntry());
    if (wasEmpty)
        viewport()->update();
    else
        updateRows(Row(start), Row(end));
    m_scroller->sync();
    restoreSelection();
    m_follower->chaseEnd();
}

void LogView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    Q_UNUSED(roles);
    updateRows(Row(topLeft.row()), Row(bottomRight.row()));
    m_follower->chaseEnd();
}

QRect LogView::visibleRect(Row first, Row last) const
{
    const LogGeometry &geometry = geometryOfRows();
    first = std::max(first, geometry.firstVisible());
    last = std::min(last, geometry.lastVisible());
    if (first > last)
        return {};
    const int top = toPixel(geometry.top(first));
    return QRect(0, top, viewport()->width(), toPixel(geometry.top(last + 1)) - top);
}

/// Moves what is painted, so that only the rows that come into view are painted anew, and the times of those that were
/// at the top or are now.
void LogView::moveRows(qint64 pixels)
{
    if (std::abs(pixels) >= viewport()->height()) {
        viewport()->update();
        return;
    }
    // The frame stays where it is.
    const int edge = hasFrame() ? 1 : 0;
    viewport()->scroll(0, int(-pixels), viewport()->rect().adjusted(edge, edge, -edge, -edge));
    if (m_header->isSectionHidden(LogModel::TimeColumn))
        return;
    const LogGeometry &geometry = geometryOfRows();
    for (const qint64 offset : {geometry.offset() - pixels, geometry.offset()}) {
        const Row top(int(std::max<qint64>(offset, 0) / geometry.rowHeight()));
        QRect times = visibleRect(top, top + 1);
        times.setLeft(LogGutter::Width + m_header->sectionViewportPosition(LogModel::TimeColumn));
        times.setWidth(m_header->sectionSize(LogModel::TimeColumn));
        if (!times.isEmpty())
            viewport()->update(times);
    }
}

bool LogView::hasFrame() const
{
    return hasFocus() && !currentIndex().isValid();
}

/// And the row below: its time may be shown in part because of the last one's.
void LogView::updateRows(Row first, Row last)
{
    const QRect rect = visibleRect(first, last + 1);
    if (!rect.isEmpty())
        viewport()->update(rect);
}

void LogView::searchChanged()
{
    if (geometryOfRows().rows() == 0)
        viewport()->update();
    restoreSelection();
}

// Selection

/// Before the rows are reset: afterwards nobody knows any more where the current one was.
void LogView::keepSelection()
{
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return;
    const Row row(current.row());
    const bool isVisible = m_scroller->isVisible(row);
    m_kept.keep(*m_log, selectedRanges(), isVisible ? std::optional(geometryOfRows().top(row)) : std::nullopt);
}

void LogView::restoreSelection()
{
    if (!m_log)
        return;
    switch (m_kept.state(*m_log)) {
    case KeptSelection::State::Shown:
        return restoreCurrent();
    case KeptSelection::State::Gone:
        m_kept.takeCurrent();
        announceCurrent({});
        selectionModel()->select(selectionOf(m_kept.takeRows(*m_log)), QItemSelectionModel::Select);
        return;
    case KeptSelection::State::None:
    case KeptSelection::State::Waiting:
        return;
    }
}

void LogView::restoreCurrent()
{
    const QScopedValueRollback guard(m_restoring, true);
    const Row row = m_log->rowOf(m_kept.takeCurrent());
    setCurrentIndex(rowIndex(row));
    selectionModel()->select(selectionOf(m_kept.takeRows(*m_log)), QItemSelectionModel::Select);
    if (isFollowing())
        return;
    if (m_kept.top())
        m_scroller->showAt(row, *m_kept.top());
    scrollTo(rowIndex(row));
}

QItemSelection LogView::selectionOf(const RowRanges &rows) const
{
    QItemSelection selection;
    for (const auto &[first, last] : rows)
        selection.append(QItemSelectionRange(rowIndex(first), m_log->index(last.value(), m_log->columnCount() - 1)));
    return selection;
}

void LogView::announceCurrent(EntryId id)
{
    if (m_current == id)
        return;
    m_current = id;
    m_times.setCurrentEntry(id);
    Q_EMIT currentEntryChanged(id);
}

void LogView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    updateRows(Row(previous.row()), Row(previous.row()));
    updateRows(Row(current.row()), Row(current.row()));
    if (current.isValid() && !m_restoring) {
        m_kept.forget();
        setFollowing(false);
        m_isUnseen = !isVisible();
        scrollTo(current);
    }
    if (!m_kept.isWaiting())
        announceCurrent(m_log ? m_log->entryAt(Row(current.row())) : EntryId());
    LogAccessible::currentChanged(*this, current);
}

void LogView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    viewport()->update(visualRegionForSelection(selected) | visualRegionForSelection(deselected));
    Q_EMIT selectedRowsChanged();
    LogAccessible::selectionChanged(*this);
}

void LogView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    if (!m_log || !selectionModel())
        return;
    const LogGeometry &geometry = geometryOfRows();
    const QRect area = rect.normalized();
    const bool isBelow = geometry.rowAt(area.top()).value() < 0 && area.top() > 0;
    RowRanges rows;
    if (geometry.rows() > 0 && !isBelow)
        rows.append({geometry.nearestRow(area.top()), geometry.nearestRow(area.bottom())});
    selectionModel()->select(selectionOf(rows), command);
}

RowRanges LogView::selectedRanges() const
{
    RowRanges ranges;
    if (!selectionModel())
        return ranges;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        ranges.append({Row(range.top()), Row(range.bottom())});
    std::sort(ranges.begin(), ranges.end());
    return ranges;
}

QRegion LogView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection)
        region += visibleRect(Row(range.top()), Row(range.bottom()));
    return region;
}

void LogView::copySelection(CopyFormat format)
{
    const RowRanges rows = selectedRanges();
    if (m_log && !rows.isEmpty())
        m_clipboard->copy(*m_log, rows, m_header->copiedColumns(), format);
}

QModelIndex LogView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    Q_UNUSED(modifiers);
    const LogGeometry &geometry = geometryOfRows();
    if (geometry.rows() == 0)
        return {};
    // Without a current row the arrow keys begin below the last visible one.
    const int from = currentIndex().isValid() ? currentIndex().row() : geometry.lastVisible().value() + 1;
    const int last = m_scroller->lastRow().value();
    int row = from;
    switch (action) {
    case MoveUp:
    case MovePrevious:
        row = from - 1;
        break;
    case MoveDown:
    case MoveNext:
        row = from + 1;
        break;
    case MovePageUp:
        row = from - geometry.rowsPerPage();
        break;
    case MovePageDown:
        row = from + geometry.rowsPerPage();
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = last;
        break;
    case MoveLeft:
        horizontalScrollBar()->triggerAction(QScrollBar::SliderSingleStepSub);
        return currentIndex();
    case MoveRight:
        horizontalScrollBar()->triggerAction(QScrollBar::SliderSingleStepAdd);
        return currentIndex();
    }
    return rowIndex(Row(std::clamp(row, 0, last)));
}

void LogView::keyboardSearch(const QString &search)
{
    Q_UNUSED(search);
}

// Places

QRect LogView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return QRect(LogGutter::Width + m_header->sectionViewportPosition(index.column()),
                 toPixel(geometryOfRows().top(Row(index.row()))), m_header->sectionSize(index.column()),
                 geometryOfRows().rowHeight());
}

QModelIndex LogView::indexAt(const QPoint &point) const
{
    const Row row = geometryOfRows().rowAt(point.y());
    if (!m_log || row.value() < 0)
        return {};
    return m_log->index(row.value(), std::max(m_header->logicalIndexAt(point.x() - LogGutter::Width), 0));
}

void LogView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (index.isValid())
        m_scroller->show(Row(index.row()), hint);
}

int LogView::horizontalOffset() const
{
    return m_header->offset();
}

int LogView::verticalOffset() const
{
    return toPixel(geometryOfRows().offset());
}

bool LogView::isIndexHidden(const QModelIndex &index) const
{
    return m_header->isSectionHidden(index.column());
}

void LogView::scrollContentsBy(int dx, int dy)
{
    if (dx != 0) {
        m_header->setOffset(horizontalScrollBar()->value());
        viewport()->update();
    }
    if (dy != 0 && !m_scroller->isSyncing())
        m_follower->scrolledByUser(m_scroller->takeBarValue());
}

void LogView::updateGeometries()
{
    if (m_layingOut)
        return;
    const QScopedValueRollback guard(m_layingOut, true);
    // Without a log there are no columns, and an empty strip would look like a fault.
    m_header->setVisible(m_log);
    const int headerHeight = m_log ? m_header->sizeHint().height() : 0;
    m_headerGround->setVisible(m_log);
    m_strip->setVisible(m_log);
    setViewportMargins(0, headerHeight, m_log ? MarkerStrip::Width : 0, 0);
    const QRect inside = viewport()->geometry();
    const int headerTop = inside.top() - headerHeight;
    const int columnsWidth = std::max(inside.width() - LogGutter::Width, 0);
    m_headerGround->setGeometry(inside.left(), headerTop, inside.width() + MarkerStrip::Width, headerHeight);
    m_header->setGeometry(inside.left() + LogGutter::Width, headerTop, columnsWidth, headerHeight);
    m_header->fitTo(columnsWidth);
    m_strip->setGeometry(inside.right() + 1, inside.top(), MarkerStrip::Width, inside.height());
    m_scroller->setViewportHeight(viewport()->height());
    m_scroller->sync();
    QAbstractItemView::updateGeometries();
}

// Painting

void LogView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const ThemeColors &colors = theme::colors(palette());
    painter.fillRect(event->rect(), colors.base);
    if (geometryOfRows().rows() == 0 || !m_log) {
        painter.setPen(colors.dimText);
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, emptyText());
        return;
    }
    paintRows(painter, event->rect(), colors);
    if (hasFrame()) {
        // Opaque: what shone through would be the rows that stood there before the others were moved.
        painter.setPen(theme::mixed(colors.base, colors.accent, 0.4));
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

void LogView::paintRows(QPainter &painter, const QRect &exposed, const ThemeColors &colors)
{
    const LogGeometry &geometry = geometryOfRows();
    LogPainter rows(painter, *m_log, *m_header, m_zoom.font(), colors);
    const int current = hasFocus() ? currentIndex().row() : -1;
    const Row last = geometry.nearestRow(exposed.bottom());
    for (Row row = geometry.nearestRow(exposed.top()); row <= last; ++row) {
        const QRect rect(0, int(geometry.top(row)), viewport()->width(), geometry.rowHeight());
        // The topmost one may be cut off, so the one below it counts as well.
        const bool isOnTop = geometry.top(row) < geometry.rowHeight();
        rows.paintRow(row, rect, {selectionModel()->isSelected(rowIndex(row)), row.value() == current, isOnTop});
    }
    // Not from within the painting. What was painted while the delta stood elsewhere says nothing of what is now.
    if (!rows.neededWidths().isEmpty()) {
        const auto makeRoom = [header = m_header, widths = rows.neededWidths(), merged = m_header->mergesDelta()] {
            if (header->mergesDelta() == merged)
                header->makeRoomFor(widths);
        };
        QMetaObject::invokeMethod(m_header, makeRoom, Qt::QueuedConnection);
    }
}

void LogView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    if (geometryOfRows().rows() == 0)
        viewport()->update();
}

QString LogView::emptyText() const
{
    if (!m_log || !m_log->hidesEntries())
        return m_emptyText;
    if (m_log->isSearching())
        return tr("Searching…");
    return m_log->isFiltered() ? tr("Nothing matches the filter") : m_emptyText;
}

// Events

void LogView::resizeEvent(QResizeEvent *event)
{
    QAbstractItemView::resizeEvent(event);
    applyDensity(m_density);
    updateGeometries();
    m_follower->jumpToEnd();
}

void LogView::showEvent(QShowEvent *event)
{
    QAbstractItemView::showEvent(event);
    // Shows the entry that became current while the view was hidden, but only once: later the view is as it was left.
    if (std::exchange(m_isUnseen, false) && !isFollowing())
        scrollTo(currentIndex());
}

void LogView::changeEvent(QEvent *event)
{
    QAbstractItemView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::ApplicationFontChange)
        updateFont();
}

void LogView::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        event->accept();
        setZoom(zoom() + m_zoom.stepsOfTurn(angle.y()));
        return;
    }
    if (std::abs(angle.x()) > std::abs(angle.y()) || event->modifiers().testFlag(Qt::AltModifier))
        return QAbstractItemView::wheelEvent(event);
    // Pixels are reliable only from a touchpad that tells the phases of a gesture.
    const bool hasPixels = !event->pixelDelta().isNull() && event->phase() != Qt::NoScrollPhase;
    const double rows = angle.y() / 120.0 * QApplication::wheelScrollLines();
    const qint64 pixels = hasPixels ? event->pixelDelta().y() : std::llround(rows * geometryOfRows().rowHeight());
    event->accept();
    if (pixels == 0)
        return;
    m_scroller->scrollBy(-pixels);
    // Turning the wheel upwards where nothing can scroll does not mean to stop following.
    if (pixels < 0 || geometryOfRows().maxOffset() > 0)
        m_follower->scrolledByUser(pixels < 0);
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        event->accept();
        return;
    }
    QAbstractItemView::keyPressEvent(event);
    const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->key() == Qt::Key_End && !extends)
        setFollowing(true);
}

void LogView::focusInEvent(QFocusEvent *event)
{
    // Not QAbstractItemView's, which would choose a row: taking the focus is no choice.
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LogView::focusOutEvent(QFocusEvent *event)
{
    QAbstractItemView::focusOutEvent(event);
    viewport()->update();
}

void LogView::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint position = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard && currentIndex().isValid())
        position = viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft());
    event->accept();
    Q_EMIT contextMenuRequested(position);
}

bool LogView::viewportEvent(QEvent *event)
{
    // A click on the row that is already current stops following, too.
    if (event->type() == QEvent::MouseButtonPress &&
        indexAt(static_cast<QMouseEvent *>(event)->position().toPoint()).isValid())
        setFollowing(false);
    if (event->type() != QEvent::ToolTip)
        return QAbstractItemView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = toolTipAt(help->pos());
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), plainToolTip(text), viewport());
    return true;
}

/// In the gutter the entry's annotation, in the time column the date.
QString LogView::toolTipAt(const QPoint &point) const
{
    const QModelIndex index = indexAt(point);
    if (!index.isValid())
        return {};
    if (point.x() >= LogGutter::Width)
        return index.data(Qt::ToolTipRole).toString();
    return annotationText(index.data(LogModel::BookmarkedRole).toBool(), index.data(LogModel::ColourRole).toInt(),
                          index.data(LogModel::NoteRole).toString());
}

} // namespace sockeye
