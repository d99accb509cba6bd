#pragma once

#include <QString>

namespace sockeye {

/// What the values of a line are counted in.
enum class PlotUnit : quint8 {
    None, ///< a field of messages: whatever the peer means by it
    Bytes,
    Seconds,
    PerSecond
};
inline constexpr int PlotUnitCount = 4;

namespace plotunit {

/// For a title: "bytes", "seconds"; empty for None.
[[nodiscard]] QString name(PlotUnit unit);
/// "1.2 kB", "84.2 ms", "1,204/s", "143.86": a value for people, in the unit that fits.
[[nodiscard]] QString text(double value, PlotUnit unit);
/// Whether its values begin at zero, as an axis should then.
[[nodiscard]] constexpr bool beginsAtZero(PlotUnit unit)
{
    return unit != PlotUnit::None;
}

} // namespace plotunit
} // namespace sockeye
