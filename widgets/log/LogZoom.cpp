#include "widgets/log/LogZoom.h"

#include "widgets/style/Theme.h"

#include <QFontMetrics>

#include <algorithm>
#include <cmath>
#include <utility>

namespace sockeye {

namespace {

/// How much larger one step makes the text.
constexpr double StepFactor = 1.1;
/// What a notch of a wheel turns, in eighths of a degree.
constexpr int Notch = 120;
/// Between the text of two compact rows, whose letters do not touch.
constexpr int CompactPadding = 1;

double factorOf(int steps)
{
    return std::pow(StepFactor, steps);
}

} // namespace

bool LogZoom::setSteps(int steps)
{
    steps = std::clamp(steps, Minimum, Maximum);
    if (steps == m_steps)
        return false;
    m_steps = steps;
    updateFont();
    return true;
}

int LogZoom::stepsOfTurn(int eighths)
{
    m_turned += eighths;
    const int steps = m_turned / Notch;
    m_turned -= steps * Notch;
    return steps;
}

int LogZoom::rowHeight() const
{
    const double factor = factorOf(m_steps);
    const int padding = m_isCompact ? CompactPadding : qRound(theme::Gap * std::min(factor, 1.0));
    const int row = m_isCompact ? theme::CompactRowHeight : theme::RowHeight;
    return std::max(qRound(row * factor), QFontMetrics(m_font).height() + padding);
}

bool LogZoom::setCompact(bool compact)
{
    return std::exchange(m_isCompact, compact) != compact;
}

void LogZoom::updateFont()
{
    const double factor = factorOf(m_steps);
    m_font = theme::dataFont();
    if (m_font.pointSizeF() > 0)
        m_font.setPointSizeF(m_font.pointSizeF() * factor);
    else
        m_font.setPixelSize(std::max(qRound(m_font.pixelSize() * factor), 1));
}

} // namespace sockeye
