#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QStringView>

#include <variant>
#include <vector>

namespace sockeye {

/// Which fields of a message are meant: "$.params.id" and "$.items[2]" from the message's beginning on; "topic" and
/// "params.id" wherever such a field stands, the last steps of its place being these. `[*]` is each element, `*` each
/// member. Names are written as JsonPath writes them.
class FieldPath final
{
public:
    struct Any
    {
        friend bool operator==(const Any &, const Any &) = default;
    };
    /// A member's name in UTF-8, an element's index, or any of either.
    using Step = std::variant<QByteArray, qint64, Any>;

    /// The error says what is wrong with the text.
    [[nodiscard]] static Result<FieldPath> parse(QStringView text);
    [[nodiscard]] const std::vector<Step> &steps() const { return m_steps; }
    /// It begins with "$".
    [[nodiscard]] bool isFromRoot() const { return m_isFromRoot; }

private:
    std::vector<Step> m_steps;
    bool m_isFromRoot = false;
};

} // namespace sockeye
