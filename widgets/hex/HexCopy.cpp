#include "widgets/hex/HexCopy.h"

#include "base/Bytes.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

struct HexCopyWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::HexCopy)
};

/// How a language writes an array.
struct ArrayWords
{
    /// %1 stands for the number of bytes.
    const char16_t *begin;
    const char16_t *end;
    const char16_t *indent = u"    ";
    bool hasCommaAtTheEnd = false;
    /// Bytes are numbers from -128 to 127, so that the upper half needs a cast.
    bool hasSignedBytes = false;
};

void appendHexByte(QString &text, char byte)
{
    static constexpr char16_t Digits[] = u"0123456789abcdef";
    const auto number = static_cast<quint8>(byte);
    text += Digits[number >> 4];
    text += Digits[number & 0xf];
}

QString arrayText(QByteArrayView bytes, const ArrayWords &words)
{
    static constexpr qsizetype PerLine = 12;
    QString text = QString::fromUtf16(words.begin);
    text.replace(u"%1"_s, QString::number(bytes.size()));
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        text += i % PerLine == 0 ? u'\n' + QString::fromUtf16(words.indent) : u" "_s;
        if (words.hasSignedBytes && bytes[i] < 0)
            text += u"(byte) ";
        text += u"0x";
        appendHexByte(text, bytes[i]);
        if (i + 1 < bytes.size() || words.hasCommaAtTheEnd)
            text += u',';
    }
    return text + u'\n' + QString::fromUtf16(words.end);
}

/// "00000010  68 65 6c 6c 6f                                    |hello|", and the offset of the end in a line of its
/// own.
QString hexdumpText(QByteArrayView bytes, qint64 offset)
{
    static constexpr qsizetype PerLine = 16;
    const auto offsetOf = [offset](qsizetype at) { return u"%1"_s.arg(offset + at, 8, 16, QLatin1Char('0')); };
    QString text;
    for (qsizetype at = 0; at < bytes.size(); at += PerLine) {
        const QByteArrayView row = bytes.sliced(at, std::min(PerLine, bytes.size() - at));
        QString hex;
        QString characters;
        for (qsizetype i = 0; i < row.size(); ++i) {
            hex += i == PerLine / 2 ? u"  "_s : u" "_s;
            appendHexByte(hex, row[i]);
            characters += row[i] >= 0x20 && row[i] < 0x7f ? QLatin1Char(row[i]) : QLatin1Char('.');
        }
        // Three characters for each byte, and the space between the halves.
        text += offsetOf(at) + u' ' + hex.leftJustified(3 * PerLine + 1) + u"  |"_s + characters + u"|\n"_s;
    }
    return text + offsetOf(bytes.size());
}

} // namespace

QString copyText(QByteArrayView bytes, CopyForm form, ByteOffset offset)
{
    switch (form) {
    case CopyForm::Hex:
        return hexText(bytes);
    case CopyForm::Text:
        return textFromUtf8(bytes);
    case CopyForm::CArray:
        return arrayText(bytes, {u"unsigned char data[%1] = {", u"};"});
    case CopyForm::CppArray:
        return arrayText(bytes, {u"constexpr std::array<std::uint8_t, %1> data{", u"};"});
    case CopyForm::Rust:
        return arrayText(bytes, {.begin = u"let data: [u8; %1] = [", .end = u"];", .hasCommaAtTheEnd = true});
    case CopyForm::Go:
        return arrayText(bytes, {u"data := []byte{", u"}", u"\t", true});
    case CopyForm::Python:
        return arrayText(bytes, {.begin = u"data = bytes([", .end = u"])", .hasCommaAtTheEnd = true});
    case CopyForm::Java:
        return arrayText(bytes, {.begin = u"byte[] data = {", .end = u"};", .hasSignedBytes = true});
    case CopyForm::JavaScript:
        return arrayText(bytes, {u"const data = new Uint8Array([", u"]);"});
    case CopyForm::Base64:
        return QString::fromLatin1(bytes.toByteArray().toBase64());
    case CopyForm::Hexdump:
        return hexdumpText(bytes, offset.value());
    case CopyForm::DataUrl:
        return u"data:application/octet-stream;base64,"_s + QString::fromLatin1(bytes.toByteArray().toBase64());
    }
    return {};
}

QString copyFormName(CopyForm form)
{
    using Words = HexCopyWords;
    switch (form) {
    case CopyForm::Hex:
        return Words::tr("&Hex");
    case CopyForm::Text:
        return Words::tr("&Text");
    case CopyForm::CArray:
        return Words::tr("&C array");
    case CopyForm::CppArray:
        return Words::tr("C&++ array");
    case CopyForm::Rust:
        return Words::tr("&Rust array");
    case CopyForm::Go:
        return Words::tr("&Go slice");
    case CopyForm::Python:
        return Words::tr("&Python bytes");
    case CopyForm::Java:
        return Words::tr("&Java array");
    case CopyForm::JavaScript:
        return Words::tr("Java&Script array");
    case CopyForm::Base64:
        return Words::tr("&Base64");
    case CopyForm::Hexdump:
        return Words::tr("Hex&dump");
    case CopyForm::DataUrl:
        return Words::tr("Data &URL");
    }
    return {};
}

} // namespace sockeye
