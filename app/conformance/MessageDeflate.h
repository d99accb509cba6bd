#pragma once

#include <QByteArray>

#include <memory>
#include <optional>

struct z_stream_s;

namespace sockeye::conformance {

/// Compresses messages as RFC 7692 section 7.2.1 says: raw DEFLATE, flushed, without the last four bytes.
class Deflater final
{
public:
    Deflater(int windowBits, bool keepsContext);
    ~Deflater();
    Deflater(const Deflater &) = delete;
    Deflater &operator=(const Deflater &) = delete;

    [[nodiscard]] QByteArray message(const QByteArray &plain);

private:
    std::unique_ptr<z_stream_s> m_stream;
    bool m_keepsContext;
};

/// Inflates messages (RFC 7692 section 7.2.2), and notices a sender that reaches back beyond the window that was agreed
/// on, or into an earlier message when it must not.
class Inflater final
{
public:
    Inflater(int windowBits, bool keepsContext);
    ~Inflater();
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    /// nullopt if these bytes are no message, or one beyond 64 MiB.
    [[nodiscard]] std::optional<QByteArray> message(const QByteArray &compressed);

private:
    std::unique_ptr<z_stream_s> m_stream;
    bool m_keepsContext;
    /// Bytes taken from zlib at once.
    qsizetype m_pieceSize;
};

} // namespace sockeye::conformance
