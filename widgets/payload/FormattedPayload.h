#pragma once

#include "decode/JsonNodes.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace sockeye {

/// The JSON values of a payload, indented (indentedJson), with a line for each part of the envelope around them, as it
/// is and what it is: "— 42 (Socket.IO event)". Messages that SockJS carries in strings follow their array. Nothing if
/// a value is no JSON, if there is neither an object nor an array, if it would be longer than `maxChars`, or if `goOn`
/// said no.
[[nodiscard]] std::optional<QString> formattedPayload(const QByteArray &utf8, qsizetype maxChars,
                                                      const GoOn &goOn = {});

} // namespace sockeye
