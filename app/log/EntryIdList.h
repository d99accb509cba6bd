#pragma once

#include "base/StrongId.h"

#include <QList>

namespace sockeye {

/// Ids of entries in ascending order, as a search finds them. An id takes 2 bytes at most, and next to none in a run of
/// consecutive ids. Looking up by place or by id is O(log n). A copy costs nothing and may be used in another thread.
class EntryIdList final
{
public:
    [[nodiscard]] qint64 size() const;
    [[nodiscard]] bool isEmpty() const { return m_blocks.isEmpty(); }
    /// The memory that the list takes, in bytes, for measurements.
    [[nodiscard]] qint64 footprint() const;

    /// The ids are greater than all ids in the list.
    void append(EntryId id);
    void append(const QList<EntryId> &ids);
    /// At any place; insert() returns false if the id was in the list, remove() if it was not. O(n / 65536).
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
    /// Ids with the same upper bits.
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
