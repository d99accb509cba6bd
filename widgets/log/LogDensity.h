#pragma once

#include <QtGlobal>

namespace sockeye {

/// How close the log's rows stand. The values are kept in the settings by name.
enum class LogDensity : quint8 {
    Automatic, ///< compact in a small window, else comfortable
    Compact,
    Comfortable
};

} // namespace sockeye
