#include "widgets/log/StripMarks.h"

#include <algorithm>

namespace sockeye {

StripMarks::StripMarks(int rows, int height)
    : m_rows(std::max(rows, 0))
    , m_pixels(std::max(height, 0))
{
}

int StripMarks::pixelOf(Row row) const
{
    if (m_rows == 0 || height() == 0)
        return -1;
    // A log that does not fill the strip's pixels is spread over it all the same.
    const int at = std::clamp(row.value(), 0, m_rows - 1);
    return int(qint64(at) * height() / m_rows);
}

Row StripMarks::firstRow(int pixel) const
{
    if (m_rows == 0 || height() == 0)
        return Row(-1);
    // The least row whose pixel is this one or a later one.
    return Row(int((qint64(pixel) * m_rows + height() - 1) / height()));
}

Row StripMarks::lastRow(int pixel) const
{
    return std::min(firstRow(pixel + 1) - 1, Row(m_rows - 1));
}

void StripMarks::add(Kind kind, Row row)
{
    const int pixel = pixelOf(row);
    if (row.value() < 0 || pixel < 0)
        return;
    Row &kept = m_pixels[pixel].rows[kind];
    if (kept.value() < 0 || row < kept)
        kept = row;
}

Row StripMarks::row(Kind kind, int pixel) const
{
    return pixel >= 0 && pixel < height() ? m_pixels.at(pixel).rows[kind] : Row(-1);
}

bool StripMarks::has(Kind kind, int pixel) const
{
    return row(kind, pixel).value() >= 0;
}

bool StripMarks::isEmpty(int pixel) const
{
    for (int kind = 0; kind < KindCount; ++kind) {
        if (has(Kind(kind), pixel))
            return false;
    }
    return true;
}

int StripMarks::nearest(int pixel) const
{
    for (int away = 0; away <= Reach; ++away) {
        for (const int at : {pixel - away, pixel + away}) {
            if (!isEmpty(at))
                return at;
        }
    }
    return -1;
}

} // namespace sockeye
