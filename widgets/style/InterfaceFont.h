#pragma once

#include <QString>

namespace sockeye::theme {

/// The sizes that can be chosen, in points.
inline constexpr int SmallestInterfaceSize = 6;
inline constexpr int LargestInterfaceSize = 24;

/// Shows all text but data in this family, and all text in this size, from now on. An empty family, or one that is not
/// installed, and a size that cannot be chosen stand for the system's. All follows with the next apply() of the theme.
void setInterfaceFont(const QString &family, int pointSize);

} // namespace sockeye::theme
