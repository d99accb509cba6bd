#include "widgets/payload/PayloadText.h"

#include "widgets/controls/ExactText.h"
#include "widgets/payload/FormattedJson.h"
#include "widgets/style/Theme.h"

#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>
#include <QTimerEvent>

#include <algorithm>
#include <utility>

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
    const auto addLine = [&prepared](QStringView line, LineEnding ending) {
        while (line.size() > ExactText::MaxLine) {
            const qsizetype length = ExactText::breakPlace(line, ExactText::MaxLine);
            prepared.lines.append(line.first(length).toString());
            prepared.endings.append(LineEnding::None);
            line = line.sliced(length);
        }
        prepared.lines.append(line.toString());
        prepared.endings.append(ending);
    };
    qsizetype start = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const LineEnding ending = lineEndingAt(text, at);
        if (ending == LineEnding::None)
            continue;
        addLine(QStringView(text).sliced(start, at - start), ending);
        start = at + charactersOf(ending).size();
        at = start - 1;
    }
    addLine(QStringView(text).sliced(start), LineEnding::None);
    return prepared;
}

QString PreparedText::text() const
{
    QString text;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        text += lines[i];
        text += charactersOf(endings[i]);
    }
    return text;
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
    m_marked.clear();
    m_wanted.reset();
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
    const qsizetype first = m_filled;
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    for (qsizetype chars = 0; m_filled < m_text.lines.size() && chars < SliceChars && m_filled - first < SliceLines;) {
        const QString &line = m_text.lines[m_filled];
        if (m_filled > 0)
            ExactText::insertBreak(cursor, m_text.endings[m_filled - 1]);
        ExactText::insert(cursor, line);
        chars += line.size() + 1;
        ++m_filled;
    }
    cursor.endEditBlock();
    m_colored.resize(m_filled);
    colorVisible();
    goToPlace();
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
    return m_text.text();
}

void PayloadText::setWrapping(bool wrap)
{
    setLineWrapMode(wrap ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    colorVisible();
}

void PayloadText::setMarked(const QList<TextPlace> &places)
{
    if (m_marked == places)
        return;
    m_marked = places;
    m_colored.fill(false);
    colorVisible();
    viewport()->update();
}

void PayloadText::showPlace(const TextPlace &place)
{
    m_wanted = place;
    goToPlace();
}

void PayloadText::goToPlace()
{
    if (!m_wanted || m_wanted->line >= m_filled)
        return;
    const TextPlace place = *std::exchange(m_wanted, std::nullopt);
    const QTextBlock block = document()->findBlockByNumber(int(place.line));
    const int end = block.position() + block.length() - 1;
    QTextCursor cursor(document());
    cursor.setPosition(std::min(block.position() + int(place.range.begin), end));
    cursor.setPosition(std::min(block.position() + int(place.range.begin + place.range.size), end),
                       QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    ensureCursorVisible();
}

QMimeData *PayloadText::createMimeDataFromSelection() const
{
    const QTextCursor cursor = textCursor();
    // While the document fills, all of it is not yet all of the text.
    const bool isAll = cursor.selectionStart() == 0 && cursor.selectionEnd() == document()->characterCount() - 1;
    auto *mime = new QMimeData;
    mime->setText(isAll ? wholeText() : ExactText::text(cursor));
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
    const auto color = [&formats](qsizetype start, qsizetype length, const QColor &foreground) {
        QTextCharFormat format;
        format.setForeground(foreground);
        formats.append({static_cast<int>(start), static_cast<int>(length), format});
    };
    if (m_text.isJson) {
        for (const JsonToken &token : jsonTokens(block.text()))
            color(token.start, token.length, tokenColor(colors, token.kind));
    }
    for (const ExactText::Range &picture : ExactText::pictures(block))
        color(picture.start, picture.length, colors.dimText);
    // Not equal_range(): Clang 14 does not take libstdc++'s subranges.
    const auto first = std::ranges::lower_bound(m_marked, number, {}, &TextPlace::line);
    for (auto place = first; place != m_marked.end() && place->line == number; ++place) {
        QTextCharFormat format;
        format.setBackground(colors.match);
        formats.append({int(place->range.begin), int(place->range.size), format});
    }
    block.layout()->setFormats(formats);
}

} // namespace sockeye
