#include "widgets/hex/ByteSource.h"

#include <algorithm>

namespace sockeye {

ByteSource::ByteSource(QObject *parent)
    : QObject(parent)
{
}

ByteSource::~ByteSource() = default;

std::optional<ByteOffset> ByteSource::payloadOffset(ByteOffset offset) const
{
    return offset.value() >= 0 && offset.value() < size() ? std::optional(offset) : std::nullopt;
}

ByteOffset ByteSource::offsetOfPayload(ByteOffset payload) const
{
    return std::min(payload, ByteOffset(size()));
}

} // namespace sockeye
