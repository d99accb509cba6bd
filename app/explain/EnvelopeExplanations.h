#pragma once

#include "search/EnvelopeSplitter.h"

#include <QString>

namespace sockeye {

/// What a part of a payload around JSON is, such as "Socket.IO event, namespace /admin, id 17"; empty for JSON and
/// text.
[[nodiscard]] QString envelopeExplanation(EnvelopePart::Kind kind, QByteArrayView bytes);

} // namespace sockeye
