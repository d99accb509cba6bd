#include "widgets/log/LogPainter.h"

#include "log/LogColumnInfo.h"
#include "log/LogModel.h"
#include "log/LogText.h"
#include "widgets/log/LogGutter.h"
#include "widgets/log/LogHeader.h"
#include "widgets/log/LogSign.h"
#include "widgets/style/KindIcon.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace sockeye {

namespace {

/// Characters that are one cell wide in every fixed font: no need to shape the text to know its width.
bool isPlain(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u' ' && c <= u'~') || (c > u'\u00a0' && c <= u'ÿ' && c != u'\u00ad');
    });
}

/// By what is drawn: fonts that are drawn so do not all say it of themselves (Noto Sans Mono).
bool isFixedPitch(const QFontMetricsF &metrics)
{
    const double width = metrics.horizontalAdvance(u'0');
    return std::ranges::all_of(std::u16string_view(u"iMW. "),
                               [&](char16_t c) { return qFuzzyCompare(metrics.horizontalAdvance(c), width); });
}

} // namespace

LogPainter::LogPainter(QPainter &painter, const LogModel &model, const LogHeader &header, const QFont &dataFont,
                       const ThemeColors &colors)
    : m_painter(painter)
    , m_model(model)
    , m_colors(colors)
    , m_metrics(dataFont)
    , m_marks(model.isFiltered() && model.filterMode() == LogModel::FilterMode::Mark)
    , m_isFixedPitch(isFixedPitch(m_metrics))
    , m_characterWidth(m_metrics.horizontalAdvance(u'0'))
{
    m_painter.setFont(dataFont);
    for (const int column : header.shownColumns()) {
        const auto alignment = model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>();
        const CellTone tone = LogColumns::isField(column) ? CellTone::Plain : LogColumnInfo::of(column).tone;
        m_places.append({column, LogGutter::Width + header.sectionViewportPosition(column), header.sectionSize(column),
                         alignment, tone, header.canGrow(column)});
    }
}

void LogPainter::paintRow(Row row, const QRect &rect, RowState state)
{
    const EntryId id = m_model.entryAt(row);
    const QModelIndex first = m_model.index(row.value(), 0);
    const LogGutter gutter{m_model.data(first, LogModel::BookmarkedRole).toBool(),
                           m_model.data(first, LogModel::ColourRole).toInt(),
                           !m_model.data(first, LogModel::NoteRole).toString().isEmpty()};
    const bool matches = m_marks && m_model.data(first, LogModel::MatchedRole).toBool();
    const QColor back = backOf(row, state, gutter, matches);
    m_isDimmed = m_marks && !matches;
    m_hasWholeTime = state.hasWholeTime;
    m_painter.fillRect(rect, back);
    // Reading a text may request a page, so the entry is looked up anew for each cell.
    for (const Place &place : std::as_const(m_places)) {
        const QRect cell(place.left, rect.top(), place.width, rect.height());
        if (cell.right() >= rect.left() && cell.left() <= rect.right())
            paintCell(place, m_model.index(row.value(), place.column), cell, m_model.entry(id));
    }
    // The gutter covers the cells that are scrolled under it.
    const QRect left(rect.left(), rect.top(), LogGutter::Width, rect.height());
    m_painter.fillRect(left, back);
    gutter.paint(m_painter, left, m_colors);
    // A match has a line as well as a colour.
    if (matches)
        m_painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, m_colors.matchMark);
    if (state.focused)
        m_painter.fillRect(rect.left(), rect.top(), 2, rect.height(), m_colors.accent);
}

QColor LogPainter::backOf(Row row, const RowState &state, const LogGutter &gutter, bool matches) const
{
    if (state.selected)
        return m_colors.selectedRow;
    if (gutter.colour > 0 && gutter.colour <= int(m_colors.tints.size()))
        return m_colors.tints.at(static_cast<size_t>(gutter.colour - 1));
    // What is found in the row is marked in the full colour.
    if (matches)
        return theme::mixed(m_colors.base, m_colors.match, 0.4);
    return row.value() % 2 == 1 ? m_colors.alternateRow : m_colors.base;
}

void LogPainter::paintCell(const Place &place, const QModelIndex &index, const QRect &cell, const Entry *entry)
{
    QRectF inside = QRectF(cell).adjusted(LogHeader::Padding, 0, -LogHeader::Padding, 0);
    m_painter.setPen(entry && !m_isDimmed ? colorOf(place.tone, *entry) : m_colors.dimText);
    if (place.column == LogTable::TimeColumn)
        return paintTime(index, inside);
    if (place.column == LogTable::TypeColumn)
        return entry ? paintKind(inside, entry->kind) : void();
    if (entry && place.column == LogTable::PreviewColumn) {
        paintSign(inside, *entry);
        return paintPreview(m_model.preview(*entry), inside);
    }
    const QString text = m_model.data(index).toString();
    if (!text.isEmpty())
        paintText(text, inside, place.alignment);
    if (place.grows)
        noteWidth(place, text);
}

/// Where the row above says the same of the second, only its fraction stands there, below the other's.
void LogPainter::paintTime(const QModelIndex &index, const QRectF &cell)
{
    const QString text = m_model.data(index).toString();
    if (text.isEmpty())
        return;
    const bool hasAbove = index.row() > 0 && !m_hasWholeTime;
    const QString above = hasAbove ? m_model.data(index.siblingAtRow(index.row() - 1)).toString() : QString();
    const qsizetype same = logtext::unchangedTime(text, above);
    if (same > 0)
        m_painter.setPen(m_colors.dimText);
    paintText(text.sliced(same), cell.adjusted(widthOf(QStringView(text).first(same)), 0, 0, 0), Qt::AlignLeft);
}

void LogPainter::paintKind(const QRectF &cell, EntryKind kind)
{
    const double size = m_metrics.capHeight() + 1;
    const QRectF place(cell.center().x() - size / 2, cell.center().y() - size / 2, size, size);
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.fillPath(kindIconPath(kind, place), m_painter.pen().color());
    m_painter.restore();
}

void LogPainter::noteWidth(const Place &place, const QString &text)
{
    const int width = int(std::ceil(widthOf(text)));
    if (width > place.width - 2 * LogHeader::Padding && width > m_neededWidths.value(place.column))
        m_neededWidths.insert(place.column, width);
}

/// Around the first match where that would be out of sight; piece by piece, the dimmed ones between the others.
void LogPainter::paintPreview(PreviewLine line, const QRectF &cell)
{
    MatchMarks::Ranges marked = m_model.markedIn(line.text);
    const auto fits = qsizetype(cell.width() / m_characterWidth);
    if (!marked.isEmpty() && marked.first().begin + marked.first().size > fits) {
        line = line.from(std::max<qsizetype>(marked.first().begin - fits / 3, 0));
        marked = m_model.markedIn(line.text);
    }
    const QString shown = elided(line.text, cell.width());
    paintMarks(marked, shown, cell);
    const double baseline = cell.top() + (cell.height() - m_metrics.height()) / 2 + m_metrics.ascent();
    const QColor plain = m_painter.pen().color();
    double x = cell.left();
    const auto paint = [&](qsizetype begin, qsizetype end, const QColor &color) {
        const QString text = shown.sliced(begin, std::max<qsizetype>(end - begin, 0));
        m_painter.setPen(color);
        m_painter.drawText(QPointF(x, baseline), text);
        x += widthOf(text);
    };
    qsizetype at = 0;
    for (const PreviewLine::Run &run : std::as_const(line.dimmed)) {
        if (run.begin >= shown.size() || m_isDimmed)
            break;
        const qsizetype end = std::min(run.begin + run.size, shown.size());
        if (run.begin > at)
            paint(at, run.begin, plain);
        paint(run.begin, end, m_colors.dimText);
        at = end;
    }
    if (at < shown.size())
        paint(at, shown.size(), plain);
}

/// Behind the characters that are shown.
void LogPainter::paintMarks(const MatchMarks::Ranges &marked, const QString &shown, const QRectF &cell)
{
    const double top = cell.top() + (cell.height() - m_metrics.height()) / 2;
    for (const MatchMarks::Range &range : marked) {
        if (range.begin >= shown.size())
            break;
        const QStringView before = QStringView(shown).first(range.begin);
        const QStringView inside =
            QStringView(shown).sliced(range.begin, std::min(range.size, shown.size() - range.begin));
        m_painter.fillRect(QRectF(cell.left() + widthOf(before), top, widthOf(inside), m_metrics.height()),
                           m_colors.match);
    }
}

void LogPainter::paintText(const QString &text, const QRectF &cell, Qt::Alignment alignment)
{
    const QString shown = elided(text, cell.width());
    double x = cell.left();
    if (alignment & Qt::AlignRight)
        x = cell.right() - widthOf(shown);
    else if (alignment & Qt::AlignHCenter)
        x = cell.center().x() - widthOf(shown) / 2;
    const double baseline = cell.top() + (cell.height() - m_metrics.height()) / 2 + m_metrics.ascent();
    m_painter.drawText(QPointF(x, baseline), shown);
}

void LogPainter::paintSign(QRectF &cell, const Entry &entry)
{
    const LogSign sign = signOf(entry, m_model.endSeverity(entry.connection));
    if (sign == LogSign::None)
        return;
    const double size = m_metrics.capHeight() + 2;
    const QRectF place(cell.left(), cell.center().y() - size / 2, size * 1.1, size);
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.fillPath(signPath(sign, place), signColor(sign, m_colors));
    m_painter.restore();
    cell.setLeft(place.right() + m_characterWidth);
}

double LogPainter::widthOf(QStringView text) const
{
    if (m_isFixedPitch && isPlain(text))
        return double(text.size()) * m_characterWidth;
    // The arrows of the direction stand in every row.
    if (text.size() != 1)
        return m_metrics.horizontalAdvance(text.toString());
    const auto known = m_characterWidths.constFind(text.front());
    return known != m_characterWidths.cend()
               ? *known
               : *m_characterWidths.insert(text.front(), m_metrics.horizontalAdvance(text.front()));
}

QString LogPainter::elided(const QString &text, double width) const
{
    if (m_isFixedPitch && isPlain(text)) {
        const auto fits = qsizetype((width + 0.5) / m_characterWidth);
        return text.size() <= fits ? text : fits > 0 ? text.first(fits - 1) + u'…' : QString();
    }
    if (text.size() == 1)
        return text;
    return m_metrics.elidedText(text, Qt::ElideRight, width + 0.5);
}

QColor LogPainter::colorOf(CellTone tone, const Entry &entry) const
{
    switch (tone) {
    case CellTone::Dim:
        return m_colors.dimText;
    case CellTone::Kind:
        return theme::entryColor(m_colors, entry.direction, entry.kind, entry.event,
                                 severityOf(entry, m_model.endSeverity(entry.connection)));
    case CellTone::Severity:
        return entry.findingCount > 0 && entry.severity == Severity::Error ? m_colors.error : m_colors.text;
    case CellTone::Trouble:
        switch (severityOf(entry, m_model.endSeverity(entry.connection))) {
        case Severity::Error:
            return m_colors.error;
        case Severity::Warning:
            return m_colors.warning;
        case Severity::Note:
            break;
        }
        return entry.event == EventKind::Closed ? m_colors.dimText : m_colors.text;
    case CellTone::Plain:
        break;
    }
    return m_colors.text;
}

} // namespace sockeye
