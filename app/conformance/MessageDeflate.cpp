#include "conformance/MessageDeflate.h"

#include <zlib.h>

namespace sockeye::conformance {

namespace {
constexpr int LargestWindow = 15;
constexpr qsizetype MessageLimit = 64 * 1024 * 1024;
/// What a flush ends with: an empty stored block, which travels as no bytes at all.
const QByteArray FlushTail("\x00\x00\xff\xff", 4);

/// zlib asks for a pointer to bytes that it only reads.
[[nodiscard]] Bytef *readable(const QByteArray &bytes)
{
    return const_cast<Bytef *>(reinterpret_cast<const Bytef *>(bytes.constData()));
}
} // namespace

Deflater::Deflater(int windowBits, bool keepsContext)
    : m_stream(std::make_unique<z_stream>())
    , m_keepsContext(keepsContext)
{
    deflateInit2(m_stream.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, -windowBits, 8, Z_DEFAULT_STRATEGY);
}

Deflater::~Deflater()
{
    deflateEnd(m_stream.get());
}

QByteArray Deflater::message(const QByteArray &plain)
{
    // A flush may add a few bytes beyond the bound that zlib gives for a stream that is finished.
    constexpr uLong flushRoom = 64;
    QByteArray out(static_cast<qsizetype>(deflateBound(m_stream.get(), static_cast<uLong>(plain.size())) + flushRoom),
                   Qt::Uninitialized);
    m_stream->next_in = readable(plain);
    m_stream->avail_in = static_cast<uInt>(plain.size());
    m_stream->next_out = reinterpret_cast<Bytef *>(out.data());
    m_stream->avail_out = static_cast<uInt>(out.size());
    deflate(m_stream.get(), Z_SYNC_FLUSH);
    out.truncate(out.size() - static_cast<qsizetype>(m_stream->avail_out));
    if (!m_keepsContext)
        deflateReset(m_stream.get());
    out.chop(FlushTail.size());
    // RFC 7692 section 7.2.3.6: nothing at all is sent as an empty block.
    return out.isEmpty() ? QByteArray(1, '\0') : out;
}

Inflater::Inflater(int windowBits, bool keepsContext)
    : m_stream(std::make_unique<z_stream>())
    , m_keepsContext(keepsContext)
    // zlib lets a distance reach back through the window and all output of the same call: small pieces keep that close
    // to the window that was agreed on.
    , m_pieceSize(windowBits < LargestWindow ? 64 : 64 * 1024)
{
    inflateInit2(m_stream.get(), -windowBits);
}

Inflater::~Inflater()
{
    inflateEnd(m_stream.get());
}

std::optional<QByteArray> Inflater::message(const QByteArray &compressed)
{
    const QByteArray input = compressed + FlushTail;
    QByteArray piece(m_pieceSize, Qt::Uninitialized);
    QByteArray plain;
    m_stream->next_in = readable(input);
    m_stream->avail_in = static_cast<uInt>(input.size());
    do {
        m_stream->next_out = reinterpret_cast<Bytef *>(piece.data());
        m_stream->avail_out = static_cast<uInt>(piece.size());
        const int status = inflate(m_stream.get(), Z_SYNC_FLUSH);
        plain.append(QByteArrayView(piece).first(piece.size() - static_cast<qsizetype>(m_stream->avail_out)));
        // A sender may end each message with a final block (RFC 7692 section 7.2.3.4); the next one begins afresh.
        if (status == Z_STREAM_END)
            inflateReset(m_stream.get());
        else if (status != Z_OK && status != Z_BUF_ERROR)
            return std::nullopt;
        if (plain.size() > MessageLimit || (status == Z_BUF_ERROR && m_stream->avail_in > 0))
            return std::nullopt;
    } while (m_stream->avail_in > 0 || m_stream->avail_out == 0);
    if (!m_keepsContext)
        inflateReset(m_stream.get());
    return plain;
}

} // namespace sockeye::conformance
