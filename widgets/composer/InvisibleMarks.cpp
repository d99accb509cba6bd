#include "widgets/composer/InvisibleMarks.h"

#include "widgets/controls/ExactText.h"
#include "widgets/style/Theme.h"

#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

namespace sockeye {
namespace {

// Letters and not the control pictures of Unicode, which many fonts lack: there all of them look the same.
QString markOf(LineEnding ending)
{
    switch (ending) {
    case LineEnding::Lf:
        return QStringLiteral("LF");
    case LineEnding::CrLf:
        return QStringLiteral("CR LF");
    case LineEnding::Cr:
        return QStringLiteral("CR");
    case LineEnding::None:
        break;
    }
    return {};
}

bool isMarked(QChar c)
{
    return c == u' ' || c == u'\t' || c == QChar::Nbsp || c.category() == QChar::Other_Format;
}

} // namespace

InvisibleMarks::InvisibleMarks(QPainter &painter, const ThemeColors &colors)
    : m_painter(painter)
    , m_color(colors.dimText)
    , m_strong(colors.accent)
{
}

void InvisibleMarks::paint(const QTextBlock &block, const QPointF &origin)
{
    const QString text = block.text();
    for (int at = 0; at < text.size(); ++at) {
        if (isMarked(text[at]))
            paintCharacter(text[at], block.layout()->lineForTextPosition(at), at, origin);
    }
    paintEnding(block, origin);
}

void InvisibleMarks::paintEnding(const QTextBlock &block, const QPointF &origin)
{
    const int lines = block.layout()->lineCount();
    if (!block.next().isValid() || lines == 0)
        return;
    const QTextLine line = block.layout()->lineAt(lines - 1);
    const QFont font = m_painter.font();
    QFont small = font;
    if (font.pixelSize() > 0)
        small.setPixelSize(std::max(font.pixelSize() * 7 / 10, 1));
    else
        small.setPointSizeF(font.pointSizeF() * 0.7);
    m_painter.setFont(small);
    m_painter.setPen(m_color);
    m_painter.drawText(origin + QPointF(line.naturalTextRect().right() + 2, line.y() + line.ascent()),
                       markOf(ExactText::endingBefore(block.next())));
    m_painter.setFont(font);
}

void InvisibleMarks::paintCharacter(QChar c, const QTextLine &line, int at, const QPointF &origin)
{
    if (!line.isValid())
        return;
    const qreal left = line.cursorToX(at);
    const qreal right = std::max(line.cursorToX(at + 1), left);
    const QRectF cell = QRectF(left, line.y(), right - left, line.height()).translated(origin);
    m_painter.setPen(c.category() == QChar::Other_Format ? m_strong : m_color);
    if (c == u' ')
        m_painter.drawText(cell, Qt::AlignCenter | Qt::TextDontClip, QStringLiteral("·"));
    else if (c == u'\t')
        m_painter.drawText(cell, Qt::AlignVCenter | Qt::TextDontClip, QStringLiteral("→"));
    else if (c == QChar::Nbsp)
        m_painter.drawRect(cell.adjusted(1, cell.height() / 2, -1, -2));
    else
        m_painter.drawLine(cell.topLeft(), cell.bottomLeft());
}

} // namespace sockeye
