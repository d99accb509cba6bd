#pragma once

#include "base/StrongId.h"
#include "filter/MatchMarks.h"
#include "log/LogColumnInfo.h"
#include "log/MemberColumns.h"
#include "widgets/style/Theme.h"

#include <QFontMetricsF>
#include <QHash>

class QPainter;

namespace sockeye {

class LogHeader;
struct LogGutter;
class LogModel;

/// Paints rows of the log, text by text: a delegate with its style options costs more than the text itself when a fast
/// log repaints sixty times a second.
class LogPainter final
{
public:
    /// How a row is to look, apart from its entry.
    struct RowState
    {
        bool selected = false;
        /// The current row of a view that has the keyboard.
        bool focused = false;
        /// Its time is shown in full. Other rows show what differs from the row above.
        bool hasWholeTime = false;
    };

    LogPainter(QPainter &painter, const LogModel &model, const LogHeader &header, const QFont &dataFont,
               const ThemeColors &colors);

    void paintRow(Row row, const QRect &rect, RowState state);
    /// What columns that grow with their content would need for what was painted, where they are too narrow: column and
    /// width of the text in pixels.
    [[nodiscard]] const QHash<int, int> &neededWidths() const { return m_neededWidths; }

private:
    /// A shown column: its place in the viewport, and how its texts look.
    struct Place
    {
        int column;
        int left;
        int width;
        Qt::Alignment alignment;
        CellTone tone;
        bool grows;
    };

    void paintCell(const Place &place, const QModelIndex &index, const QRect &cell, const Entry *entry);
    void paintTime(const QModelIndex &index, const QRectF &cell);
    void paintKind(const QRectF &cell, EntryKind kind);
    void noteWidth(const Place &place, const QString &text);
    void paintPreview(PreviewLine line, const QRectF &cell);
    void paintMarks(const MatchMarks::Ranges &marked, const QString &shown, const QRectF &cell);
    void paintText(const QString &text, const QRectF &cell, Qt::Alignment alignment);
    [[nodiscard]] QColor backOf(Row row, const RowState &state, const LogGutter &gutter, bool matches) const;
    void paintSign(QRectF &cell, const Entry &entry);
    [[nodiscard]] double widthOf(QStringView text) const;
    [[nodiscard]] QString elided(const QString &text, double width) const;
    [[nodiscard]] QColor colorOf(CellTone tone, const Entry &entry) const;

    QPainter &m_painter;
    const LogModel &m_model;
    QList<Place> m_places;
    const ThemeColors &m_colors;
    QFontMetricsF m_metrics;
    /// A filter marks: rows that it does not match are dimmed.
    bool m_marks;
    bool m_isDimmed = false;
    bool m_hasWholeTime = false;
    bool m_isFixedPitch;
    double m_characterWidth;
    mutable QHash<QChar, double> m_characterWidths;
    QHash<int, int> m_neededWidths;
};

} // namespace sockeye
