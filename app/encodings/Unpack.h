#pragma once

#include "decode/NodeBuilder.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// What became of compressed bytes.
struct Unpacked
{
    enum class End : quint8 {
        Whole,   ///< they say themselves that this is their end
        Flushed, ///< between two blocks: what comes next is compressed as their continuation
        Cut,     ///< in the middle
        Limit,   ///< more would come out of them than is unpacked
        Broken,  ///< something in there is none of theirs
        Stopped  ///< GoOn said no
    };

    QByteArray bytes;
    /// How many of the compressed bytes were read; of broken ones, about where.
    qsizetype used = 0;
    End end = End::Cut;
};

/// The most that is unpacked of so many bytes: 16 MiB, and a thousand times their size. (A few bytes may be 64 KiB.)
[[nodiscard]] qsizetype unpackLimit(qsizetype packed);

/// RFC 1951. A sender may leave out the last four bytes of a flush, 00 00 ff ff, as permessage-deflate does. `window`
/// is what was unpacked before, of which up to the last 32 KiB may be referred to.
[[nodiscard]] Unpacked unpackDeflate(QByteArrayView packed, qsizetype limit, const GoOn &goOn = {},
                                     QByteArrayView window = {});
/// RFC 7932.
[[nodiscard]] Unpacked unpackBrotli(QByteArrayView packed, qsizetype limit, const GoOn &goOn = {});
/// One frame of RFC 8878.
[[nodiscard]] Unpacked unpackZstdFrame(QByteArrayView packed, qsizetype limit, const GoOn &goOn = {});

} // namespace sockeye
