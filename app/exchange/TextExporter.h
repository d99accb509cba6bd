#pragma once

#include "exchange/Exporter.h"

namespace sockeye {

/// A log for people, to read and to paste into a ticket: UTF-8, times in UTC. Each connection begins with a heading
/// (URL, when, how it ended, both heads), then a line for each entry:
///
///     15:20:00.123456  ↓  text         5 B  hello
///     15:20:00.124000  ↑  binary       3 B
///         00000000  00 ff 10                                          |...|
///
/// Findings follow on lines that begin with "!", what somebody put on the entry on one with "#".
///
/// What follows on further lines is indented: nothing that a peer sends can look like an entry. Control characters are
/// written as \x1b, so that a log shown in a terminal cannot steer it.
class TextExporter final : public Exporter
{
public:
    [[nodiscard]] QString name() const override;
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString suffix() const override;
    [[nodiscard]] Result<> write(const CaptureReader &capture, QIODevice &out, const ExportOptions &options,
                                 const CancelToken &cancel, const ExportProgress &progress) const override;
};

} // namespace sockeye
