#pragma once

#include "log/TimelineModel.h"
#include "widgets/timeline/TimelineGeometry.h"
#include "widgets/style/Theme.h"

#include <QCoreApplication>
#include <QFont>
#include <QPainter>

#include <optional>

namespace sockeye {

enum class TimelineUnit : quint8 { Messages, Bytes };
enum class TimelineScale : quint8 {
    Automatic, ///< by square roots where a spike would hide the rest, else linear
    Linear,
    SquareRoot
};

/// How high the bars are: one scale for both directions, so that they compare.
struct TimelineHeights
{
    /// What reaches the top: round, per second. 0 if there is nothing to show.
    double top = 0;
    bool squareRoot = false;

    /// The share of the upper part's height for this rate; of the same height below.
    [[nodiscard]] double share(double rate) const;
};

/// All that a timeline shows, but for where it stands. Pointers are valid while it is painted.
struct TimelineScene
{
    TimelineGeometry geometry;
    const TimelineBuckets *buckets = nullptr;
    const QList<TimelineMark> *marks = nullptr;
    TimelineUnit unit = TimelineUnit::Messages;
    TimelineHeights heights;
    std::optional<TimeSpan> selection;
    /// What the log shows now.
    std::optional<TimeSpan> visible;
    /// The stretch under the pointer, or where the keyboard is.
    std::optional<TimeSpan> pointed;
    bool hasFocus = false;
    bool isCrossHovered = false;
};

/// Draws a timeline. Costs as much as it is wide, however much was recorded.
class TimelinePainter final
{
    Q_DECLARE_TR_FUNCTIONS(TimelinePainter)

public:
    /// The parts of the strip, for those who point at them.
    struct Places
    {
        QRectF marks; ///< the events of connections
        QRectF in;    ///< bars of what was received, from its bottom up
        QRectF out;   ///< bars of what was sent, from its top down
        QRectF axis;  ///< labels
        QRectF plot;  ///< all but the labels
    };

    [[nodiscard]] static QFont labelFont(const QFont &font);
    [[nodiscard]] static int height(const QFont &font);
    [[nodiscard]] static Places places(const QRect &rect, const QFont &font);
    /// Of a selection; empty if its place is not on the screen.
    [[nodiscard]] static QRectF crossPlace(const TimelineScene &scene, const Places &places);
    /// The heights that fit the buckets in view. An automatic scale that is by square roots stays so until there is
    /// clearly no spike any more.
    [[nodiscard]] static TimelineHeights heightsFor(const TimelineScene &scene, TimelineScale scale);
    /// A direction's colour, softened: bars are large where rows are thin.
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
    void paintAxis(const TimelineScene &scene);
    void paintSelection(const TimelineScene &scene);
    void paintScale(const TimelineScene &scene);

    QPainter &m_painter;
    const ThemeColors &m_colors;
    QFont m_font;
    QRect m_rect;
    Places m_places;
};

} // namespace sockeye
