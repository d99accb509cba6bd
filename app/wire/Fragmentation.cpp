#include "wire/Fragmentation.h"

#include <algorithm>

namespace sockeye {

qint64 Fragmentation::frameCount(qint64 bytes) const
{
    if (size > 0)
        return std::max<qint64>(1, bytes / size + (bytes % size > 0 ? 1 : 0));
    return 1 + std::count_if(offsets.begin(), offsets.end(),
                             [bytes](qint64 offset) { return offset >= 0 && offset <= bytes; });
}

} // namespace sockeye
