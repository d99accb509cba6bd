#pragma once

#include "base/Job.h"
#include "sqlite/Sqlite.h"

#include <functional>

namespace sockeye::CaptureFile {

/// Copies what the connection sees now into a closed capture at `target`, atomically: written beside it under another
/// name and renamed when it is complete. A live capture may grow meanwhile; what comes later is not in the copy.
[[nodiscard]] Result<> copy(const SqliteDatabase &source, const QString &target, const CancelToken &cancel,
                            const std::function<void(qint64, qint64)> &progress);

} // namespace sockeye::CaptureFile
