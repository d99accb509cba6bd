#pragma once

#include "decode/Conversation.h"
#include "formats/FormatSet.h"
#include "reading/CaptureReader.h"

#include <optional>

namespace sockeye {

/// What the inspector reads of an entry in one go, so that all its pages change together.
struct EntryDetails
{
    /// Longer texts are shown up to here.
    static constexpr qint64 MaxText = 1024 * 1024;
    /// Of a longer binary message only the head is read.
    static constexpr qint64 MaxBinary = 1024 * 1024;

    Entry entry;
    Findings findings;
    FrameHeaders frames;
    /// What its connection agreed on.
    QString subprotocol;
    /// A binary message that some format fits.
    bool hasFormat = false;
    /// The format in which it depends on the messages of its connection before it, null for none; and what those
    /// decide: nothing where too many would have to be looked at for that.
    const Decoder *conversation = nullptr;
    std::optional<Conversation> before;
    /// The payload's first MaxText bytes of what can be shown as text; binary messages up to MaxBinary.
    QByteArray text;

    /// Payload bytes on the wire, without the frames' headers; after compressing.
    [[nodiscard]] qint64 wirePayload() const;
    [[nodiscard]] bool isCut() const { return text.size() < entry.size; }
    /// `formats` says whether some format fits.
    [[nodiscard]] static Result<EntryDetails> read(const CaptureReader &capture, EntryId id,
                                                   const FormatSet &formats = *FormatSet::standard());
};

/// "120 B on the wire, 1.2 kB inflated (10.0 : 1)"
[[nodiscard]] QString compressionText(qint64 wireBytes, qint64 plainBytes);

} // namespace sockeye
