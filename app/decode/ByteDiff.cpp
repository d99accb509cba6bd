#include "decode/ByteDiff.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace sockeye {

namespace {

/// How far ahead both are searched for the same bytes: at first, and at most.
constexpr qint64 NearWindow = 32;
constexpr qint64 FarWindow = 64 * 1024;
/// Bytes between two questions whether to go on.
constexpr qint64 QuestionBytes = 1024 * 1024;

/// The places of short runs of bytes; of equal ones the first.
class GramTable final
{
public:
    GramTable(QByteArrayView bytes, qint64 gram)
        : m_bytes(bytes)
        , m_gram(gram)
    {
        const qint64 count = bytes.size() - gram + 1;
        if (count <= 0)
            return;
        m_slots.resize(std::bit_ceil(static_cast<size_t>(count) * 2));
        for (qint64 at = 0; at < count; ++at)
            add(at);
    }

    /// -1 for none.
    [[nodiscard]] qint64 find(const char *gram) const
    {
        if (m_slots.empty())
            return -1;
        for (size_t slot = slotOf(gram); m_slots[slot] > 0; slot = next(slot)) {
            const qint64 at = m_slots[slot] - 1;
            if (isEqual(m_bytes.data() + at, gram))
                return at;
        }
        return -1;
    }

private:
    void add(qint64 at)
    {
        const char *gram = m_bytes.data() + at;
        size_t slot = slotOf(gram);
        for (; m_slots[slot] > 0; slot = next(slot)) {
            if (isEqual(m_bytes.data() + (m_slots[slot] - 1), gram))
                return;
        }
        m_slots[slot] = static_cast<quint32>(at + 1);
    }

    [[nodiscard]] bool isEqual(const char *a, const char *b) const
    {
        return std::memcmp(a, b, static_cast<size_t>(m_gram)) == 0;
    }
    [[nodiscard]] size_t next(size_t slot) const { return (slot + 1) & (m_slots.size() - 1); }
    [[nodiscard]] size_t slotOf(const char *gram) const
    {
        constexpr quint64 Multiplier = 0x9e3779b97f4a7c15ULL;
        const quint64 bytes = m_gram == 8 ? qFromUnaligned<quint64>(gram) : qFromUnaligned<quint32>(gram);
        return static_cast<size_t>((bytes * Multiplier) >> 32) & (m_slots.size() - 1);
    }

    QByteArrayView m_bytes;
    qint64 m_gram;
    /// A place and 1; 0 for none.
    std::vector<quint32> m_slots;
};

/// How far it is to where both go on alike.
struct WayOn
{
    qint64 before = 0;
    qint64 now = 0;

    [[nodiscard]] qint64 cost() const { return std::max(before, now); }
};

/// Walks over both messages at the same time.
class ByteComparison final
{
public:
    ByteComparison(QByteArrayView before, QByteArrayView now, const std::function<bool()> &goOn)
        : m_before(before)
        , m_now(now)
        , m_goOn(goOn)
    {
    }

    std::optional<ByteDiff> run()
    {
        const auto [before, now] = std::mismatch(m_before.rbegin(), m_before.rend(), m_now.rbegin(), m_now.rend());
        // What ends alike is no part of any change. What begins alike comes first.
        const auto [i, j] = std::mismatch(m_before.begin(), m_before.end(), m_now.begin(), m_now.end());
        const qint64 shorter = std::min(m_before.size(), m_now.size());
        const qint64 alike = std::min<qint64>(before - m_before.rbegin(), shorter - (i - m_before.begin()));
        m_before.chop(alike);
        m_now.chop(alike);
        m_i = i - m_before.begin();
        m_j = j - m_now.begin();
        while (m_i < m_before.size() && m_j < m_now.size()) {
            if (!goesOn())
                return {};
            if (m_before[m_i] == m_now[m_j])
                skipEqual();
            else if (m_diff.changes.size() + 1 >= ByteDiff::MaxChanges)
                break;
            else
                skipChange();
        }
        if (m_i < m_before.size() || m_j < m_now.size()) {
            m_diff.isCut = m_i < m_before.size() && m_j < m_now.size();
            addChange(m_before.size() - m_i, m_now.size() - m_j);
        }
        return std::move(m_diff);
    }

private:
    [[nodiscard]] bool goesOn()
    {
        const qint64 done = m_i + m_j;
        if (done < m_nextQuestion || !m_goOn)
            return true;
        m_nextQuestion = done + QuestionBytes;
        return m_goOn();
    }

    void skipEqual()
    {
        const qint64 most = std::min({m_before.size() - m_i, m_now.size() - m_j, QuestionBytes});
        const char *begin = m_before.data() + m_i;
        const qint64 equal = std::mismatch(begin, begin + most, m_now.data() + m_j).first - begin;
        m_i += equal;
        m_j += equal;
    }

    void skipChange()
    {
        const WayOn way = wayOn();
        qint64 before = way.before;
        qint64 now = way.now;
        // The bytes before those that were found may be equal, too.
        while (before > 0 && now > 0 && m_before[m_i + before - 1] == m_now[m_j + now - 1]) {
            --before;
            --now;
        }
        if (before == now)
            addReplaced(before);
        else
            addChange(before, now);
    }

    WayOn wayOn() const
    {
        const qint64 left = m_before.size() - m_i;
        const qint64 right = m_now.size() - m_j;
        constexpr qint64 Growth = 4;
        for (qint64 window = NearWindow;; window = std::min(window * Growth, FarWindow)) {
            const WayOn reach{std::min(window, left), std::min(window, right)};
            // By chance a few bytes are the same nearby, and more of them far off.
            const std::optional<WayOn> way = wayWithin(reach, window == NearWindow ? 4 : 8);
            if (way)
                return *way;
            if (window == FarWindow || (reach.before == left && reach.now == right))
                return reach;
        }
    }

    [[nodiscard]] std::optional<WayOn> wayWithin(const WayOn &reach, qint64 gram) const
    {
        const QByteArrayView before = m_before.sliced(m_i, reach.before);
        const QByteArrayView now = m_now.sliced(m_j, reach.now);
        std::optional<WayOn> best;
        // Bytes that were replaced are more likely than as many that were put in between.
        for (qint64 at = 1; at + gram <= std::min(before.size(), now.size()) && !best; ++at) {
            if (std::memcmp(before.data() + at, now.data() + at, static_cast<size_t>(gram)) == 0)
                best = WayOn{at, at};
        }
        const GramTable table(best ? before.first(std::min(best->cost() + gram, before.size())) : before, gram);
        for (qint64 at = 0; at + gram <= now.size() && (!best || at < best->cost()); ++at) {
            const qint64 found = table.find(now.data() + at);
            if (found >= 0 && (!best || std::max(found, at) < best->cost()))
                best = WayOn{found, at};
        }
        return best;
    }

    /// As many bytes: those among them that are equal all the same are no change.
    void addReplaced(qint64 size)
    {
        for (qint64 left = size; left > 0;) {
            const char *before = m_before.data() + m_i;
            const char *now = m_now.data() + m_j;
            const bool isLast = m_diff.changes.size() + 1 >= ByteDiff::MaxChanges;
            qint64 run = isLast ? left : 0;
            while (run < left && before[run] != now[run])
                ++run;
            addChange(run, run);
            left -= run;
            while (left > 0 && m_before[m_i] == m_now[m_j]) {
                ++m_i;
                ++m_j;
                --left;
            }
        }
    }

    void addChange(qint64 before, qint64 now)
    {
        if (before == 0 && now == 0)
            return;
        std::vector<ByteDiff::Change> &changes = m_diff.changes;
        if (!changes.empty() && changes.back().before.end() == m_i && changes.back().now.end() == m_j) {
            changes.back().before.size += before;
            changes.back().now.size += now;
        } else {
            changes.push_back({{m_i, before}, {m_j, now}});
        }
        m_i += before;
        m_j += now;
    }

    QByteArrayView m_before;
    QByteArrayView m_now;
    const std::function<bool()> &m_goOn;
    ByteDiff m_diff;
    qint64 m_i = 0;
    qint64 m_j = 0;
    qint64 m_nextQuestion = 0;
};

qint64 placeIn(const std::vector<ByteDiff::Change> &changes, qint64 place, ByteRun ByteDiff::Change::*from,
               ByteRun ByteDiff::Change::*to)
{
    const auto begins = [from](const ByteDiff::Change &change) { return (change.*from).begin; };
    const auto after = std::ranges::upper_bound(changes, place, {}, begins);
    if (after == changes.begin())
        return place;
    const ByteRun &here = *std::prev(after).*from;
    const ByteRun &there = *std::prev(after).*to;
    if (place >= here.end())
        return there.end() + (place - here.end());
    return std::min(there.begin + (place - here.begin), there.end());
}

} // namespace

qint64 ByteDiff::replacedBytes() const
{
    qint64 sum = 0;
    for (const Change &change : changes)
        sum += std::min(change.before.size, change.now.size);
    return sum;
}

qint64 ByteDiff::addedBytes() const
{
    qint64 sum = 0;
    for (const Change &change : changes)
        sum += std::max<qint64>(change.now.size - change.before.size, 0);
    return sum;
}

qint64 ByteDiff::goneBytes() const
{
    qint64 sum = 0;
    for (const Change &change : changes)
        sum += std::max<qint64>(change.before.size - change.now.size, 0);
    return sum;
}

qint64 ByteDiff::placeNow(qint64 before) const
{
    return placeIn(changes, before, &Change::before, &Change::now);
}

qint64 ByteDiff::placeBefore(qint64 now) const
{
    return placeIn(changes, now, &Change::now, &Change::before);
}

std::optional<ByteDiff> compareBytes(QByteArrayView before, QByteArrayView now, const std::function<bool()> &goOn)
{
    return ByteComparison(before, now, goOn).run();
}

} // namespace sockeye
