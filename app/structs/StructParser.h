#pragma once

#include "structs/StructFault.h"
#include "structs/StructProgram.h"

#include <QStringView>

#include <functional>
#include <memory>
#include <optional>

namespace sockeye {

/// What a text describes, or the first thing that is wrong with it.
struct ParsedStruct
{
    /// What a payload is.
    std::shared_ptr<const StructLayout> layout;
    /// A payload is any number of these, one after another.
    bool repeats = false;
    std::optional<StructFault> fault;
};

/// Reads the text form of a struct (docs/structs.md). `formatNamed` says what “as json” means; null for no format.
[[nodiscard]] ParsedStruct parseStruct(QStringView text,
                                       const std::function<const Decoder *(QStringView)> &formatNamed);

/// Whether a word is one of the language's own: struct, if, little.
[[nodiscard]] bool isStructKeyword(QStringView word);

} // namespace sockeye
