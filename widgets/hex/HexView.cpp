#include "widgets/hex/HexView.h"

#include "base/Units.h"
#include "widgets/hex/HexPainter.h"
#include "widgets/hex/HexViewAccessible.h"
#include "widgets/style/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace sockeye {

namespace {

constexpr int TopMargin = 6;
constexpr int AutoScrollMs = 30;
/// How far a double click looks for the ends of a word.
constexpr qint64 MaxWord = 4096;

const QKeySequence &copyTextKey()
{
    static const QKeySequence key(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    return key;
}

bool isWordByte(quint8 byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '_' || byte >= 0x80;
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
}

HexView::~HexView() = default;

void HexView::setBytes(HexBytes *bytes)
{
    if (m_bytes)
        disconnect(m_bytes, nullptr, this, nullptr);
    m_bytes = bytes;
    if (m_bytes) {
        connect(m_bytes, &HexBytes::reset, this, &HexView::reset);
        connect(m_bytes, &HexBytes::arrived, viewport(), qOverload<>(&QWidget::update));
        connect(m_bytes, &HexBytes::failed, this, &HexView::notice);
    }
    reset();
}

void HexView::reset()
{
    m_layout.setSize(m_bytes ? m_bytes->size() : 0);
    m_anchor = m_caret = ByteOffset(0);
    m_dragging = false;
    m_autoScroll.stop();
    const bool had = std::exchange(m_hasSelection, false);
    updateScrollBars();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    viewport()->update();
    if (had)
        Q_EMIT selectionChanged();
}

void HexView::setFields(const QList<HexField> &fields)
{
    m_fields = fields;
    viewport()->update();
}

void HexView::updateMetrics()
{
    const QFontMetrics metrics(font());
    m_layout = HexLayout(metrics.horizontalAdvance(u'0'), metrics.height() + 2, m_bytes ? m_bytes->size() : 0);
    updateScrollBars();
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

HexRange HexView::selection() const
{
    return m_hasSelection ? HexRange::between(m_anchor, m_caret) : HexRange();
}

void HexView::select(HexRange range)
{
    const qint64 size = m_layout.size();
    if (range.isEmpty() || size == 0) {
        clearSelection();
        return;
    }
    const auto clamped = [size](ByteOffset offset) { return std::clamp(offset, ByteOffset(0), ByteOffset(size - 1)); };
    selectBetween(clamped(range.end() - 1), clamped(range.first));
    ensureVisible(m_caret);
}

void HexView::clearSelection()
{
    if (!std::exchange(m_hasSelection, false))
        return;
    m_anchor = m_caret;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void HexView::selectBetween(ByteOffset anchor, ByteOffset caret)
{
    if (m_hasSelection && anchor == m_anchor && caret == m_caret)
        return;
    m_anchor = anchor;
    m_caret = caret;
    m_hasSelection = true;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void HexView::setCaret(ByteOffset caret, bool extend)
{
    selectBetween(extend ? m_anchor : caret, caret);
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
    if (!m_bytes || range.isEmpty())
        return;
    if (range.length > MaxCopy) {
        Q_EMIT notice(tr("%1 are too much for the clipboard: copy up to %2, or save the payload to a file.")
                          .arg(sizeText(range.length), sizeText(MaxCopy)));
        return;
    }
    m_bytes->read(range, [this, form](Result<QByteArray> bytes) {
        if (bytes)
            QGuiApplication::clipboard()->setText(copyText(bytes.value(), form));
        else
            Q_EMIT notice(bytes.message());
    });
}

HexRange HexView::wordAt(ByteOffset offset) const
{
    const std::optional<quint8> here = m_bytes->at(offset).value;
    if (!here)
        return {offset, 1};
    const auto belongs = [this, here](ByteOffset at) {
        const std::optional<quint8> there = at.value() >= 0 ? m_bytes->at(at).value : std::nullopt;
        return there && (isWordByte(*here) ? isWordByte(*there) : *there == *here);
    };
    HexRange word{offset, 1};
    while (word.length < MaxWord && belongs(word.first - 1)) {
        word.first = word.first - 1;
        ++word.length;
    }
    while (word.length < 2 * MaxWord && belongs(word.end()))
        ++word.length;
    return word;
}

QString HexView::rowText(qint64 row) const
{
    const HexRange range = m_layout.rowRange(row);
    QString hex;
    QString text;
    for (ByteOffset at = range.first; at < range.end(); ++at) {
        const std::optional<quint8> byte = m_bytes->at(at).value;
        hex += byte ? QStringLiteral("%1 ").arg(*byte, 2, 16, QLatin1Char('0')) : QStringLiteral("·· ");
        text += byte && *byte >= 0x20 && *byte < 0x7f ? QChar(char16_t{*byte}) : QChar(u'·');
    }
    return QStringLiteral("%1  %2 %3")
        .arg(range.first.value(), m_layout.offsetDigits(), 16, QLatin1Char('0'))
        .arg(hex, text);
}

QString HexView::visibleText() const
{
    QStringList rows;
    const qint64 end = std::min(topRow() + verticalScrollBar()->pageStep(), m_layout.rowCount());
    for (qint64 row = topRow(); m_bytes && row < end; ++row)
        rows += rowText(row);
    return rows.join(u'\n');
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const ThemeColors &colors = theme::colors(palette());
    painter.fillRect(viewport()->rect(), colors.base);
    if (!m_bytes)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    painter.translate(-horizontalScrollBar()->value(), 0);
    HexPainter rows(painter, m_layout, *m_bytes, m_fields, colors,
                    {selection(), m_area, hasFocus() && m_layout.size() > 0 ? m_caret : ByteOffset(-1)});
    int y = TopMargin;
    for (qint64 row = topRow(); row < m_layout.rowCount() && y < viewport()->height(); ++row) {
        rows.paintRow(row, y);
        y += m_layout.rowHeight();
    }
}

void HexView::resizeEvent(QResizeEvent *)
{
    // Another number of bytes a row moves everything: the byte at the top stays there.
    const ByteOffset top = m_layout.offsetAt(topRow(), 0);
    updateScrollBars();
    verticalScrollBar()->setValue(static_cast<int>(m_layout.rowOf(top)));
}

void HexView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateMetrics();
    viewport()->update();
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
        selectBetween(extend ? m_anchor : row.first, row.end() - 1);
        return;
    }
    m_area = at.area;
    m_dragging = true;
    setCaret(at.offset, extend);
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
    setCaret(hit(point, m_area).offset, true);
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
    const HexRange word = wordAt(at.offset);
    selectBetween(word.first, word.end() - 1);
}

void HexView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu](const QString &text, const QKeySequence &key, CopyForm form) {
        QAction *action = menu->addAction(text, this, [this, form] { copy(form); });
        action->setShortcut(key);
        action->setEnabled(m_hasSelection);
    };
    add(tr("Copy as &hex"), QKeySequence::Copy, CopyForm::Hex);
    add(tr("Copy as &text"), copyTextKey(), CopyForm::Text);
    add(tr("Copy as &C array"), {}, CopyForm::CArray);
    add(tr("Copy as &base64"), {}, CopyForm::Base64);
    menu->addSeparator();
    QAction *all = menu->addAction(tr("Select &all"), this, [this] { select({ByteOffset(0), m_layout.size()}); });
    all->setShortcut(QKeySequence::SelectAll);
    all->setEnabled(m_layout.size() > 0);
    menu->popup(event->globalPos());
}

} // namespace sockeye
