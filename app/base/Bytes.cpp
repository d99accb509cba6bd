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
} // namespace

Result<QByteArray> parseHex(QStringView text)
{
    QByteArray bytes;
    bytes.reserve(text.size() / 2);
    for (qsizetype i = 0; i < text.size();) {
        const QChar c = text[i];
        if (c.isSpace() || c == u',') {
            ++i;
            continue;
        }
        if (c == u'0' && i + 1 < text.size() && (text[i + 1] == u'x' || text[i + 1] == u'X')) {
            i += 2;
            continue;
        }
        const int high = hexDigit(c);
        const int low = i + 1 < text.size() ? hexDigit(text[i + 1]) : -1;
        if (high < 0) {
            return Error{QCoreApplication::translate("Bytes", "“%1” at character %2 is not a hex digit. Write each byte as two of 0-9 and a-f.")
                             .arg(c)
                             .arg(i + 1)};
        }
        if (low < 0) {
            return Error{QCoreApplication::translate("Bytes", "The byte at character %1 has one hex digit. Write each byte as two of 0-9 and a-f.")
                             .arg(i + 1)};
        }
        bytes.append(static_cast<char>(high * 16 + low));
        i += 2;
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

QString textFromUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringConverterBase::Flag::ConvertInitialBom);
    return decoder.decode(bytes);
}

} // namespace sockeye
