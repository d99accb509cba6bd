#include "plot/PointBlock.h"

#include <array>
#include <bit>
#include <cmath>
#include <optional>

namespace sockeye {

namespace {

/// Values times this power of ten are whole numbers.
constexpr std::array<double, 10> Powers = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
/// In place of a power: eight bytes a value.
constexpr quint64 AsTheyAre = Powers.size();
/// Larger whole numbers are not all exact.
constexpr double MaxWhole = 9'007'199'254'740'992.0;

void putNumber(QByteArray &out, quint64 number)
{
    for (; number >= 0x80; number >>= 7)
        out.append(static_cast<char>((number & 0x7f) | 0x80));
    out.append(static_cast<char>(number));
}

/// Small ones of either sign are short. Differences of any two numbers wrap around, and so does their sum.
void putStep(QByteArray &out, quint64 to, quint64 from)
{
    const quint64 step = to - from;
    putNumber(out, (step << 1) ^ (step >> 63 ? ~quint64(0) : 0));
}

class BlockReader final
{
public:
    explicit BlockReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] bool isSound() const { return m_isSound; }
    [[nodiscard]] bool isAtEnd() const { return m_at == m_bytes.size(); }

    quint64 number()
    {
        quint64 number = 0;
        for (int shift = 0; shift < 64 && m_at < m_bytes.size(); shift += 7) {
            const auto byte = static_cast<quint8>(m_bytes[m_at++]);
            number |= quint64(byte & 0x7f) << shift;
            if (byte < 0x80)
                return number;
        }
        m_isSound = false;
        return 0;
    }

    quint64 stepFrom(quint64 from)
    {
        const quint64 coded = number();
        return from + ((coded >> 1) ^ (coded & 1 ? ~quint64(0) : 0));
    }

    quint64 word()
    {
        quint64 word = 0;
        if (m_bytes.size() - m_at < 8) {
            m_isSound = false;
            return 0;
        }
        for (int shift = 0; shift < 64; shift += 8)
            word |= quint64(static_cast<quint8>(m_bytes[m_at++])) << shift;
        return word;
    }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_isSound = true;
};

bool isWholeTimes(std::span<const PlotPoint> points, double power)
{
    return std::all_of(points.begin(), points.end(), [power](const PlotPoint &point) {
        const double whole = std::nearbyint(point.value * power);
        return std::abs(whole) <= MaxWhole && whole / power == point.value;
    });
}

quint64 powerFor(std::span<const PlotPoint> points)
{
    for (size_t i = 0; i < Powers.size(); ++i) {
        if (isWholeTimes(points, Powers[i]))
            return i;
    }
    return AsTheyAre;
}

void putValues(QByteArray &out, std::span<const PlotPoint> points)
{
    const quint64 power = powerFor(points);
    putNumber(out, power);
    quint64 before = 0;
    for (const PlotPoint &point : points) {
        if (power == AsTheyAre) {
            const auto word = std::bit_cast<quint64>(point.value);
            for (int shift = 0; shift < 64; shift += 8)
                out.append(static_cast<char>(word >> shift & 0xff));
            continue;
        }
        const auto whole = static_cast<qint64>(std::nearbyint(point.value * Powers[power]));
        putStep(out, static_cast<quint64>(whole), before);
        before = static_cast<quint64>(whole);
    }
}

/// Nothing for what putValues() does not write.
std::optional<double> takeValue(BlockReader &in, quint64 power, quint64 &before)
{
    double value = 0;
    if (power == AsTheyAre) {
        value = std::bit_cast<double>(in.word());
    } else {
        before = in.stepFrom(before);
        value = static_cast<double>(static_cast<qint64>(before)) / Powers[power];
    }
    return in.isSound() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

} // namespace

QByteArray PointBlock::packed(std::span<const PlotPoint> points)
{
    QByteArray out;
    out.reserve(static_cast<qsizetype>(points.size()) * 8 + 16);
    putNumber(out, points.size());
    quint64 before = 0;
    for (const PlotPoint &point : points) {
        const auto entry = static_cast<quint64>(point.entry.value());
        putStep(out, entry, before);
        before = entry;
    }
    before = 0;
    for (const PlotPoint &point : points) {
        const auto time = static_cast<quint64>(toNs(point.time));
        putStep(out, time, before);
        before = time;
    }
    putValues(out, points);
    return out;
}

bool PointBlock::unpack(QByteArrayView bytes, std::vector<PlotPoint> &points)
{
    BlockReader in(bytes);
    const quint64 count = in.number();
    if (count > quint64(MaxPoints))
        return false;
    const size_t begin = points.size();
    points.resize(begin + count);
    const std::span<PlotPoint> added = std::span(points).subspan(begin);
    quint64 before = 0;
    for (PlotPoint &point : added) {
        before = in.stepFrom(before);
        point.entry = EntryId(static_cast<qint64>(before));
    }
    before = 0;
    for (PlotPoint &point : added) {
        before = in.stepFrom(before);
        point.time = timestampFromNs(static_cast<qint64>(before));
    }
    const quint64 power = in.number();
    bool isSound = in.isSound() && power <= AsTheyAre;
    before = 0;
    for (size_t i = 0; isSound && i < added.size(); ++i) {
        const std::optional<double> value = takeValue(in, power, before);
        isSound = value.has_value();
        added[i].value = value.value_or(0);
    }
    isSound = isSound && in.isAtEnd();
    if (!isSound)
        points.resize(begin);
    return isSound;
}

} // namespace sockeye
