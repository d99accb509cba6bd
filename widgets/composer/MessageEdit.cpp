#include "widgets/composer/MessageEdit.h"

#include <QKeyEvent>
#include <QMimeData>

namespace sockeye {
namespace {

bool isSendKey(const QKeyEvent &event)
{
    return (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) &&
           event.modifiers().testFlag(Qt::ControlModifier);
}

} // namespace

MessageEdit::MessageEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
}

QString MessageEdit::text() const
{
    QString text = document()->toRawText();
    for (QChar &c : text) {
        // What a document holds for the ends of paragraphs and lines.
        if (c == QChar::ParagraphSeparator || c == QChar::LineSeparator || c == QChar(0xfdd0) || c == QChar(0xfdd1))
            c = u'\n';
    }
    return text;
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

void MessageEdit::keyPressEvent(QKeyEvent *event)
{
    const bool alt = event->modifiers() == Qt::AltModifier;
    if (isSendKey(*event))
        Q_EMIT sendRequested();
    else if (alt && event->key() == Qt::Key_Up)
        Q_EMIT historyRequested(-1);
    else if (alt && event->key() == Qt::Key_Down)
        Q_EMIT historyRequested(1);
    else
        QPlainTextEdit::keyPressEvent(event);
}

bool MessageEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

void MessageEdit::insertFromMimeData(const QMimeData *source)
{
    const qsizetype size = source->text().size();
    if (size > MaxPaste)
        Q_EMIT pasteRefused(size);
    else
        QPlainTextEdit::insertFromMimeData(source);
}

} // namespace sockeye
