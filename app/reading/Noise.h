#pragma once

#include "record/Entry.h"
#include "filter/EntryQuery.h"

#include <QByteArrayView>

#include <array>
#include <vector>

namespace sockeye {

/// What of an entry tells whether it is noise.
struct NoiseMarks
{
    EntryKind kind = EntryKind::Text;
    Direction direction = Direction::In;
    qint64 size = 0;
    QByteArrayView head;
};

/// Tells the noise that EntryQuery::withoutControl and withoutRepeats leave out, entry by entry in order. Remembers
/// some ten thousand different short payloads in half a megabyte, the ones met last.
class Noise final
{
public:
    explicit Noise(const EntryQuery &query)
        : m_withoutControl(query.withoutControl)
        , m_withoutRepeats(query.withoutRepeats)
    {
    }

    [[nodiscard]] bool isActive() const { return m_withoutControl || m_withoutRepeats; }
    /// Whether this entry is noise after those before it.
    [[nodiscard]] bool takes(const NoiseMarks &entry)
    {
        const bool isControl = entry.kind == EntryKind::Ping || entry.kind == EntryKind::Pong;
        if (m_withoutControl && isControl)
            return true;
        return m_withoutRepeats && canRepeat(entry, isControl) && isRepeated(entry);
    }

private:
    /// Hashes that share a place, the one met last in front. Of 0 for none.
    using Set = std::array<size_t, 8>;
    static constexpr size_t SetCount = 8192;

    [[nodiscard]] static bool canRepeat(const NoiseMarks &entry, bool isControl)
    {
        return entry.size <= Entry::HeadSize &&
               (isControl || entry.kind == EntryKind::Text || entry.kind == EntryKind::Binary);
    }
    [[nodiscard]] bool isRepeated(const NoiseMarks &entry);

    bool m_withoutControl;
    bool m_withoutRepeats;
    std::vector<Set> m_sets;
};

} // namespace sockeye
