#pragma once

#include "record/ConnectionRecord.h"

namespace sockeye {

/// What is known of a connection's end, for the person who asks why it closed. Pure: a record in, words out.

struct CloseFact
{
    /// "Peer's close frame", "TCP", "Last frame received", ...
    QString name;
    QString text;
    /// Whether it deserves attention: something was lost, or a rule was broken.
    bool isTrouble = false;

    friend bool operator==(const CloseFact &, const CloseFact &) = default;
};

/// Who ended the connection, in a sentence: by a close frame, by TCP alone, by a rule of ours.
[[nodiscard]] QString whoEnded(const ConnectionRecord &record);
/// What was seen of the end, in the order in which people ask. Of a connection that is open or never was: little.
[[nodiscard]] QList<CloseFact> closeFacts(const ConnectionRecord &record);
/// What a close code says, in a sentence; of 1005, 1006 and 1015, which stand for something and never cross the wire
/// (RFC 6455 section 7.4.1), what they stand for here.
[[nodiscard]] QString closeCodeMeaning(const ConnectionRecord &record);

/// When the closing of a connection that was open began: the first close frame, or else the end of TCP.
[[nodiscard]] Timestamp closingBegan(const ConnectionRecord &record);
/// From the accepted handshake until the closing began; negative for a connection that was not open or is not closed.
[[nodiscard]] Nanoseconds openFor(const ConnectionRecord &record);
/// Whether the peer began the closing: with a close frame, or by ending TCP.
[[nodiscard]] bool endedByPeer(const ConnectionRecord &record);

} // namespace sockeye
