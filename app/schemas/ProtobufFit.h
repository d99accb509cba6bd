#pragma once

#include <QByteArrayView>

#include <google/protobuf/descriptor.h>

#include <optional>

namespace sockeye {

/// How well bytes are a message of that type, as a number to compare; nothing if they are none: a field that is not
/// known, of another wire type, a text that is not UTF-8, a number too large for its type. Looks at 64 KiB.
[[nodiscard]] std::optional<double> protobufFit(const google::protobuf::DescriptorPool &pool,
                                                const google::protobuf::Descriptor &type, QByteArrayView bytes);

} // namespace sockeye
