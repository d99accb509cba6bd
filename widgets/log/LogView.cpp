#include "widgets/log/LogView.h"

#include "widgets/log/LogAccessible.h"
#include "widgets/log/LogGutter.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/MarkerStrip.h"
#include "widgets/style/Theme.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

/// A reader that takes longer than this must not stop the log from following.
constexpr auto GoalTimeout = std::chrono::milliseconds(100);

int toPixel(qint64 y)
{
    // Far outside of every screen, and far enough from the ends of int for the arithmetic of rectangles.
    constexpr qint64 Far = std::numeric_limits<int>::max() / 4;
    return int(std::clamp(y, -Far, Far));
}

/// The header's surface where it has no columns.
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
{
    LogAccessible::install();
    setAccessibleName(tr("Message log"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    m_goalTimeout.setSingleShot(true);
    m_goalTimeout.setInterval(GoalTimeout);
    connect(&m_goalTimeout, &QTimer::timeout, this, &LogView::jumpToEnd);
    const auto layOut = [this] {
        updateGeometries();
        viewport()->update();
    };
    connect(m_header, &LogHeader::laidOut, this, layOut);
    connect(m_header, &LogHeader::columnsChanged, this, &LogView::lookChanged);
    connect(m_header, &LogHeader::timeFormatChosen, this, [this](TimeFormat format) {
        setTimes(format, m_deltaFrom);
        Q_EMIT lookChanged();
    });
    connect(m_header, &LogHeader::deltaFromChosen, this, [this](DeltaFrom from) {
        m_measuredFrom = {};
        setTimes(m_timeFormat, from);
        Q_EMIT lookChanged();
    });
    connect(m_strip, &MarkerStrip::entryRequested, this, &LogView::goToEntry);
    connect(m_strip, &MarkerStrip::placeRequested, this, &LogView::goToPlace);
    m_headerGround->lower();
    updateFont();
}

LogView::~LogView() = default;

QHeaderView *LogView::header() const
{
    return m_header;
}

LogModel *LogView::logModel() const
{
    return m_log;
}

void LogView::setLogModel(LogModel *model)
{
    // Said first, so that the reset that follows keeps nothing of another capture.
    announceCurrent({});
    m_kept = {};
    m_keptIds.clear();
    if (m_log)
        disconnect(m_log, nullptr, this, nullptr);
    QItemSelectionModel *old = selectionModel();
    m_log = model;
    m_goal = Row(-1);
    m_measuredFrom = {};
    m_stoppedAt = {};
    if (model) {
        model->setTimeFormat(m_timeFormat);
        model->setDeltaFrom(m_deltaFrom);
    }
    m_header->setLogModel(model);
    setModel(model);
    if (old)
        old->deleteLater();
    if (!model)
        return;
    connect(model, &LogModel::searchChanged, this, &LogView::searchChanged);
    connect(model, &LogModel::modelAboutToBeReset, this, &LogView::keepPlace);
    // Where the user had stopped was in another log.
    setFollowing(true);
}

void LogView::setCurrentEntry(EntryId id)
{
    m_kept = {};
    m_keptIds.clear();
    const Row row = m_log ? m_log->rowOf(id) : Row(-1);
    if (id.value() > 0 && row.value() >= 0 && m_log->entryAt(row) == id)
        setCurrentIndex(rowIndex(row));
    else if (selectionModel())
        selectionModel()->clear();
}

EntryId LogView::goToEntry(EntryId id)
{
    const Row row = m_log ? std::max(m_log->rowOf(id), Row(0)) : Row(-1);
    const EntryId there = m_log ? m_log->entryAt(row) : EntryId();
    if (there.value() == 0)
        return {};
    const bool isSeen = m_geometry.top(row) >= 0 && m_geometry.top(row + 1) <= m_geometry.viewportHeight();
    setCurrentEntry(there);
    if (!isSeen)
        scrollTo(rowIndex(row), PositionAtCenter);
    return there;
}

void LogView::goToPlace(Row row)
{
    setFollowing(false);
    scrollTo(rowIndex(row), PositionAtCenter);
}

void LogView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    if (m_geometry.rows() == 0)
        viewport()->update();
}

QModelIndex LogView::rowIndex(Row row) const
{
    return m_log ? m_log->index(row.value(), 0) : QModelIndex();
}

// Rows that come and change

void LogView::reset()
{
    if (m_current.value() > 0)
        m_kept = m_current;
    QAbstractItemView::reset();
    m_geometry.setRows(model() ? model()->rowCount() : 0);
    m_goal = Row(-1);
    updateGeometries();
    viewport()->update();
    // The selection model forgets its selection after this, too.
    const auto selectAgain = [this] {
        selectKept();
        // Which is not told when it is a reset that takes the selection away.
        Q_EMIT selectedRowsChanged();
    };
    QMetaObject::invokeMethod(this, selectAgain, Qt::QueuedConnection);
    chaseEnd();
}

void LogView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    Q_UNUSED(parent);
    const bool wasEmpty = m_geometry.rows() == 0;
    m_geometry.setRows(model()->rowCount());
    m_header->makeRoomFor(m_log->lastEntry());
    if (wasEmpty)
        viewport()->update();
    else
        updateRows(Row(start), Row(end));
    syncScrollBars();
    selectKept();
    chaseEnd();
}

void LogView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles)
{
    Q_UNUSED(roles);
    updateRows(Row(topLeft.row()), Row(bottomRight.row()));
    chaseEnd();
}

QRect LogView::visibleRect(Row first, Row last) const
{
    first = std::max(first, m_geometry.firstVisible());
    last = std::min(last, m_geometry.lastVisible());
    if (first > last)
        return {};
    const int top = toPixel(m_geometry.top(first));
    return QRect(0, top, viewport()->width(), toPixel(m_geometry.top(last + 1)) - top);
}

void LogView::updateRows(Row first, Row last)
{
    const QRect rect = visibleRect(first, last);
    if (!rect.isEmpty())
        viewport()->update(rect);
}

/// Before the rows are reset: afterwards nobody knows any more where the current one was.
void LogView::keepPlace()
{
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return;
    m_keptIds = idsToKeep();
    const Row row(current.row());
    const bool isSeen = m_geometry.firstVisible() <= row && row <= m_geometry.lastVisible();
    m_keptTop = isSeen ? std::optional(m_geometry.top(row)) : std::nullopt;
}

/// Selects what was current before the rows were reset, if it is shown again; says so if it is not.
void LogView::selectKept()
{
    if (m_kept.value() == 0 || !m_log)
        return;
    const Row row = m_log->rowOf(m_kept);
    if (row.value() >= 0 && m_log->entryAt(row) == m_kept) {
        m_kept = {};
        const QScopedValueRollback guard(m_restoring, true);
        setCurrentIndex(rowIndex(row));
        selectAgain(std::exchange(m_keptIds, {}));
        if (m_following)
            return;
        if (m_keptTop) {
            LogGeometry there = m_geometry;
            there.setOffset(qint64(row.value()) * there.rowHeight() - *m_keptTop);
            moveTo(there);
        }
        scrollTo(rowIndex(row));
    } else if (m_log->searchedTo() >= m_kept) {
        m_kept = {};
        announceCurrent({});
        selectAgain(std::exchange(m_keptIds, {}));
    }
}

void LogView::searchChanged()
{
    if (m_geometry.rows() == 0)
        viewport()->update();
    selectKept();
}

// Where things are

QRect LogView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return QRect(LogGutter::Width + m_header->sectionViewportPosition(index.column()),
                 toPixel(m_geometry.top(Row(index.row()))), m_header->sectionSize(index.column()),
                 m_geometry.rowHeight());
}

QModelIndex LogView::indexAt(const QPoint &point) const
{
    const Row row = m_geometry.rowAt(point.y());
    if (!m_log || row.value() < 0)
        return {};
    return m_log->index(row.value(), std::max(m_header->logicalIndexAt(point.x() - LogGutter::Width), 0));
}

void LogView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    const Row row(index.row());
    LogGeometry there = m_geometry;
    switch (hint) {
    case EnsureVisible:
        there.showRow(row);
        break;
    case PositionAtTop:
        there.showRowAtTop(row);
        break;
    case PositionAtBottom:
        there.showRowAtBottom(row);
        break;
    case PositionAtCenter:
        there.showRowInMiddle(row);
        break;
    }
    moveTo(there);
}

int LogView::horizontalOffset() const
{
    return m_header->offset();
}

int LogView::verticalOffset() const
{
    return toPixel(m_geometry.offset());
}

bool LogView::isIndexHidden(const QModelIndex &index) const
{
    return m_header->isSectionHidden(index.column());
}

void LogView::keyboardSearch(const QString &search)
{
    Q_UNUSED(search);
}

void LogView::moveTo(const LogGeometry &geometry)
{
    const bool moved = geometry.offset() != m_geometry.offset();
    m_geometry = geometry;
    syncScrollBars();
    if (moved)
        viewport()->update();
}

void LogView::scrollContentsBy(int dx, int dy)
{
    if (dx != 0) {
        m_header->setOffset(horizontalScrollBar()->value());
        viewport()->update();
    }
    if (dy == 0 || m_syncing)
        return;
    const qint64 before = m_geometry.offset();
    m_geometry.setScrollValue(verticalScrollBar()->value());
    viewport()->update();
    scrolledByUser(m_geometry.offset() > before);
}

void LogView::syncScrollBars()
{
    const QScopedValueRollback guard(m_syncing, true);
    QScrollBar *rows = verticalScrollBar();
    rows->setRange(0, m_geometry.scrollMaximum());
    rows->setPageStep(m_geometry.rowsPerPage());
    rows->setSingleStep(1);
    rows->setValue(m_geometry.scrollValue());
    QScrollBar *columns = horizontalScrollBar();
    columns->setRange(0, std::max(LogGutter::Width + m_header->length() - viewport()->width(), 0));
    columns->setPageStep(viewport()->width());
    columns->setSingleStep(m_geometry.rowHeight());
    updateNewBelow();
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
    m_geometry.setViewportHeight(viewport()->height());
    syncScrollBars();
    QAbstractItemView::updateGeometries();
}

} // namespace sockeye
