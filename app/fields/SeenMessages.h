#pragma once

#include "base/Job.h"
#include "filter/FilterHints.h"

#include <memory>

namespace sockeye {

class CaptureReader;
class FormatSet;

/// What some of a capture's messages have that a filter may ask for, its first ones and its last ones: formats, kinds
/// and names, topics, fields by name and by path, each in the order of their words. What cannot be read is left out.
[[nodiscard]] FilterHints seenMessages(const CaptureReader &capture, const std::shared_ptr<const FormatSet> &formats,
                                       const CancelToken &cancel);

} // namespace sockeye
