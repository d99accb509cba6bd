#include "widgets/structs/StructEdit.h"

#include "widgets/controls/ExactText.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/structs/StructHighlighter.h"
#include "widgets/style/Theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <functional>
#include <utility>

namespace sockeye {

namespace {

/// Columns of an indentation.
constexpr int IndentWidth = 4;
/// Digits that there is always room for beside the lines.
constexpr int LeastDigits = 2;

/// Beside the text; its owner paints it.
class NumberStrip final : public QWidget
{
public:
    NumberStrip(QWidget *parent, std::function<void(QPaintEvent *)> paint)
        : QWidget(parent)
        , m_paint(std::move(paint))
    {
    }

protected:
    void paintEvent(QPaintEvent *event) override { m_paint(event); }

private:
    std::function<void(QPaintEvent *)> m_paint;
};

QString indentOf(const QString &line)
{
    const auto end = std::find_if(line.begin(), line.end(), [](QChar c) { return c != u' ' && c != u'\t'; });
    return line.first(end - line.begin());
}

} // namespace

StructEdit::StructEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_numbers(new NumberStrip(this, [this](QPaintEvent *event) { paintNumbers(event); }))
    , m_highlighter(new StructHighlighter(document()))
{
    setFont(theme::dataFont());
    setLineWrapMode(QPlainTextEdit::NoWrap);
    // As everywhere: what is indented, is by spaces.
    setTabChangesFocus(true);
    m_highlighter->setColors(theme::colors(palette()));
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { placeNumbers(); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy != 0)
            m_numbers->scroll(0, dy);
        else
            m_numbers->update(0, rect.y(), m_numbers->width(), rect.height());
    });
    placeNumbers();
}

QString StructEdit::text() const
{
    return ExactText::text(*document());
}

void StructEdit::setText(const QString &text)
{
    ExactText::setText(*document(), text);
    moveCursor(QTextCursor::Start);
}

void StructEdit::replaceText(const QString &text)
{
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    ExactText::insert(cursor, text);
    cursor.endEditBlock();
    moveCursor(QTextCursor::Start);
}

void StructEdit::setFault(const std::optional<StructFault> &fault)
{
    if (m_fault == fault)
        return;
    m_fault = fault;
    showFault();
}

void StructEdit::goToFault()
{
    if (!m_fault)
        return;
    QTextCursor cursor = faultCursor();
    cursor.setPosition(cursor.selectionStart());
    setTextCursor(cursor);
    setFocus(Qt::OtherFocusReason);
}

/// What is wrong, or a character beside where something is missing.
QTextCursor StructEdit::faultCursor() const
{
    const QTextBlock block = document()->findBlockByNumber(std::min(m_fault->line, blockCount()) - 1);
    const int length = block.length() - 1;
    const int begin = std::clamp(m_fault->column - 1, 0, length);
    const int end = std::clamp(begin + static_cast<int>(std::max<qsizetype>(m_fault->length, 1)), 0, length);
    QTextCursor cursor(document());
    cursor.setPosition(block.position() + (begin < end ? begin : std::max(begin - 1, 0)));
    cursor.setPosition(block.position() + end, QTextCursor::KeepAnchor);
    return cursor;
}

void StructEdit::showFault()
{
    QList<QTextEdit::ExtraSelection> selections;
    if (m_fault) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = faultCursor();
        selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(theme::colors(palette()).error);
        selections.append(selection);
    }
    setExtraSelections(selections);
    m_numbers->update();
}

bool StructEdit::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_fault) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QTextCursor cursor = faultCursor();
        const int at = cursorForPosition(help->pos()).position();
        if (at >= cursor.selectionStart() && at <= cursor.selectionEnd()) {
            QToolTip::showText(help->globalPos(), plainToolTip(m_fault->message), viewport());
            return true;
        }
    }
    return QPlainTextEdit::viewportEvent(event);
}

void StructEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter) {
        m_highlighter->setColors(theme::colors(palette()));
        showFault();
    }
    if (event->type() == QEvent::FontChange && m_numbers)
        placeNumbers();
}

void StructEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isLineBreak =
        event->matches(QKeySequence::InsertParagraphSeparator) || event->matches(QKeySequence::InsertLineSeparator);
    const QString typed = event->text();
    if (isLineBreak)
        insertLine();
    else if (typed == u"}")
        closeBrace();
    else if (!typed.isEmpty() && typed.front().isPrint() && ExactText::needsCare(typed)) {
        QTextCursor cursor = textCursor();
        ExactText::insert(cursor, typed);
        setTextCursor(cursor);
    } else
        QPlainTextEdit::keyPressEvent(event);
}

/// Indented as the line above, and deeper behind a brace.
void StructEdit::insertLine()
{
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    const QString before = cursor.block().text().first(cursor.positionInBlock());
    QString indent = indentOf(before);
    if (before.trimmed().endsWith(u'{'))
        indent += QString(IndentWidth, u' ');
    ExactText::insertBreak(cursor, ExactText::endingNear(cursor.block(), LineEnding::Lf));
    cursor.insertText(indent);
    cursor.endEditBlock();
    setTextCursor(cursor);
    ensureCursorVisible();
}

/// The brace that closes stands where the line of the one that opens begins.
void StructEdit::closeBrace()
{
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    const QString before = cursor.block().text().first(cursor.positionInBlock());
    if (before.size() >= IndentWidth && indentOf(before) == before) {
        cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, IndentWidth);
        cursor.removeSelectedText();
    }
    cursor.insertText(QStringLiteral("}"));
    cursor.endEditBlock();
    setTextCursor(cursor);
    ensureCursorVisible();
}

bool StructEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

void StructEdit::insertFromMimeData(const QMimeData *source)
{
    const QString pasted = source->text();
    if (pasted.size() > MaxPaste) {
        Q_EMIT pasteRefused(pasted.size());
        return;
    }
    QTextCursor cursor = textCursor();
    ExactText::insert(cursor, pasted);
    setTextCursor(cursor);
    ensureCursorVisible();
}

QMimeData *StructEdit::createMimeDataFromSelection() const
{
    auto *mime = new QMimeData;
    mime->setText(ExactText::text(textCursor()));
    return mime;
}

// Numbers of lines

int StructEdit::numbersWidth() const
{
    const int digits = std::max(LeastDigits, static_cast<int>(QString::number(blockCount()).size()));
    return theme::Gap * 2 + digits * fontMetrics().horizontalAdvance(u'9');
}

void StructEdit::placeNumbers()
{
    const int width = numbersWidth();
    const bool isLeft = layoutDirection() == Qt::LeftToRight;
    setViewportMargins(isLeft ? width : 0, 0, isLeft ? 0 : width, 0);
    const QRect inside = contentsRect();
    m_numbers->setGeometry(isLeft ? inside.left() : inside.right() - width + 1, inside.top(), width, inside.height());
}

void StructEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeNumbers();
}

void StructEdit::paintNumbers(QPaintEvent *event)
{
    const ThemeColors &colors = theme::colors(palette());
    QPainter painter(m_numbers);
    painter.setFont(font());
    painter.fillRect(event->rect(), colors.window);
    const int faulty = m_fault ? m_fault->line : 0;
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF bounds = blockBoundingGeometry(block).translated(contentOffset());
        if (bounds.top() > event->rect().bottom())
            break;
        const int number = block.blockNumber() + 1;
        painter.setPen(number == faulty ? colors.error : colors.dimText);
        const QRectF place(0, bounds.top(), m_numbers->width() - theme::Gap, fontMetrics().height());
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
    }
}

} // namespace sockeye
