#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace sockeye {

/// Values that only become more, millions of them: none moves once it is there, and no memory is taken twice while the
/// list grows.
template<typename T, size_t ChunkBits = 16>
class ChunkedList final
{
public:
    static constexpr size_t ChunkSize = size_t(1) << ChunkBits;

    [[nodiscard]] size_t size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] const T &at(size_t place) const { return m_chunks[place >> ChunkBits][place & (ChunkSize - 1)]; }
    [[nodiscard]] T &at(size_t place) { return m_chunks[place >> ChunkBits][place & (ChunkSize - 1)]; }
    void append(const T &value)
    {
        if ((m_size & (ChunkSize - 1)) == 0)
            m_chunks.push_back(std::make_unique<T[]>(ChunkSize));
        at(m_size++) = value;
    }
    /// The place of the first value that is not before; size() if there is none. The values are in ascending order.
    template<typename IsBefore>
    [[nodiscard]] size_t firstNot(IsBefore isBefore) const
    {
        size_t first = 0;
        for (size_t count = m_size; count > 0;) {
            const size_t half = count / 2;
            if (isBefore(at(first + half))) {
                first += half + 1;
                count -= half + 1;
            } else {
                count = half;
            }
        }
        return first;
    }
    /// Bytes, for measurements.
    [[nodiscard]] size_t footprint() const { return m_chunks.size() * ChunkSize * sizeof(T); }

private:
    std::vector<std::unique_ptr<T[]>> m_chunks;
    size_t m_size = 0;
};

} // namespace sockeye
