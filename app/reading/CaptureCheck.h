#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "base/StrongId.h"

#include <QStringList>

namespace sockeye {

/// What a look over all of a capture finds: how many entries there are, and what no recording writes. A file may come
/// from anywhere; what it says is shown as far as it goes, and what cannot be is told.
struct CaptureCheck
{
    /// Rows, whatever their ids.
    qint64 entries = 0;
    /// Whether the entries' ids are 1, 2, 3 and so on to the last.
    bool isConsecutive = true;
    /// What is impossible, a sentence each, for people; empty for what Sockeye has recorded.
    QStringList remarks;

    /// Looks through the file, in the thread of the caller, at a cost in proportion to its rows (some hundred
    /// nanoseconds each), in short reads. A cancelled look returns what it has found.
    [[nodiscard]] static Result<CaptureCheck> run(const QString &path, const CancelToken &cancel);
    /// All remarks in one sentence for a banner, which begins with the file's name; empty without any.
    [[nodiscard]] QString summary(const QString &path) const;
};

} // namespace sockeye
