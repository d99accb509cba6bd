#pragma once

#include "decode/Node.h"

#include <functional>
#include <optional>

namespace sockeye {

/// Payloads and trees that are larger are not read to the end.
constexpr qsizetype MaxJsonPayload = 16 * 1024 * 1024;
constexpr qint32 MaxJsonNodes = 1'000'000;

/// Asked now and then with the number of bytes that have been read; false ends the reading.
using GoOn = std::function<bool(qsizetype done)>;

/// Whether the text is an object or an array in JSON, with nothing but white space around it.
[[nodiscard]] bool isJsonContainer(const QByteArray &json, const GoOn &goOn = {});

/// The JSON values of a payload (RFC 8259), whatever envelope is around them (EnvelopeSplitter): a root each. Nothing
/// if a value is no JSON, if there is text beside the values that no envelope explains, if there is neither an object
/// nor an array, or if `goOn` said no. It does not recurse; of nodes beyond `maxNodes` only the syntax is read.
[[nodiscard]] std::optional<NodeTree> jsonNodes(const QByteArray &payload, qint32 maxNodes = MaxJsonNodes,
                                                const GoOn &goOn = {});

} // namespace sockeye
