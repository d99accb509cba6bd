#include "plot/ValueAxis.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sockeye {

namespace {

/// Sums and differences of these are numbers still.
constexpr double MostAxis = 1e300;
constexpr int MaxTicks = 50;

struct AxisScale
{
    double factor;
    QStringView suffix;
};

constexpr std::array<AxisScale, 7> ByteScales = {
    {{1, u" B"}, {1e3, u" kB"}, {1e6, u" MB"}, {1e9, u" GB"}, {1e12, u" TB"}, {1e15, u" PB"}, {1e18, u" EB"}}};
constexpr std::array<AxisScale, 4> SecondScales = {{{1e-9, u" ns"}, {1e-6, u" µs"}, {1e-3, u" ms"}, {1, u" s"}}};

/// That in which the largest value of the axis reads well.
template<size_t Count>
AxisScale scaleOf(const std::array<AxisScale, Count> &scales, double largest)
{
    AxisScale best = scales.front();
    for (const AxisScale &scale : scales) {
        // What comes from decimals may be a little less than it is meant to be.
        if (largest >= scale.factor * (1 - 1e-9))
            best = scale;
    }
    return best;
}

AxisScale scaleFor(PlotUnit unit, double largest)
{
    switch (unit) {
    case PlotUnit::Bytes:
        return scaleOf(ByteScales, largest);
    case PlotUnit::Seconds:
        return scaleOf(SecondScales, largest);
    case PlotUnit::PerSecond:
        return {1, u"/s"};
    case PlotUnit::None:
        break;
    }
    return {1, u""};
}

/// 1, 2 or 5 times a power of ten, and not less.
double roundStep(double least)
{
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= least * (1 - 1e-9))
            return power * factor;
    }
    return power * 10;
}

/// A value of an axis whose ticks are so far apart, with the digits that tell it from its neighbours.
QString tickText(double value, double step, const AxisScale &scale)
{
    constexpr double Plain = 1e15;
    constexpr int MostDecimals = 9;
    const double scaled = value / scale.factor;
    const double apart = std::abs(step / scale.factor);
    const int decimals = apart > 0 ? std::max(0, static_cast<int>(-std::floor(std::log10(apart) + 1e-9))) : 0;
    const bool isPlain = std::abs(scaled) < Plain && decimals <= MostDecimals;
    const double zero = std::abs(scaled) < apart * 1e-6 ? 0 : scaled;
    return (isPlain ? QString::number(zero, 'f', decimals) : QString::number(zero, 'g', 6)) + scale.suffix.toString();
}

double bounded(double value)
{
    return std::clamp(std::isfinite(value) ? value : 0, -MostAxis, MostAxis);
}

} // namespace

ValueAxis ValueAxis::linear(double lowest, double highest, int ticks, PlotUnit unit)
{
    double low = bounded(lowest);
    double high = std::max(bounded(highest), low);
    if (plotunit::beginsAtZero(unit)) {
        low = std::min(low, 0.0);
        high = std::max(high, 0.0);
    }
    // What is always the same stands in the middle. Less apart than this, numbers are not told apart.
    const double least = std::max({std::abs(low), std::abs(high), 1e-290}) * 1e-12;
    if (high - low <= least) {
        const double margin = high == 0 ? 1 : std::max(std::abs(high) * 0.1, least);
        high += margin;
        low -= plotunit::beginsAtZero(unit) && low >= 0 ? 0 : margin;
    }
    const double step = roundStep((high - low) / std::max(ticks, 1));
    ValueAxis axis;
    axis.m_low = std::floor(low / step + 1e-9) * step;
    axis.m_high = std::ceil(high / step - 1e-9) * step;
    // Rounding may have taken some of it.
    axis.m_low = std::min(axis.m_low, low);
    axis.m_high = std::max(axis.m_high, high);
    const AxisScale scale = scaleFor(unit, std::max(std::abs(axis.m_low), std::abs(axis.m_high)));
    const double begin = std::ceil(axis.m_low / step - 1e-6);
    for (int i = 0; i < MaxTicks; ++i) {
        const double value = (begin + i) * step;
        if (value > axis.m_high + step * 1e-6)
            break;
        axis.m_ticks.push_back({axis.shareOf(value), tickText(value, step, scale)});
    }
    return axis;
}

ValueAxis ValueAxis::logarithmic(double lowestAboveZero, double highest, int ticks, PlotUnit unit)
{
    ValueAxis axis;
    axis.m_isLogarithmic = true;
    const double high = highest > 0 ? std::clamp(highest, 1e-290, MostAxis) : 10;
    const double low = lowestAboveZero > 0 ? std::clamp(lowestAboveZero, 1e-290, high) : high / 10;
    const int first = static_cast<int>(std::floor(std::log10(low) + 1e-9));
    const int last = std::max(static_cast<int>(std::ceil(std::log10(high) - 1e-9)), first + 1);
    axis.m_low = std::min(std::pow(10, first), low);
    axis.m_high = std::max(std::pow(10, last), high);
    const int every = std::max(1, (last - first + std::max(ticks, 1) - 1) / std::max(ticks, 1));
    // Few powers of ten leave room between them.
    const bool isFine = (last - first) * 3 <= ticks;
    for (int power = first; power <= last && axis.m_ticks.size() < MaxTicks; power += every) {
        for (const int factor : {1, 2, 5}) {
            const double value = std::pow(10, power) * factor;
            if ((factor > 1 && !isFine) || value > axis.m_high * (1 + 1e-9))
                break;
            axis.m_ticks.push_back({axis.shareOf(value), tickText(value, std::pow(10, power), scaleFor(unit, value))});
        }
    }
    return axis;
}

double ValueAxis::shareOf(double value) const
{
    if (m_isLogarithmic) {
        if (value <= m_low)
            return 0;
        const double low = std::log10(m_low);
        return std::clamp((std::log10(value) - low) / (std::log10(m_high) - low), 0.0, 1.0);
    }
    return std::clamp((value - m_low) / (m_high - m_low), 0.0, 1.0);
}

} // namespace sockeye
