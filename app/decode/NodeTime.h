#pragma once

#include "base/Time.h"

#include <QByteArrayView>

#include <optional>

namespace sockeye {

/// The moment that a number may stand for, by its size: seconds since 1970, with decimals or not, milliseconds,
/// microseconds or nanoseconds, from September 2001 to the end of 2099. Nothing for any other number.
[[nodiscard]] std::optional<Timestamp> momentOf(QByteArrayView number);
/// "2026-11-30 10:12:33", local, with as many decimals as are not 0, in threes.
[[nodiscard]] QString momentText(Timestamp moment);

} // namespace sockeye
