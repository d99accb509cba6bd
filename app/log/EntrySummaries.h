#pragma once

#include "record/Entry.h"
#include "search/JsonSummary.h"

namespace sockeye {

class CaptureReader;

/// What an entry says: its JSON's members, or the line that the decoder of another format makes of it. Empty for what
/// says nothing that is known, and for what is too long to be looked into.
using EntrySummary = QList<SummaryPart>;

/// Sums entries up, one summary for each, with the rest of a payload where the entry's head is not all of it. Takes
/// milliseconds when payloads are long: for a background job.
[[nodiscard]] QList<EntrySummary> summarize(const CaptureReader &capture, const QList<Entry> &entries);

} // namespace sockeye
