#include "widgets/log/LogGutter.h"

#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace sockeye {

namespace {

constexpr int BarWidth = 3;
/// A tooltip shows no more of a note than this.
constexpr qsizetype MaxNoteText = 400;

struct LogGutterWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::LogGutter)
};

void paintBar(QPainter &painter, const QRect &place, int pieces, const QColor &color)
{
    const int gap = pieces > 1 ? 2 : 0;
    const double height = double(place.height() - gap * (pieces - 1)) / pieces;
    for (int n = 0; n < pieces; ++n)
        painter.fillRect(QRectF(place.left(), place.top() + n * (height + gap), place.width(), height), color);
}

} // namespace

void LogGutter::paint(QPainter &painter, const QRect &place, const ThemeColors &colors) const
{
    if (isEmpty())
        return;
    if (colour > 0 && colour <= int(colors.tintBars.size()))
        paintBar(painter, QRect(place.left() + 2, place.top() + 2, BarWidth, place.height() - 4), colour,
                 colors.tintBars.at(static_cast<size_t>(colour - 1)));
    const double height = std::min(place.height() * 0.46, 13.0);
    const double top = place.top() + (place.height() - height) / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (bookmarked)
        painter.fillPath(bookmarkPath(QRectF(place.left() + 7, top, 7, height)), colors.accent);
    if (hasNote)
        painter.fillPath(notePath(QRectF(place.left() + 16, top, 8, height)), colors.dimText);
    painter.restore();
}

QPainterPath bookmarkPath(const QRectF &place)
{
    QPainterPath path;
    path.moveTo(place.topLeft());
    path.lineTo(place.topRight());
    path.lineTo(place.bottomRight());
    path.lineTo(place.center().x(), place.bottom() - place.width() * 0.45);
    path.lineTo(place.bottomLeft());
    path.closeSubpath();
    return path;
}

QPainterPath notePath(const QRectF &place)
{
    const double fold = place.width() * 0.4;
    QPainterPath sheet;
    sheet.moveTo(place.topLeft());
    sheet.lineTo(place.right() - fold, place.top());
    sheet.lineTo(place.right(), place.top() + fold);
    sheet.lineTo(place.bottomRight());
    sheet.lineTo(place.bottomLeft());
    sheet.closeSubpath();
    QPainterPath lines;
    for (const double at : {0.45, 0.7})
        lines.addRect(QRectF(place.left() + place.width() * 0.2, place.top() + place.height() * at, place.width() * 0.6,
                             std::max(place.height() * 0.1, 1.0)));
    return sheet - lines;
}

QString annotationText(bool bookmarked, int colour, const QString &note)
{
    QStringList parts;
    if (bookmarked)
        parts += LogGutterWords::tr("Bookmark");
    if (colour > 0)
        parts += theme::tintName(colour);
    if (!note.isEmpty()) {
        const QString shown = note.size() > MaxNoteText ? note.first(MaxNoteText) + u'…' : note;
        parts += LogGutterWords::tr("Note: %1").arg(shown);
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace sockeye
