#include "widgets/inspector/PayloadText.h"

#include "widgets/inspector/FormattedJson.h"
#include "widgets/style/Theme.h"

#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>
#include <QTimerEvent>

namespace sockeye {

namespace {

/// The text that is added to the document before the event loop runs again.
constexpr qsizetype SliceChars = 24 * 1024;
constexpr qsizetype SliceLines = 750;

QColor tokenColor(const ThemeColors &colors, JsonToken::Kind kind)
{
    switch (kind) {
    case JsonToken::Kind::Key:
        return colors.control;
    case JsonToken::Kind::String:
        return colors.ok;
    case JsonToken::Kind::Number:
        return colors.received;
    case JsonToken::Kind::Literal:
        return colors.sent;
    }
    return colors.text;
}

} // namespace

PreparedText PreparedText::from(const QString &text, bool isJson)
{
    PreparedText prepared;
    prepared.isJson = isJson;
    const auto addLine = [&prepared](QStringView line, bool broken) {
        prepared.lines.append(line.toString());
        prepared.isBroken.append(broken);
    };
    for (const QStringView whole : QStringView(text).split(u'\n')) {
        QStringView line = whole;
        while (line.size() > MaxLine) {
            // A surrogate pair stays together.
            const qsizetype length = line[MaxLine - 1].isHighSurrogate() ? MaxLine - 1 : MaxLine;
            addLine(line.first(length), true);
            line = line.sliced(length);
        }
        addLine(line, false);
    }
    return prepared;
}

PayloadText::PayloadText(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setProperty("flat", true);
    setFrameShape(QFrame::NoFrame);
    setFont(theme::dataFont());
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(theme::Gap);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &PayloadText::colorVisible);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &PayloadText::colorVisible);
}

PayloadText::~PayloadText() = default;

void PayloadText::setText(PreparedText text)
{
    if (text == m_text)
        return;
    m_text = std::move(text);
    m_fill.stop();
    m_filled = 0;
    m_colored.clear();
    setUpdatesEnabled(false);
    clear();
    appendSlice();
    moveCursor(QTextCursor::Start);
    setUpdatesEnabled(true);
}

void PayloadText::appendSlice()
{
    QString slice;
    const qsizetype first = m_filled;
    while (m_filled < m_text.lines.size() && slice.size() < SliceChars && m_filled - first < SliceLines) {
        if (m_filled > 0)
            slice += u'\n';
        slice += m_text.lines[m_filled++];
    }
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(slice);
    m_colored.resize(m_filled);
    colorVisible();
    if (m_filled == m_text.lines.size())
        m_fill.stop();
    else if (!m_fill.isActive())
        m_fill.start(0, this);
}

void PayloadText::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_fill.timerId())
        appendSlice();
    else
        QPlainTextEdit::timerEvent(event);
}

QString PayloadText::wholeText() const
{
    QString text;
    for (qsizetype i = 0; i < m_text.lines.size(); ++i) {
        text += m_text.lines[i];
        if (!m_text.isBroken[i] && i + 1 < m_text.lines.size())
            text += u'\n';
    }
    return text;
}

void PayloadText::setWrapping(bool wrap)
{
    setLineWrapMode(wrap ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    colorVisible();
}

QMimeData *PayloadText::createMimeDataFromSelection() const
{
    const QTextCursor cursor = textCursor();
    QString text;
    for (QTextBlock block = document()->findBlock(cursor.selectionStart()); block.isValid(); block = block.next()) {
        const int from = std::max(cursor.selectionStart() - block.position(), 0);
        const int to = cursor.selectionEnd() - block.position();
        if (to < 0)
            break;
        text += QStringView(block.text()).mid(from, to - from);
        const bool breakIsOurs = m_text.isBroken.value(block.blockNumber());
        if (to >= block.length() && !breakIsOurs)
            text += u'\n';
    }
    auto *mime = new QMimeData;
    mime->setText(text);
    return mime;
}

void PayloadText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    colorVisible();
}

void PayloadText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_colored.fill(false);
        colorVisible();
    }
}

void PayloadText::colorVisible()
{
    if (!m_text.isJson)
        return;
    qreal y = contentOffset().y();
    for (QTextBlock block = firstVisibleBlock(); block.isValid() && y < viewport()->height(); block = block.next()) {
        colorBlock(block);
        y += blockBoundingRect(block).height();
    }
}

void PayloadText::colorBlock(const QTextBlock &block)
{
    const int number = block.blockNumber();
    if (number >= m_colored.size() || std::exchange(m_colored[number], true))
        return;
    const ThemeColors &colors = theme::colors(palette());
    QList<QTextLayout::FormatRange> formats;
    for (const JsonToken &token : jsonTokens(block.text())) {
        QTextCharFormat format;
        format.setForeground(tokenColor(colors, token.kind));
        formats.append({static_cast<int>(token.start), static_cast<int>(token.length), format});
    }
    block.layout()->setFormats(formats);
}

} // namespace sockeye
