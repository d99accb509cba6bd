#pragma once

#include <QByteArrayView>

#include <functional>
#include <optional>
#include <vector>

namespace sockeye {

/// A run of bytes.
struct ByteRun
{
    qint64 begin = 0;
    qint64 size = 0;

    [[nodiscard]] qint64 end() const { return begin + size; }
    friend bool operator==(const ByteRun &, const ByteRun &) = default;
};

/// What differs between two messages of which nothing is known but their bytes.
struct ByteDiff
{
    /// More of them are not told apart.
    static constexpr size_t MaxChanges = 100'000;

    /// Bytes of the earlier message and those that stand in their place; one of both may be empty.
    struct Change
    {
        ByteRun before;
        ByteRun now;

        friend bool operator==(const Change &, const Change &) = default;
    };

    /// In order and apart from each other; all other bytes are equal.
    std::vector<Change> changes;
    /// The last change is all the rest.
    bool isCut = false;

    [[nodiscard]] bool isSame() const { return changes.empty(); }
    /// Bytes of changes that stand in the place of others, are new, and are no more.
    [[nodiscard]] qint64 replacedBytes() const;
    [[nodiscard]] qint64 addedBytes() const;
    [[nodiscard]] qint64 goneBytes() const;
    /// Where a byte of the one message would stand in the other one.
    [[nodiscard]] qint64 placeNow(qint64 before) const;
    [[nodiscard]] qint64 placeBefore(qint64 now) const;
};

/// Finds what was replaced, put in between and left out, from the first byte to the last: after each change the nearest
/// place from which both go on alike. Takes time that grows with the bytes, whatever they are, and little memory.
/// Nothing once `goOn` says no.
[[nodiscard]] std::optional<ByteDiff> compareBytes(QByteArrayView before, QByteArrayView now,
                                                   const std::function<bool()> &goOn = {});

} // namespace sockeye
