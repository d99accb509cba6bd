#include "encodings/ImageDecoder.h"

#include "base/Units.h"
#include "decode/ByteCursor.h"
#include "encodings/ReadableText.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include <zlib.h>

namespace sockeye {

namespace {

enum class ImageKind : quint8 { None, Png, Jpeg, Gif, WebP, Bmp };
enum class ImageOrder : quint8 { Big, Little };

constexpr QByteArrayView PngSignature("\x89PNG\r\n\x1a\n", 8);
constexpr qsizetype BmpFileHeader = 14;
/// Of the headers that there are: what stands in the first four bytes.
constexpr std::array<quint32, 7> BmpHeaderSizes{12, 40, 52, 56, 64, 108, 124};

ImageKind imageKind(QByteArrayView bytes)
{
    if (bytes.startsWith(PngSignature))
        return ImageKind::Png;
    if (bytes.startsWith("\xff\xd8\xff"))
        return ImageKind::Jpeg;
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return ImageKind::Gif;
    if (bytes.size() >= 12 && bytes.startsWith("RIFF") && bytes.sliced(8).startsWith("WEBP"))
        return ImageKind::WebP;
    if (bytes.startsWith("BM"))
        return ImageKind::Bmp;
    return ImageKind::None;
}

/// What all kinds have in common: fields one after another.
class ImageReader
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ImageDecoder)

public:
    ImageReader(NodeBuilder &builder, const QByteArray &bytes)
        : m_builder(builder)
        , m_bytes(bytes)
        , m_limit(bytes.size())
    {
    }

protected:
    using Order = ImageOrder;

    [[nodiscard]] QByteArrayView view(qsizetype begin, qsizetype end) const
    {
        return QByteArrayView(m_bytes).sliced(begin, end - begin);
    }
    [[nodiscard]] QByteArrayView rest() const { return view(m_at, m_limit); }
    [[nodiscard]] quint8 byteAt(qsizetype at) const { return static_cast<quint8>(m_bytes.at(at)); }
    [[nodiscard]] qsizetype left() const { return m_limit - m_at; }

    bool fail(qsizetype at, const QString &rule)
    {
        m_builder.fail(at, rule);
        return false;
    }

    /// Whether so many bytes are there, of the part that is read; says so if they are not.
    bool need(qsizetype size)
    {
        if (size <= left())
            return true;
        return m_limit < m_bytes.size() ? fail(m_at, tr("This part of the image is too short for its fields."))
                                        : fail(m_bytes.size(), tr("The message ends inside of the image."));
    }

    std::optional<quint64> peekNumber(qsizetype size, Order order)
    {
        if (!need(size))
            return {};
        quint64 value = 0;
        for (qsizetype i = 0; i < size; ++i)
            value = value << 8 | byteAt(order == Order::Big ? m_at + i : m_at + size - 1 - i);
        return value;
    }

    std::optional<quint64> number(QStringView label, qsizetype size, Order order)
    {
        const auto value = peekNumber(size, order);
        if (value) {
            m_builder.add(label, Node::Kind::Number, m_at, m_at + size, QString::number(*value));
            m_at += size;
        }
        return value;
    }

    /// A field of which one value has a meaning that its number does not say.
    std::optional<quint64> noted(QStringView label, qsizetype size, Order order, const QStringList &meanings)
    {
        const auto value = number(label, size, order);
        if (value && *value < static_cast<quint64>(meanings.size()))
            m_builder.note(meanings[static_cast<qsizetype>(*value)]);
        return value;
    }

    bool text(QStringView label, qsizetype size, QStringView note = {})
    {
        if (!need(size))
            return false;
        const bool isText = isReadableText(view(m_at, m_at + size));
        m_builder.addPlace(label, isText ? Node::Kind::String : Node::Kind::Bytes, m_at, m_at + size, m_at, note);
        m_at += size;
        return true;
    }

    /// Also of Latin-1, which PNG and GIF write.
    void latin(QStringView label, qsizetype end, qsizetype valueEnd)
    {
        m_builder.add(label, Node::Kind::String, m_at, valueEnd, QString::fromLatin1(view(m_at, end)));
        m_at = valueEnd;
    }

    void bytes(QStringView label, qsizetype end)
    {
        if (end > m_at)
            m_builder.addPlace(label, Node::Kind::Bytes, m_at, end, m_at);
        m_at = end;
    }

    /// One of several values in a byte that is open.
    void bits(QStringView label, qsizetype at, quint64 value, QStringView note = {})
    {
        m_builder.add(label, at, at, static_cast<qint64>(value), note);
    }

    void tell(const QString &kind, quint64 width, quint64 height, const QString &more)
    {
        m_builder.setSummary(
            QStringLiteral("%1 %2 × %3%4 · %5")
                .arg(kind)
                .arg(width)
                .arg(height)
                .arg(more.isEmpty() ? QString() : QStringLiteral(", ") + more, sizeText(m_bytes.size())));
    }

    NodeBuilder &m_builder;
    const QByteArray m_bytes;
    qsizetype m_at = 0;
    /// Where the part ends that is read.
    qsizetype m_limit;
};

// PNG

class PngReader final : ImageReader
{
public:
    using ImageReader::ImageReader;

    void read()
    {
        if (!m_builder.open(u"PNG", Node::Kind::Object, 0))
            return;
        bytes(u"signature", PngSignature.size());
        while (m_builder.goOn(m_at)) {
            if (m_hasEnd) {
                if (m_at < m_bytes.size())
                    fail(m_at, tr("Something stands behind the end of the image."));
                return;
            }
            if (!chunk())
                return;
        }
    }

private:
    bool chunk()
    {
        const qsizetype begin = m_at;
        if (left() == 0)
            return fail(m_at, tr("The message ends before the image does."));
        if (!need(8))
            return false;
        const quint64 length = *peekNumber(4, Order::Big);
        const QByteArrayView type = view(begin + 4, begin + 8);
        const bool isType = std::all_of(type.begin(), type.end(),
                                        [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
        if (!isType)
            return fail(begin + 4, tr("The type of a chunk is four letters."));
        if (!m_builder.open(QString::fromLatin1(type), Node::Kind::Object, begin))
            return false;
        number(u"length", 4, Order::Big);
        text(u"type", 4);
        if (length > static_cast<quint64>(left())) {
            bytes(u"data", m_limit);
            return fail(m_bytes.size(), tr("The message ends inside of the image."));
        }
        m_limit = m_at + static_cast<qsizetype>(length);
        const qsizetype end = m_limit;
        const bool isRead = data(type);
        m_limit = m_bytes.size();
        if (!isRead)
            return false;
        m_at = end;
        if (!need(4))
            return false;
        const quint64 sum = *peekNumber(4, Order::Big);
        const auto *summed = reinterpret_cast<const Bytef *>(m_bytes.constData() + begin + 4);
        const bool isRight = sum == crc32_z(0, summed, static_cast<size_t>(end - begin - 4));
        number(u"CRC", 4, Order::Big);
        m_builder.note(isRight ? tr("right") : tr("wrong: the chunk was changed"));
        m_hasEnd = type == "IEND";
        m_builder.close(m_at);
        return true;
    }

    bool data(QByteArrayView type)
    {
        if (type == "IHDR")
            return header();
        if (type == "tEXt" || type == "zTXt" || type == "iTXt")
            return words(type);
        if (type == "pHYs")
            return number(u"pixels per unit, X axis", 4, Order::Big) &&
                   number(u"pixels per unit, Y axis", 4, Order::Big) &&
                   noted(u"unit specifier", 1, Order::Big, {tr("unknown"), tr("metre")});
        if (type == "tIME")
            return number(u"year", 2, Order::Big) && number(u"month", 1, Order::Big) && number(u"day", 1, Order::Big) &&
                   number(u"hour", 1, Order::Big) && number(u"minute", 1, Order::Big) &&
                   number(u"second", 1, Order::Big);
        if (type == "gAMA")
            return number(u"gamma", 4, Order::Big).has_value();
        if (type == "acTL")
            return number(u"frames", 4, Order::Big) && number(u"plays", 4, Order::Big);
        bytes(u"data", m_limit);
        return true;
    }

    bool header()
    {
        const auto width = number(u"width", 4, Order::Big);
        const auto height = width ? number(u"height", 4, Order::Big) : std::nullopt;
        const auto depth = height ? number(u"bit depth", 1, Order::Big) : std::nullopt;
        static const QStringList types{QStringLiteral("greyscale"),
                                       QString(),
                                       QStringLiteral("RGB"),
                                       QStringLiteral("palette"),
                                       QStringLiteral("greyscale with alpha"),
                                       QString(),
                                       QStringLiteral("RGBA")};
        const auto type = depth ? noted(u"colour type", 1, Order::Big, types) : std::nullopt;
        if (!type || !number(u"compression method", 1, Order::Big) || !number(u"filter method", 1, Order::Big) ||
            !noted(u"interlace method", 1, Order::Big, {tr("none"), QStringLiteral("Adam7")}))
            return false;
        const QString colours = *type < static_cast<quint64>(types.size()) ? types[qsizetype(*type)] : QString();
        tell(QStringLiteral("PNG"), *width, *height, tr("%1 %2 bit").arg(colours).arg(*depth).trimmed());
        return true;
    }

    /// A keyword and a text, which may be compressed.
    bool words(QByteArrayView type)
    {
        if (!terminated(u"keyword"))
            return false;
        bool isPacked = type == "zTXt";
        if (type == "iTXt") {
            const auto flag = number(u"compression flag", 1, Order::Big);
            if (!flag || !number(u"compression method", 1, Order::Big) || !terminated(u"language tag") ||
                !terminated(u"translated keyword"))
                return false;
            isPacked = *flag == 1;
        } else if (isPacked && !number(u"compression method", 1, Order::Big)) {
            return false;
        }
        if (type == "tEXt")
            latin(u"text", m_limit, m_limit);
        else
            m_builder.addInner(u"text", m_at, m_limit, m_at, !isPacked && isReadableText(rest()));
        m_at = m_limit;
        return true;
    }

    bool terminated(QStringView label)
    {
        const qsizetype end = QByteArrayView(m_bytes).first(m_limit).indexOf('\0', m_at);
        if (end < 0)
            return fail(m_at, tr("The text has no end: a byte 0."));
        latin(label, end, end + 1);
        return true;
    }

    bool m_hasEnd = false;
};

// JPEG

class JpegReader final : ImageReader
{
public:
    using ImageReader::ImageReader;

    void read()
    {
        if (!m_builder.open(u"JPEG", Node::Kind::Object, 0))
            return;
        while (m_builder.goOn(m_at) && segment()) {
            if (m_hasEnd) {
                // Cameras and editors leave more behind it.
                bytes(u"behind the image", m_bytes.size());
                return;
            }
        }
    }

private:
    static QString markerName(quint8 marker)
    {
        if (marker >= 0xe0 && marker <= 0xef)
            return QStringLiteral("APP%1").arg(marker - 0xe0);
        if (marker >= 0xd0 && marker <= 0xd7)
            return QStringLiteral("RST%1").arg(marker - 0xd0);
        switch (marker) {
        case 0xc4:
            return QStringLiteral("DHT");
        case 0xc8:
            return QStringLiteral("JPG");
        case 0xcc:
            return QStringLiteral("DAC");
        case 0xd8:
            return QStringLiteral("SOI");
        case 0xd9:
            return QStringLiteral("EOI");
        case 0xda:
            return QStringLiteral("SOS");
        case 0xdb:
            return QStringLiteral("DQT");
        case 0xdc:
            return QStringLiteral("DNL");
        case 0xdd:
            return QStringLiteral("DRI");
        case 0xfe:
            return QStringLiteral("COM");
        default:
            break;
        }
        return marker >= 0xc0 && marker <= 0xcf ? QStringLiteral("SOF%1").arg(marker - 0xc0)
                                                : QStringLiteral("marker %1").arg(marker, 2, 16, QLatin1Char('0'));
    }

    static bool isFrame(quint8 marker)
    {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    bool segment()
    {
        const qsizetype begin = m_at;
        if (left() == 0)
            return fail(m_at, tr("The message ends before the image does."));
        if (byteAt(m_at) != 0xff)
            return fail(m_at, tr("A marker has to stand here, which begins with ff."));
        qsizetype at = m_at + 1;
        // Any number of ff may stand before a marker.
        while (at < m_limit && byteAt(at) == 0xff)
            ++at;
        if (at >= m_limit)
            return fail(m_bytes.size(), tr("The message ends inside of the image."));
        const quint8 marker = byteAt(at);
        const QString label = markerName(marker);
        if (marker == 0xd8 || marker == 0xd9 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
            bytes(label, at + 1);
            m_hasEnd = marker == 0xd9;
            return true;
        }
        if (marker == 0)
            return fail(begin, tr("A marker has to stand here, and 00 is none."));
        if (!m_builder.open(label, Node::Kind::Object, begin))
            return false;
        bytes(u"marker", at + 1);
        const auto length = number(u"length", 2, Order::Big);
        if (!length)
            return false;
        if (*length < 2)
            return fail(m_at - 2, tr("The length counts its own two bytes: it is not %1.").arg(*length));
        const auto size = static_cast<qsizetype>(*length) - 2;
        if (size > left()) {
            bytes(u"data", m_limit);
            return fail(m_bytes.size(), tr("The message ends inside of the image."));
        }
        const qsizetype end = m_at + size;
        m_limit = end;
        const bool isRead = data(marker);
        m_limit = m_bytes.size();
        if (!isRead)
            return false;
        bytes(u"data", end);
        m_builder.close(end);
        if (marker == 0xda)
            scan();
        return true;
    }

    bool data(quint8 marker)
    {
        if (isFrame(marker))
            return frame(marker);
        if (marker == 0xfe) {
            m_builder.addInner(u"comment", m_at, m_limit, m_at, isReadableText(rest()));
            m_at = m_limit;
            return true;
        }
        if (marker == 0xdd)
            return number(u"restart interval", 2, Order::Big).has_value();
        if (marker == 0xe0 && rest().startsWith(QByteArrayView("JFIF\0", 5)))
            return jfif();
        if (marker == 0xe1 && rest().startsWith(QByteArrayView("Exif\0\0", 6)))
            return text(u"identifier", 4) && (bytes(u"padding", m_at + 2), bytes(u"Exif", m_limit), true);
        constexpr QByteArrayView Xmp("http://ns.adobe.com/xap/1.0/\0", 29);
        if (marker == 0xe1 && rest().startsWith(Xmp)) {
            m_builder.addPlace(u"identifier", Node::Kind::String, m_at, m_at + Xmp.size(), m_at);
            m_at += Xmp.size();
            m_builder.addInner(u"XMP", m_at, m_limit, m_at, isReadableText(rest()));
            m_at = m_limit;
        }
        return true;
    }

    bool jfif()
    {
        text(u"identifier", 4);
        ++m_at;
        return number(u"version, major", 1, Order::Big) && number(u"version, minor", 1, Order::Big) &&
               noted(u"units", 1, Order::Big, {tr("only a ratio"), tr("per inch"), tr("per centimetre")}) &&
               number(u"X density", 2, Order::Big) && number(u"Y density", 2, Order::Big) &&
               number(u"thumbnail width", 1, Order::Big) && number(u"thumbnail height", 1, Order::Big);
    }

    bool frame(quint8 marker)
    {
        const auto precision = number(u"precision", 1, Order::Big);
        const auto height = precision ? number(u"height", 2, Order::Big) : std::nullopt;
        const auto width = height ? number(u"width", 2, Order::Big) : std::nullopt;
        const auto components = width ? number(u"components", 1, Order::Big) : std::nullopt;
        if (!components)
            return false;
        QString colours;
        if (*components == 1)
            colours = QStringLiteral("greyscale");
        else if (*components == 3)
            colours = tr("colour");
        else if (*components == 4)
            colours = QStringLiteral("CMYK");
        m_builder.note(colours);
        QString more = QStringLiteral("%1 %2 bit").arg(colours).arg(*precision).trimmed();
        if ((marker & 3) == 2)
            more += QStringLiteral(", ") + tr("progressive");
        tell(QStringLiteral("JPEG"), *width, *height, more);
        return true;
    }

    /// Up to a marker that is neither an escaped ff nor a restart.
    void scan()
    {
        const QByteArrayView all(m_bytes);
        qsizetype end = m_at;
        while (true) {
            end = all.indexOf('\xff', end);
            if (end < 0 || end + 1 >= m_bytes.size()) {
                end = m_bytes.size();
                break;
            }
            const quint8 next = byteAt(end + 1);
            if (next != 0 && (next < 0xd0 || next > 0xd7) && next != 0xff)
                break;
            end += next == 0xff ? 1 : 2;
            if (!m_builder.goOn(end))
                break;
        }
        bytes(u"entropy-coded data", end);
    }

    bool m_hasEnd = false;
};

// GIF

class GifReader final : ImageReader
{
public:
    using ImageReader::ImageReader;

    void read()
    {
        if (!m_builder.open(u"GIF", Node::Kind::Object, 0) || !text(u"signature", 6) || !screen())
            return;
        while (m_builder.goOn(m_at)) {
            if (left() == 0) {
                fail(m_at, tr("The message ends before the image does."));
                return;
            }
            switch (byteAt(m_at)) {
            case 0x3b:
                bytes(u"trailer", m_at + 1);
                tellFrames();
                if (m_at < m_bytes.size())
                    fail(m_at, tr("Something stands behind the end of the image."));
                return;
            case 0x2c:
                if (!image())
                    return;
                break;
            case 0x21:
                if (!extension())
                    return;
                break;
            default:
                fail(m_at, tr("No block of a GIF begins with this byte."));
                return;
            }
        }
    }

private:
    void tellFrames()
    {
        tell(QStringLiteral("GIF"), m_width, m_height, m_frames > 1 ? tr("%1 frames").arg(m_frames) : QString());
    }

    bool screen()
    {
        const auto width = number(u"logical screen width", 2, Order::Little);
        const auto height = width ? number(u"logical screen height", 2, Order::Little) : std::nullopt;
        if (!height || !need(3))
            return false;
        m_width = *width;
        m_height = *height;
        tellFrames();
        const quint8 packed = byteAt(m_at);
        if (!m_builder.open(u"packed fields", Node::Kind::Object, m_at))
            return false;
        bits(u"global colour table flag", m_at, packed >> 7);
        bits(u"colour resolution", m_at, (packed >> 4) & 7);
        bits(u"sort flag", m_at, (packed >> 3) & 1);
        bits(u"size of global colour table", m_at, packed & 7, tr("%1 colours").arg(2 << (packed & 7)));
        m_builder.close(++m_at);
        number(u"background colour index", 1, Order::Little);
        number(u"pixel aspect ratio", 1, Order::Little);
        return (packed & 0x80) == 0 || table(u"global colour table", packed);
    }

    bool table(QStringView label, quint8 packed)
    {
        const qsizetype size = qsizetype(6) << (packed & 7);
        if (!need(size))
            return false;
        bytes(label, m_at + size);
        return true;
    }

    bool image()
    {
        ++m_frames;
        if (!m_builder.open(u"image", Node::Kind::Object, m_at))
            return false;
        bytes(u"image separator", m_at + 1);
        if (!number(u"left position", 2, Order::Little) || !number(u"top position", 2, Order::Little) ||
            !number(u"width", 2, Order::Little) || !number(u"height", 2, Order::Little) || !need(1))
            return false;
        const quint8 packed = byteAt(m_at);
        if (!m_builder.open(u"packed fields", Node::Kind::Object, m_at))
            return false;
        bits(u"local colour table flag", m_at, packed >> 7);
        bits(u"interlace flag", m_at, (packed >> 6) & 1);
        bits(u"sort flag", m_at, (packed >> 5) & 1);
        bits(u"size of local colour table", m_at, packed & 7);
        m_builder.close(++m_at);
        if ((packed & 0x80) != 0 && !table(u"local colour table", packed))
            return false;
        if (!number(u"LZW minimum code size", 1, Order::Little) || !blocks(u"image data", false))
            return false;
        m_builder.close(m_at);
        return true;
    }

    /// Pieces of up to 255 bytes, each behind its length; one of no bytes ends them.
    bool blocks(QStringView label, bool mayBeText)
    {
        qsizetype at = m_at;
        while (true) {
            if (at >= m_limit) {
                bytes(label, m_limit);
                return fail(m_bytes.size(), tr("The message ends inside of the image."));
            }
            const quint8 size = byteAt(at);
            at += 1 + size;
            if (size == 0)
                break;
            if (!m_builder.goOn(at))
                return false;
        }
        // A comment of one piece is text by itself.
        const qsizetype size = byteAt(m_at);
        if (mayBeText && m_at + size + 2 == at && isReadableText(view(m_at + 1, m_at + 1 + size)) && size > 0) {
            m_builder.add(label, Node::Kind::String, m_at, at, QString::fromUtf8(view(m_at + 1, m_at + 1 + size)));
            m_at = at;
        } else {
            bytes(label, at);
        }
        return true;
    }

    bool extension()
    {
        if (!need(2))
            return false;
        const quint8 kind = byteAt(m_at + 1);
        QString label = tr("extension %1").arg(kind);
        if (kind == 0xf9)
            label = QStringLiteral("graphic control extension");
        else if (kind == 0xfe)
            label = QStringLiteral("comment extension");
        else if (kind == 0xff)
            label = QStringLiteral("application extension");
        else if (kind == 0x01)
            label = QStringLiteral("plain text extension");
        if (!m_builder.open(label, Node::Kind::Object, m_at))
            return false;
        bytes(u"extension introducer", m_at + 1);
        bytes(u"label", m_at + 1);
        bool isRead = true;
        if (kind == 0xf9 && left() >= 6 && byteAt(m_at) == 4)
            isRead = control();
        else if (kind == 0xff && left() >= 12 && byteAt(m_at) == 11)
            isRead = number(u"block size", 1, Order::Little) && text(u"application identifier", 8) &&
                     text(u"application authentication code", 3);
        if (!isRead || !blocks(kind == 0xfe ? u"comment" : u"data", true))
            return false;
        m_builder.close(m_at);
        return true;
    }

    bool control()
    {
        number(u"block size", 1, Order::Little);
        const quint8 packed = byteAt(m_at);
        if (!m_builder.open(u"packed fields", Node::Kind::Object, m_at))
            return false;
        bits(u"disposal method", m_at, (packed >> 2) & 7);
        bits(u"user input flag", m_at, (packed >> 1) & 1);
        bits(u"transparent colour flag", m_at, packed & 1);
        m_builder.close(++m_at);
        const auto delay = number(u"delay time", 2, Order::Little);
        m_builder.note(tr("%1 ms").arg(delay.value_or(0) * 10));
        return number(u"transparent colour index", 1, Order::Little).has_value();
    }

    quint64 m_width = 0;
    quint64 m_height = 0;
    int m_frames = 0;
};

// WebP

class WebPReader final : ImageReader
{
public:
    using ImageReader::ImageReader;

    void read()
    {
        if (!m_builder.open(u"WebP", Node::Kind::Object, 0) || !text(u"RIFF", 4))
            return;
        const auto size = number(u"file size", 4, Order::Little);
        if (!size || !text(u"WEBP", 4))
            return;
        const quint64 end = *size + 8;
        while (static_cast<quint64>(m_at) < end && m_builder.goOn(m_at)) {
            if (left() == 0) {
                fail(m_at, tr("The message ends before the image does."));
                return;
            }
            if (!chunk())
                return;
        }
        if (m_at < m_bytes.size() && !m_builder.isStopped())
            fail(m_at, tr("Something stands behind the end of the image."));
    }

private:
    bool chunk()
    {
        const qsizetype begin = m_at;
        if (!need(8))
            return false;
        const QByteArrayView type = view(begin, begin + 4);
        if (!isReadableText(type))
            return fail(begin, tr("The name of a chunk is four letters."));
        if (!m_builder.open(QString::fromLatin1(type).trimmed(), Node::Kind::Object, begin))
            return false;
        text(u"type", 4);
        const quint64 size = *number(u"size", 4, Order::Little);
        if (size > static_cast<quint64>(left())) {
            bytes(u"data", m_limit);
            return fail(m_bytes.size(), tr("The message ends inside of the image."));
        }
        const qsizetype end = m_at + static_cast<qsizetype>(size);
        m_limit = end;
        const bool isRead = data(type);
        m_limit = m_bytes.size();
        if (!isRead)
            return false;
        bytes(u"data", end);
        // An odd chunk is followed by a byte that does not count.
        if ((size & 1) != 0 && left() > 0)
            bytes(u"padding", m_at + 1);
        m_builder.close(m_at);
        return true;
    }

    bool data(QByteArrayView type)
    {
        if (type == "VP8X")
            return extended();
        if (type == "VP8 ")
            return lossy();
        if (type == "VP8L")
            return lossless();
        if (type == "ANIM")
            return number(u"background colour", 4, Order::Little) && number(u"loop count", 2, Order::Little);
        if (type == "XMP ") {
            m_builder.addInner(u"XMP", m_at, m_limit, m_at, isReadableText(rest()));
            m_at = m_limit;
        }
        return true;
    }

    bool extended()
    {
        if (!need(10))
            return false;
        const quint8 flags = byteAt(m_at);
        if (!m_builder.open(u"flags", Node::Kind::Object, m_at))
            return false;
        bits(u"ICC profile", m_at, (flags >> 5) & 1);
        bits(u"alpha", m_at, (flags >> 4) & 1);
        bits(u"Exif metadata", m_at, (flags >> 3) & 1);
        bits(u"XMP metadata", m_at, (flags >> 2) & 1);
        bits(u"animation", m_at, (flags >> 1) & 1);
        m_builder.close(++m_at);
        bytes(u"reserved", m_at + 3);
        const quint64 width = *number(u"canvas width minus one", 3, Order::Little) + 1;
        const quint64 height = *number(u"canvas height minus one", 3, Order::Little) + 1;
        m_isTold = true;
        tell(QStringLiteral("WebP"), width, height, (flags & 2) != 0 ? tr("animated") : QString());
        return true;
    }

    /// RFC 6386, section 9.1: the first frame is a key frame.
    bool lossy()
    {
        if (!need(10))
            return false;
        bytes(u"frame tag", m_at + 3);
        if (!rest().startsWith("\x9d\x01\x2a"))
            return fail(m_at, tr("No key frame of VP8, in which 9d 01 2a stands here."));
        bytes(u"start code", m_at + 3);
        // Two bits above each are a scale that decoders ignore.
        const quint64 width = *number(u"width", 2, Order::Little) & 0x3fff;
        const quint64 height = *number(u"height", 2, Order::Little) & 0x3fff;
        tellOnce(width, height, tr("lossy"));
        return true;
    }

    bool lossless()
    {
        if (!need(5))
            return false;
        if (byteAt(m_at) != 0x2f)
            return fail(m_at, tr("Lossless WebP begins with 2f."));
        bytes(u"signature", m_at + 1);
        const quint64 packed = *peekNumber(4, Order::Little);
        if (!m_builder.open(u"size and alpha", Node::Kind::Object, m_at))
            return false;
        const quint64 width = (packed & 0x3fff) + 1;
        const quint64 height = (packed >> 14 & 0x3fff) + 1;
        bits(u"width", m_at, width);
        bits(u"height", m_at, height);
        bits(u"alpha is used", m_at, packed >> 28 & 1);
        bits(u"version", m_at, packed >> 29);
        m_at += 4;
        m_builder.close(m_at);
        tellOnce(width, height, tr("lossless"));
        return true;
    }

    void tellOnce(quint64 width, quint64 height, const QString &more)
    {
        if (!m_isTold)
            tell(QStringLiteral("WebP"), width, height, more);
        m_isTold = true;
    }

    bool m_isTold = false;
};

// BMP

class BmpReader final : ImageReader
{
public:
    using ImageReader::ImageReader;

    void read()
    {
        if (!m_builder.open(u"BMP", Node::Kind::Object, 0) || !text(u"signature", 2) ||
            !number(u"file size", 4, Order::Little) || !number(u"reserved", 4, Order::Little))
            return;
        const auto pixelsAt = number(u"offset of the pixels", 4, Order::Little);
        if (!pixelsAt || !header())
            return;
        if (*pixelsAt > static_cast<quint64>(m_bytes.size())) {
            bytes(u"colour table", m_bytes.size());
            fail(m_bytes.size(), tr("The message ends inside of the image."));
            return;
        }
        if (const auto at = static_cast<qsizetype>(*pixelsAt); at >= m_at) {
            bytes(u"colour table", at);
            bytes(u"pixels", m_bytes.size());
        } else {
            fail(m_at, tr("The pixels begin inside of the header, at %1.").arg(*pixelsAt));
        }
    }

private:
    bool header()
    {
        const qsizetype begin = m_at;
        const auto size = number(u"header size", 4, Order::Little);
        if (!size)
            return false;
        if (std::ranges::find(BmpHeaderSizes, *size) == BmpHeaderSizes.end())
            return fail(begin, tr("There is no header of %1 bytes.").arg(*size));
        const bool isOld = *size == 12;
        const qsizetype side = isOld ? 2 : 4;
        const auto width = signedNumber(u"width", side, isOld);
        const auto height = width ? signedNumber(u"height", side, isOld) : std::nullopt;
        if (height && *height < 0)
            m_builder.note(tr("from the top down"));
        if (!height || !number(u"planes", 2, Order::Little))
            return false;
        const auto depth = number(u"bits per pixel", 2, Order::Little);
        if (!depth)
            return false;
        tell(QStringLiteral("BMP"), static_cast<quint64>(std::abs(*width)), static_cast<quint64>(std::abs(*height)),
             tr("%1 bit").arg(*depth));
        if (isOld)
            return true;
        const bool isRead =
            noted(u"compression", 4, Order::Little,
                  {tr("none"), QStringLiteral("RLE8"), QStringLiteral("RLE4"), QStringLiteral("bit fields"),
                   QStringLiteral("JPEG"), QStringLiteral("PNG"), QStringLiteral("bit fields with alpha")}) &&
            number(u"image size", 4, Order::Little) && signedNumber(u"horizontal resolution", 4, false) &&
            signedNumber(u"vertical resolution", 4, false) && number(u"colours used", 4, Order::Little) &&
            number(u"important colours", 4, Order::Little);
        const qsizetype end = begin + static_cast<qsizetype>(*size);
        if (!isRead || !need(end - m_at))
            return false;
        bytes(u"rest of the header", end);
        return true;
    }

    std::optional<qint64> signedNumber(QStringView label, qsizetype size, bool isUnsigned)
    {
        const auto value = peekNumber(size, Order::Little);
        if (!value)
            return {};
        const qint64 number =
            isUnsigned ? static_cast<qint64>(*value) : static_cast<qint32>(static_cast<quint32>(*value));
        m_builder.add(label, m_at, m_at + size, number);
        m_at += size;
        return number;
    }
};

/// An identifier, or a table of the size that it always has, stands behind the first marker.
Certainty jpegCertainty(QByteArrayView bytes)
{
    if (bytes.size() < 11)
        return Certainty::None;
    const auto marker = static_cast<quint8>(bytes[3]);
    const auto length = *ByteCursor(bytes, 4).big<quint16>();
    const QByteArrayView data = bytes.sliced(6);
    const bool isNamed = data.startsWith(QByteArrayView("JFIF\0", 5)) || data.startsWith(QByteArrayView("Exif\0", 5));
    if ((marker == 0xe0 || marker == 0xe1) && isNamed)
        return Certainty::Sure;
    // Of a quantization table, of several, of a frame.
    const bool isTable = marker == 0xdb && (length == 67 || length == 132 || length == 197);
    const bool isOther = (marker >= 0xe0 && marker <= 0xef) || marker == 0xfe;
    const bool isFollowed = bytes.size() > 5 + length && bytes[4 + length] == '\xff';
    return isTable || (isOther && length >= 2 && isFollowed) ? Certainty::Likely : Certainty::None;
}

Certainty bmpCertainty(const QByteArray &payload)
{
    ByteCursor cursor(payload, 2);
    const auto size = cursor.little<quint32>();
    const auto reserved = cursor.little<quint32>();
    const auto pixelsAt = cursor.little<quint32>();
    const auto header = cursor.little<quint32>();
    if (!header || *reserved != 0 || std::ranges::find(BmpHeaderSizes, *header) == BmpHeaderSizes.end() ||
        *pixelsAt < BmpFileHeader + *header || *pixelsAt > *size)
        return Certainty::None;
    cursor.setAt(BmpFileHeader + (*header == 12 ? 8 : 12));
    return cursor.little<quint16>() == 1 ? Certainty::Sure : Certainty::None;
}

} // namespace

Certainty ImageDecoder::probe(const DecodeInput &input) const
{
    if (input.isText)
        return Certainty::None;
    const QByteArrayView bytes(input.payload);
    switch (imageKind(bytes)) {
    case ImageKind::Png:
    case ImageKind::WebP:
    case ImageKind::Gif:
        return Certainty::Sure;
    case ImageKind::Jpeg:
        return jpegCertainty(bytes);
    case ImageKind::Bmp:
        return bmpCertainty(input.payload);
    case ImageKind::None:
        break;
    }
    return Certainty::None;
}

void ImageDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    switch (imageKind(input.payload)) {
    case ImageKind::Png:
        PngReader(builder, input.payload).read();
        break;
    case ImageKind::Jpeg:
        JpegReader(builder, input.payload).read();
        break;
    case ImageKind::Gif:
        GifReader(builder, input.payload).read();
        break;
    case ImageKind::WebP:
        WebPReader(builder, input.payload).read();
        break;
    case ImageKind::Bmp:
        BmpReader(builder, input.payload).read();
        break;
    case ImageKind::None:
        builder.fail(0, QCoreApplication::translate("sockeye::ImageDecoder",
                                                    "No image that is known: PNG, JPEG, GIF, WebP or BMP."));
        break;
    }
}

} // namespace sockeye
