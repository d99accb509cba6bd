#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "base/StrongId.h"
#include "base/Time.h"
#include "fields/EntryDecoder.h"

#include <functional>
#include <memory>

namespace sockeye {

class CaptureReader;

/// A text or binary message with what it says. Valid until the visit ends.
struct WalkedMessage
{
    EntryId id;
    ConnectionId connection;
    Timestamp time;
    Direction direction = Direction::None;
    bool isText = false;
    /// Bytes of the payload.
    qint64 size = 0;
    /// Null for what no format fits, and for what is too long to be looked into.
    const NodeTree *tree = nullptr;
    const Decoder *format = nullptr;
    Certainty certainty = Certainty::None;
};

/// Walks over the messages of a capture and decodes each as the log does: by the formats of the user, with what the
/// messages before it decide. One object goes on where it ended without following these again. One thread.
class MessageWalk final
{
public:
    /// The capture outlives it.
    MessageWalk(const CaptureReader &capture, std::shared_ptr<const FormatSet> formats);

    [[nodiscard]] const CaptureReader &capture() const { return m_capture; }

    /// Whether trees have a summary: not at first, which costs less.
    void setSummarized(bool isSummarized) { m_decoder.setSummarized(isSummarized); }
    /// Visits the messages from `first` to `last` in order, those that nothing is known of as well; `visit` returns
    /// false to stop. Stops early when cancelled.
    [[nodiscard]] Result<> forEach(EntryId first, EntryId last, const CancelToken &cancel,
                                   const std::function<bool(const WalkedMessage &)> &visit);

private:
    const CaptureReader &m_capture;
    EntryDecoder m_decoder;
};

} // namespace sockeye
