#pragma once

#include "structs/StructProgram.h"

#include <QStringList>

namespace sockeye {

/// The type that a word names, of this language or of C: u16, uint16_t, u16be, WORD, float. Nothing for other words.
[[nodiscard]] std::optional<StructType> structTypeNamed(QStringView name);
/// Whether the word is one that C's types of several words are made of: unsigned, long.
[[nodiscard]] bool isWordOfCType(QStringView name);
/// "unsigned long long": the type, or nothing with the reason in `fault`.
[[nodiscard]] std::optional<StructType> structTypeOfWords(const QStringList &words, QString &fault);

} // namespace sockeye
