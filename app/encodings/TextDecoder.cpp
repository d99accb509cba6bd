#include "encodings/TextDecoder.h"

#include "base/Bytes.h"
#include "encodings/JsonShape.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

struct TextEncoding
{
    QLatin1StringView id;
    const char *codec;
    QLatin1StringView name;
};

/// Names of ICU, by which Qt knows those that it does not read itself.
constexpr std::array<TextEncoding, 29> TextEncodings{{
    {"text-utf8"_L1, "UTF-8", "UTF-8"_L1},
    {"text-utf16le"_L1, "UTF-16LE", "UTF-16LE"_L1},
    {"text-utf16be"_L1, "UTF-16BE", "UTF-16BE"_L1},
    {"text-utf32le"_L1, "UTF-32LE", "UTF-32LE"_L1},
    {"text-utf32be"_L1, "UTF-32BE", "UTF-32BE"_L1},
    {"text-latin1"_L1, "ISO-8859-1", "Latin-1 (ISO-8859-1)"_L1},
    {"text-ascii"_L1, "US-ASCII", "US-ASCII"_L1},
    {"text-iso8859-2"_L1, "ISO-8859-2", "ISO-8859-2"_L1},
    {"text-iso8859-5"_L1, "ISO-8859-5", "ISO-8859-5"_L1},
    {"text-iso8859-7"_L1, "ISO-8859-7", "ISO-8859-7"_L1},
    {"text-iso8859-9"_L1, "ISO-8859-9", "ISO-8859-9"_L1},
    {"text-iso8859-15"_L1, "ISO-8859-15", "ISO-8859-15"_L1},
    {"text-windows1250"_L1, "windows-1250", "Windows-1250"_L1},
    {"text-windows1251"_L1, "windows-1251", "Windows-1251"_L1},
    {"text-windows1252"_L1, "windows-1252", "Windows-1252"_L1},
    {"text-windows1253"_L1, "windows-1253", "Windows-1253"_L1},
    {"text-windows1254"_L1, "windows-1254", "Windows-1254"_L1},
    {"text-windows1256"_L1, "windows-1256", "Windows-1256"_L1},
    {"text-koi8r"_L1, "KOI8-R", "KOI8-R"_L1},
    {"text-koi8u"_L1, "KOI8-U", "KOI8-U"_L1},
    {"text-ibm437"_L1, "IBM437", "IBM437"_L1},
    {"text-ibm850"_L1, "IBM850", "IBM850"_L1},
    {"text-shiftjis"_L1, "Shift_JIS", "Shift_JIS"_L1},
    {"text-eucjp"_L1, "EUC-JP", "EUC-JP"_L1},
    {"text-gb18030"_L1, "GB18030", "GB18030"_L1},
    {"text-big5"_L1, "Big5", "Big5"_L1},
    {"text-euckr"_L1, "EUC-KR", "EUC-KR"_L1},
    {"text-ebcdic"_L1, "IBM037", "EBCDIC (IBM037)"_L1},
    {"text-mac"_L1, "macintosh", "Mac Roman"_L1},
}};

/// Marks at the beginning stay, so that bytes and characters fit.
constexpr QStringConverter::Flags TextFlags = QStringConverter::Flag::ConvertInitialBom;

/// What a character of line ends is made of: its bytes, and how many a unit has.
struct TextUnits
{
    qsizetype width = 1;
    bool isBigEndian = false;
    /// EBCDIC ends its lines with NL.
    quint32 feed = '\n';
    quint32 carriage = '\r';
};

TextUnits textUnits(QByteArrayView codec)
{
    TextUnits units;
    units.width = codec.startsWith("UTF-16") ? 2 : codec.startsWith("UTF-32") ? 4 : 1;
    units.isBigEndian = codec.endsWith("BE");
    if (codec == "IBM037")
        units.feed = 0x15;
    return units;
}

quint32 textUnit(QByteArrayView bytes, qsizetype at, const TextUnits &units)
{
    quint32 unit = 0;
    for (qsizetype i = 0; i < units.width && at + i < bytes.size(); ++i) {
        const qsizetype place = units.isBigEndian ? units.width - 1 - i : i;
        unit |= static_cast<quint32>(static_cast<uchar>(bytes[at + i])) << (8 * place);
    }
    return unit;
}

class TextReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::TextDecoder)

public:
    TextReader(const DecodeInput &input, NodeBuilder &builder, const QByteArray &codec)
        : m_bytes(input.payload)
        , m_builder(builder)
        , m_codec(codec)
        , m_units(textUnits(codec))
        , m_isUtf8(codec == "UTF-8")
    {
    }

    void read()
    {
        qsizetype begin = 0;
        while (begin < m_bytes.size() && m_builder.goOn(begin)) {
            const qsizetype feed = lineFeed(begin);
            const bool isLast = feed >= m_bytes.size();
            qsizetype end = std::min(feed, m_bytes.size());
            if (!isLast && end - m_units.width >= begin &&
                textUnit(m_bytes, end - m_units.width, m_units) == m_units.carriage)
                end -= m_units.width;
            if (!addLine(begin, end))
                break;
            begin = isLast ? m_bytes.size() : feed + m_units.width;
            if (m_builder.isFull())
                break;
        }
        m_builder.setSummary(cutSummary(m_first.simplified()));
    }

private:
    /// Bytes that end a line; where the payload ends if it does not. A byte that belongs to a character of two bytes
    /// is never one, since those begin at 0x30.
    [[nodiscard]] qsizetype lineFeed(qsizetype from) const
    {
        if (m_units.width == 1) {
            const qsizetype found = m_bytes.indexOf(static_cast<char>(m_units.feed), from);
            return found < 0 ? m_bytes.size() : found;
        }
        for (qsizetype at = from; at + m_units.width <= m_bytes.size(); at += m_units.width) {
            if (textUnit(m_bytes, at, m_units) == m_units.feed)
                return at;
        }
        return m_bytes.size();
    }

    bool addLine(qsizetype begin, qsizetype end)
    {
        const QByteArrayView line = m_bytes.sliced(begin, end - begin);
        if (m_isUtf8 && isValidUtf8(line)) {
            m_builder.addPlace(Node::Kind::String, begin, end, begin);
            say(textFromUtf8(line.first(std::min(line.size(), MaxSaid))));
            return true;
        }
        if (m_isUtf8) {
            m_builder.add(Node::Kind::String, begin, end, textFromUtf8(line), faultNote());
            say(textFromUtf8(line.first(std::min(line.size(), MaxSaid))));
            return true;
        }
        QStringDecoder decoder(m_codec.constData(), TextFlags);
        if (!decoder.isValid()) {
            m_builder.fail(begin, tr("This build reads no text in %1.").arg(QString::fromLatin1(m_codec)));
            return false;
        }
        const QString text = decoder.decode(line);
        // Qt lets halves of surrogate pairs pass.
        const bool isFaulty = decoder.hasError() || !text.isValidUtf16() || line.size() % m_units.width != 0;
        m_builder.add(Node::Kind::String, begin, end, text, isFaulty ? faultNote() : QString());
        say(text);
        return true;
    }

    [[nodiscard]] QString faultNote() const
    {
        return tr("has bytes that are no character in %1").arg(QString::fromLatin1(m_codec));
    }

    void say(const QString &text)
    {
        if (m_first.isEmpty())
            m_first = text.left(MaxSaid);
    }

    static constexpr qsizetype MaxSaid = 300;

    const QByteArrayView m_bytes;
    NodeBuilder &m_builder;
    const QByteArray m_codec;
    const TextUnits m_units;
    const bool m_isUtf8;
    QString m_first;
};

} // namespace

void TextDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    TextReader(input, builder, m_codec).read();
}

const std::vector<const Decoder *> &textDecoders()
{
    static const std::vector<const Decoder *> all = [] {
        std::vector<const Decoder *> decoders;
        for (const TextEncoding &encoding : TextEncodings) {
            if (!QStringDecoder(encoding.codec).isValid())
                continue;
            // As long as the program runs.
            static std::vector<std::unique_ptr<const TextDecoder>> owned;
            owned.push_back(std::make_unique<const TextDecoder>(
                encoding.id, QCoreApplication::translate("sockeye::TextDecoder", "Text, %1").arg(encoding.name),
                encoding.codec));
            decoders.push_back(owned.back().get());
        }
        return decoders;
    }();
    return all;
}

} // namespace sockeye
