#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "base/StrongId.h"
#include "decode/NodeDiff.h"
#include "record/Entry.h"

namespace sockeye {

class CaptureReader;
class FormatSet;

/// An entry that another one was compared with.
struct ComparedMessage
{
    /// EntryId() for text that is in no capture.
    EntryId entry;
    std::shared_ptr<const ComparedNodes> nodes;
};

/// Entries that are looked at for one of the same shape.
constexpr qint64 MaxComparedBack = 2000;

/// Compares a decoded message with the nearest one before it of the same connection, direction and kind that has the
/// same shape (shapeOf()). Nothing if there is none among the last MaxComparedBack entries, or once cancelled. For a
/// background job.
[[nodiscard]] Result<std::optional<ComparedMessage>> compareWithPrevious(const CaptureReader &capture,
                                                                         const Entry &entry, const NodeTree &now,
                                                                         const FormatSet &formats,
                                                                         const CancelToken &cancel);
/// Compares it with this entry, whatever that is; nothing if that cannot be decoded.
[[nodiscard]] Result<std::optional<ComparedMessage>> compareWithEntry(const CaptureReader &capture, EntryId entry,
                                                                      const NodeTree &now, const FormatSet &formats,
                                                                      const CancelToken &cancel);
/// Compares it with a text; nothing if that is in no format.
[[nodiscard]] std::optional<ComparedMessage> compareWithText(const QByteArray &text, const NodeTree &now,
                                                             const FormatSet &formats, const CancelToken &cancel);

} // namespace sockeye
