#pragma once

#include "wire/ChunkedBody.h"

namespace sockeye {

/// Collects the body of an HTTP reply as its bytes come, and knows from the head when it is complete (RFC 9112
/// section 6.3): by Content-Length, by the last chunk, or at once for a status that has none. A body without either
/// ends with the connection. At most 1 MiB is kept.
class ReplyBody final
{
public:
    static constexpr qint64 Limit = 1024 * 1024;

    explicit ReplyBody(const HttpHead &head);

    /// Takes the next bytes. Those after the end of the body or beyond the limit are dropped.
    void feed(QByteArrayView bytes);
    /// All of it has come, or as much as is kept.
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    /// As on the wire: chunks are not put together (see bodyContent()).
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
    /// From Content-Length; -1 for none that can be read.
    qint64 m_expected = -1;
    std::optional<ChunkedBody> m_chunks;
    bool m_isComplete = false;
};

} // namespace sockeye
