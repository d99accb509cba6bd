#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "base/StrongId.h"
#include "decode/ByteDiff.h"
#include "decode/NodeDiff.h"
#include "record/Entry.h"

namespace sockeye {

class CaptureReader;
class FormatSet;

/// A message that another one was compared with: value by value, or byte by byte.
struct ComparedMessage
{
    /// EntryId() for text that is in no capture.
    EntryId entry;
    /// Null where bytes were compared.
    std::shared_ptr<const ComparedNodes> nodes = {};
    /// Null where values were compared.
    std::shared_ptr<const ByteDiff> bytes = {};
    /// The size of the message, and what it is if it is in no capture; where bytes were compared.
    qint64 size = 0;
    QByteArray text = {};
};

/// Entries that are looked at for one of the same shape.
constexpr qint64 MaxComparedBack = 2000;
/// Longer messages are not compared; of both that much is in memory for a while.
constexpr qint64 MaxComparedBytes = 64 * 1024 * 1024;

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

/// Compares the bytes of a message with those of the nearest one before it of the same connection, direction and kind.
/// Nothing where one of both is longer than MaxComparedBytes, or once cancelled.
[[nodiscard]] Result<std::optional<ComparedMessage>>
compareBytesWithPrevious(const CaptureReader &capture, const Entry &entry, const CancelToken &cancel);
[[nodiscard]] Result<std::optional<ComparedMessage>>
compareBytesWithEntry(const CaptureReader &capture, const Entry &entry, EntryId other, const CancelToken &cancel);
[[nodiscard]] Result<std::optional<ComparedMessage>> compareBytesWithText(const CaptureReader &capture,
                                                                          const Entry &entry, const QByteArray &text,
                                                                          const CancelToken &cancel);

} // namespace sockeye
