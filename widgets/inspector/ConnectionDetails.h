#pragma once

#include "record/ConnectionRecord.h"

#include <QStringList>

namespace sockeye {

/// What the inspector shows of a connection.
struct ConnectionDetails
{
    ConnectionRecord record;
    /// Sentences that hold for several connections of the capture.
    QStringList closePatterns;
};

} // namespace sockeye
