#include "plot/SeriesPyramid.h"

namespace sockeye {

void SeriesPyramid::append(const PlotColumn &block)
{
    m_levels.front().push_back(block);
    for (size_t level = 0; m_levels[level].size() % Fanout == 0; ++level) {
        PlotColumn sum;
        for (size_t i = m_levels[level].size() - Fanout; i < m_levels[level].size(); ++i)
            sum.add(m_levels[level][i]);
        if (level + 1 == m_levels.size())
            m_levels.emplace_back();
        m_levels[level + 1].push_back(sum);
    }
}

size_t SeriesPyramid::memory() const
{
    size_t bytes = 0;
    for (const std::vector<PlotColumn> &level : m_levels)
        bytes += level.capacity() * sizeof(PlotColumn);
    return bytes;
}

} // namespace sockeye
