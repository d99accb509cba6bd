#include "widgets/hex/HexText.h"

#include "widgets/hex/ByteSource.h"

namespace sockeye {

namespace {

/// How far a word is followed to each side.
constexpr qint64 MaxWord = 4096;

bool isWordByte(quint8 byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '_' || byte >= 0x80;
}

} // namespace

HexRange wordAt(const ByteSource &source, ByteOffset offset)
{
    const std::optional<quint8> here = source.at(offset).value;
    if (!here)
        return {offset, 1};
    const auto belongs = [&source, here](ByteOffset at) {
        const std::optional<quint8> there = source.at(at).value;
        return there && (isWordByte(*here) ? isWordByte(*there) : *there == *here);
    };
    HexRange word{offset, 1};
    while (word.length < MaxWord && belongs(word.first - 1)) {
        word.first = word.first - 1;
        ++word.length;
    }
    while (word.length < 2 * MaxWord && belongs(word.end()))
        ++word.length;
    return word;
}

QString missingByte(const HexStyle &style)
{
    return QString(style.digitsPerByte(), u'·');
}

QString rowText(const ByteSource &source, const HexLayout &layout, qint64 row)
{
    const HexRange range = layout.rowRange(row);
    QString hex;
    QString text;
    for (ByteOffset at = range.first; at < range.end(); ++at) {
        const std::optional<quint8> byte = source.at(at).value;
        hex += (byte ? layout.style().byteText(*byte) : missingByte(layout.style())) + u' ';
        text += byte && *byte >= 0x20 && *byte < 0x7f ? QChar(char16_t{*byte}) : QChar(u'·');
    }
    return QStringLiteral("%1  %2 %3").arg(layout.style().offsetText(range.first, layout.offsetDigits()), hex, text);
}

} // namespace sockeye
