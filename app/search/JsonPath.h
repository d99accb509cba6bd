#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QStringView>

#include <variant>
#include <vector>

namespace sockeye {

/// Where in a JSON text: "$.data[0].price", "$["a key"][3]". `$` is the whole; a plain name holds anything but `.`, `[`
/// and `]`; a quoted one is a JSON string.
class JsonPath final
{
public:
    /// A member's name in UTF-8, or an element's index.
    using Step = std::variant<QByteArray, qint64>;

    [[nodiscard]] static Result<JsonPath> parse(QStringView text);
    /// Takes one step off the text's beginning: `.name`, `[3]` or `["name"]`.
    [[nodiscard]] static Result<Step> takeStep(QStringView &text);
    [[nodiscard]] const std::vector<Step> &steps() const { return m_steps; }

private:
    std::vector<Step> m_steps;
};

} // namespace sockeye
