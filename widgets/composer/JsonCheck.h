#pragma once

#include <QString>

#include <optional>

namespace sockeye {

/// Where a text stops being JSON, and why.
struct JsonFault
{
    /// What is wrong there, fit to stand in a sentence: "a comma or ] is expected".
    QString message;
    qsizetype offset = 0;
};

/// Whether the text is one JSON value to the letter of RFC 8259; nullopt if it is. Qt's parser takes more ("1.",
/// unknown escapes), takes no lone values, and points only near the fault.
[[nodiscard]] std::optional<JsonFault> findJsonFault(QStringView text);

} // namespace sockeye
