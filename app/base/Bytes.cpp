#include "base/Bytes.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QUtf8StringView>

namespace sockeye {

namespace {

int hexDigit(QChar c)
{
    const char16_t u = c.unicode();
    if (u >= u'0' && u <= u'9')
        return u - u'0';
    if (u >= u'a' && u <= u'f')
        return u - u'a' + 10;
    if (u >= u'A' && u <= u'F')
        return u - u'A' + 10;
    return -1;
}

bool isSeparator(QChar c)
{
    return c.isSpace() || c == u',';
}

bool startsWithPrefix(QStringView text)
{
    return text.startsWith(u"0x") || text.startsWith(u"0X");
}

Error notHex(QStringView text, qsizetype at)
{
    const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    return Error{QCoreApplication::translate("Bytes",
                                             "“%1” at character %2 is not a hex digit. Write each byte as two of "
                                             "0-9 and a-f.")
                     .arg(text.sliced(at, isPair ? 2 : 1), QString::number(at + 1))};
}

Error halfByte(qsizetype at)
{
    return Error{QCoreApplication::translate("Bytes",
                                             "The byte at character %1 lacks a hex digit. Write each byte as two of "
                                             "0-9 and a-f.")
                     .arg(at + 1)};
}

} // namespace

Result<QByteArray> parseHex(QStringView text)
{
    QByteArray bytes;
    bytes.reserve(text.size() / 2);
    for (qsizetype i = 0; i < text.size();) {
        if (isSeparator(text[i])) {
            ++i;
            continue;
        }
        const qsizetype begin = i;
        if (startsWithPrefix(text.sliced(i)))
            i += 2;
        int byte = 0;
        for (const qsizetype end = i + 2; i < end; ++i) {
            if (i == text.size() || isSeparator(text[i]))
                return halfByte(begin);
            const int digit = hexDigit(text[i]);
            if (digit < 0)
                return notHex(text, i);
            byte = byte * 16 + digit;
        }
        bytes.append(static_cast<char>(byte));
    }
    return bytes;
}

QString hexText(QByteArrayView bytes)
{
    return QString::fromLatin1(QByteArray::fromRawData(bytes.data(), bytes.size()).toHex(' '));
}

bool isValidUtf8(QByteArrayView bytes)
{
    return QUtf8StringView(bytes.data(), bytes.size()).isValidUtf8();
}

qsizetype unfinishedBytes(QByteArrayView utf8)
{
    for (qsizetype back = 1; back <= 3 && back <= utf8.size(); ++back) {
        const auto byte = static_cast<quint8>(utf8[utf8.size() - back]);
        if (byte < 0x80)
            return 0;
        if (byte >= 0xc0) {
            const qsizetype length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            return length > back ? back : 0;
        }
    }
    return 0;
}

QString textFromUtf8(QByteArrayView bytes)
{
    // Stateless: a character cut off at the end becomes U+FFFD too, instead of waiting for the rest that never comes.
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringConverter::Flag::ConvertInitialBom | QStringConverter::Flag::Stateless);
    return decoder.decode(bytes);
}

} // namespace sockeye
