#pragma once

#include "base/Result.h"
#include "reading/CaptureReader.h"

#include <QIODevice>
#include <QStringList>

#include <memory>

namespace sockeye {

struct ExportOptions
{
    /// Write Authorization, Cookie and their like as they were. Off: their values become "***".
    bool keepSecrets = false;
    /// Mask what is named like a secret in the payloads of messages too. Off: they are written as they are.
    bool maskPayloads = false;
    /// CSV: a text that a spreadsheet would take for a formula begins with an apostrophe, and control characters are
    /// written as \x1b.
    bool csvSafe = false;
    /// CSV: begin with a byte order mark, by which Excel knows UTF-8.
    bool csvByteOrderMark = false;
    /// Only entries that match.
    EntryQuery query;
};

/// Progress of an export: entries done of the total. Called in the exporting thread.
using ExportProgress = std::function<void(qint64 done, qint64 total)>;

/// Writes a capture in one format. Implementations live in a file each; see README.md for how to add one.
class Exporter
{
public:
    virtual ~Exporter() = default;
    Exporter(const Exporter &) = delete;
    Exporter &operator=(const Exporter &) = delete;

    /// "jsonl", "har", "text", "csv": the name on the command line.
    [[nodiscard]] virtual QString name() const = 0;
    /// "JSON Lines (*.jsonl)": for people and file dialogs.
    [[nodiscard]] virtual QString description() const = 0;
    [[nodiscard]] virtual QString suffix() const = 0;

    /// Writes the capture to the open device, entry by entry, nothing held whole. Runs in any thread. Once `cancel` is
    /// cancelled it stops soon and returns an error.
    [[nodiscard]] virtual Result<> write(const CaptureReader &capture, QIODevice &out, const ExportOptions &options,
                                         const CancelToken &cancel, const ExportProgress &progress) const = 0;

protected:
    Exporter() = default;
};

/// Every exporter there is, in the order in which they are offered. They live as long as the program.
[[nodiscard]] const QList<const Exporter *> &exporters();
/// The exporter of that name, or null.
[[nodiscard]] const Exporter *findExporter(const QString &name);

/// Exports the capture at `path` into the file `target`: written beside it and moved over it only when complete, so
/// that a cancelled or failed export leaves an existing file as it was. A device or a named pipe is written into.
/// Refuses to write over the capture itself. A cancelled export returns an error, too: ask the token.
[[nodiscard]] Result<> exportToFile(const QString &path, const QString &target, const Exporter &exporter,
                                    const ExportOptions &options, const CancelToken &cancel,
                                    const ExportProgress &progress);

} // namespace sockeye
