#include "widgets/hex/HexPainter.h"

#include "widgets/hex/ByteBookmarks.h"
#include "widgets/hex/ByteLegend.h"
#include "widgets/hex/HexText.h"

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

/// All bytes as they are written, kept until the style changes.
const std::array<QString, 256> &byteTexts(const HexStyle &style)
{
    static std::array<QString, 256> texts;
    static HexStyle shown;
    if (texts.front().isEmpty() || shown != style) {
        for (size_t i = 0; i < texts.size(); ++i)
            texts.at(i) = style.byteText(static_cast<quint8>(i));
        shown = style;
    }
    return texts;
}

bool isPrintable(quint8 byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

constexpr int Radius = 3;

} // namespace

HexPainter::HexPainter(QPainter &painter, const HexLayout &layout, const ByteSource &source,
                       const QList<HexField> &fields, const QList<HexRange> &marks, const ThemeColors &colors,
                       const State &state)
    : m_painter(painter)
    , m_layout(layout)
    , m_byteTexts(byteTexts(layout.style()))
    , m_source(source)
    , m_fields(fields)
    , m_marks(marks)
    , m_colors(colors)
    , m_state(state)
{
    const QFontMetrics metrics = painter.fontMetrics();
    m_baseline = (layout.rowHeight() - metrics.height()) / 2 + metrics.ascent();
}

void HexPainter::paintRow(qint64 row, int y)
{
    const HexRange range = m_layout.rowRange(row);
    m_painter.setPen(m_colors.dimText);
    m_painter.drawText(m_layout.offsetX(), y + m_baseline,
                       m_layout.style().offsetText(range.first, m_layout.offsetDigits()));
    paintRuns(range, y);
    paintBookmarks(range, y);
    for (int column = 0; column < range.length; ++column)
        paintByte(range.first + column, column, y);
    if (range.contains(m_state.caret))
        paintCaret(m_layout.columnOf(m_state.caret), y);
}

void HexPainter::paintRuns(HexRange range, int y)
{
    const bool hasFields = !m_fields.isEmpty() && m_layout.style().coloring == HexStyle::Coloring::Field;
    for (ByteOffset at = range.first; hasFields && at < range.end(); ++at) {
        const HexField *field = fieldAt(at);
        if (!field)
            continue;
        HexRange run{at, 1};
        while (run.end() < range.end() && fieldAt(run.end()) == field)
            ++run.length;
        const QColor &color = m_colors.fields[static_cast<size_t>(field->colorIndex) % m_colors.fields.size()];
        paintRun(run, y, color, color);
        at = run.end() - 1;
    }
    paintMarks(range, y);
    const ByteOffset first = std::max(range.first, m_state.selection.first);
    const ByteOffset end = std::min(range.end(), m_state.selection.end());
    if (first >= end)
        return;
    const bool inText = m_state.area == HexLayout::Area::Text;
    paintRun({first, end - first}, y, inText ? m_colors.selectedRow : m_colors.selectedText,
             inText ? m_colors.selectedText : m_colors.selectedRow);
}

void HexPainter::paintMarks(HexRange range, int y)
{
    auto mark = std::ranges::upper_bound(m_marks, range.first, {}, &HexRange::first);
    // The one before may reach into the row.
    if (mark != m_marks.begin())
        --mark;
    for (; mark != m_marks.end() && mark->first < range.end(); ++mark) {
        const ByteOffset first = std::max(range.first, mark->first);
        const ByteOffset end = std::min(range.end(), mark->end());
        if (first < end)
            paintRun({first, end - first}, y, m_colors.match, m_colors.match);
    }
}

/// A line below the bytes, whatever colours they have.
void HexPainter::paintBookmarks(HexRange range, int y)
{
    if (!m_state.bookmarks)
        return;
    for (const ByteBookmark &bookmark : m_state.bookmarks->all()) {
        const ByteOffset begin = m_source.offsetOfPayload(bookmark.range.first);
        const ByteOffset end = m_source.offsetOfPayload(bookmark.range.end() - 1) + 1;
        const ByteOffset first = std::max(range.first, begin);
        const ByteOffset last = std::min(range.end(), end);
        if (first >= last)
            continue;
        constexpr int Thickness = 2;
        const int left = m_layout.columnOf(first);
        const int right = left + static_cast<int>(last - first) - 1;
        for (const QRect &run : {hexRect(left, right, y), textRect(left, right, y)})
            m_painter.fillRect(QRect(run.left(), run.bottom() + 1 - Thickness, run.width(), Thickness),
                               m_colors.accent);
    }
}

void HexPainter::paintRun(HexRange range, int y, const QColor &hexColor, const QColor &textColor)
{
    const int first = m_layout.columnOf(range.first);
    const int last = first + static_cast<int>(range.length) - 1;
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(hexColor);
    m_painter.drawRoundedRect(hexRect(first, last, y), Radius, Radius);
    m_painter.fillRect(textRect(first, last, y), textColor);
}

void HexPainter::paintByte(ByteOffset offset, int column, int y)
{
    const ByteSource::Byte byte = m_source.at(offset);
    const int hexX = m_layout.hexX(column);
    const int textX = m_layout.textX(column);
    const bool printable = byte.value && isPrintable(*byte.value);
    const bool isClassed = byte.value && !byte.isHeader && m_layout.style().coloring == HexStyle::Coloring::Class;
    const QColor color = isClassed ? byteColor(m_colors, byteClass(*byte.value)) : m_colors.text;
    m_painter.setPen(byte.isHeader || !byte.value ? m_colors.dimText : color);
    m_painter.drawText(hexX, y + m_baseline, byte.value ? m_byteTexts[*byte.value] : missingByte(m_layout.style()));
    if (!printable && !isClassed)
        m_painter.setPen(m_colors.dimText);
    if (byte.value)
        m_painter.drawText(textX, y + m_baseline,
                           QString(printable || isClassed ? byteSign(*byte.value) : QChar(u'·')));
    if (!byte.isHeader)
        return;
    m_painter.setPen(QPen(m_colors.dimText, 1, Qt::DotLine));
    const int underline = y + m_baseline + 2;
    m_painter.drawLine(hexX, underline, hexX + m_layout.hexWidth() - 1, underline);
    m_painter.drawLine(textX, underline, textX + m_layout.charWidth() - 1, underline);
}

void HexPainter::paintCaret(int column, int y)
{
    const bool inText = m_state.area == HexLayout::Area::Text;
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(m_colors.accent);
    const QRect rect = inText ? textRect(column, column, y) : hexRect(column, column, y);
    m_painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), Radius, Radius);
}

const HexField *HexPainter::fieldAt(ByteOffset offset) const
{
    const std::optional<ByteOffset> payload = m_source.payloadOffset(offset);
    if (!payload)
        return nullptr;
    const auto after = std::ranges::upper_bound(m_fields, *payload, {}, &HexField::offset);
    if (after == m_fields.begin())
        return nullptr;
    const HexField &field = *std::prev(after);
    return *payload < field.offset + field.length ? &field : nullptr;
}

QRect HexPainter::hexRect(int first, int last, int y) const
{
    const int padding = m_layout.byteGap() / 2;
    const int left = m_layout.hexX(first) - padding;
    return {left, y, m_layout.hexX(last) + m_layout.hexWidth() + padding - left, m_layout.rowHeight()};
}

QRect HexPainter::textRect(int first, int last, int y) const
{
    const int left = m_layout.textX(first);
    return {left, y, m_layout.textX(last) + m_layout.charWidth() - left, m_layout.rowHeight()};
}

} // namespace sockeye
