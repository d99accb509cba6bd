#include "encodings/CompressionDecoder.h"

#include "base/Units.h"
#include "decode/ByteCursor.h"
#include "encodings/ReadableText.h"
#include "encodings/Unpack.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <zlib.h>

namespace sockeye {

namespace {

/// Of the unpacked bytes a probe looks at so many, of the packed ones at so many.
constexpr qsizetype CompressionProbeUnpacked = 1024 * 1024;
constexpr qsizetype CompressionProbePacked = 64 * 1024;
constexpr qsizetype GzipFixedHeader = 10;
constexpr qsizetype GzipTrailer = 8;
constexpr quint32 ZstdMagic = 0xfd2f'b528;
/// And the fifteen behind it.
constexpr quint32 ZstdSkippableMagic = 0x184d'2a50;

using UnpackedEnd = Unpacked::End;

quint32 crcOf(QByteArrayView bytes)
{
    return static_cast<quint32>(crc32_z(0, reinterpret_cast<const Bytef *>(bytes.data()), size_t(bytes.size())));
}

quint32 adlerOf(QByteArrayView bytes)
{
    return static_cast<quint32>(adler32_z(1, reinterpret_cast<const Bytef *>(bytes.data()), size_t(bytes.size())));
}

QString checksumText(quint32 sum)
{
    return QStringLiteral("0x%1").arg(sum, 8, 16, QLatin1Char('0'));
}

/// What all kinds of compression have in common.
class CompressionReader
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::CompressionDecoder)

public:
    CompressionReader(NodeBuilder &builder, const QByteArray &bytes, const QString &step)
        : m_builder(builder)
        , m_bytes(bytes)
        , m_step(step)
    {
    }

protected:
    [[nodiscard]] QByteArrayView view(qsizetype begin, qsizetype end) const
    {
        return QByteArrayView(m_bytes).sliced(begin, end - begin);
    }
    [[nodiscard]] quint8 byteAt(qsizetype at) const { return static_cast<quint8>(m_bytes.at(at)); }
    /// Bytes that may come out of this step.
    [[nodiscard]] qsizetype stepLimit() const
    {
        return std::clamp<qsizetype>(m_builder.stepRoom(), 1, unpackLimit(m_bytes.size()));
    }
    [[nodiscard]] GoOn goOnFrom(qsizetype begin) const
    {
        return [this, begin](qsizetype used) { return m_builder.goOn(begin + used); };
    }
    /// One of several values in a byte: its bytes are those of what holds it.
    void bits(QStringView label, qsizetype at, int value, QStringView note = {})
    {
        m_builder.add(label, at, at, value, note);
    }
    void failCut() { m_builder.fail(m_bytes.size(), tr("The message ends inside of the compressed data.")); }

    /// The node that holds what came out of the bytes from `begin` to `end`.
    bool addContent(qsizetype begin, qsizetype end, const Unpacked &unpacked)
    {
        if (!m_builder.open(u"content", Node::Kind::Object, begin))
            return false;
        QString note = tr("%1 made of %2")
                           .arg(sizeText(unpacked.bytes.size()), sizeText(end > begin ? end - begin : m_bytes.size()));
        if (unpacked.end == UnpackedEnd::Limit)
            m_builder.stepIsCut();
        if (unpacked.end == UnpackedEnd::Limit)
            note = tr("only the first %1: there is more, but no more is unpacked").arg(sizeText(unpacked.bytes.size()));
        else if (unpacked.end == UnpackedEnd::Flushed)
            note += QStringLiteral(", ") + tr("flushed: later messages may continue the stream");
        m_builder.note(note);
        const bool isText = unpacked.end == UnpackedEnd::Whole || unpacked.end == UnpackedEnd::Flushed
                                ? isReadableText(unpacked.bytes)
                                : isReadableBeginning(unpacked.bytes);
        const auto said = m_builder.addStep(m_step, unpacked.bytes, isText);
        m_builder.close(end);
        if (!said) {
            m_builder.fail(begin, tr("Not unpacked: this message holds too much that is packed."));
            return false;
        }
        m_builder.setSummary(m_step + QStringLiteral(" · ") +
                             (said->isEmpty() ? sizeText(unpacked.bytes.size()) : inOneLine(*said, 100)));
        return true;
    }

    /// False if there is nothing behind the data, whatever the reason.
    bool isWhole(const Unpacked &unpacked, qsizetype begin)
    {
        switch (unpacked.end) {
        case UnpackedEnd::Whole:
            return true;
        case UnpackedEnd::Cut:
            failCut();
            break;
        case UnpackedEnd::Broken:
            m_builder.fail(begin + unpacked.used, tr("The compressed data are broken about here."));
            break;
        case UnpackedEnd::Flushed:
        case UnpackedEnd::Limit:
        case UnpackedEnd::Stopped:
            break;
        }
        return false;
    }

    /// Nothing follows what has been read.
    void expectEnd(qsizetype at)
    {
        if (at < m_bytes.size())
            m_builder.fail(at, tr("Something stands behind the end of the compressed data."));
    }

    NodeBuilder &m_builder;
    const QByteArray m_bytes;
    const QString m_step;
};

// gzip

/// Where the parts of a member's header stand; 0 for what it has not.
struct GzipHeader
{
    qsizetype begin = 0;
    quint8 flags = 0;
    qsizetype extraAt = 0;
    qsizetype nameAt = 0;
    qsizetype commentAt = 0;
    qsizetype checksumAt = 0;
    /// Where the compressed data begin.
    qsizetype end = 0;
};

enum GzipFlag : quint8 { GzipHasChecksum = 2, GzipHasExtra = 4, GzipHasName = 8, GzipHasComment = 16 };

bool isGzip(QByteArrayView bytes)
{
    return bytes.startsWith("\x1f\x8b");
}

/// None if the bytes end before it does.
std::optional<GzipHeader> gzipHeader(QByteArrayView bytes, qsizetype begin)
{
    if (bytes.size() - begin < GzipFixedHeader)
        return {};
    GzipHeader header;
    header.begin = begin;
    header.flags = static_cast<quint8>(bytes[begin + 3]);
    qsizetype at = begin + GzipFixedHeader;
    if ((header.flags & GzipHasExtra) != 0) {
        header.extraAt = at;
        ByteCursor cursor(bytes, at);
        const auto size = cursor.little<quint16>();
        if (!size || !cursor.take(*size))
            return {};
        at = cursor.at();
    }
    const auto skipText = [&](GzipFlag flag, qsizetype &textAt) {
        if ((header.flags & flag) == 0)
            return true;
        textAt = at;
        const qsizetype end = bytes.indexOf('\0', at);
        at = end + 1;
        return end >= 0;
    };
    if (!skipText(GzipHasName, header.nameAt) || !skipText(GzipHasComment, header.commentAt))
        return {};
    if ((header.flags & GzipHasChecksum) != 0) {
        header.checksumAt = at;
        at += 2;
    }
    header.end = at;
    return at <= bytes.size() ? std::optional(header) : std::nullopt;
}

class GzipReader final : CompressionReader
{
public:
    using CompressionReader::CompressionReader;

    void read()
    {
        if (!m_builder.open(u"gzip", Node::Kind::Object, 0))
            return;
        // All members make one content, which is decoded in the only one where there is only one.
        Unpacked content;
        for (qsizetype at = 0;;) {
            const auto header = start(at);
            if (!header)
                break;
            const qsizetype limit = stepLimit();
            const Unpacked part =
                unpackDeflate(view(header->end, m_bytes.size()), limit - content.bytes.size(), goOnFrom(header->end));
            if (part.end == UnpackedEnd::Stopped)
                return;
            content.bytes += part.bytes;
            content.end = part.end == UnpackedEnd::Flushed ? UnpackedEnd::Cut : part.end;
            const qsizetype dataEnd = header->end + part.used;
            const qsizetype end = dataEnd + GzipTrailer;
            const bool hasMore =
                part.end == UnpackedEnd::Whole && end < m_bytes.size() && isGzip(QByteArrayView(m_bytes).sliced(end));
            const bool isOne = at == 0 && !hasMore;
            const bool isRead = addMember(*header, dataEnd, content, isOne) && trailer(part, dataEnd);
            if (!isOne && !m_builder.hasFailed())
                m_builder.close(isRead ? end : dataEnd);
            if (!isRead)
                return finish(content, isOne);
            at = end;
            if (!hasMore) {
                finish(content, isOne);
                expectEnd(at);
                if (!m_builder.hasFailed())
                    m_builder.close(at);
                return;
            }
        }
    }

private:
    std::optional<GzipHeader> start(qsizetype at)
    {
        const QByteArrayView rest = view(at, m_bytes.size());
        if (rest.size() >= 2 && !isGzip(rest)) {
            m_builder.fail(at, tr("No gzip, which begins with 1f 8b."));
            return {};
        }
        if (rest.size() > 2 && rest[2] != 8) {
            m_builder.fail(at + 2, tr("Compressed with method %1; only 8, deflate, is known.").arg(byteAt(at + 2)));
            return {};
        }
        if (rest.size() > 3 && (rest[3] & 0xe0) != 0) {
            m_builder.fail(at + 3, tr("The upper three flags are reserved: always 0."));
            return {};
        }
        const auto header = gzipHeader(m_bytes, at);
        if (!header)
            m_builder.fail(m_bytes.size(), tr("The message ends inside of the header of gzip."));
        return header;
    }

    /// False where there is nothing to go on with.
    bool addMember(const GzipHeader &header, qsizetype dataEnd, const Unpacked &content, bool isOne)
    {
        if (!isOne && !m_builder.open(u"member", Node::Kind::Object, header.begin))
            return false;
        if (!addHeader(header))
            return false;
        if (isOne)
            return addContent(header.end, dataEnd, content);
        m_builder.addPlace(u"compressed data", Node::Kind::Bytes, header.end, dataEnd, header.end);
        return true;
    }

    bool addHeader(const GzipHeader &header)
    {
        const qsizetype at = header.begin;
        m_builder.addPlace(u"magic", Node::Kind::Bytes, at, at + 2, at);
        m_builder.add(u"CM", at + 2, at + 3, 8, u"deflate");
        if (!m_builder.open(u"FLG", Node::Kind::Object, at + 3))
            return false;
        bits(u"FTEXT", at + 3, header.flags & 1);
        bits(u"FHCRC", at + 3, (header.flags >> 1) & 1);
        bits(u"FEXTRA", at + 3, (header.flags >> 2) & 1);
        bits(u"FNAME", at + 3, (header.flags >> 3) & 1);
        bits(u"FCOMMENT", at + 3, (header.flags >> 4) & 1);
        m_builder.close(at + 4);
        const auto time = *ByteCursor(m_bytes, at + 4).little<quint32>();
        m_builder.add(u"MTIME", at + 4, at + 8, time,
                      time == 0 ? tr("no time") : QDateTime::fromSecsSinceEpoch(time).toUTC().toString(Qt::ISODate));
        const quint8 level = byteAt(at + 8);
        m_builder.add(u"XFL", at + 8, at + 9, level,
                      level == 2   ? tr("the slowest, smallest")
                      : level == 4 ? tr("the fastest")
                                   : QString());
        const quint8 system = byteAt(at + 9);
        m_builder.add(u"OS", at + 9, at + 10, system, systemName(system));
        addOptional(header);
        return true;
    }

    void addOptional(const GzipHeader &header)
    {
        if (header.extraAt > 0) {
            const qsizetype size = *ByteCursor(m_bytes, header.extraAt).little<quint16>();
            m_builder.addPlace(u"extra field", Node::Kind::Bytes, header.extraAt, header.extraAt + 2 + size,
                               header.extraAt + 2);
        }
        addText(u"file name", header.nameAt);
        addText(u"comment", header.commentAt);
        if (header.checksumAt > 0) {
            const auto sum = *ByteCursor(m_bytes, header.checksumAt).little<quint16>();
            const bool isRight = sum == (crcOf(view(header.begin, header.checksumAt)) & 0xffff);
            m_builder.add(u"CRC16", header.checksumAt, header.checksumAt + 2, sum,
                          isRight ? tr("right") : tr("wrong: the header was changed"));
        }
    }

    /// Latin-1, which ends with a NUL.
    void addText(QStringView label, qsizetype at)
    {
        if (at == 0)
            return;
        const qsizetype end = m_bytes.indexOf('\0', at);
        m_builder.add(label, Node::Kind::String, at, end + 1, QString::fromLatin1(view(at, end)));
    }

    [[nodiscard]] static QString systemName(quint8 system)
    {
        static constexpr std::array names{"FAT",       "Amiga", "VMS",       "Unix",        "VM/CMS",
                                          "Atari TOS", "HPFS",  "Macintosh", "Z-System",    "CP/M",
                                          "TOPS-20",   "NTFS",  "QDOS",      "Acorn RISCOS"};
        if (system < names.size())
            return QString::fromLatin1(names[system]);
        return system == 255 ? tr("unknown") : QString();
    }

    /// Says what is wrong with the data, or with what stands behind them.
    bool trailer(const Unpacked &part, qsizetype at)
    {
        if (part.end == UnpackedEnd::Flushed) {
            failCut();
            return false;
        }
        if (!isWhole(part, at - part.used))
            return false;
        ByteCursor cursor(m_bytes, at);
        const auto sum = cursor.little<quint32>();
        const auto size = cursor.little<quint32>();
        if (!size) {
            m_builder.fail(m_bytes.size(), tr("The message ends before the checksum does."));
            return false;
        }
        const bool isRight = *sum == crcOf(part.bytes);
        m_builder.add(u"CRC32", Node::Kind::Number, at, at + 4, QString::number(*sum),
                      checksumText(*sum) + QStringLiteral(", ") + (isRight ? tr("right") : tr("wrong")));
        m_builder.add(u"ISIZE", at + 4, at + 8, *size);
        if (!isRight)
            m_builder.fail(at, tr("The checksum is not that of the content."));
        else if (*size != static_cast<quint32>(part.bytes.size()))
            m_builder.fail(at + 4, tr("The size is not that of the content."));
        return !m_builder.hasFailed();
    }

    /// What all members made, unless the only one holds it.
    void finish(const Unpacked &content, bool isOne)
    {
        if (isOne || m_builder.hasFailed())
            return;
        const qsizetype end = m_bytes.size();
        static_cast<void>(addContent(end, end, content));
    }
};

// zlib

class ZlibReader final : CompressionReader
{
public:
    using CompressionReader::CompressionReader;

    void read()
    {
        if (!m_builder.open(u"zlib", Node::Kind::Object, 0))
            return;
        const auto dataAt = header();
        if (!dataAt)
            return;
        const Unpacked unpacked = unpackDeflate(view(*dataAt, m_bytes.size()), stepLimit(), goOnFrom(*dataAt));
        if (unpacked.end == UnpackedEnd::Stopped)
            return;
        const qsizetype end = *dataAt + unpacked.used;
        if (!addContent(*dataAt, end, unpacked) || !isWhole(unpacked, *dataAt))
            return;
        const auto sum = ByteCursor(m_bytes, end).big<quint32>();
        if (!sum) {
            m_builder.fail(m_bytes.size(), tr("The message ends before the checksum does."));
            return;
        }
        const bool isRight = *sum == adlerOf(unpacked.bytes);
        m_builder.add(u"ADLER32", Node::Kind::Number, end, end + 4, QString::number(*sum),
                      checksumText(*sum) + QStringLiteral(", ") + (isRight ? tr("right") : tr("wrong")));
        if (!isRight) {
            m_builder.fail(end, tr("The checksum is not that of the content."));
            return;
        }
        expectEnd(end + 4);
    }

private:
    /// Where the data begin.
    std::optional<qsizetype> header()
    {
        if (m_bytes.size() < 2) {
            m_builder.fail(m_bytes.size(), tr("The message ends inside of the header of zlib."));
            return {};
        }
        const quint8 method = byteAt(0);
        const quint8 flags = byteAt(1);
        if ((method & 15) != 8) {
            m_builder.fail(0, tr("Compressed with method %1; only 8, deflate, is known.").arg(method & 15));
            return {};
        }
        if (method >> 4 > 7 || (method * 256 + flags) % 31 != 0) {
            m_builder.fail(0, tr("No header of zlib: its check bits do not fit."));
            return {};
        }
        if (!m_builder.open(u"CMF", Node::Kind::Object, 0))
            return {};
        bits(u"CM", 0, 8, u"deflate");
        bits(u"CINFO", 0, method >> 4, tr("a window of %1 B").arg(256 << (method >> 4)));
        m_builder.close(1);
        if (!m_builder.open(u"FLG", Node::Kind::Object, 1))
            return {};
        const QString levels[]{tr("the fastest"), tr("fast"), tr("the default"), tr("the slowest, smallest")};
        bits(u"FCHECK", 1, flags & 31);
        bits(u"FDICT", 1, (flags >> 5) & 1);
        bits(u"FLEVEL", 1, flags >> 6, levels[flags >> 6]);
        m_builder.close(2);
        if ((flags & 32) == 0)
            return 2;
        if (const auto id = ByteCursor(m_bytes, 2).big<quint32>())
            m_builder.add(u"DICTID", 2, 6, *id);
        m_builder.fail(std::min<qsizetype>(6, m_bytes.size()),
                       tr("Compressed with a dictionary that both sides know: not in the message."));
        return {};
    }
};

// deflate and brotli

class BareReader final : CompressionReader
{
public:
    using CompressionReader::CompressionReader;

    void read(QStringView label, Unpacked (*unpack)(QByteArrayView packed, qsizetype limit, const GoOn &goOn))
    {
        if (!m_builder.open(label, Node::Kind::Object, 0))
            return;
        const Unpacked unpacked = unpack(m_bytes, stepLimit(), goOnFrom(0));
        if (unpacked.end == UnpackedEnd::Stopped || !addContent(0, unpacked.used, unpacked) || !isWhole(unpacked, 0))
            return;
        expectEnd(unpacked.used);
    }
};

// Zstandard

struct ZstdHeader
{
    qsizetype begin = 0;
    quint8 descriptor = 0;
    /// Where they begin; 0 for what there is not.
    qsizetype windowAt = 0;
    qsizetype dictionaryAt = 0;
    qsizetype sizeAt = 0;
    qsizetype end = 0;
    [[nodiscard]] bool hasChecksum() const { return (descriptor & 4) != 0; }
    [[nodiscard]] bool isSingleSegment() const { return (descriptor & 32) != 0; }
};

/// None if the bytes end before it does.
std::optional<ZstdHeader> zstdHeader(QByteArrayView bytes, qsizetype begin)
{
    static constexpr std::array<qsizetype, 4> DictionarySizes{0, 1, 2, 4};
    static constexpr std::array<qsizetype, 4> ContentSizes{0, 2, 4, 8};
    if (bytes.size() - begin < 5)
        return {};
    ZstdHeader header;
    header.begin = begin;
    header.descriptor = static_cast<quint8>(bytes[begin + 4]);
    qsizetype at = begin + 5;
    if (!header.isSingleSegment())
        header.windowAt = at++;
    const qsizetype dictionary = DictionarySizes[header.descriptor & 3];
    header.dictionaryAt = dictionary > 0 ? at : 0;
    at += dictionary;
    qsizetype size = ContentSizes[header.descriptor >> 6];
    if (size == 0 && header.isSingleSegment())
        size = 1;
    header.sizeAt = size > 0 ? at : 0;
    header.end = at + size;
    return header.end <= bytes.size() ? std::optional(header) : std::nullopt;
}

quint32 zstdMagicAt(QByteArrayView bytes, qsizetype at)
{
    return ByteCursor(bytes, at).little<quint32>().value_or(0);
}

bool isZstdSkippable(quint32 magic)
{
    return (magic & 0xffff'fff0) == ZstdSkippableMagic;
}

class ZstdReader final : CompressionReader
{
public:
    using CompressionReader::CompressionReader;

    void read()
    {
        if (!m_builder.open(u"zstd", Node::Kind::Object, 0))
            return;
        Unpacked content;
        content.end = UnpackedEnd::Whole;
        const bool isOne = zstdMagicAt(m_bytes, 0) == ZstdMagic && isOnlyFrame();
        qsizetype at = 0;
        do {
            at = frame(at, content, isOne);
        } while (at > 0 && at < m_bytes.size() && m_builder.goOn(at));
        if (!isOne && !m_builder.isStopped() && !m_builder.hasFailed())
            static_cast<void>(addContent(m_bytes.size(), m_bytes.size(), content));
    }

private:
    /// Tells it from the sizes of the blocks.
    [[nodiscard]] bool isOnlyFrame() const
    {
        const auto header = zstdHeader(m_bytes, 0);
        if (!header)
            return true;
        ByteCursor cursor(m_bytes, header->end);
        while (true) {
            const auto low = cursor.little<quint16>();
            const auto high = cursor.byte();
            if (!high)
                return true;
            const quint32 block = *low | quint32(*high) << 16;
            const bool isRepeated = (block >> 1 & 3) == 1;
            if (!cursor.take(isRepeated ? 1 : block >> 3))
                return true;
            if ((block & 1) != 0)
                break;
        }
        if (header->hasChecksum() && !cursor.take(4))
            return true;
        const quint32 next = zstdMagicAt(m_bytes, cursor.at());
        return next != ZstdMagic && !isZstdSkippable(next);
    }

    /// Where the next one begins; 0 if there is none.
    qsizetype frame(qsizetype at, Unpacked &content, bool isOne)
    {
        const quint32 magic = zstdMagicAt(m_bytes, at);
        if (m_bytes.size() - at < 4) {
            if (QByteArrayView("\x28\xb5\x2f\xfd").startsWith(view(at, m_bytes.size())))
                m_builder.fail(m_bytes.size(), tr("The message ends inside of the header of Zstandard."));
            else
                m_builder.fail(at, tr("No frame of Zstandard, which begins with 28 b5 2f fd."));
            return 0;
        }
        if (isZstdSkippable(magic))
            return skippable(at);
        if (magic != ZstdMagic) {
            m_builder.fail(at, tr("No frame of Zstandard, which begins with 28 b5 2f fd."));
            return 0;
        }
        const auto header = zstdHeader(m_bytes, at);
        if (!header) {
            m_builder.fail(m_bytes.size(), tr("The message ends inside of the header of Zstandard."));
            return 0;
        }
        if (!isOne && !m_builder.open(u"frame", Node::Kind::Object, at))
            return 0;
        if (!addHeader(*header))
            return 0;
        const Unpacked part =
            unpackZstdFrame(view(at, m_bytes.size()), stepLimit() - content.bytes.size(), goOnFrom(at));
        if (part.end == UnpackedEnd::Stopped)
            return 0;
        content.bytes += part.bytes;
        content.end = part.end;
        const qsizetype end = at + part.used;
        const bool hasSum = header->hasChecksum() && part.end == UnpackedEnd::Whole;
        const qsizetype dataEnd = std::max(header->end, hasSum ? end - 4 : end);
        if (isOne) {
            if (!addContent(header->end, dataEnd, part))
                return 0;
        } else {
            m_builder.addPlace(u"compressed data", Node::Kind::Bytes, header->end, dataEnd, header->end);
        }
        if (!isWhole(part, at))
            return 0;
        if (hasSum)
            m_builder.add(u"content checksum", end - 4, end, zstdMagicAt(m_bytes, end - 4), tr("right"));
        if (!isOne)
            m_builder.close(end);
        return end;
    }

    qsizetype skippable(qsizetype at)
    {
        ByteCursor cursor(m_bytes, at + 4);
        const auto size = cursor.little<quint32>();
        if (!size || !cursor.take(*size)) {
            m_builder.fail(m_bytes.size(), tr("The message ends inside of a frame of Zstandard."));
            return 0;
        }
        m_builder.addPlace(u"skippable frame", Node::Kind::Bytes, at, cursor.at(), at + 8);
        return cursor.at();
    }

    bool addHeader(const ZstdHeader &header)
    {
        const qsizetype at = header.begin;
        m_builder.addPlace(u"magic", Node::Kind::Bytes, at, at + 4, at);
        if (!m_builder.open(u"frame header descriptor", Node::Kind::Object, at + 4))
            return false;
        bits(u"frame content size flag", at + 4, header.descriptor >> 6);
        bits(u"single segment flag", at + 4, (header.descriptor >> 5) & 1);
        bits(u"content checksum flag", at + 4, (header.descriptor >> 2) & 1);
        bits(u"dictionary id flag", at + 4, header.descriptor & 3);
        m_builder.close(at + 5);
        if ((header.descriptor & 8) != 0) {
            m_builder.fail(at + 4, tr("A reserved bit of the frame's header is set."));
            return false;
        }
        if (header.windowAt > 0) {
            const quint8 window = byteAt(header.windowAt);
            const quint64 base = quint64(1) << (10 + (window >> 3));
            m_builder.add(u"window descriptor", header.windowAt, header.windowAt + 1, window,
                          tr("a window of %1 B").arg(base + base / 8 * (window & 7)));
        }
        const qsizetype sizeAt = header.sizeAt > 0 ? header.sizeAt : header.end;
        if (header.dictionaryAt > 0) {
            m_builder.add(u"dictionary id", Node::Kind::Number, header.dictionaryAt, sizeAt,
                          QString::number(littleEndian(header.dictionaryAt, sizeAt)));
        }
        if (header.sizeAt > 0) {
            // Sizes of two bytes begin at 256 (RFC 8878, section 3.1.1.1.4).
            const quint64 more = header.end - sizeAt == 2 ? 256 : 0;
            m_builder.add(u"frame content size", Node::Kind::Number, sizeAt, header.end,
                          QString::number(littleEndian(sizeAt, header.end) + more));
        }
        return true;
    }

    [[nodiscard]] quint64 littleEndian(qsizetype begin, qsizetype end) const
    {
        quint64 value = 0;
        while (end > begin)
            value = value << 8 | byteAt(--end);
        return value;
    }
};

QByteArrayView compressionBeginning(const DecodeInput &input)
{
    return QByteArrayView(input.payload).first(std::min(input.payload.size(), CompressionProbePacked));
}

} // namespace

Certainty GzipDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes = compressionBeginning(input);
    const auto header = gzipHeader(bytes, 0);
    if (!isGzip(bytes) || !header || bytes[2] != 8 || (header->flags & 0xe0) != 0)
        return Certainty::None;
    const Unpacked part = unpackDeflate(bytes.sliced(header->end), CompressionProbeUnpacked);
    if (part.end == UnpackedEnd::Broken)
        return Certainty::None;
    const auto sum = ByteCursor(bytes, header->end + part.used).little<quint32>();
    return part.end == UnpackedEnd::Whole && sum == crcOf(part.bytes) ? Certainty::Sure : Certainty::Likely;
}

void GzipDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    GzipReader(builder, input.payload, id()).read();
}

Certainty ZlibDecoder::probe(const DecodeInput &input) const
{
    constexpr std::array<char, 4> Flush{0, 0, '\xff', '\xff'};
    const QByteArrayView bytes = compressionBeginning(input);
    if (bytes.size() < 6 || (bytes[0] & 0x8f) != 8 || (bytes[1] & 32) != 0 ||
        (uchar(bytes[0]) * 256 + uchar(bytes[1])) % 31 != 0)
        return Certainty::None;
    const Unpacked part = unpackDeflate(bytes.sliced(2), CompressionProbeUnpacked);
    switch (part.end) {
    case UnpackedEnd::Whole: {
        const auto sum = ByteCursor(bytes, 2 + part.used).big<quint32>();
        const bool isLast = 2 + part.used + 4 == input.payload.size();
        return isLast && sum == adlerOf(part.bytes) ? Certainty::Sure : Certainty::None;
    }
    case UnpackedEnd::Flushed:
        return bytes.endsWith(QByteArrayView(Flush.data(), 4)) ? Certainty::Sure : Certainty::None;
    case UnpackedEnd::Cut:
    case UnpackedEnd::Limit:
        // So many bytes without a mistake are no chance.
        return bytes.size() == CompressionProbePacked || part.end == UnpackedEnd::Limit ? Certainty::Likely
                                                                                        : Certainty::None;
    case UnpackedEnd::Broken:
    case UnpackedEnd::Stopped:
        break;
    }
    return Certainty::None;
}

void ZlibDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    ZlibReader(builder, input.payload, id()).read();
}

void DeflateDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    BareReader(builder, input.payload, id())
        .read(u"deflate", [](QByteArrayView packed, qsizetype limit, const GoOn &goOn) {
            return unpackDeflate(packed, limit, goOn);
        });
}

Certainty ZstdDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes = compressionBeginning(input);
    const auto header = zstdHeader(bytes, 0);
    if (zstdMagicAt(bytes, 0) != ZstdMagic || !header || (header->descriptor & 8) != 0)
        return Certainty::None;
    const Unpacked part = unpackZstdFrame(bytes, CompressionProbeUnpacked);
    if (part.end == UnpackedEnd::Broken)
        return Certainty::Likely;
    return part.end == UnpackedEnd::Whole ? Certainty::Sure : Certainty::Likely;
}

void ZstdDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    ZstdReader(builder, input.payload, id()).read();
}

void BrotliDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    BareReader(builder, input.payload, id()).read(u"brotli", unpackBrotli);
}

} // namespace sockeye
