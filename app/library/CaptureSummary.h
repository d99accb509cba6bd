#pragma once

#include "base/Time.h"

#include <QString>

namespace sockeye {

/// What a list of captures tells of one without opening it for the user.
struct CaptureSummary
{
    /// Of the first connection; empty for a capture without any.
    QString url;
    /// When the first entry crossed the wire, and how long after it the last one did. Epoch 0 without entries.
    Timestamp started;
    Nanoseconds duration{0};
    qint64 entries = 0;
    qint64 connections = 0;
    /// Somebody bookmarked, coloured or wrote a note on an entry.
    bool isAnnotated = false;
    /// Somebody records into it, here or in another program.
    bool isLive = false;
    /// The last connection has no end although nobody records into it: the program died.
    bool isCutShort = false;
    /// The program that recorded it died, and nobody has opened it since.
    bool isLeftByCrash = false;
    /// Why it cannot be read; empty if it can.
    QString problem;

    /// Reads the summary in O(log n), without a scan and without changing the file. Blocks on the disk; any thread. A
    /// file that cannot be read gives a summary with a problem.
    [[nodiscard]] static CaptureSummary read(const QString &path);

    friend bool operator==(const CaptureSummary &, const CaptureSummary &) = default;
};

} // namespace sockeye
