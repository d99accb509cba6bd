#include "widgets/composer/Payload.h"

#include "base/Bytes.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace sockeye {
namespace {

/// "line 2, column 5" of a place in UTF-8, both counted from 1, columns in characters.
QString placeText(const QByteArray &utf8, qsizetype offset)
{
    const QByteArray before = utf8.first(std::clamp(offset, qsizetype(0), utf8.size()));
    const qsizetype line = before.count('\n') + 1;
    const qsizetype column = QString::fromUtf8(before.sliced(before.lastIndexOf('\n') + 1)).size() + 1;
    return Composer::tr("line %1, column %2").arg(line).arg(column);
}

Result<QByteArray> jsonBytes(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    if (utf8.trimmed().isEmpty())
        return Error{Composer::tr("Nothing to send as JSON yet.")};
    // RFC 8259 allows any value at the top, Qt's parser an array or object only: a value is read as an array's sole
    // item.
    const char first = utf8.trimmed().front();
    const bool wrap = first != '{' && first != '[';
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(wrap ? '[' + utf8 + ']' : utf8, &error);
    if (error.error == QJsonParseError::NoError && wrap && document.array().size() != 1)
        return Error{Composer::tr("This is not one JSON value but several.")};
    if (error.error == QJsonParseError::NoError)
        return utf8;
    // Qt points behind what it read last.
    const qsizetype offset = error.offset - (wrap ? 1 : 0) - 1;
    return Error{Composer::tr("This is not valid JSON: %1 at %2.").arg(error.errorString(), placeText(utf8, offset))};
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
            return Error{Composer::tr("“%1” at character %2 is no Base64 digit.").arg(text[i]).arg(i + 1)};
        digits += text[i].toLatin1();
    }
    const bool urlForm = digits.contains('-') || digits.contains('_');
    const auto form = urlForm ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
    const auto decoded = QByteArray::fromBase64Encoding(digits, form | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded)
        return decoded.decoded;
    return Error{Composer::tr("This is not valid Base64: it is cut short, or padding stands in its middle.")};
}

} // namespace

Result<QByteArray> payloadBytes(Composer::PayloadType type, const QString &text)
{
    switch (type) {
    case Composer::PayloadType::Text:
    case Composer::PayloadType::File:
        break;
    case Composer::PayloadType::Json:
        return jsonBytes(text);
    case Composer::PayloadType::Hex:
        return parseHex(text);
    case Composer::PayloadType::Base64:
        return base64Bytes(text);
    }
    return text.toUtf8();
}

std::optional<QString> payloadText(Composer::PayloadType type, const QByteArray &bytes)
{
    switch (type) {
    case Composer::PayloadType::Hex:
        return hexText(bytes);
    case Composer::PayloadType::Base64:
        return QString::fromLatin1(bytes.toBase64());
    case Composer::PayloadType::Text:
    case Composer::PayloadType::Json:
        // A NUL cannot stand in an editor, nor a carriage return stay one.
        if (!isValidUtf8(bytes) || bytes.contains('\0') || bytes.contains('\r'))
            return std::nullopt;
        return textFromUtf8(bytes);
    case Composer::PayloadType::File:
        break;
    }
    return std::nullopt;
}

bool isSentAsText(Composer::PayloadType type)
{
    return type == Composer::PayloadType::Text || type == Composer::PayloadType::Json;
}

} // namespace sockeye
