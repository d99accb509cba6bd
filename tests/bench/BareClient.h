#pragma once

#include "bench/Figures.h"

#include <QThread>

namespace sockeye::bench {

/// A QWebSocket in a thread of its own that only counts, or echoes: the measure for all that Sockeye adds.
class BareClient final
{
public:
    enum class Mode : quint8 { Count, Echo };

    /// Connects and takes all that comes until the connection ends.
    [[nodiscard]] static Outcome run(const QString &url, Mode mode);
};

} // namespace sockeye::bench
