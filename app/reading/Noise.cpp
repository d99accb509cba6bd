#include "reading/Noise.h"

#include <algorithm>
#include <functional>
#include <string_view>

namespace sockeye {

bool Noise::isRepeated(const NoiseMarks &entry)
{
    if (m_sets.empty())
        m_sets.resize(SetCount);
    // Not qHash(), which differs from run to run: what is forgotten, and so what is shown, is to be the same each time.
    const std::string_view head(entry.head.data(), static_cast<size_t>(entry.head.size()));
    const size_t mark = static_cast<size_t>(entry.kind) << 8 | static_cast<size_t>(entry.direction);
    const size_t hash = (std::hash<std::string_view>()(head) ^ mark * 0x9e3779b97f4a7c15) | 1;
    Set &set = m_sets[hash / 2 % SetCount];
    const auto found = std::find(set.begin(), set.end(), hash);
    const bool repeats = found != set.end();
    // To the front, where it was or in place of the oldest.
    std::move_backward(set.begin(), repeats ? found : set.end() - 1, repeats ? found + 1 : set.end());
    set.front() = hash;
    return repeats;
}

} // namespace sockeye
