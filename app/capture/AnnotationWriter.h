#pragma once

#include "base/Result.h"
#include "capture/CaptureIdentity.h"
#include "record/Annotation.h"

namespace sockeye {

/// Sets or removes what stands at these entries, in a capture that nobody records into (a live one has
/// CaptureWriter::annotate()). Blocks until it is on the disk: call it in the background. All of it is written, or
/// nothing. A capture from before there were annotations gets their table. An error, and nothing is written, if another
/// capture stands at the path than the `expected` one, unless that is unknown.
[[nodiscard]] Result<> writeAnnotations(const QString &path, const AnnotationMap &annotations,
                                        const CaptureIdentity &expected = {});

} // namespace sockeye
