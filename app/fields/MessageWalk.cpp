#include "fields/MessageWalk.h"

#include "reading/CaptureReader.h"

namespace sockeye {

MessageWalk::MessageWalk(const CaptureReader &capture, std::shared_ptr<const FormatSet> formats)
    : m_capture(capture)
    , m_decoder(capture, std::move(formats))
{
}

Result<> MessageWalk::forEach(EntryId first, EntryId last, const CancelToken &cancel,
                              const std::function<bool(const WalkedMessage &)> &visit)
{
    m_decoder.setCancel(cancel);
    return m_capture.scanner().forEachPassed(
        first, last, cancel, [&](const filter::PassedEntry &entry, Timestamp time) {
            const EntryDecoder::Decoded &decoded = m_decoder.decode(entry);
            const bool isText = entry.kind == EntryKind::Text;
            // Nor is it passed: it would be taken for one that says nothing.
            if (decoded.isGivenUp)
                return false;
            if (!isText && entry.kind != EntryKind::Binary)
                return true;
            return visit({entry.id, entry.connection, time, entry.direction, isText, entry.size, decoded.tree,
                          decoded.format, decoded.certainty});
        });
}

} // namespace sockeye
