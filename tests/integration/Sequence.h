#pragma once

#include "reading/CaptureReader.h"

namespace sockeye::test {

/// The numbered messages of flood_server in a capture.
struct Sequence
{
    qint64 messages = 0;
    /// What is missing, doubled or out of order, in words; empty if nothing is.
    QString problem;
    /// When the last message was recorded.
    Timestamp last;
};

/// Walks the capture and checks that its messages are numbered 0, 1, 2 ... and each `size` bytes long.
[[nodiscard]] Result<Sequence> readSequence(const QString &path, qint64 size);

} // namespace sockeye::test
