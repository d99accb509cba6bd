#pragma once

#include <QString>

namespace sockeye {

/// What is wrong with the text of a struct, and where.
struct StructFault
{
    /// UTF-16 code units of the text.
    qsizetype offset = 0;
    qsizetype length = 0;
    /// Counted from 1; columns in UTF-16 code units.
    int line = 1;
    int column = 1;
    /// A sentence: what is wrong, and what to write.
    QString message;

    friend bool operator==(const StructFault &, const StructFault &) = default;
};

} // namespace sockeye
