#include "widgets/composer/Payload.h"

#include "base/Bytes.h"
#include "base/CharacterNames.h"
#include "widgets/composer/JsonCheck.h"
#include "widgets/controls/LineEnding.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {
namespace {

struct PayloadText
{
    Q_DECLARE_TR_FUNCTIONS(PayloadText)
};

/// "line 2, column 5", both counted from 1.
QString placeText(QStringView text, qsizetype offset)
{
    const QStringView before = text.first(offset);
    const qsizetype line = LineEndingCounts::of(before).total() + 1;
    const qsizetype start = std::max(before.lastIndexOf(u'\n'), before.lastIndexOf(u'\r')) + 1;
    return PayloadText::tr("line %1, column %2").arg(line).arg(offset - start + 1);
}

Result<QByteArray> textBytes(const QString &text)
{
    if (const qsizetype at = findLoneSurrogate(text); at >= 0)
        return Error{
            PayloadText::tr("%1, stands at %2. UTF-8 has no form for it: remove it, or write the message in hex.")
                .arg(characterName(text[at].unicode()), placeText(text, at))};
    return text.toUtf8();
}

Result<QByteArray> jsonBytes(const QString &text)
{
    if (const auto fault = findJsonFault(text))
        return Error{
            PayloadText::tr("This is not valid JSON: %1 at %2.").arg(fault->message, placeText(text, fault->offset))};
    return textBytes(text);
}

bool isBase64Character(QChar c)
{
    return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'+' || c == u'/' ||
           c == u'-' || c == u'_' || c == u'=';
}

Result<QByteArray> base64Bytes(const QString &text)
{
    QByteArray digits;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].isSpace())
            continue;
        if (!isBase64Character(text[i]))
            return Error{PayloadText::tr("“%1” at character %2 is no Base64 digit.").arg(text[i]).arg(i + 1)};
        digits += text[i].toLatin1();
    }
    const bool urlForm = digits.contains('-') || digits.contains('_');
    const auto form = urlForm ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
    const auto decoded = QByteArray::fromBase64Encoding(digits, form | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded)
        return decoded.decoded;
    return Error{PayloadText::tr("This is not valid Base64: it is cut short, or padding stands in its middle.")};
}

} // namespace

Result<QByteArray> payloadBytes(PayloadType type, const QString &text)
{
    switch (type) {
    case PayloadType::Text:
    case PayloadType::File:
    case PayloadType::Raw:
        break;
    case PayloadType::Json:
        return jsonBytes(text);
    case PayloadType::Hex:
        return parseHex(text);
    case PayloadType::Base64:
        return base64Bytes(text);
    }
    return textBytes(text);
}

std::optional<QString> payloadText(PayloadType type, const QByteArray &bytes)
{
    switch (type) {
    case PayloadType::Hex:
        return hexText(bytes);
    case PayloadType::Base64:
        return QString::fromLatin1(bytes.toBase64());
    case PayloadType::Text:
    case PayloadType::Json:
        return isValidUtf8(bytes) ? std::optional(textFromUtf8(bytes)) : std::nullopt;
    case PayloadType::File:
    case PayloadType::Raw:
        break;
    }
    return std::nullopt;
}

bool isSentAsText(PayloadType type)
{
    return type == PayloadType::Text || type == PayloadType::Json;
}

} // namespace sockeye
