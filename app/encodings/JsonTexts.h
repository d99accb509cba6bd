#pragma once

#include "encodings/JsonShape.h"

#include "decode/NodeBuilder.h"

#include <QStringList>

#include <functional>

namespace sockeye {

/// Adds the JSON texts of a payload as the plain format JSON does; `read` gets each that is whole, in their order, may
/// give notes to its nodes, and returns what it says in a line. The first line is the payload's summary.
void addJsonMessages(NodeBuilder &builder, const QByteArray &payload, const std::function<QString(JsonView)> &read);

/// Which strings of an object or an array carry a message.
using CarriesText = std::function<bool(const JsonShape::Member &member)>;

/// Adds a JSON object or array between these bytes of the payload, and below those of its strings that carry a message
/// what these say, from a source of their own. `summaries` gets a line of each. False, and the builder knows why, if it
/// is no JSON.
[[nodiscard]] bool addJsonWithTexts(NodeBuilder &builder, const QByteArray &payload, qsizetype begin, qsizetype end,
                                    const CarriesText &carries, QStringList *summaries = nullptr);

} // namespace sockeye
