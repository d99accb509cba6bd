#pragma once

#include "base/StrongId.h"

#include <QList>

namespace sockeye {

/// Ids of entries in order, as a search finds them: 2 bytes each at most, next to none where they follow one another.
/// Found by place or by id in O(log n). A copy costs nothing and may be used in another thread.
class EntryIdList final
{
public:
    [[nodiscard]] qint64 size() const;
    [[nodiscard]] bool isEmpty() const { return m_blocks.isEmpty(); }
    /// The bytes that it holds, for measurements.
    [[nodiscard]] qint64 footprint() const;

    /// Greater than all that are here.
    void append(EntryId id);
    void append(const QList<EntryId> &ids);
    /// Anywhere; returns false if it was here (or was not). O(n / 65536).
    bool insert(EntryId id);
    bool remove(EntryId id);
    void clear() { m_blocks.clear(); }

    [[nodiscard]] EntryId at(qint64 place) const;
    /// How many are not greater than `id`.
    [[nodiscard]] qint64 countUpTo(EntryId id) const;
    [[nodiscard]] bool contains(EntryId id) const;
    /// The nearest one after (or before) `from`; EntryId() if there is none.
    [[nodiscard]] EntryId next(EntryId from, bool forward) const;

private:
    /// The ids whose upper bits are the same.
    struct Block
    {
        static constexpr int Bits = 16;

        qint64 span = 0;  ///< id >> Bits
        qint64 place = 0; ///< of its first id
        int count = 0;
        int first = 0; ///< its first id's lower bits
        /// The lower bits of all; empty while they follow one another from `first` on.
        QList<quint16> lower;

        [[nodiscard]] int at(int n) const { return lower.isEmpty() ? first + n : lower.at(n); }
        /// How many are not greater.
        [[nodiscard]] int countUpTo(int bits) const;
        void append(int bits);
        void spell();
    };

    /// The first block whose span is not less.
    [[nodiscard]] qsizetype blockOf(qint64 span) const;
    void moveFrom(qsizetype block, int by);

    QList<Block> m_blocks;
};

} // namespace sockeye
