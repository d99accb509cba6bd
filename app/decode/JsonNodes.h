#pragma once

#include "decode/NodeBuilder.h"

#include <optional>

namespace sockeye {

/// Payloads and trees that are larger are not read to the end.
constexpr qsizetype MaxJsonPayload = 16 * 1024 * 1024;
constexpr qint32 MaxJsonNodes = 1'000'000;

/// Whether the text is an object or an array in JSON, with nothing but white space around it.
[[nodiscard]] bool isJsonContainer(const QByteArray &json, const GoOn &goOn = {});

/// The JSON values of a payload (RFC 8259), whatever envelope is around them (EnvelopeSplitter): a root each. Nothing
/// if a value is no JSON, if there is text beside the values that no envelope explains, if there is neither an object
/// nor an array, or if `goOn` said no. It does not recurse; of nodes beyond `maxNodes` only the syntax is read.
[[nodiscard]] std::optional<NodeTree> jsonNodes(const QByteArray &payload, qint32 maxNodes = MaxJsonNodes,
                                                const GoOn &goOn = {});

/// Whether the text is JSON values in whatever envelope, as jsonNodes() takes them.
[[nodiscard]] bool isJsonText(const QByteArray &payload);
/// Adds the nodes that jsonNodes() returns; false for what that returns nothing for, but for its size.
[[nodiscard]] bool addJsonTexts(NodeBuilder &builder, const QByteArray &payload);
/// Adds the one JSON value of `text` between these bytes, white space around it aside, which are those of the builder,
/// too. Nothing, or what stands before the fault, and false if it is no JSON or the builder said to stop.
[[nodiscard]] bool addJsonNodes(NodeBuilder &builder, QByteArrayView text, qsizetype begin, qsizetype end);

/// Likewise, but tells the builder what is wrong and leaves open what was not closed: for what has to be JSON.
[[nodiscard]] bool addJsonOrFail(NodeBuilder &builder, QByteArrayView text, qsizetype begin, qsizetype end);

} // namespace sockeye
