#pragma once

#include "base/StrongId.h"

#include <QList>

namespace sockeye {

/// The marks beside the log's scroll bar: for each pixel of the strip, what its rows hold. Integer arithmetic apart
/// from the painting. Its size depends on the strip's height, not on the log's length.
class StripMarks final
{
public:
    enum Kind : quint8 { Error, Warning, Note, Bookmark, Match, Connection, KindCount };
    /// A click so many pixels away from a mark still counts as a click on it.
    static constexpr int Reach = 4;

    StripMarks() = default;
    StripMarks(int rows, int height);

    [[nodiscard]] int rows() const { return m_rows; }
    [[nodiscard]] int height() const { return int(m_pixels.size()); }
    /// The pixel that stands for a row, and the first and the last row for which a pixel stands.
    [[nodiscard]] int pixelOf(Row row) const;
    [[nodiscard]] Row firstRow(int pixel) const;
    [[nodiscard]] Row lastRow(int pixel) const;

    /// If several marks of a kind are on one pixel, the first is kept.
    void add(Kind kind, Row row);
    [[nodiscard]] bool has(Kind kind, int pixel) const;
    /// The row of that kind at the pixel; Row(-1) for none.
    [[nodiscard]] Row row(Kind kind, int pixel) const;
    [[nodiscard]] bool isEmpty(int pixel) const;
    /// The pixel with marks that is nearest to this one, within Reach; -1 for none.
    [[nodiscard]] int nearest(int pixel) const;

    friend bool operator==(const StripMarks &, const StripMarks &) = default;

private:
    struct Pixel
    {
        Row rows[KindCount] = {Row(-1), Row(-1), Row(-1), Row(-1), Row(-1), Row(-1)};

        friend bool operator==(const Pixel &, const Pixel &) = default;
    };

    int m_rows = 0;
    QList<Pixel> m_pixels;
};

} // namespace sockeye
