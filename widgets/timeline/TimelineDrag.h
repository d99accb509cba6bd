#pragma once

#include "widgets/timeline/TimelineGeometry.h"

#include <optional>

namespace sockeye {

/// The pointer's drag over a timeline, from pressing a button to releasing it: selects a range of time, or pans. A
/// press that has not moved far is a click. Arithmetic only; x is in pixels, as in TimelineGeometry.
class TimelineDrag final
{
public:
    enum class Kind : quint8 {
        None,
        Pressed, ///< may become a selection, or be a click
        Selecting,
        Panning
    };

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isActive() const { return m_kind != Kind::None; }

    /// Begins a drag, either Pressed or Panning. `range` is the range in view, `selection` the one selected.
    void press(Kind kind, double x, TimeSpan range, const std::optional<TimeSpan> &selection);
    /// The pointer is at x: whether a press becomes a selection now, because it has moved `startDistance` pixels.
    [[nodiscard]] bool startsSelecting(double x, double startDistance);
    /// Ends the drag and returns what it was.
    Kind release();

    /// The range from the press to x, within the geometry's width and as fine as a pixel.
    [[nodiscard]] TimeSpan selectedTo(double x, const TimelineGeometry &geometry) const;
    /// The range in view when the time that was pressed has followed the pointer to x.
    [[nodiscard]] TimeSpan pannedTo(double x, const TimelineGeometry &geometry, TimeSpan limits) const;
    /// What was selected before the drag.
    [[nodiscard]] const std::optional<TimeSpan> &selectionBefore() const { return m_selectionBefore; }

private:
    Kind m_kind = Kind::None;
    double m_pressed = 0;
    TimeSpan m_rangeBefore;
    std::optional<TimeSpan> m_selectionBefore;
};

} // namespace sockeye
