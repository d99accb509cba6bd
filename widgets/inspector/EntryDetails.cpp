#include "widgets/inspector/EntryDetails.h"

namespace sockeye {

Result<EntryDetails> EntryDetails::read(const CaptureReader &capture, EntryId id)
{
    EntryDetails details;
    auto entry = capture.entry(id);
    if (!entry)
        return entry.error();
    details.entry = std::move(entry).value();
    if (details.entry.findingCount > 0) {
        auto findings = capture.findings(id);
        if (!findings)
            return findings.error();
        details.findings = std::move(findings).value();
    }
    auto frames = capture.frames(id);
    if (!frames)
        return frames.error();
    details.frames = std::move(frames).value();
    details.text = details.entry.head;
    const bool readsAsText = details.entry.kind != EntryKind::Binary && details.entry.kind != EntryKind::Raw;
    if (readsAsText && !details.entry.isWhole()) {
        auto text = capture.payload(id, 0, MaxText);
        if (!text)
            return text.error();
        details.text = std::move(text).value();
    }
    return details;
}

} // namespace sockeye
