#pragma once

#include "wire/HttpHead.h"

namespace sockeye {

/// Undoes the chunked transfer coding (RFC 9112 section 7.1) as its bytes come. Line ends of LF alone are put up with,
/// chunk extensions and trailers are skipped.
class ChunkedBody final
{
public:
    enum class Status : quint8 {
        NeedsMore,
        Complete, ///< the last chunk and its trailers have come
        Malformed ///< what came is no chunked body; content() is what went before
    };

    /// Takes the next bytes. Those after the end of the body are ignored.
    Status feed(QByteArrayView bytes);
    [[nodiscard]] Status status() const;
    /// The chunks so far, put together.
    [[nodiscard]] const QByteArray &content() const { return m_content; }

private:
    enum class Expects : quint8 { Size, EndOfSize, Data, EndOfData, Trailer, Nothing, Malformed };

    void take(char byte);
    void takeSize(char byte);
    void takeTrailer(char byte);

    QByteArray m_content;
    Expects m_expects = Expects::Size;
    /// Of the chunk: its size as far as it was read, then what is missing of it.
    qint64 m_size = 0;
    int m_digits = 0;
    qint64 m_lineSize = 0;
};

/// Whether the head says that its body comes in chunks.
[[nodiscard]] bool isChunked(const HttpHead &head);
/// What a reply's body says: its chunks put together where the head says that it comes in chunks, else the bytes as
/// they came; also where they are no chunks after all.
[[nodiscard]] QByteArray bodyContent(const HttpHead &head, const QByteArray &body);

} // namespace sockeye
