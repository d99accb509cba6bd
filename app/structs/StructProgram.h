#pragma once

#include "decode/ByteValues.h"
#include "structs/StructExpression.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace sockeye {

class Decoder;

/// Names of values.
struct StructEnum
{
    QString name;
    /// The first name of each value.
    std::map<StructNumber, QString> names;
};

struct StructLayout;

/// How the bytes of a value are read.
struct StructType
{
    enum class Kind : quint8 {
        Unsigned,
        Signed,
        Float, ///< of 2, 4 or 8 bytes
        BrainFloat,
        Boolean,
        Character,   ///< a byte of UTF-8
        Character16, ///< of UTF-16
        Varint,      ///< unsigned LEB128
        SignedVarint,
        ZigZag,
        CString, ///< up to a NUL
        PString, ///< behind its length, of `size` bytes
        Special, ///< what byteValues() calls `special`
        Struct
    };

    Kind kind = Kind::Unsigned;
    /// In bytes; 0 for what has none of its own.
    qsizetype size = 1;
    ByteOrder order = ByteOrder::Little;
    /// Its type says the order, whatever holds around it.
    bool hasOwnOrder = false;
    QString special = {};
    std::shared_ptr<const StructEnum> names = {};
    std::shared_ptr<const StructLayout> layout = {};

    [[nodiscard]] bool isInteger() const { return kind == Kind::Unsigned || kind == Kind::Signed || isVariable(); }
    [[nodiscard]] bool isVariable() const
    {
        return kind == Kind::Varint || kind == Kind::SignedVarint || kind == Kind::ZigZag;
    }
    [[nodiscard]] bool isFloat() const { return kind == Kind::Float || kind == Kind::BrainFloat; }
    /// Whether expressions can ask for it.
    [[nodiscard]] bool isNumber() const { return isInteger() || kind == Kind::Boolean || kind == Kind::Character; }
    [[nodiscard]] bool isText() const { return kind == Kind::CString || kind == Kind::PString; }
};

/// Some bits of an integer.
struct StructBits
{
    /// Empty for bits that say nothing.
    QString name;
    int width = 1;
    qsizetype slot = -1;
    std::shared_ptr<const StructEnum> names;
    /// What they must be.
    std::optional<StructExpression> constant;
};

/// What a number stands for.
struct StructScale
{
    double factor = 1;
    double divisor = 1;
    double added = 0;
    /// Decimals that the result has; -1 for as many as it takes.
    int decimals = 0;
};

enum class StructTime : quint8 { None, InSeconds, InMilliseconds, InMicroseconds, InNanoseconds, FileTime };

/// A field of a struct.
struct StructField
{
    QString name;
    StructType type;
    /// Of an array, the outermost first; one that is empty goes on to the end.
    std::vector<StructExpression> counts;
    /// Of its number, from the struct's first one on; of a struct its own first one; -1 for none.
    qsizetype slot = -1;
    std::vector<StructBits> bits;
    bool isHighBitFirst = false;
    std::optional<StructExpression> constant;
    /// Of characters or bytes.
    std::optional<QByteArray> constantBytes;
    std::optional<StructScale> scale;
    QString unit;
    StructTime time = StructTime::None;
    bool isHex = false;
    /// Its bytes are a message: of this format, or of any for null.
    bool isMessage = false;
    const Decoder *format = nullptr;
    /// How many bytes it takes, whatever is in it.
    std::optional<StructExpression> size;
    /// Where it stands in a struct that is laid out as C does.
    qsizetype alignment = 1;
};

/// A step of reading a struct.
struct StructStep
{
    enum class Code : quint8 {
        Field,      ///< `index`: which one
        JumpIfZero, ///< by `expression`, to `index`
        Jump,
        Store,     ///< `expression` into the slot `index`
        Pad,       ///< so many bytes
        Align,     ///< to a multiple of so many, from the beginning of the message
        AlignField ///< likewise from that of the struct, if it is laid out as C does: `index`
    };

    Code code = Code::Field;
    qsizetype index = 0;
    StructExpression expression = {};
};

/// A struct, ready to be read.
struct StructLayout
{
    QString name;
    std::vector<StructField> fields;
    std::vector<StructStep> steps;
    /// What the slots from its first one on are called. One that stands within another uses that one's slots and names.
    std::vector<QString> slotNames;
    bool isWithin = false;
    qsizetype firstSlot = 0;
    qsizetype slotCount = 0;
    /// Where nothing depends on what is read.
    std::optional<quint64> size;
    /// Fields stand as C compilers put them, at multiples of their size.
    bool isAligned = false;
    qsizetype alignment = 1;
    /// Structs within each other, itself included.
    int depth = 1;
};

} // namespace sockeye
