#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace sockeye::fuzz {

/// What must hold for every input; if it does not, libFuzzer keeps the input.
inline void require(bool holds, const char *what)
{
    if (holds)
        return;
    std::fprintf(stderr, "Broken: %s\n", what);
    std::abort();
}

/// What libFuzzer made up, taken from its front. Where it has ended there are zeros.
class Input final
{
public:
    Input(const uint8_t *data, size_t size)
        : m_rest(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))
    {
    }

    [[nodiscard]] bool isEmpty() const { return m_rest.isEmpty(); }
    [[nodiscard]] quint8 byte() { return static_cast<quint8>(number(1)); }
    /// Of so many bytes, the highest first.
    [[nodiscard]] quint64 number(int bytes)
    {
        quint64 value = 0;
        for (; bytes > 0; --bytes) {
            value <<= 8;
            if (!m_rest.isEmpty())
                value |= static_cast<quint8>(m_rest.front());
            m_rest = m_rest.sliced(std::min<qsizetype>(1, m_rest.size()));
        }
        return value;
    }
    /// At most `size` bytes.
    [[nodiscard]] QByteArrayView take(quint64 size)
    {
        const auto taken = static_cast<qsizetype>(std::min(size, static_cast<quint64>(m_rest.size())));
        const QByteArrayView bytes = m_rest.first(taken);
        m_rest = m_rest.sliced(taken);
        return bytes;
    }
    [[nodiscard]] QByteArrayView rest() { return take(static_cast<quint64>(m_rest.size())); }

private:
    QByteArrayView m_rest;
};

/// Hands the bytes over in pieces of 1 to 1 + `seed` bytes, each in memory of its own, so that AddressSanitizer sees
/// the first byte that is read beyond one. Stops when `take` returns false.
template<typename Take>
void inPieces(QByteArrayView bytes, quint8 seed, Take take)
{
    quint32 state = seed;
    while (!bytes.isEmpty()) {
        state = state * 1'664'525 + 1'013'904'223;
        const auto size = std::min<qsizetype>(1 + static_cast<qsizetype>((state >> 16) % (seed + 1U)), bytes.size());
        const auto piece = std::make_unique<char[]>(static_cast<size_t>(size));
        std::copy_n(bytes.begin(), size, piece.get());
        if (!take(QByteArrayView(piece.get(), size)))
            return;
        bytes = bytes.sliced(size);
    }
}

} // namespace sockeye::fuzz
