#pragma once

#include "decode/JsonNodes.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <optional>

namespace sockeye {

/// The JSON text with a line for each member and element and two spaces for each level. Only white space between tokens
/// is changed: the order of members, duplicates, and the way numbers and strings are written stay. Nothing if the bytes
/// are no JSON object or array, if the result would be longer than `maxChars`, or if `goOn` said no.
[[nodiscard]] std::optional<QString> indentedJson(const QByteArray &utf8, qsizetype maxChars, const GoOn &goOn = {});

/// What a line about an envelope begins with (FormattedPayload); no line of indented JSON does.
constexpr QChar EnvelopeMark(0x2014);

/// A coloured part of a line of JSON.
struct JsonToken
{
    enum class Kind : quint8 { Key, String, Number, Literal };

    Kind kind = Kind::String;
    qsizetype start = 0;
    qsizetype length = 0;

    friend bool operator==(const JsonToken &, const JsonToken &) = default;
};
/// The tokens of one line; what is no JSON is left out.
[[nodiscard]] QList<JsonToken> jsonTokens(QStringView line);

} // namespace sockeye
