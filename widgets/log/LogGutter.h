#pragma once

#include <QPainterPath>
#include <QRect>
#include <QString>

class QPainter;

namespace sockeye {

struct ThemeColors;

/// The strip at the left of the log's rows, which shows annotations of entries: a bar of the entry's colour, cut into
/// as many pieces as the colour's number, so that it does not depend on colour alone; a bookmark; a note.
struct LogGutter
{
    static constexpr int Width = 24;

    bool bookmarked = false;
    /// 0 for none.
    int colour = 0;
    bool hasNote = false;

    [[nodiscard]] bool isEmpty() const { return !bookmarked && colour == 0 && !hasNote; }
    /// `place` is the row's part of the gutter.
    void paint(QPainter &painter, const QRect &place, const ThemeColors &colors) const;
};

/// A ribbon with a notch at its end.
[[nodiscard]] QPainterPath bookmarkPath(const QRectF &place);
/// A sheet with lines and a folded corner.
[[nodiscard]] QPainterPath notePath(const QRectF &place);

/// The gutter of an entry in words: "Bookmark · Blue · Note: ask the server's team"; empty for nothing. A
/// long note is cut short.
[[nodiscard]] QString annotationText(bool bookmarked, int colour, const QString &note);

} // namespace sockeye
