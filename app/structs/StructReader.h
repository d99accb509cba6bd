#pragma once

#include "decode/NodeBuilder.h"
#include "structs/StructProgram.h"

#include <QByteArrayView>

namespace sockeye {

/// What a walk over the bytes of structs came to.
struct StructWalk
{
    /// All bytes were understood: no rule was broken, nobody said to stop, and nothing is left behind the last struct.
    bool isWhole = false;
    /// Bytes that had to be what they are.
    qsizetype constantBytes = 0;
    QString summary;
};

/// Reads bytes as a struct, or as any number of them, and adds their nodes. Does not recurse; what it takes for a
/// struct without bytes is bounded, too. Without a builder it only looks, for so many steps at most.
[[nodiscard]] StructWalk readStructs(const StructLayout &layout, bool repeats, QByteArrayView bytes,
                                     NodeBuilder *builder, qint64 maxSteps);

} // namespace sockeye
