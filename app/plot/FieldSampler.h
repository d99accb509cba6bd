#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "formats/FormatSet.h"

#include <QStringList>

namespace sockeye {

class CaptureReader;

namespace FieldSampler {

/// More are no help to anybody.
inline constexpr qsizetype MaxPaths = 500;

/// The places of numbers in some messages from all over the capture, as FieldPath reads them, the most frequent first.
/// Elements of arrays are "[*]". Cheap, however long the capture is.
[[nodiscard]] Result<QStringList>
numberPaths(const CaptureReader &capture, const std::shared_ptr<const FormatSet> &formats, const CancelToken &cancel);

} // namespace FieldSampler

} // namespace sockeye
