#pragma once

#include "base/StrongId.h"
#include "base/Time.h"
#include "log/LogText.h"
#include "record/TimelineBucket.h"

#include <QString>

#include <optional>
#include <variant>

namespace sockeye {

/// What "Go to" is asked for.
struct GoToContext
{
    EntryId last;
    /// From the first entry to the last; none for an empty capture.
    std::optional<TimeSpan> span;
    /// As the log shows times: what "12:00:01" means.
    TimeFormat format = TimeFormat::Local;
};

/// An entry's number, a time, or what is wrong, in words.
using GoToTarget = std::variant<EntryId, Timestamp, QString>;

/// Understands an entry's number ("1204", "1,204", "#1204"), a time as the log shows it ("12:00:01.204", or less of it;
/// before it a date, behind it a zone), a time since the capture's beginning ("+1.5 s", "+250 ms", "+2 min") and, where
/// the log shows them, seconds since 1970. A time of day means the first day of the capture on which it lies within it.
/// A time that was not typed to the last digit stands for its first moment in the capture.
[[nodiscard]] GoToTarget parseGoTo(const QString &text, const GoToContext &context);

} // namespace sockeye
