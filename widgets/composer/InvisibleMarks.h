#pragma once

#include <QColor>
#include <QPointF>

class QChar;
class QPainter;
class QTextBlock;
class QTextLine;

namespace sockeye {

struct ThemeColors;

/// Paints marks over the lines of a text for what leaves no trace in them: line endings, spaces, tabs, and characters
/// without a width.
class InvisibleMarks final
{
public:
    InvisibleMarks(QPainter &painter, const ThemeColors &colors);

    /// `origin` is the place of the block's layout, in the painter's coordinates.
    void paint(const QTextBlock &block, const QPointF &origin);

private:
    void paintEnding(const QTextBlock &block, const QPointF &origin);
    void paintCharacter(QChar c, const QTextLine &line, int at, const QPointF &origin);

    QPainter &m_painter;
    QColor m_color;
    QColor m_strong;
};

} // namespace sockeye
