#pragma once

#include "base/StrongId.h"

#include <QString>

#include <array>

namespace sockeye {

class Settings;

/// The user's choice of how bytes are written: one for all hex views, kept in the settings.
struct HexStyle
{
    enum class Notation : quint8 { Hex, Decimal, Octal, Binary };
    /// What bytes have colours by.
    enum class Coloring : quint8 {
        Field, ///< the values that they belong to, where these are known
        Class, ///< what kind of byte they are (ByteClass)
        None
    };

    static constexpr std::array rowLengths{8, 16, 24, 32};
    static constexpr std::array groupSizes{1, 2, 4, 8};

    /// One of rowLengths; 0 for 16 where they fit into the width, else 8.
    int bytesPerRow = 0;
    /// One of groupSizes; the bytes of groups of 1 stand evenly.
    int groupSize = 8;
    Notation notation = Notation::Hex;
    /// Of the digits of hex, in bytes and offsets.
    bool isUpperCase = false;
    bool hasDecimalOffsets = false;
    Coloring coloring = Coloring::Field;

    /// How many characters each byte has.
    [[nodiscard]] int digitsPerByte() const;
    /// "0a", " 10", "012", "00001010": always of digitsPerByte() characters.
    [[nodiscard]] QString byteText(quint8 byte) const;
    [[nodiscard]] QString offsetText(ByteOffset offset, int digits) const;
    [[nodiscard]] int offsetBase() const { return hasDecimalOffsets ? 10 : 16; }
    /// How many digits the offset needs.
    [[nodiscard]] int digitsOf(ByteOffset offset) const;

    /// What makes no sense in the settings is as it is by default.
    [[nodiscard]] static HexStyle load(const Settings &settings);
    void save(Settings &settings) const;

    friend bool operator==(const HexStyle &, const HexStyle &) = default;
};

} // namespace sockeye
