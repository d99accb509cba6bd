#include "capture/Noise.h"

#include <QHashFunctions>

#include <algorithm>

namespace sockeye {

bool Noise::isRepeated(const NoiseMarks &entry)
{
    if (m_sets.empty())
        m_sets.resize(SetCount);
    const size_t seed = static_cast<size_t>(entry.kind) << 8 | static_cast<size_t>(entry.direction);
    const size_t hash = qHashBits(entry.head.data(), static_cast<size_t>(entry.head.size()), seed) | 1;
    Set &set = m_sets[hash / 2 % SetCount];
    const auto found = std::find(set.begin(), set.end(), hash);
    const bool repeats = found != set.end();
    // To the front, where it was or in place of the oldest.
    std::move_backward(set.begin(), repeats ? found : set.end() - 1, repeats ? found + 1 : set.end());
    set.front() = hash;
    return repeats;
}

} // namespace sockeye
