#pragma once

#include <QFont>

namespace sockeye {

/// The size of the log's text and rows: steps by which it is larger than the interface's data font, or smaller.
class LogZoom final
{
public:
    static constexpr int Minimum = -4;
    static constexpr int Maximum = 12;

    LogZoom() { updateFont(); }

    [[nodiscard]] int steps() const { return m_steps; }
    /// Kept between Minimum and Maximum; returns whether the size has changed.
    bool setSteps(int steps);
    /// The whole steps that turning the wheel by so many eighths of a degree makes. A touchpad turns in small pieces,
    /// which add up.
    [[nodiscard]] int stepsOfTurn(int eighths);

    [[nodiscard]] const QFont &font() const { return m_font; }
    [[nodiscard]] int rowHeight() const;
    /// Whether rows stand close; returns whether that has changed.
    bool setCompact(bool compact);
    /// Takes the theme's font anew.
    void updateFont();

private:
    int m_steps = 0;
    bool m_isCompact = false;
    /// What has been turned since the last step, in eighths of a degree.
    int m_turned = 0;
    QFont m_font;
};

} // namespace sockeye
