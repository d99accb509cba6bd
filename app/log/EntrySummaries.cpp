#include "log/EntrySummaries.h"

#include "reading/CaptureReader.h"

namespace sockeye {

namespace {

/// Payload bytes read for one page: a log of long messages is not to wait for its rows.
constexpr qint64 MaxRead = 8 * 1024 * 1024;

} // namespace

QList<EntrySummary> summarize(const CaptureReader &capture, const QList<Entry> &entries)
{
    JsonSummary summary;
    QList<EntrySummary> summaries;
    summaries.reserve(entries.size());
    qint64 left = MaxRead;
    for (const Entry &entry : entries) {
        const bool mayHold = entry.kind == EntryKind::Text && entry.size <= JsonSummary::MaxExamined &&
                             JsonSummary::isPromising(entry.head);
        if (mayHold && entry.isWhole()) {
            summaries.append(summary.read(entry.head));
        } else if (mayHold && entry.size <= left) {
            left -= entry.size;
            const Result<QByteArray> payload = capture.payload(entry.id);
            summaries.append(payload ? summary.read(payload.value()) : EntrySummary());
        } else {
            summaries.append(EntrySummary());
        }
    }
    return summaries;
}

} // namespace sockeye
