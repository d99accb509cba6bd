#pragma once

#include "record/ConnectionRecord.h"

#include <QJsonObject>

namespace sockeye {

/// A connection as an entry of a HAR 1.2 log, without its messages: request, response, timings, how it ended.
[[nodiscard]] QJsonObject harEntry(const ConnectionRecord &connection, bool keepSecrets);

} // namespace sockeye
