#include "wire/PermessageDeflate.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <utility>

#include <zlib.h>

namespace sockeye {

namespace {
/// The end of an empty stored block: what a sender strips from each message and a receiver adds again.
constexpr std::array<char, 4> EmptyBlock{0, 0, '\xff', '\xff'};
constexpr qsizetype MinimumRoom = 256;
constexpr qsizetype MaximumRoom = 1024 * 1024;
constexpr int MemoryLevel = 8;
constexpr int LargestWindowBits = 15;

/// zlib takes the address of bytes that it only reads as one of bytes it may change.
Bytef *zlibInput(QByteArrayView bytes)
{
    return reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
}

uInt zlibSize(qsizetype size)
{
    return static_cast<uInt>(std::min<qsizetype>(size, std::numeric_limits<int>::max()));
}

/// zlib has no raw stream of 256 bytes of window to write (8 bits), but with 9 bits it never looks back further than
/// 250 bytes: the window less its lookahead of 262.
int deflateWindowBits(int windowBits)
{
    return std::clamp(windowBits, 9, 15);
}
} // namespace

class Deflater::Stream
{
public:
    explicit Stream(int windowBits)
    {
        if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -deflateWindowBits(windowBits), MemoryLevel,
                         Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::bad_alloc();
    }
    ~Stream() { deflateEnd(&z); }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    z_stream z{};
};

Deflater::Deflater(int windowBits, bool noContextTakeover)
    : m_stream(std::make_unique<Stream>(windowBits))
    , m_noContextTakeover(noContextTakeover)
{
}

Deflater::~Deflater() = default;

QByteArray Deflater::deflate(QByteArrayView payload)
{
    // RFC 7692 section 7.2.3.6; zlib itself would add nothing for nothing.
    if (payload.isEmpty())
        return QByteArray(1, '\0');
    z_stream &z = m_stream->z;
    QByteArray out;
    qsizetype used = 0;
    do {
        z.next_in = zlibInput(payload);
        z.avail_in = zlibSize(payload.size());
        payload = payload.sliced(static_cast<qsizetype>(z.avail_in));
        do {
            const qsizetype wanted = used == 0 ? static_cast<qsizetype>(deflateBound(&z, z.avail_in)) : used;
            const qsizetype room = std::clamp(wanted, MinimumRoom, MaximumRoom);
            out.resize(used + room);
            z.next_out = reinterpret_cast<Bytef *>(out.data() + used);
            z.avail_out = zlibSize(room);
            ::deflate(&z, payload.isEmpty() ? Z_SYNC_FLUSH : Z_NO_FLUSH);
            used = out.size() - static_cast<qsizetype>(z.avail_out);
        } while (z.avail_out == 0);
    } while (!payload.isEmpty());
    out.truncate(used - static_cast<qsizetype>(EmptyBlock.size()));
    if (m_noContextTakeover)
        deflateReset(&z);
    return out;
}

class Inflater::Stream
{
public:
    explicit Stream(int windowBits)
        : isNarrow(windowBits < LargestWindowBits)
    {
        if (inflateInit2(&z, -std::clamp(windowBits, 8, LargestWindowBits)) != Z_OK)
            throw std::bad_alloc();
    }
    ~Stream() { inflateEnd(&z); }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    /// Writes at most `room` bytes; zlib's result, and in avail_out what is left of the room.
    int inflate(char *out, qsizetype room)
    {
        z.next_out = reinterpret_cast<Bytef *>(out);
        if (!isNarrow) {
            z.avail_out = zlibSize(room);
            return ::inflate(&z, Z_SYNC_FLUSH);
        }
        // zlib lets a reference reach past its window into all that the same call has written. A byte a call keeps the
        // peer to the window it agreed on, however its bytes are split; that is still 80 MB/s.
        uInt left = zlibSize(room);
        int result = Z_OK;
        do {
            z.avail_out = 1;
            result = ::inflate(&z, Z_SYNC_FLUSH);
            left -= 1 - z.avail_out;
        } while (result == Z_OK && z.avail_out == 0 && left > 0);
        z.avail_out = left;
        return result;
    }
    /// A block marked as the last has ended (RFC 7692 section 7.2.3.4 allows it): the next one goes on with the same
    /// window. Copying that out and in again would cost 64 KiB for a block of two bytes.
    void goOnAfterLastBlock() { inflateResetKeep(&z); }
    /// zlib's note of where it stands: bit 7 between two blocks.
    [[nodiscard]] bool isBetweenBlocks() const { return (z.data_type & 128) != 0; }

    z_stream z{};
    const bool isNarrow;
};

Inflater::Inflater(int windowBits, bool noContextTakeover)
    : m_stream(std::make_unique<Stream>(windowBits))
    , m_noContextTakeover(noContextTakeover)
{
}

Inflater::~Inflater() = default;

Inflater::Status Inflater::inflate(QByteArrayView bytes, qint64 limit, QByteArray &payload)
{
    if (m_contextIsLost)
        return Status::Corrupt;
    z_stream &z = m_stream->z;
    z.avail_in = 0;
    qsizetype used = payload.size();
    bool isFull = false;
    while (z.avail_in > 0 || isFull || !bytes.isEmpty()) {
        if (z.avail_in == 0) {
            z.next_in = zlibInput(bytes);
            z.avail_in = zlibSize(bytes.size());
            bytes = bytes.sliced(static_cast<qsizetype>(z.avail_in));
        }
        // One byte beyond the limit tells that there is more than it allows.
        const qsizetype most = limit - used + 1;
        const qsizetype wanted = std::max(4 * static_cast<qsizetype>(z.avail_in), used);
        const qsizetype room = std::min(std::clamp(wanted, MinimumRoom, MaximumRoom), most);
        payload.resize(used + room);
        const bool hasInput = z.avail_in > 0;
        const int result = m_stream->inflate(payload.data() + used, room);
        isFull = z.avail_out == 0;
        used = payload.size() - static_cast<qsizetype>(z.avail_out);
        if (used > limit) {
            payload.truncate(static_cast<qsizetype>(limit));
            return Status::TooLarge;
        }
        if (hasInput)
            m_isAfterLastBlock = result == Z_STREAM_END && z.avail_in == 0 && bytes.isEmpty();
        if (result == Z_STREAM_END) {
            m_stream->goOnAfterLastBlock();
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            payload.truncate(used);
            return Status::Corrupt;
        }
    }
    payload.truncate(used);
    return Status::Ok;
}

Inflater::Status Inflater::finishMessage(qint64 limit, QByteArray &payload)
{
    m_endedWithLastBlock = std::exchange(m_isAfterLastBlock, false);
    // The empty block's first byte is what is missing there: its other three would be read as a header.
    if (!m_endedWithLastBlock) {
        const Status status = inflate(QByteArrayView(EmptyBlock.data(), EmptyBlock.size()), limit, payload);
        if (status != Status::Ok)
            return status;
        if (!m_stream->isBetweenBlocks())
            return Status::Truncated;
    }
    if (m_noContextTakeover)
        inflateReset(&m_stream->z);
    return Status::Ok;
}

void Inflater::giveUpMessage()
{
    m_contextIsLost = !m_noContextTakeover;
    m_isAfterLastBlock = false;
    inflateReset(&m_stream->z);
}

QString Inflater::errorText() const
{
    if (m_contextIsLost)
        return QCoreApplication::translate("Inflater", "an earlier message could not be inflated");
    return m_stream->z.msg ? QString::fromLatin1(m_stream->z.msg) : QString();
}

} // namespace sockeye
