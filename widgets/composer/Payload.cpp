#include "widgets/composer/Payload.h"

#include "base/Bytes.h"
#include "widgets/composer/JsonCheck.h"

#include <QCoreApplication>

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
    const qsizetype line = before.count(u'\n') + 1;
    return PayloadText::tr("line %1, column %2").arg(line).arg(offset - before.lastIndexOf(u'\n'));
}

Result<QByteArray> jsonBytes(const QString &text)
{
    if (const auto fault = findJsonFault(text))
        return Error{
            PayloadText::tr("This is not valid JSON: %1 at %2.").arg(fault->message, placeText(text, fault->offset))};
    return text.toUtf8();
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
    return text.toUtf8();
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
        // A NUL cannot stand in an editor, nor a carriage return stay one.
        if (!isValidUtf8(bytes) || bytes.contains('\0') || bytes.contains('\r'))
            return std::nullopt;
        return textFromUtf8(bytes);
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
