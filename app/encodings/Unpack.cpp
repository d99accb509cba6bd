#include "encodings/Unpack.h"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <new>
#include <utility>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

namespace sockeye {

namespace {

constexpr qsizetype UnpackMost = 16 * 1024 * 1024;
constexpr qsizetype UnpackRatio = 1000;
constexpr qsizetype UnpackLeast = 64 * 1024;
constexpr qsizetype UnpackFirstRoom = 4 * 1024;
constexpr qsizetype UnpackMostRoom = 1024 * 1024;
/// Windows larger than 32 MiB would take more memory than a message is worth.
constexpr int UnpackZstdWindowLog = 25;
constexpr size_t UnpackZstdPiece = 16 * 1024;
constexpr size_t UnpackZstdChecksum = 4;

/// Room at the end of the unpacked bytes, as much again as there is.
class UnpackRoom final
{
public:
    UnpackRoom(QByteArray &bytes, qsizetype limit)
        : m_bytes(bytes)
        , m_limit(limit)
        , m_used(bytes.size())
    {
    }
    ~UnpackRoom() { m_bytes.truncate(m_used); }
    UnpackRoom(const UnpackRoom &) = delete;
    UnpackRoom &operator=(const UnpackRoom &) = delete;

    [[nodiscard]] bool isFull() const { return m_used >= m_limit; }
    /// At least a byte, unless it is full.
    qsizetype make()
    {
        const qsizetype room = std::clamp(m_used, UnpackFirstRoom, UnpackMostRoom);
        m_bytes.resize(std::min(m_used + room, m_limit));
        return m_bytes.size() - m_used;
    }
    [[nodiscard]] char *begin() { return m_bytes.data() + m_used; }
    void took(qsizetype written) { m_used += written; }
    [[nodiscard]] qsizetype used() const { return m_used; }
    void takeBack(qsizetype used) { m_used = used; }

private:
    QByteArray &m_bytes;
    const qsizetype m_limit;
    qsizetype m_used;
};

bool unpackGoesOn(const GoOn &goOn, qsizetype used)
{
    return !goOn || goOn(used);
}

class UnpackInflate final
{
public:
    UnpackInflate()
    {
        if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
            throw std::bad_alloc();
    }
    ~UnpackInflate() { inflateEnd(&z); }
    UnpackInflate(const UnpackInflate &) = delete;
    UnpackInflate &operator=(const UnpackInflate &) = delete;

    void setInput(QByteArrayView bytes)
    {
        // zlib takes the address of bytes that it only reads as one of bytes it may change.
        z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
        z.avail_in = static_cast<uInt>(std::min<qsizetype>(bytes.size(), std::numeric_limits<int>::max()));
    }
    /// Between two blocks.
    [[nodiscard]] bool isAtBlock() const { return (z.data_type & 128) != 0; }

    z_stream z{};
};

/// All of the input that is set; Cut if more has to come.
Unpacked::End inflateSome(UnpackInflate &stream, UnpackRoom &room, qsizetype size, const GoOn &goOn)
{
    while (true) {
        if (!unpackGoesOn(goOn, size - static_cast<qsizetype>(stream.z.avail_in)))
            return Unpacked::End::Stopped;
        // With no room left, a byte of it tells whether more would come.
        Bytef spare = 0;
        const bool isFull = room.isFull();
        const qsizetype free = isFull ? 1 : room.make();
        stream.z.next_out = isFull ? &spare : reinterpret_cast<Bytef *>(room.begin());
        stream.z.avail_out = static_cast<uInt>(free);
        const int result = ::inflate(&stream.z, Z_SYNC_FLUSH);
        const qsizetype written = free - static_cast<qsizetype>(stream.z.avail_out);
        if (isFull && written > 0)
            return Unpacked::End::Limit;
        if (!isFull)
            room.took(written);
        if (result == Z_STREAM_END)
            return Unpacked::End::Whole;
        if (result != Z_OK && result != Z_BUF_ERROR)
            return Unpacked::End::Broken;
        if (stream.z.avail_out > 0)
            return Unpacked::End::Cut;
    }
}

struct UnpackZstdDelete
{
    void operator()(ZSTD_DStream *stream) const { ZSTD_freeDStream(stream); }
};

struct UnpackBrotliDelete
{
    void operator()(BrotliDecoderState *state) const { BrotliDecoderDestroyInstance(state); }
};

} // namespace

qsizetype unpackLimit(qsizetype packed)
{
    return packed > UnpackMost / UnpackRatio ? UnpackMost : std::max(UnpackLeast, packed * UnpackRatio);
}

Unpacked unpackDeflate(QByteArrayView packed, qsizetype limit, const GoOn &goOn, QByteArrayView window)
{
    constexpr std::array<char, 4> Tail{0, 0, '\xff', '\xff'};
    Unpacked unpacked;
    UnpackInflate stream;
    UnpackRoom room(unpacked.bytes, limit);
    if (!window.isEmpty() &&
        inflateSetDictionary(&stream.z, reinterpret_cast<const Bytef *>(window.data()),
                             static_cast<uInt>(std::min<qsizetype>(window.size(), 1 << MAX_WBITS))) != Z_OK)
        throw std::bad_alloc();
    stream.setInput(packed);
    unpacked.end = inflateSome(stream, room, packed.size(), goOn);
    unpacked.used = packed.size() - static_cast<qsizetype>(stream.z.avail_in);
    if (unpacked.end != Unpacked::End::Cut)
        return unpacked;
    if (!packed.isEmpty() && !stream.isAtBlock()) {
        stream.setInput(QByteArrayView(Tail.data(), static_cast<qsizetype>(Tail.size())));
        const qsizetype used = room.used();
        const auto end = inflateSome(stream, room, packed.size(), {});
        const bool isTail = end == Unpacked::End::Cut && stream.z.avail_in == 0 && stream.isAtBlock();
        if (!isTail || room.used() > used) {
            room.takeBack(used);
            return unpacked;
        }
    }
    if (!packed.isEmpty())
        unpacked.end = Unpacked::End::Flushed;
    return unpacked;
}

Unpacked unpackBrotli(QByteArrayView packed, qsizetype limit, const GoOn &goOn)
{
    Unpacked unpacked;
    const std::unique_ptr<BrotliDecoderState, UnpackBrotliDelete> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
    if (!state)
        throw std::bad_alloc();
    UnpackRoom room(unpacked.bytes, limit);
    const auto *in = reinterpret_cast<const uint8_t *>(packed.data());
    auto left = static_cast<size_t>(packed.size());
    while (true) {
        unpacked.used = packed.size() - static_cast<qsizetype>(left);
        if (!unpackGoesOn(goOn, unpacked.used)) {
            unpacked.end = Unpacked::End::Stopped;
            return unpacked;
        }
        uint8_t spare = 0;
        const bool isFull = room.isFull();
        const qsizetype free = isFull ? 1 : room.make();
        auto *out = isFull ? &spare : reinterpret_cast<uint8_t *>(room.begin());
        auto outLeft = static_cast<size_t>(free);
        const BrotliDecoderResult result =
            BrotliDecoderDecompressStream(state.get(), &left, &in, &outLeft, &out, nullptr);
        const qsizetype written = free - static_cast<qsizetype>(outLeft);
        unpacked.used = packed.size() - static_cast<qsizetype>(left);
        if (isFull && written > 0)
            unpacked.end = Unpacked::End::Limit;
        else if (result == BROTLI_DECODER_RESULT_SUCCESS)
            unpacked.end = Unpacked::End::Whole;
        else if (result == BROTLI_DECODER_RESULT_ERROR)
            unpacked.end = Unpacked::End::Broken;
        else
            unpacked.end = Unpacked::End::Cut;
        if (!isFull)
            room.took(written);
        if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT || unpacked.end == Unpacked::End::Limit)
            return unpacked;
    }
}

Unpacked unpackZstdFrame(QByteArrayView packed, qsizetype limit, const GoOn &goOn)
{
    Unpacked unpacked;
    const std::unique_ptr<ZSTD_DStream, UnpackZstdDelete> stream(ZSTD_createDStream());
    if (!stream)
        throw std::bad_alloc();
    ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, UnpackZstdWindowLog);
    UnpackRoom room(unpacked.bytes, limit);
    // On an error zstd takes back all that a call has read and written: so it gets little at a time, and what may be a
    // checksum by itself.
    const auto size = static_cast<size_t>(packed.size());
    const auto nextSize = [size](size_t at) {
        const size_t checksumAt = size > UnpackZstdChecksum ? size - UnpackZstdChecksum : size;
        return at < checksumAt ? std::min(at + UnpackZstdPiece, checksumAt) : size;
    };
    ZSTD_inBuffer in{packed.data(), nextSize(0), 0};
    while (true) {
        if (!unpackGoesOn(goOn, static_cast<qsizetype>(in.pos))) {
            unpacked.end = Unpacked::End::Stopped;
            return unpacked;
        }
        char spare = 0;
        const bool isFull = room.isFull();
        const qsizetype free = isFull ? 1 : room.make();
        ZSTD_outBuffer out{isFull ? &spare : room.begin(), static_cast<size_t>(free), 0};
        const size_t before = in.pos;
        const size_t result = ZSTD_decompressStream(stream.get(), &out, &in);
        unpacked.used = static_cast<qsizetype>(in.pos);
        if (!isFull)
            room.took(static_cast<qsizetype>(out.pos));
        if (ZSTD_isError(result))
            unpacked.end = Unpacked::End::Broken;
        else if (isFull && out.pos > 0)
            unpacked.end = Unpacked::End::Limit;
        else if (result == 0)
            unpacked.end = Unpacked::End::Whole;
        else if (out.pos < out.size && (in.pos == before || in.pos == in.size)) {
            if (in.size == size)
                return unpacked;
            in.size = nextSize(in.size);
        }
        if (unpacked.end != Unpacked::End::Cut)
            return unpacked;
    }
}

} // namespace sockeye
