#pragma once

#include "endpoint/JsonMembers.h"
#include "endpoint/MemberReader.h"
#include "formats/DecodeOptions.h"

namespace sockeye {

/// Adds the members "formats", "schemas", "structs" and "requests" to those of a profile's file, each unless it would be empty:
///
///     "formats": [{ "kind": "binary", "direction": "in", "topic": "sensors/+", "format": "gzip > msgpack" }],
///     "schemas": ["/home/ada/protos"], "structs": ["struct Reading { u32 time; }"],
///     "requests": "$.id"
///
/// A rule of a newer version that this one does not know, or with members that it does not know, stays in the file.
void writeDecodeOptions(JsonMembers &root, const DecodeOptions &options, QJsonObject &unknown);
/// The reverse; the reader has the first error.
[[nodiscard]] DecodeOptions readDecodeOptions(MemberReader &root, QJsonObject &unknown);

} // namespace sockeye
