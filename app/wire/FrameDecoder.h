#pragma once

#include "wire/Frame.h"

namespace sockeye {

/// Cuts a byte stream into frames (RFC 6455 section 5.2). Any split of the bytes gives the same frames; memory grows
/// with the bytes that came, never with the length that was announced. It judges nothing: every header that can be read
/// is a frame (see MessageAssembler for the rules); only a length that cannot be accepted stops it.
///
///     QByteArrayView input = chunk;
///     while (decoder.next(input, frame)) ...      // consumes from the front of input
class FrameDecoder final
{
public:
    enum class Status : quint8 {
        Ok,
        TooLarge,     ///< payloadSize exceeds the limit: fail with 1009
        LengthTooLong ///< the most significant bit of a 64-bit length is set: fail with 1002
    };

    static constexpr quint64 DefaultMaxPayload = 256ULL * 1024 * 1024;

    explicit FrameDecoder(quint64 maxPayload = DefaultMaxPayload);

    /// Takes bytes from the front of `input` until a frame is complete (true, written to `frame` without its time) or
    /// the input is used up or the status is no longer Ok (false). After a bad status the offending header is in
    /// header().
    [[nodiscard]] bool next(QByteArrayView &input, Frame &frame);
    [[nodiscard]] Status status() const { return m_status; }

    /// Whether a frame has begun that is not complete.
    [[nodiscard]] bool isInFrame() const;
    /// What of the unfinished frame has come so far, header bytes and payload as on the wire (masked): for the record
    /// when the stream ends inside a frame.
    [[nodiscard]] QByteArray partialBytes() const;
    /// The unfinished frame's payload so far, masked if its header() says so.
    [[nodiscard]] QByteArrayView partialPayload() const { return m_payload; }
    /// The header being filled or refused.
    [[nodiscard]] const FrameHeader &header() const { return m_header; }

private:
    bool readHeader(QByteArrayView &input);
    bool acceptHeader();
    bool readPayload(QByteArrayView &input);

    quint64 m_maxPayload;
    Status m_status = Status::Ok;
    bool m_headerComplete = false;
    FrameHeader m_header;
    /// As on the wire; unmasked when it is whole.
    QByteArray m_payload;
};

} // namespace sockeye
