#pragma once

#include "plot/PlotPoint.h"

#include <vector>

namespace sockeye {

/// Summaries of blocks of points, summaries of sixteen of these, and so on: what lies between any two times is put
/// together from few of them. Times may go back from one block to the next.
class SeriesPyramid final
{
public:
    static constexpr size_t Fanout = 16;

    /// The next block.
    void append(const PlotColumn &block);

    [[nodiscard]] const std::vector<PlotColumn> &blocks() const { return m_levels.front(); }
    [[nodiscard]] size_t memory() const;

    /// Goes through all blocks in order, as coarsely as may be: `isTaken` is asked of summaries, the widest first, and
    /// says whether this one has been dealt with as a whole; `block` gets the number of each block of which none was.
    template<typename Taken, typename Block>
    void visit(const Taken &isTaken, const Block &block) const
    {
        size_t begin = 0;
        for (size_t level = m_levels.size(); level-- > 0;) {
            for (size_t i = begin; i < m_levels[level].size(); ++i)
                visitNode(level, i, isTaken, block);
            // What has no summary above it yet.
            begin = m_levels[level].size() * Fanout;
        }
    }

private:
    template<typename Taken, typename Block>
    void visitNode(size_t level, size_t index, const Taken &isTaken, const Block &block) const
    {
        if (isTaken(m_levels[level][index]))
            return;
        if (level == 0) {
            block(index);
            return;
        }
        for (size_t i = 0; i < Fanout; ++i)
            visitNode(level - 1, index * Fanout + i, isTaken, block);
    }

    /// The blocks first. A summary is added once all that it sums up are there.
    std::vector<std::vector<PlotColumn>> m_levels{1};
};

} // namespace sockeye
