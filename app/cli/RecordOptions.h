#pragma once

#include "connection/Session.h"
#include "filter/EntryQuery.h"
#include "formats/DecodeOptions.h"

#include <optional>
#include <variant>

namespace sockeye::cli {

/// What `sockeye record` was asked to do.
struct RecordOptions
{
    Endpoint endpoint;
    Session::Options session;
    /// Where to record; empty for a new capture in the user's data directory.
    QString output;
    /// Sent in this order once connected.
    QList<Outgoing> messages;
    std::optional<std::chrono::milliseconds> duration;
    /// The recording ends once an entry matches; none for never.
    std::optional<EntryQuery> until;
    /// As what messages are read that it asks about.
    DecodeOptions decode;
    /// The size of the capture in bytes at which to end; 0 for no limit.
    qint64 maxSize = 0;
    /// What stays free on the disk in bytes; without one, what the settings say.
    std::optional<qint64> reserve;
    /// Print URLs, reasons and ends with the secrets in them.
    bool keepSecrets = false;
    bool json = false;
    bool quiet = false;
};

/// The options, or the exit code with which the command ends (after --help, or after a mistake that was told).
[[nodiscard]] std::variant<RecordOptions, int> parseRecordOptions(const QStringList &arguments);

} // namespace sockeye::cli
