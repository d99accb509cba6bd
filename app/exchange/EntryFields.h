#pragma once

#include "base/Time.h"
#include "record/Entry.h"

namespace sockeye {

// How the exporters name and judge what an entry holds; the same word in every format.

/// "note", "warning", "error".
[[nodiscard]] QLatin1StringView severityName(Severity severity);
/// "connecting", "open", "failed", "closed", "broken", "notice".
[[nodiscard]] QLatin1StringView eventName(EventKind event);
/// Whether the payload is written as text if all of it is valid UTF-8. The sender of a binary message has said that it
/// is no text, so it is base64 even where its bytes happen to be UTF-8: a stream of binary messages does not change its
/// key from line to line.
[[nodiscard]] bool mayBeText(EntryKind kind);
/// Whether a close's code and reason tell all that its body holds.
[[nodiscard]] bool isReadableClose(const Entry &entry);

/// toIsoUtc() for many moments in a row, most of which fall into the same second.
class IsoTimes final
{
public:
    /// "2026-11-22T15:20:00.123456789Z"; valid until the next call.
    [[nodiscard]] QByteArrayView at(Timestamp time);

private:
    std::chrono::sys_seconds m_second{};
    QByteArray m_text;
};

} // namespace sockeye
