#include "widgets/controls/WrappedLabel.h"

#include "base/CombiningMarks.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>

namespace sockeye {
namespace {

/// How wide it is where there is all the room of the world, in letters.
constexpr int PreferredLetters = 48;
/// And at least.
constexpr int FewestLetters = 6;

qreal layOutLines(QTextLayout &layout, int width)
{
    qreal height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height();
    }
    layout.endLayout();
    return height;
}

bool isStep(const QKeyEvent &event)
{
    const bool isArrow = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right || event.key() == Qt::Key_Home ||
                         event.key() == Qt::Key_End;
    return isArrow && event.modifiers() == Qt::ShiftModifier;
}

} // namespace

WrappedLabel::WrappedLabel(QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setFocusPolicy(Qt::ClickFocus);
    setCursor(Qt::IBeamCursor);
}

WrappedLabel::WrappedLabel(const QString &text, QWidget *parent)
    : WrappedLabel(parent)
{
    showText(text);
}

void WrappedLabel::showText(const QString &text)
{
    const QString shown = withFewMarks(text);
    m_exact = shown == text ? QString() : text;
    setText(shown);
}

bool WrappedLabel::hasSelection() const
{
    follow();
    return m_anchor != m_cursor;
}

QString WrappedLabel::selection() const
{
    follow();
    const int first = std::min(m_anchor, m_cursor);
    const int last = std::max(m_anchor, m_cursor);
    const bool isAll = first == 0 && last == text().size();
    if (isAll && !m_exact.isEmpty() && withFewMarks(m_exact) == text())
        return m_exact;
    return text().mid(first, last - first);
}

void WrappedLabel::selectAll()
{
    select(0, static_cast<int>(text().size()));
}

void WrappedLabel::copy() const
{
    if (hasSelection())
        QGuiApplication::clipboard()->setText(selection());
}

int WrappedLabel::heightForWidth(int width) const
{
    follow();
    const auto known = m_heights.constFind(width);
    if (known != m_heights.cend())
        return *known;
    QTextLayout layout;
    prepare(layout);
    const int height =
        static_cast<int>(std::ceil(layOutLines(layout, std::max(1, width - around().width())))) + around().height();
    m_heights.insert(width, height);
    return height;
}

QSize WrappedLabel::sizeHint() const
{
    const int most = PreferredLetters * fontMetrics().averageCharWidth();
    int widest = 0;
    const QList<QStringView> lines = QStringView(text()).split(u'\n');
    for (const QStringView line : lines)
        widest = std::max(widest,
                          line.size() > 4 * PreferredLetters ? most : fontMetrics().horizontalAdvance(line.toString()));
    const int width = std::min(widest, most) + 1 + around().width();
    return {width, heightForWidth(width)};
}

QSize WrappedLabel::minimumSizeHint() const
{
    const int few = FewestLetters * fontMetrics().averageCharWidth() + around().width();
    return {few, fontMetrics().height() + around().height()};
}

bool WrappedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll) || isStep(*key)) {
            event->accept();
            return true;
        }
    }
    return QLabel::event(event);
}

void WrappedLabel::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    layOut();
    QList<QTextLayout::FormatRange> ranges;
    if (hasSelection()) {
        QTextLayout::FormatRange range;
        range.start = std::min(m_anchor, m_cursor);
        range.length = std::abs(m_cursor - m_anchor);
        range.format.setBackground(palette().brush(QPalette::Highlight));
        range.format.setForeground(palette().brush(QPalette::HighlightedText));
        ranges += range;
    }
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    m_layout.draw(&painter, origin(), ranges, event->rect());
}

void WrappedLabel::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return QLabel::mousePressEvent(event);
    const int at = positionAt(event->position().toPoint());
    select(event->modifiers().testFlag(Qt::ShiftModifier) ? m_anchor : at, at);
}

void WrappedLabel::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        select(m_anchor, positionAt(event->position().toPoint()));
}

void WrappedLabel::mouseReleaseEvent(QMouseEvent *event)
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    if (event->button() == Qt::LeftButton && hasSelection() && clipboard->supportsSelection())
        clipboard->setText(selection(), QClipboard::Selection);
}

void WrappedLabel::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int at = positionAt(event->position().toPoint());
    QTextBoundaryFinder words(QTextBoundaryFinder::Word, text());
    words.setPosition(std::min<qsizetype>(at + 1, text().size()));
    const qsizetype first = std::max<qsizetype>(0, words.toPreviousBoundary());
    words.setPosition(at);
    const qsizetype last = words.toNextBoundary();
    select(static_cast<int>(first), static_cast<int>(last < 0 ? text().size() : last));
}

void WrappedLabel::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (isStep(*event))
        select(m_anchor, steppedBy(event->key()));
    else
        QLabel::keyPressEvent(event);
}

void WrappedLabel::focusOutEvent(QFocusEvent *event)
{
    QLabel::focusOutEvent(event);
    const bool isForAMoment = event->reason() == Qt::ActiveWindowFocusReason ||
                              event->reason() == Qt::PopupFocusReason || event->reason() == Qt::MenuBarFocusReason;
    if (!isForAMoment)
        select(0, 0);
}

void WrappedLabel::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu](const QString &text, QKeySequence::StandardKey key) {
        return menu->addAction(text + u'\t' + QKeySequence(key).toString(QKeySequence::NativeText));
    };
    QAction *copying = add(tr("&Copy"), QKeySequence::Copy);
    copying->setEnabled(hasSelection());
    connect(copying, &QAction::triggered, this, &WrappedLabel::copy);
    connect(add(tr("Select &all"), QKeySequence::SelectAll), &QAction::triggered, this, &WrappedLabel::selectAll);
    menu->popup(event->globalPos());
}

QRect WrappedLabel::textRect() const
{
    return contentsRect().marginsRemoved({margin(), margin(), margin(), margin()});
}

QSize WrappedLabel::around() const
{
    const QMargins margins = contentsMargins();
    return {margins.left() + margins.right() + 2 * margin(), margins.top() + margins.bottom() + 2 * margin()};
}

void WrappedLabel::follow() const
{
    if (m_layoutText != text()) {
        m_layoutText = text();
        m_anchor = m_cursor = 0;
    } else if (m_layoutFont == font()) {
        return;
    }
    m_layoutFont = font();
    m_layoutWidth = -1;
    m_heights.clear();
}

void WrappedLabel::prepare(QTextLayout &layout) const
{
    QTextOption option(alignment() & Qt::AlignHorizontal_Mask);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(layoutDirection());
    // As long as what it stands for, so that places in the text are the same.
    layout.setText(QString(text()).replace(u'\n', QChar::LineSeparator));
    layout.setFont(font());
    layout.setTextOption(option);
}

void WrappedLabel::layOut() const
{
    follow();
    const int width = std::max(1, textRect().width());
    if (m_layoutWidth == width)
        return;
    m_layoutWidth = width;
    prepare(m_layout);
    layOutLines(m_layout, width);
}

QPointF WrappedLabel::origin() const
{
    const QRect place = textRect();
    const qreal free = place.height() - m_layout.boundingRect().height();
    const bool isCentred = alignment().testFlag(Qt::AlignVCenter) && free > 0;
    return QPointF(place.topLeft()) + QPointF(0, isCentred ? std::floor(free / 2) : 0);
}

int WrappedLabel::positionAt(QPoint point) const
{
    layOut();
    const QPointF place = QPointF(point) - origin();
    for (int i = 0; i < m_layout.lineCount(); ++i) {
        const QTextLine line = m_layout.lineAt(i);
        if (place.y() < line.y() + line.height())
            return line.xToCursor(place.x());
    }
    return static_cast<int>(text().size());
}

void WrappedLabel::select(int anchor, int cursor)
{
    follow();
    if (m_anchor == anchor && m_cursor == cursor)
        return;
    m_anchor = anchor;
    m_cursor = cursor;
    update();
}

/// Where the selection ends after a step of this key.
int WrappedLabel::steppedBy(int key) const
{
    layOut();
    switch (key) {
    case Qt::Key_Left:
        return m_layout.previousCursorPosition(m_cursor);
    case Qt::Key_Right:
        return m_layout.nextCursorPosition(m_cursor);
    case Qt::Key_Home:
        return 0;
    default:
        return static_cast<int>(text().size());
    }
}

} // namespace sockeye
