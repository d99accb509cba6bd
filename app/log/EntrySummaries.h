#pragma once

#include "log/FieldTexts.h"
#include "record/Entry.h"
#include "search/JsonSummary.h"

#include <QHash>

namespace sockeye {

class CaptureReader;
class FormatSet;

/// What an entry says.
struct EntrySummary
{
    /// Its JSON's members, or the line that the decoder of another format makes of it. Empty for what says nothing that
    /// is known, and for what is too long to be looked into.
    QList<SummaryPart> line;
    /// One for each path that was asked for; none for what no format fits.
    QList<FieldText> fields;

    friend bool operator==(const EntrySummary &, const EntrySummary &) = default;
};

struct EntrySummaries
{
    /// One for each entry.
    QList<EntrySummary> entries;
    /// Connections whose messages depend on more of those before them than were looked at, and up to which entry: what
    /// says nothing without them has an empty summary until they have been followed (ConversationReader), and what says
    /// more with them says it then.
    QHash<ConnectionId, EntryId> unfollowed;
};

/// Whether values that the message before had, too, are marked (SummaryPart::isSame): that costs reading the entries
/// before the first one.
enum class MarkSame : bool { No, Yes };

/// Sums entries up and reads their fields at these paths (FieldPath), with the rest of a payload where the entry's head
/// is not all of it. Takes milliseconds when payloads are long: for a background job.
[[nodiscard]] EntrySummaries summarize(const CaptureReader &capture, const QList<Entry> &entries,
                                       const FormatSet &formats, const QStringList &fields = {},
                                       MarkSame marks = MarkSame::No);

} // namespace sockeye
