#pragma once

#include "plot/PlotPoint.h"

#include <QByteArray>

#include <span>
#include <vector>

namespace sockeye {

/// Points that follow one another in few bytes: some five each where values have few decimals, as prices have.
namespace PointBlock {

/// Of one block at most.
inline constexpr qsizetype MaxPoints = 512;

/// Nothing is lost, but for the sign of a zero.
[[nodiscard]] QByteArray packed(std::span<const PlotPoint> points);
/// Appends the points; false for bytes that are no block, which may come from anywhere.
[[nodiscard]] bool unpack(QByteArrayView bytes, std::vector<PlotPoint> &points);

} // namespace PointBlock

} // namespace sockeye
