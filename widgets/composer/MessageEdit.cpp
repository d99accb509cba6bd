#include "widgets/composer/MessageEdit.h"

#include "base/Bytes.h"
#include "base/CharacterNames.h"
#include "widgets/composer/InvisibleMarks.h"
#include "widgets/controls/CharacterPictures.h"
#include "widgets/controls/ExactText.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/style/Theme.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>

namespace sockeye {
namespace {

bool isSendKey(const QKeyEvent &event)
{
    return (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) &&
           event.modifiers().testFlag(Qt::ControlModifier);
}

bool isLineBreakKey(const QKeyEvent &event)
{
    return event.matches(QKeySequence::InsertParagraphSeparator) || event.matches(QKeySequence::InsertLineSeparator);
}

/// Whether the key types text that Qt's editor would not keep apart from what it resembles.
bool typesTextToCareFor(const QKeyEvent &event)
{
    const QString text = event.text();
    return !text.isEmpty() && text.front().isPrint() && ExactText::needsCare(text);
}

/// The text as another program gave it. On X11, Qt drops a leading byte order mark and a trailing NUL of the text that
/// it decodes; the bytes are taken instead where they are offered.
QString textOf(const QMimeData &source)
{
    const QByteArray bytes = source.data(QStringLiteral("text/plain;charset=utf-8"));
    return !bytes.isEmpty() && isValidUtf8(bytes) ? textFromUtf8(bytes) : source.text();
}

} // namespace

MessageEdit::MessageEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
}

QString MessageEdit::text() const
{
    return ExactText::text(*document());
}

void MessageEdit::setText(const QString &text)
{
    ExactText::setText(*document(), text);
    moveCursor(QTextCursor::Start);
}

void MessageEdit::setLineEndings(LineEnding ending)
{
    m_lineEnding = ending;
    ExactText::setEndings(*document(), ending);
}

void MessageEdit::setShowsInvisibles(bool shown)
{
    m_showsInvisibles = shown;
    viewport()->update();
}

bool MessageEdit::isLong() const
{
    constexpr int LongText = 50'000;
    return document()->characterCount() > LongText;
}

bool MessageEdit::event(QEvent *event)
{
    // The window has the same key for the rest of the tab; in here it is a key press.
    if (event->type() == QEvent::ShortcutOverride && isSendKey(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QPlainTextEdit::event(event);
}

bool MessageEdit::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString name = characterToolTip(help->pos());
        if (!name.isEmpty()) {
            QToolTip::showText(help->globalPos(), plainToolTip(name), viewport());
            return true;
        }
        QToolTip::hideText();
    }
    return QPlainTextEdit::viewportEvent(event);
}

QString MessageEdit::characterToolTip(const QPoint &position) const
{
    const QTextCursor cursor = cursorForPosition(position);
    // The cursor is at the nearer side of the character.
    const int at = cursor.position() - (cursorRect(cursor).left() > position.x() ? 1 : 0);
    if (at < 0)
        return {};
    const char32_t c = ExactText::characterAt(*document(), at);
    const bool isInvisible = c <= 0xffff && (needsPicture(QChar(static_cast<char16_t>(c))) || c == QChar::Nbsp);
    return isInvisible || QChar::category(c) == QChar::Other_Format ? characterName(c) : QString();
}

void MessageEdit::keyPressEvent(QKeyEvent *event)
{
    const bool alt = event->modifiers() == Qt::AltModifier;
    if (isSendKey(*event))
        Q_EMIT sendRequested();
    else if (alt && event->key() == Qt::Key_Up)
        Q_EMIT historyRequested(-1);
    else if (alt && event->key() == Qt::Key_Down)
        Q_EMIT historyRequested(1);
    else if (isLineBreakKey(*event))
        insertExact(
            charactersOf(ExactText::endingNear(document()->findBlock(textCursor().selectionStart()), m_lineEnding)));
    else if (typesTextToCareFor(*event))
        insertExact(event->text());
    else
        takeKey(event);
}

void MessageEdit::takeKey(QKeyEvent *event)
{
    const int revision = document()->revision();
    passBreakInLongLine(*event);
    QPlainTextEdit::keyPressEvent(event);
    const bool goesThroughUndo = event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo);
    if (document()->revision() != revision && !goesThroughUndo)
        mendLongLine();
}

void MessageEdit::passBreakInLongLine(const QKeyEvent &event)
{
    const bool moves = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    const bool isBack = event.key() == Qt::Key_Left || event.key() == Qt::Key_Backspace;
    const bool isOn = event.key() == Qt::Key_Right || event.key() == Qt::Key_Delete;
    const bool keepsAnchor = moves && event.modifiers().testFlag(Qt::ShiftModifier);
    QTextCursor cursor = textCursor();
    if (cursor.hasSelection() && !keepsAnchor)
        return;
    const auto mode = keepsAnchor ? QTextCursor::KeepAnchor : QTextCursor::MoveAnchor;
    const QTextBlock block = cursor.block();
    const auto goesOnIn = [](const QTextBlock &next) {
        return next.isValid() && next.previous().isValid() && ExactText::endingBefore(next) == LineEnding::None;
    };
    if (isBack && cursor.atBlockStart() && goesOnIn(block))
        cursor.movePosition(QTextCursor::PreviousCharacter, mode);
    else if (isOn && cursor.atBlockEnd() && goesOnIn(block.next()))
        cursor.movePosition(QTextCursor::NextCharacter, mode);
    else
        return;
    setTextCursor(cursor);
}

void MessageEdit::mendLongLine()
{
    QTextCursor cursor(textCursor().block());
    const QTextBlock block = cursor.block();
    const bool isEmpty = block.length() == 1;
    const bool continuesLine = block.previous().isValid() && ExactText::endingBefore(block) == LineEnding::None;
    const bool goesOn = block.next().isValid() && ExactText::endingBefore(block.next()) == LineEnding::None;
    const bool isTooLong = block.length() > 2 * ExactText::MaxLine;
    if (!isTooLong && !(isEmpty && (continuesLine || goesOn)))
        return;
    cursor.joinPreviousEditBlock();
    if (isTooLong) {
        const qsizetype place = ExactText::breakPlace(block.text(), ExactText::MaxLine);
        cursor.setPosition(block.position() + static_cast<int>(place));
        ExactText::insertBreak(cursor, LineEnding::None);
    } else if (continuesLine) {
        cursor.deletePreviousChar();
    } else {
        cursor.deleteChar();
    }
    cursor.endEditBlock();
}

void MessageEdit::inputMethodEvent(QInputMethodEvent *event)
{
    const QString committed = event->commitString();
    if (!ExactText::needsCare(committed)) {
        QPlainTextEdit::inputMethodEvent(event);
        return;
    }
    event->setCommitString({}, event->replacementStart(), event->replacementLength());
    QPlainTextEdit::inputMethodEvent(event);
    insertExact(committed);
}

void MessageEdit::insertExact(QStringView text)
{
    QTextCursor cursor = textCursor();
    ExactText::insert(cursor, text);
    setTextCursor(cursor);
    ensureCursorVisible();
}

void MessageEdit::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSeparator();
    addLineEndings(*menu->addMenu(tr("Line endings")));
    menu->popup(event->globalPos());
}

void MessageEdit::addLineEndings(QMenu &menu)
{
    const LineEnding current = ExactText::endingNear(textCursor().block(), m_lineEnding);
    for (const auto &[ending, text] :
         {std::pair{LineEnding::Lf, tr("LF, as on Linux")},
          std::pair{LineEnding::CrLf, tr("CR LF, as in HTTP, SIP and STOMP")}, std::pair{LineEnding::Cr, tr("CR")}}) {
        QAction *action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(ending == current);
        connect(action, &QAction::triggered, this, [this, chosen = ending] { setLineEndings(chosen); });
    }
}

void MessageEdit::paintEvent(QPaintEvent *event)
{
    QPlainTextEdit::paintEvent(event);
    if (!m_showsInvisibles)
        return;
    QPainter painter(viewport());
    painter.setFont(font());
    InvisibleMarks marks(painter, theme::colors(palette()));
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const qreal top = blockBoundingGeometry(block).translated(contentOffset()).top();
        if (top > viewport()->height())
            break;
        marks.paint(block, QPointF(contentOffset().x(), top));
    }
}

QMimeData *MessageEdit::createMimeDataFromSelection() const
{
    auto *mime = new QMimeData;
    mime->setText(ExactText::text(textCursor()));
    return mime;
}

bool MessageEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

void MessageEdit::insertFromMimeData(const QMimeData *source)
{
    const QString text = textOf(*source);
    const auto isBreak = [](QChar c) { return c == u'\n' || c == u'\r'; };
    if (text.size() > m_maxPaste || std::count_if(text.cbegin(), text.cend(), isBreak) > MaxPastedLines)
        Q_EMIT pasteRefused(text.size());
    else
        insertExact(text);
}

} // namespace sockeye
