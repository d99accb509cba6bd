#pragma once

#include "exchange/Exporter.h"

namespace sockeye {

/// How many values ExportOptions::maskPayloads masks in the messages that match the query: what an export will do, to
/// be told before it is done. Reads all of them; runs in any thread. Once `cancel` is cancelled it stops soon and
/// returns an error.
[[nodiscard]] Result<qint64> countPayloadSecrets(const QString &capture, const EntryQuery &query,
                                                 const CancelToken &cancel, const ExportProgress &progress);

} // namespace sockeye
