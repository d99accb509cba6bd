#include "widgets/hex/HexView.h"

#include "base/Units.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/hex/BookmarkMenu.h"
#include "widgets/hex/ByteBookmarks.h"
#include "widgets/hex/HexPainter.h"
#include "widgets/hex/HexStyleMenu.h"
#include "widgets/hex/HexStyles.h"
#include "widgets/hex/HexText.h"
#include "widgets/hex/HexViewAccessible.h"
#include "widgets/hex/OffsetDialog.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QMetaMethod>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace sockeye {

namespace {

constexpr int TopMargin = 6;
constexpr int AutoScrollMs = 30;
const QKeySequence &copyTextKey()
{
    static const QKeySequence key(Qt::CTRL | Qt::ALT | Qt::Key_C);
    return key;
}

bool isCopyAsText(const QKeyEvent &event)
{
    return event.key() == Qt::Key_C && event.modifiers() == (Qt::ControlModifier | Qt::AltModifier);
}

bool isKey(const QKeyEvent &event, const QKeySequence &keys)
{
    return keys == QKeySequence(event.keyCombination());
}

bool isOfBookmarks(const QKeyEvent &event)
{
    return isKey(event, bookmarkKeys()) || isKey(event, nextBookmarkKeys()) || isKey(event, previousBookmarkKeys());
}

std::optional<HexCursor::Move> moveOf(const QKeyEvent &event)
{
    using Move = HexCursor::Move;
    const bool whole = event.modifiers().testFlag(Qt::ControlModifier);
    switch (event.key()) {
    case Qt::Key_Left:
        return Move::Left;
    case Qt::Key_Right:
        return Move::Right;
    case Qt::Key_Up:
        return Move::Up;
    case Qt::Key_Down:
        return Move::Down;
    case Qt::Key_PageUp:
        return Move::PageUp;
    case Qt::Key_PageDown:
        return Move::PageDown;
    case Qt::Key_Home:
        return whole ? Move::Start : Move::RowStart;
    case Qt::Key_End:
        return whole ? Move::End : Move::RowEnd;
    default:
        return {};
    }
}

} // namespace

HexView::HexView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    installHexViewAccessible();
    setAccessibleName(tr("Hex"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setFont(theme::dataFont());
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setCursor(Qt::IBeamCursor);
    updateMetrics();
    connect(&HexStyles::shared(), &HexStyles::changed, this, &HexView::updateStyle);
}

HexView::~HexView() = default;

void HexView::setSource(ByteSource *source)
{
    if (m_source)
        disconnect(m_source, nullptr, this, nullptr);
    m_source = source;
    if (m_source) {
        connect(m_source, &ByteSource::sourceReset, this, &HexView::reset);
        connect(m_source, &ByteSource::arrived, this, [this] { viewport()->update(); });
        connect(m_source, &ByteSource::failed, this, &HexView::notice);
    }
    reset();
}

void HexView::reset()
{
    m_layout.setSize(m_source ? m_source->size() : 0);
    const bool hadSelection = m_cursor.reset();
    m_dragging = false;
    m_autoScroll.stop();
    updateScrollBars();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    viewport()->update();
    updateSelection(hadSelection);
}

void HexView::setFields(const QList<HexField> &fields)
{
    m_fields = fields;
    viewport()->update();
}

void HexView::setMarks(const QList<HexRange> &marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    viewport()->update();
}

void HexView::setBookmarks(ByteBookmarks *bookmarks)
{
    if (m_bookmarks)
        disconnect(m_bookmarks, nullptr, this, nullptr);
    m_bookmarks = bookmarks;
    if (m_bookmarks)
        connect(m_bookmarks, &ByteBookmarks::changed, this, [this] { viewport()->update(); });
    viewport()->update();
}

ByteBookmarks *HexView::bookmarks() const
{
    return m_bookmarks;
}

HexRange HexView::payloadHere() const
{
    if (!m_source || m_layout.size() == 0)
        return {};
    const HexRange here = selection().isEmpty() ? HexRange{caret(), 1} : selection();
    const auto first = m_source->payloadOffset(here.first);
    const auto last = m_source->payloadOffset(here.end() - 1);
    return first && last ? HexRange::between(*first, *last) : HexRange();
}

const ByteBookmark *HexView::bookmarkHere() const
{
    const HexRange here = payloadHere();
    return m_bookmarks && !here.isEmpty() ? m_bookmarks->at(here.first) : nullptr;
}

bool HexView::canBookmark() const
{
    return m_bookmarks && !payloadHere().isEmpty();
}

void HexView::askForBookmark()
{
    if (!canBookmark())
        return;
    const ByteBookmark *here = bookmarkHere();
    const HexRange range = here ? here->range : payloadHere();
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Bookmark"));
    dialog->setLabelText(range.length == 1
                             ? tr("Name of byte %1:").arg(range.first.value())
                             : tr("Name of bytes %1–%2:").arg(range.first.value()).arg(range.end().value() - 1));
    dialog->setTextValue(here ? here->name : tr("Bookmark %1").arg(m_bookmarks->all().size() + 1));
    connect(dialog, &QInputDialog::textValueSelected, m_bookmarks.data(),
            [bookmarks = m_bookmarks, range](const QString &name) {
                constexpr qsizetype LongestName = 200;
                if (const QString trimmed = name.simplified().left(LongestName); !trimmed.isEmpty())
                    bookmarks->set({range, trimmed});
            });
    // It would name bytes of another message.
    if (m_source)
        connect(m_source, &ByteSource::sourceReset, dialog, &QDialog::reject);
    dialog->open();
}

void HexView::removeBookmark()
{
    if (const ByteBookmark *here = bookmarkHere())
        m_bookmarks->remove(here->range);
}

void HexView::stepBookmark(bool isForward)
{
    if (!m_bookmarks || !m_source)
        return;
    const HexRange here = selection().isEmpty() ? HexRange{caret(), 1} : selection();
    const ByteOffset from = m_source->payloadOffset(here.first).value_or(ByteOffset(0));
    if (const ByteBookmark *next = m_bookmarks->step(from, isForward))
        selectPayload(next->range);
    else
        Q_EMIT notice(tr("There are no bookmarks in this message. %1 sets one at the bytes that are selected.")
                          .arg(bookmarkKeys().toString(QKeySequence::NativeText)));
}

void HexView::selectPayload(HexRange range)
{
    if (!m_source || range.isEmpty())
        return;
    const ByteOffset first = m_source->offsetOfPayload(range.first);
    select({first, m_source->offsetOfPayload(range.end() - 1) + 1 - first});
}

void HexView::updateMetrics()
{
    const QFontMetrics metrics(font());
    m_layout = HexLayout(metrics.horizontalAdvance(u'0'), metrics.height() + 2, m_source ? m_source->size() : 0);
    m_layout.setStyle(HexStyles::shared().style());
    updateScrollBars();
}

void HexView::updateStyle()
{
    const qint64 rowsBelow = m_layout.rowOf(caret()) - topRow();
    const bool wasVisible = rowsBelow >= 0 && rowsBelow < verticalScrollBar()->pageStep();
    m_layout.setStyle(HexStyles::shared().style());
    updateRows();
    if (wasVisible)
        ensureVisible(caret());
    viewport()->update();
}

void HexView::updateRows()
{
    const ByteOffset top = m_layout.offsetAt(topRow(), 0);
    updateScrollBars();
    verticalScrollBar()->setValue(static_cast<int>(m_layout.rowOf(top)));
}

void HexView::updateScrollBars()
{
    m_layout.fitWidth(viewport()->width());
    const int rows = m_layout.wholeRows(viewport()->height() - 2 * TopMargin);
    const qint64 last = std::max<qint64>(m_layout.rowCount() - rows, 0);
    verticalScrollBar()->setRange(0, static_cast<int>(std::min<qint64>(last, std::numeric_limits<int>::max())));
    verticalScrollBar()->setPageStep(rows);
    horizontalScrollBar()->setRange(0, std::max(m_layout.contentWidth() - viewport()->width(), 0));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(m_layout.charWidth());
}

qint64 HexView::topRow() const
{
    return verticalScrollBar()->value();
}

QSize HexView::sizeHint() const
{
    HexLayout wide = m_layout;
    wide.setBytesPerRow(16);
    return {wide.contentWidth() + verticalScrollBar()->sizeHint().width(), 12 * m_layout.rowHeight() + 2 * TopMargin};
}

void HexView::select(HexRange range)
{
    const qint64 size = m_layout.size();
    if (range.isEmpty() || size == 0) {
        clearSelection();
        return;
    }
    const auto clamped = [size](ByteOffset offset) { return std::clamp(offset, ByteOffset(0), ByteOffset(size - 1)); };
    updateSelection(m_cursor.select(clamped(range.end() - 1), clamped(range.first)));
    ensureVisible(caret());
}

void HexView::clearSelection()
{
    updateSelection(m_cursor.clearSelection());
}

void HexView::openGoTo()
{
    if (!canGoTo())
        return;
    auto *dialog = new OffsetDialog(m_layout.size(), caret(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &OffsetDialog::offsetChosen, this, [this](ByteOffset offset) { select({offset, 1}); });
    if (m_source)
        connect(m_source, &ByteSource::sourceReset, dialog, [this, dialog] { dialog->setSize(m_source->size()); });
    dialog->open();
}

void HexView::updateSelection(bool hasChanged)
{
    if (!hasChanged)
        return;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void HexView::ensureVisible(ByteOffset offset)
{
    const auto row = static_cast<int>(std::min<qint64>(m_layout.rowOf(offset), std::numeric_limits<int>::max()));
    const int rows = verticalScrollBar()->pageStep();
    if (row < verticalScrollBar()->value())
        verticalScrollBar()->setValue(row);
    else if (row >= verticalScrollBar()->value() + rows)
        verticalScrollBar()->setValue(row - rows + 1);
}

void HexView::copy(CopyForm form)
{
    const HexRange range = selection();
    if (!m_source || range.isEmpty())
        return;
    if (range.length > MaxCopy) {
        Q_EMIT notice(tr("%1 are too much for the clipboard: copy up to %2, or save the payload to a file.")
                          .arg(sizeText(range.length), sizeText(MaxCopy)));
        return;
    }
    m_source->read(range.first, range.length, [this, form, first = range.first](Result<QByteArray> bytes) {
        if (bytes)
            QGuiApplication::clipboard()->setText(copyText(bytes.value(), form, first));
        else
            Q_EMIT notice(bytes.message());
    });
}

QString HexView::visibleText() const
{
    QStringList rows;
    const qint64 end = std::min(topRow() + verticalScrollBar()->pageStep(), m_layout.rowCount());
    for (qint64 row = topRow(); m_source && row < end; ++row)
        rows += rowText(*m_source, m_layout, row);
    return rows.join(u'\n');
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const ThemeColors &colors = theme::colors(palette());
    painter.fillRect(viewport()->rect(), colors.base);
    if (!m_source)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    painter.translate(-horizontalScrollBar()->value(), 0);
    HexPainter rows(painter, m_layout, *m_source, m_fields, m_marks, colors,
                    {selection(), m_area, hasFocus() && m_layout.size() > 0 ? caret() : ByteOffset(-1), m_bookmarks});
    int y = TopMargin;
    for (qint64 row = topRow(); row < m_layout.rowCount() && y < viewport()->height(); ++row) {
        rows.paintRow(row, y);
        y += m_layout.rowHeight();
    }
}

void HexView::resizeEvent(QResizeEvent *)
{
    updateRows();
}

void HexView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateMetrics();
    viewport()->update();
}

bool HexView::event(QEvent *event)
{
    // These keys are this view's while it has the focus, whatever the window's menus do with them elsewhere.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll) || isCopyAsText(*key) ||
            (m_bookmarks && isOfBookmarks(*key))) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

bool HexView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || !(m_describer || m_bookmarks))
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const HexLayout::Hit there = hit(help->pos());
    QStringList lines;
    if (there.exact && m_describer)
        lines += m_describer(there.offset);
    const auto payload = m_source ? m_source->payloadOffset(there.offset) : std::nullopt;
    if (const ByteBookmark *here = there.exact && payload && m_bookmarks ? m_bookmarks->at(*payload) : nullptr)
        lines += here->name;
    lines.removeAll(QString());
    QToolTip::showText(help->globalPos(), lines.isEmpty() ? QString() : plainToolTip(lines.join(u'\n')), viewport());
    return true;
}

void HexView::keyPressEvent(QKeyEvent *event)
{
    if (copyByKey(*event) || bookmarkByKey(*event))
        return;
    if (event->matches(QKeySequence::SelectAll)) {
        if (m_layout.size() > 0)
            updateSelection(m_cursor.select(ByteOffset(0), ByteOffset(m_layout.size() - 1)));
        return;
    }
    if (event->key() == Qt::Key_Escape && m_cursor.hasSelection()) {
        clearSelection();
        return;
    }
    const std::optional<HexCursor::Move> move = moveOf(*event);
    if (!move || m_layout.size() == 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const ByteOffset target = m_cursor.target(*move, m_layout, verticalScrollBar()->pageStep());
    updateSelection(m_cursor.moveTo(target, event->modifiers().testFlag(Qt::ShiftModifier)));
    ensureVisible(target);
}

bool HexView::copyByKey(const QKeyEvent &event)
{
    if (isCopyAsText(event))
        copy(CopyForm::Text);
    else if (event.key() == Qt::Key_C && event.modifiers() == Qt::ControlModifier)
        copy(CopyForm::Hex);
    else
        return false;
    return true;
}

bool HexView::bookmarkByKey(const QKeyEvent &event)
{
    if (!m_bookmarks || !isOfBookmarks(event))
        return false;
    if (isKey(event, bookmarkKeys()))
        askForBookmark();
    else
        stepBookmark(isKey(event, nextBookmarkKeys()));
    return true;
}

void HexView::focusInEvent(QFocusEvent *)
{
    viewport()->update();
}

void HexView::focusOutEvent(QFocusEvent *)
{
    viewport()->update();
}

HexLayout::Hit HexView::hit(const QPoint &point, std::optional<HexLayout::Area> within) const
{
    return m_layout.hitTest(point.x() + horizontalScrollBar()->value(), point.y() - TopMargin, topRow(), within);
}

void HexView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_layout.size() == 0)
        return;
    const HexLayout::Hit at = hit(event->position().toPoint());
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    if (at.area == HexLayout::Area::Offset) {
        const HexRange row = m_layout.rowRange(m_layout.rowOf(at.offset));
        updateSelection(m_cursor.select(extend ? m_cursor.anchor() : row.first, row.end() - 1));
        return;
    }
    m_area = at.area;
    m_dragging = true;
    updateSelection(m_cursor.moveTo(at.offset, extend));
    viewport()->update();
}

void HexView::dragTo(const QPoint &point)
{
    m_dragPoint = point;
    const bool outside = point.y() < 0 || point.y() >= viewport()->height();
    if (outside && !m_autoScroll.isActive())
        m_autoScroll.start(AutoScrollMs, this);
    else if (!outside)
        m_autoScroll.stop();
    updateSelection(m_cursor.moveTo(hit(point, m_area).offset, true));
}

void HexView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging)
        dragTo(event->position().toPoint());
}

void HexView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragging = false;
    m_autoScroll.stop();
}

void HexView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_autoScroll.timerId())
        return QAbstractScrollArea::timerEvent(event);
    const int beyond = m_dragPoint.y() < 0 ? m_dragPoint.y() : m_dragPoint.y() - viewport()->height();
    const int rows = beyond / m_layout.rowHeight() + (beyond < 0 ? -1 : 1);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + rows);
    dragTo(m_dragPoint);
}

void HexView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const HexLayout::Hit at = hit(event->position().toPoint());
    if (event->button() != Qt::LeftButton || m_layout.size() == 0 || at.area == HexLayout::Area::Offset)
        return;
    const HexRange word = wordAt(*m_source, at.offset);
    updateSelection(m_cursor.select(word.first, word.end() - 1));
}

void HexView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this](QMenu &to, const QString &text, CopyForm form) {
        QAction *action = to.addAction(text, this, [this, form] { copy(form); });
        action->setEnabled(m_cursor.hasSelection());
        return action;
    };
    add(*menu, tr("Copy as &hex"), CopyForm::Hex)->setShortcut(QKeySequence::Copy);
    add(*menu, tr("Copy as &text"), CopyForm::Text)->setShortcut(copyTextKey());
    QMenu *others = menu->addMenu(tr("&Copy as"));
    others->setEnabled(m_cursor.hasSelection());
    for (const CopyForm form : otherCopyForms)
        add(*others, copyFormName(form), form);
    if (isSignalConnected(QMetaMethod::fromSignal(&HexView::saveWanted)))
        menu->addAction(tr("&Save selection…"), this, &HexView::saveWanted)->setEnabled(m_cursor.hasSelection());
    menu->addSeparator();
    QAction *all = menu->addAction(tr("Select &all"), this, [this] { select({ByteOffset(0), m_layout.size()}); });
    all->setShortcut(QKeySequence::SelectAll);
    all->setEnabled(m_layout.size() > 0);
    QAction *goTo = menu->addAction(tr("&Go to offset…"), this, &HexView::openGoTo);
    goTo->setShortcut(Qt::CTRL | Qt::Key_G);
    goTo->setEnabled(canGoTo());
    addBookmarks(*menu, *this);
    menu->addSeparator();
    addHexStyles(*menu);
    menu->popup(event->globalPos());
}

} // namespace sockeye
