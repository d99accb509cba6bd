#pragma once

#include "widgets/style/StateSign.h"
#include "widgets/timeline/TimelineScene.h"

#include <QCoreApplication>
#include <QFont>
#include <QPainter>

namespace sockeye {

/// Draws a timeline. The cost depends on its width, not on the number of entries.
class TimelinePainter final
{
    Q_DECLARE_TR_FUNCTIONS(TimelinePainter)

public:
    /// The parts of the strip, in its coordinates.
    struct Places
    {
        QRectF marks; ///< the events of connections
        QRectF in;    ///< bars of what was received, from its bottom up
        QRectF out;   ///< bars of what was sent, from its top down
        QRectF axis;  ///< labels of times
        QRectF scale; ///< left of the bars: what their height means; empty where there is no room
        QRectF now;   ///< right of them: the rates of the last second; empty where there is no room
        QRectF plot;  ///< all but the labels
    };

    [[nodiscard]] static QFont labelFont(const QFont &font);
    [[nodiscard]] static int height(const QFont &font);
    [[nodiscard]] static Places places(const QRect &rect, const QFont &font);
    /// The cross that clears the selection; empty if the selection is not in view.
    [[nodiscard]] static QRectF crossPlace(const TimelineScene &scene, const Places &places);
    /// The heights that fit the buckets in view. An automatic scale that is by square roots stays so until there is
    /// clearly no spike any more.
    [[nodiscard]] static TimelineHeights heightsFor(const TimelineScene &scene, TimelineScale scale);
    /// The colour of a direction's bars: softened, because they cover more than the log's thin signs.
    [[nodiscard]] static QColor barColor(const QColor &direction, const ThemeColors &colors);
    /// Messages or bytes a second.
    [[nodiscard]] static double rate(qint64 amount, Nanoseconds width);
    /// "1,204/s" or "3.1 MB/s".
    [[nodiscard]] static QString rateText(double rate, TimelineUnit unit);

    TimelinePainter(QPainter &painter, const ThemeColors &colors, const QFont &font, const QRect &rect);
    void paint(const TimelineScene &scene);

private:
    void paintFrame(bool hasFocus);
    void paintSpan(const TimelineScene &scene, TimeSpan span, const QColor &color);
    void paintBars(const TimelineScene &scene);
    void paintMarks(const TimelineScene &scene);
    void paintMark(const TimelineMark &mark, QPointF top, const QColor &color);
    void paintAxis(const TimelineScene &scene);
    void paintSelection(const TimelineScene &scene);
    void paintGrid(const TimelineScene &scene);
    void paintScale(const TimelineScene &scene);
    void paintRates(const TimelineScene &scene);
    [[nodiscard]] double lineAt(double share) const;
    void paintLabel(const QRectF &place, const QString &text, Qt::Alignment alignment);

    QPainter &m_painter;
    const ThemeColors &m_colors;
    QFont m_font;
    QRect m_rect;
    Places m_places;
};

} // namespace sockeye
