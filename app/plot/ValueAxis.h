#pragma once

#include "plot/PlotUnit.h"

#include <vector>

namespace sockeye {

/// A labelled place of an axis.
struct AxisTick
{
    /// 0 at the axis's beginning, 1 at its end.
    double share = 0;
    QString text;
};

/// The axis of values: where each is, and what stands beside it. Linear, or by powers of ten; what is zero or below has
/// no place on the latter and stands at its beginning.
class ValueAxis final
{
public:
    ValueAxis() = default;
    /// From `lowest` to `highest` of what is drawn, widened to round numbers, with a tick for some `ticks` parts.
    /// `lowestAboveZero` is what an axis by powers of ten begins with.
    [[nodiscard]] static ValueAxis linear(double lowest, double highest, int ticks, PlotUnit unit);
    [[nodiscard]] static ValueAxis logarithmic(double lowestAboveZero, double highest, int ticks, PlotUnit unit);

    [[nodiscard]] bool isLogarithmic() const { return m_isLogarithmic; }
    [[nodiscard]] double low() const { return m_low; }
    [[nodiscard]] double high() const { return m_high; }
    /// From 0 to 1.
    [[nodiscard]] double shareOf(double value) const;
    [[nodiscard]] const std::vector<AxisTick> &ticks() const { return m_ticks; }

private:
    bool m_isLogarithmic = false;
    double m_low = 0;
    double m_high = 1;
    std::vector<AxisTick> m_ticks;
};

} // namespace sockeye
