#pragma once

#include "structs/StructNumber.h"

#include <QString>

#include <optional>
#include <vector>

namespace sockeye {

/// The numbers of the fields that were read; a field that is not there has none.
using StructSlots = std::vector<std::optional<StructNumber>>;

/// A calculation with fields, in the order in which it is done: what it works on stands before it.
class StructExpression final
{
public:
    enum class Code : quint8 {
        Constant,
        Slot,      ///< the number of a field
        Remaining, ///< bytes up to the end of what holds the field
        Position,  ///< bytes from the beginning of the message
        Not,
        Complement,
        Negate,
        Multiply,
        Divide,
        Modulo,
        Add,
        Subtract,
        ShiftLeft,
        ShiftRight,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Equal,
        NotEqual,
        BitAnd,
        BitXor,
        BitOr,
        IsTrue,      ///< 0 or 1
        JumpIfZero,  ///< takes what it asks about
        JumpOnFalse, ///< "&&": 0 stays and is the result, anything else is taken
        JumpOnTrue,  ///< "||": anything but 0 becomes 1 and is the result, 0 is taken
        Jump
    };

    struct Step
    {
        Code code = Code::Constant;
        /// A slot, or the step to go on with.
        qsizetype index = 0;
        StructNumber number = {};
    };

    /// What it may ask about besides constants.
    struct Place
    {
        const StructSlots &values;
        /// Of the struct that the expression stands in.
        qsizetype firstSlot = 0;
        qsizetype remaining = 0;
        qsizetype position = 0;
        /// What fields are called, for faults: by slot, from the struct's first one on.
        const std::vector<QString> &names;
    };

    void add(Code code, qsizetype index = 0, StructNumber number = {}) { m_steps.push_back({code, index, number}); }
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_steps.size()); }
    void setTarget(qsizetype step, qsizetype target) { m_steps[static_cast<size_t>(step)].index = target; }
    /// Whether it depends on no field and no place.
    [[nodiscard]] bool isConstant() const;
    [[nodiscard]] bool isEmpty() const { return m_steps.empty(); }

    /// Nothing, and why as a sentence, for what cannot be calculated: a division by zero. No recursion.
    [[nodiscard]] std::optional<StructNumber> evaluate(const Place &place, QString &fault) const;

private:
    std::vector<Step> m_steps;
};

} // namespace sockeye
