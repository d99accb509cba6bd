#pragma once

#include "base/Result.h"
#include "conformance/ConformanceCase.h"

namespace sockeye::conformance {

/// The cases that are part of the program, as far as they are about the subject, in the order of their numbers' files.
/// README.md describes how they are written.
[[nodiscard]] Result<QList<ConformanceCase>> builtInCases(Subject subject);

/// All cases of all *.cases files of a directory (on disk or in the resources), in the order of the files' names. An
/// error names file and line.
[[nodiscard]] Result<QList<ConformanceCase>> loadCases(const QString &directory);

} // namespace sockeye::conformance
